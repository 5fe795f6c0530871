"""Socket Mode: WebSocket connections over which the app is told, one of them an envelope."""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo.slack.workspace import Workspace

Json = dict[str, Any]

MOST_CONNECTIONS = 10
CLOSE_SECONDS = 1.0


class Sockets:
    """The app's open connections, and the envelopes that wait for their acknowledgement."""

    def __init__(self, workspace: Workspace, changed: Callable[[], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._invitations: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Any]]] = {}
        self._turn = itertools.count()

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def invite(self) -> str:
        """A WebSocket URL that is good for one connection."""
        ticket = self._workspace.fresh_id("t").lower()
        self._invitations.add(ticket)
        origin = self._workspace.origin.replace("http://", "ws://", 1)
        return f"{origin}/link/?ticket={ticket}&app_id={self._workspace.app.app_id}"

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """The route behind the URL: says hello and listens until the app goes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._invitations:
            return web.Response(status=403, text="link_disabled")
        self._invitations.remove(ticket)
        socket = web.WebSocketResponse(timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        if len(self._open) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._open.append(socket)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._open),
                "connection_info": {"app_id": self._workspace.app.app_id},
                "debug_info": {"host": "demo", "approximate_connection_time": 18060},
            }
        )
        self._changed()
        try:
            async for received in socket:
                if received.type == aiohttp.WSMsgType.TEXT:
                    self._acknowledged(json.loads(received.data))
        finally:
            self._forget(socket)
        return socket

    async def send(self, envelope: Json) -> Any:
        """Send an envelope to one connection and wait for its acknowledgement.

        Returns:
            The payload that came with the acknowledgement, or None.

        Raises:
            ConnectionError: there is no connection, or it ended before the acknowledgement.
        """
        if not self._open:
            raise ConnectionError("the app has no open Socket Mode connection")
        socket = self._open[next(self._turn) % len(self._open)]
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (socket, answer)
        try:
            await socket.send_json(envelope)
            return await answer
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def close(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close."""
        for socket in list(self._open):
            if not socket.closed:
                await socket.send_json({"type": "disconnect", "reason": reason})
            await socket.close()

    def _acknowledged(self, received: Json) -> None:
        _, answer = self._waiting.get(received.get("envelope_id", ""), (None, None))
        if answer and not answer.done():
            answer.set_result(received.get("payload"))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._open.remove(socket)
        for waiting_on, answer in self._waiting.values():
            if waiting_on is socket and not answer.done():
                answer.set_exception(ConnectionError("the connection ended"))
        self._changed()

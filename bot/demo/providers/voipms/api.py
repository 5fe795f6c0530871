"""The simulated API over HTTP: one address, a function a request, 200 whatever comes of it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from aiohttp import web

from bot.demo.providers.voipms import general, messages, numbers, records
from bot.demo.providers.voipms.account import Account, Call, Message, SeenRequest, Sms
from bot.demo.providers.voipms.answers import Answering, Refused, wall
from bot.demo.providers.voipms.faults import PAGE, SOAP_FAULT
from bot.demo.providers.voipms.functions import FUNCTIONS
from bot.demo.providers.voipms.hooks import Delivery, deliver, filled
from bot.demo.providers.voipms.rules import check
from bot.demo.providers.voipms.seed import demo_company

PATH = "/api/v1/rest.php"

ANSWERS: Mapping[str, Answering] = {
    **general.FUNCTIONS,
    **messages.FUNCTIONS,
    **numbers.FUNCTIONS,
    **records.FUNCTIONS,
}

_ENVELOPE = ("api_username", "api_password", "method", "content_type")


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedVoipms:
    """A VoIP.ms of one's own.

    Args:
        account: what it holds; the demo's company unless told.
        clock: gives aware instants.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        username: str = "anna@harbourfinch.example",
        password: str = "demo",  # noqa: S107 - the demo's own, good for nothing else
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.account = demo_company(clock()) if account is None else account
        self.clock = clock
        self.url = ""
        self._username, self._password = username, password
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `url` is the origin afterwards. Port 0 takes any that is free."""
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_route("*", PATH, self._respond)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Let slow answers go and stop listening."""
        self.account.release()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # The world outside

    async def text(self, from_: str, to: str, words: str) -> Delivery | None:
        """Somebody sends a text to a number of the account.

        Args:
            from_, to: ten digits.

        Returns:
            The callback that it caused, if the number has one.

        Raises:
            Refused: the account has no such number, or it takes no texts.
        """
        number = self.account.own_number(to)
        if not int(number["sms_enabled"]):
            raise Refused("invalid_did", f"{to} takes no texts")
        sms = Sms(next(self.account.ids), self.clock(), "1", to, from_, words)
        self.account.texts.append(sms)
        return await self.redeliver(sms.id)

    async def redeliver(self, sms: int) -> Delivery | None:
        """Send the callback about a text that came in, again if it was sent before.

        Raises:
            LookupError: there is no such text.
        """
        text = next((text for text in self.account.texts if text.id == sms), None)
        if text is None:
            raise LookupError(f"there is no text {sms}")
        number = self.account.own_number(text.did)
        if not int(number["sms_url_callback_enabled"]) or not number["sms_url_callback"]:
            return None
        url = filled(
            number["sms_url_callback"],
            FROM=text.contact,
            TO=text.did,
            MESSAGE=text.message,
            ID=str(text.id),
            TIMESTAMP=wall(text.at),
        )
        delivery = await deliver(url, sms)
        self.account.deliveries.append(delivery)
        return delivery

    async def repeat(self) -> list[Delivery]:
        """Half an hour later: callbacks that were not answered with ok come again."""
        latest = {delivery.sms: delivery for delivery in self.account.deliveries}
        again = []
        for sms, delivery in latest.items():
            text = next((text for text in self.account.texts if text.id == sms), None)
            retried = text and int(self.account.numbers[text.did]["sms_url_callback_retry"])
            if retried and not delivery.accepted:
                repeated = await self.redeliver(sms)
                again += [repeated] if repeated else []
        return again

    def ring(
        self, from_: str, to: str, *, answered: bool, seconds: int = 30, voicemail: str = ""
    ) -> Call:
        """A call to a number of the account that has ended by now.

        Args:
            from_: ten digits, or `anonymous`.
            seconds: how long it took.
            voicemail: the mailbox in which the caller left a message; the call records show such a
                call as answered.
        """
        self.account.own_number(to)
        started = self.clock() - timedelta(seconds=seconds)
        name = "Anonymous" if from_ == "anonymous" else f"Caller {from_[-4:]}"
        call = Call(
            at=started,
            callerid=f'"{name}" <{from_}>',
            destination=to,
            description="Inbound DID",
            account=self.account.number,
            disposition="ANSWERED" if answered or voicemail else "NO ANSWER",
            seconds=seconds,
            total=Decimal("0.009"),
            uniqueid=f"{next(self.account.ids)}",
        )
        self.account.calls.append(call)
        if voicemail:
            length = max(1, seconds - 20)
            message = Message(self.clock(), call.callerid, length, b"please call me back")
            self.account.messages.setdefault((voicemail, "INBOX"), []).append(message)
        return call

    # HTTP

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        if request.method not in ("GET", "POST"):
            return web.Response(text=PAGE, content_type="text/html", status=405)
        if request.method == "POST" and request.content_type != "multipart/form-data":
            self.account.refusals.append(Refused("", f"a body of {request.content_type}"))
            return web.Response(text=SOAP_FAULT, content_type="text/xml", status=500)
        given = {**request.query, **(await _form(request))}
        method = given.get("method", "")
        shown = {name: value for name, value in given.items() if name not in _ENVELOPE}
        self.account.requests.append(SeenRequest(request.method, method, shown))

        async def work() -> web.StreamResponse:
            return self._answer(method, given, shown)

        fault = self.account.faults.striking(method)
        if fault is not None:
            return await self.account.faults.strike(fault, request, work)
        return await work()

    def _answer(
        self, method: str, given: Mapping[str, str], shown: Mapping[str, str]
    ) -> web.Response:
        try:
            self._let_in(method, given)
            check(method, shown)
            answer = ANSWERS[method](self.account, shown, self.clock())
        except Refused as refused:
            self.account.refusals.append(refused)
            words = refused.code.replace("_", " ").capitalize()
            return _json({"status": refused.code, "message": words})
        return _json({"status": "success", **answer})

    def _let_in(self, method: str, given: Mapping[str, str]) -> None:
        username, password = given.get("api_username", ""), given.get("api_password", "")
        if not username or not password:
            raise Refused("missing_credentials")
        known = hmac.compare_digest(password.encode(), self._password.encode())
        if username != self._username or not known:
            raise Refused("invalid_credentials")
        if not self.account.api_enabled:
            raise Refused("api_not_enabled")
        if not self.account.address_allowed and method != "getIP":
            raise Refused("ip_not_enabled")
        if not method:
            raise Refused("missing_method")
        if method not in FUNCTIONS:
            raise Refused("invalid_method", method)


async def _form(request: web.Request) -> dict[str, str]:
    """The parameters in the body; a part with a file name is none."""
    if request.method == "GET":
        return {}
    return {name: part for name, part in (await request.post()).items() if isinstance(part, str)}


def _json(answer: object) -> web.Response:
    # What type the real one names is not known, and nobody may rely on it.
    response = web.json_response(answer)
    response.content_type = "text/html"
    return response

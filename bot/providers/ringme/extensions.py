"""The extensions that the settings name; no documented call lists them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from bot.domain.errors import NotFound, Unsupported
from bot.domain.telephony import Capability
from bot.providers.ringme.connection import Connection
from bot.providers.ringme.envelope import TITLE
from bot.providers.ringme.operations.extensions import Extension, GetExtension
from bot.providers.ringme.wire import RingMeOperation

PHONE, QUEUE, IVR = "phone", "queue", "ivr"
"""Types of extensions."""

PER_PAGE = 100
"""Rows of a list that are asked for at once; neither default nor maximum is documented."""

MOST_PAGES = 100
"""Pages of one list that are read at most."""


class Extensions:
    """The extensions that the bot looks after."""

    def __init__(self, way: Connection, ids: Sequence[str]) -> None:
        self._way, self._ids = way, ids
        self._types: dict[str, str] = {}

    def ids(self, capability: Capability) -> Sequence[str]:
        """All ids.

        Raises:
            Unsupported: there are none, so nothing can be told of the capability.
        """
        if not self._ids:
            raise Unsupported(
                TITLE,
                capability.value,
                "no documented call lists the extensions; an admin sets `extensions` of the "
                "account to their ids",
            )
        return self._ids

    async def each(self, capability: Capability) -> AsyncIterator[tuple[str, Extension]]:
        """Each by its id."""
        for id_ in self.ids(capability):
            yield id_, await self.get(id_)

    async def of_type(self, wanted: str, capability: Capability) -> Sequence[str]:
        """The ids of those of a type."""
        return [id_ for id_ in self.ids(capability) if await self.type_of(id_) == wanted]

    async def get(self, id_: str) -> Extension:
        """One extension."""
        try:
            record: Extension = await self._way.send(GetExtension(extension_id=id_))
        except NotFound as lost:
            raise NotFound(
                TITLE,
                lost.operation,
                words=f"extension {id_}",
                code=lost.code,
                reply=lost.reply,
                hint="An admin checks `extensions` of the account.",
            ) from None
        self._types[id_] = record.type or ""
        return record

    async def type_of(self, id_: str) -> str:
        """The type of an extension, which stays what it is."""
        if id_ not in self._types:
            await self.get(id_)
        return self._types[id_]

    async def pages(
        self, operation: type[RingMeOperation[Any]], given: Mapping[str, Any]
    ) -> AsyncIterator[Any]:
        """The rows of all pages; a page that brings nothing new is the last.

        No total is told, and the server may give fewer rows a page than were asked for.
        """
        last: list[Any] = []
        for page in range(1, MOST_PAGES + 1):
            asked = operation.read({**given, "page": page, "per_page": PER_PAGE})
            rows = await self._way.send(asked)
            if not rows or rows == last:
                return
            for row in rows:
                yield row
            last = rows

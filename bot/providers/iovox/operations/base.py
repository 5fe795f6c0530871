"""The shape of an IOVOX call: `GET https://host/Interface?v=3&method=function`."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.providers.iovox.xml import boolean, document, request
from bot.providers.operations import Effect, Operation, Place, Whole

R = TypeVar("R")

VERSION = 3

Id = Annotated[str, Field(min_length=1)]

Digits = Annotated[str, StringConstraints(pattern=re.compile(r"^[1-9][0-9]{4,14}$", re.ASCII))]
"""A number as IOVOX writes it: E.164 without a plus."""

Moment = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}(:[0-9]{2}){0,2})?$"),
]
"""2026-07-01 09:30:00; minutes and seconds may be left out, or the whole time."""

Way = Literal["IN", "OUT"]


class IovoxOperation(Operation[R], Generic[R]):
    """A call to IOVOX; its name is `Interface.function`.

    Class keywords:
        verb: the HTTP method.

    Attributes:
        function: what the query says as `method`.
    """

    # Only the provider's own names are parameters.
    model_config = ConfigDict(populate_by_name=False, defer_build=True)

    provider: ClassVar[str] = "iovox"
    function: ClassVar[str] = ""

    v: Annotated[Whole, Place.QUERY] = Field(
        VERSION, ge=1, description="version of the API; 3 where it is left out"
    )

    @classmethod
    def __pydantic_init_subclass__(
        cls, *, call: str = "", verb: str = "", effect: Effect | None = None, **kwargs: Any
    ) -> None:
        """Take interface, function and HTTP method from the declaration."""
        reads = Effect.READS if verb == "GET" else None
        super().__pydantic_init_subclass__(call=call, effect=effect or reads, **kwargs)
        if call:
            interface, _, cls.function = call.partition(".")
            cls.method, cls.path = verb, f"/{interface}"
            if not verb or not cls.function:
                raise TypeError(f"{cls.__name__}: say the verb, and call it Interface.function")

    def query(self) -> dict[str, Any]:
        """What stands in the address."""
        given = {
            name: boolean(value) if isinstance(value, bool) else value
            for name, value in self.values(Place.QUERY).items()
            if value is not None
        }
        return {"v": self.v, "method": self.function, **given}

    def payload(self) -> bytes | None:
        """The body: a `request` whose elements are the parameters."""
        if self.method not in ("POST", "PUT"):
            return None
        return document(request(self.values(Place.BODY)))


class ListOf(IovoxOperation[R], Generic[R]):
    """A list, page by page."""

    page: Whole | None = Field(None, ge=1, description="which page, from 1")
    limit: Whole | None = Field(
        None, ge=1, description="results a page; at most 20000, which is the default"
    )
    order: str | None = Field(None, description="a field of req_fields, and _ASC or _DESC: cs_DESC")
    req_fields: str | None = Field(
        None, description="which fields to answer: their short names, with commas between them"
    )
    output: Literal["XML", "JSON"] | None = Field(
        None, description="form of the answer; XML where it is left out"
    )


class Part(BaseModel):
    """A part of a body; its names are the provider's."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

"""What several calls take: whose extension, which page, what is wanted of it."""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from bot.providers.operations import Whole
from bot.providers.voipnow.wire import Comma, Extensions, OneExtension, UserId, VoipNowOperation

R = TypeVar("R")

FilterOp = Literal[
    "equals", "contains", "startsWith", "present", "greaterThan", "lessThan", "inArray"
]
SortOrder = Literal["asc", "desc", "ascending", "descending"]


class OfUser(BaseModel):
    """The first word of every path."""

    userId: UserId = Field(
        description="whose: @me or @viewer (who is authenticated), @owner (of the extension), or a "
        "user's id; usually @me"
    )


class OfExtension(OfUser):
    """The first two words of most paths."""

    extension: OneExtension = Field(description="number like 0003*210, never @self")


class OfExtensions(OfUser):
    """As `OfExtension`, where all extensions can be meant too."""

    extension: Extensions = Field(description="number like 0003*210, or @self for all of the user")


class Paged(VoipNowOperation[R], Generic[R]):
    """A call that answers a page of objects."""

    nothing: ClassVar[Any] = {"entry": []}

    count: Whole | None = Field(
        None, ge=1, le=5000, description="objects a page; 20 where it is left out"
    )
    startIndex: Whole | None = Field(None, ge=0, le=5000, description="first object, from 0")
    filterBy: str | None = Field(None, min_length=1, description="field to filter by")
    filterOp: FilterOp | None = Field(None, description="how filterValue is compared")
    filterValue: str | None = Field(None, description="what the field is compared with")
    fields: Annotated[list[str], Comma] | None = Field(
        None, description="names of the fields that are wanted"
    )
    sortOrder: SortOrder | None = Field(
        None, description="asc or desc; other versions write ascending or descending"
    )

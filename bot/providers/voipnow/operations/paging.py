"""What every list takes: the page, a filter, the fields that are wanted."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import Field

from bot.providers.operations import Whole
from bot.providers.voipnow.wire import Collection, Comma, VoipNowOperation, Wire

T = TypeVar("T", bound=Wire)

FilterOp = Literal[
    "equals", "contains", "startsWith", "present", "greaterThan", "lessThan", "inArray"
]
SortOrder = Literal["asc", "desc", "ascending", "descending"]


class Paged(VoipNowOperation[Collection[T]], Generic[T]):
    """A call that answers a page of objects."""

    nothing: ClassVar[Any] = {"entry": []}

    count: Whole | None = Field(
        None, ge=1, le=5000, description="objects a page; 20 where it is left out"
    )
    startIndex: Whole | None = Field(  # noqa: N815 - the provider's name
        None, ge=0, le=5000, description="first object, from 0"
    )
    filterBy: str | None = Field(  # noqa: N815 - the provider's name
        None, min_length=1, description="field to filter by"
    )
    filterOp: FilterOp | None = Field(  # noqa: N815 - the provider's name
        None, description="how filterValue is compared"
    )
    filterValue: str | None = Field(  # noqa: N815 - the provider's name
        None, description="what the field is compared with"
    )
    fields: Annotated[list[str], Comma] | None = Field(
        None, description="names of the fields that are wanted"
    )
    sortOrder: SortOrder | None = Field(  # noqa: N815 - the provider's name
        None, description="asc or desc; other versions write ascending or descending"
    )

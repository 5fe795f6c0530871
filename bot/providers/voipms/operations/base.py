"""What every function of VoIP.ms has in common."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ConfigDict, Field

from bot.providers.operations import Operation
from bot.providers.voipms.wire import Answer

R = TypeVar("R")


class VoipmsOperation(Operation[R], Generic[R]):
    """A function of VoIP.ms; its name is the parameter `method`.

    Attributes:
        empty: the codes with which it says that there is nothing to list. Another function's code
            for that is an error here.
        silent: whether success may come as an empty body.
    """

    # Only the provider's own names are parameters.
    model_config = ConfigDict(populate_by_name=False, defer_build=True)

    provider: ClassVar[str] = "voipms"
    empty: ClassVar[frozenset[str]] = frozenset()
    silent: ClassVar[bool] = False

    def sent(self) -> dict[str, str]:
        """The parameters that were given, as they travel."""
        values = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return {name: str(value) for name, value in values.items() if value is not None}


class Done(Answer):
    """Nothing but its success."""


ROUTE = "header:record, like account:100001_VoIP, fwd:1026, vm:101, sys:busy or none:"


def routing(words: str) -> Any:
    """A required parameter that is a routing."""
    return Field(description=f"{words}; {ROUTE}")


def failover(words: str) -> Any:
    """An optional parameter that is a routing."""
    return Field(None, description=f"{words}; {ROUTE}")


def record(words: str) -> Any:
    """The id parameter of a function that makes and changes records."""
    return Field(description=f"id of the {words} to change, or new to make one")

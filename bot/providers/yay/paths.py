"""The paths that no document states, in one table; an account's settings overrule it.

[accounts.london.paths]
call_history = "/voip/call/history"
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _absolute(path: str) -> str:
    if path and not path.startswith("/"):
        raise ValueError("a path starts with /")
    if "{" in path:
        raise ValueError("nothing is filled into this path")
    return path


def _of_one_object(path: str) -> str:
    if path and "{uuid}" not in path:
        raise ValueError("the path of one object has {uuid} in it")
    _absolute(path.replace("{uuid}", ""))
    return path


class GuessedPaths(BaseModel):
    """A path for each call whose path is a guess; an empty one switches the call off."""

    model_config = ConfigDict(extra="forbid")

    update_number: Annotated[str, AfterValidator(_of_one_object)] = Field(
        "/voip/number/{uuid}",
        description="presumed from the pattern of the other objects; the list is at /voip/number",
    )
    outbound_call: Annotated[str, AfterValidator(_absolute)] = Field(
        "/voip/call",
        description="public clients contradict each other: also /calls/outbound, /call, "
        "/outbound-call and /calls/click-to-dial",
    )
    call_history: Annotated[str, AfterValidator(_absolute)] = Field(
        "",
        description="documented without its path; only /voip/call/statistics/schedule is known "
        "of that subtree",
    )

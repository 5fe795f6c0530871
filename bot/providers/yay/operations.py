"""The six calls of the document "Call Flows, Call Route", and what they answer."""

from __future__ import annotations

from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import ConfigDict, Field

from bot.providers.operations import Effect, Operation, Whole
from bot.providers.yay.modules import ModuleRead, ModuleWritten
from bot.providers.yay.wire import Nothing, Wire

R = TypeVar("R")

Uuid = Annotated[str, Field(min_length=1)]


class YayOperation(Operation[R], Generic[R]):
    """A call to Yay.com.

    Attributes:
        guess: the setting that holds its path, if no document states one.
    """

    # Only the provider's own names are parameters.
    model_config = ConfigDict(populate_by_name=False)

    provider: ClassVar[str] = "yay"
    guess: ClassVar[str] = ""


class FlowRecord(Wire):
    """A call flow as it is read. The answer to its creation has no `updated_on`."""

    uuid: str
    name: str
    extension: int
    flow: dict[str, ModuleRead]
    show_call_route_name: bool | None = None
    show_original_caller_id: bool | None = None
    created_on: str | None = None
    updated_on: str | None = None


class NextExtension(Wire):
    """The next free extension. The document shows an empty answer, public clients this field."""

    next_extension: int | None = None


class _FlowBody(YayOperation[R], Generic[R]):
    extension: Whole = Field(description="extension that reaches the call flow")
    flow: dict[str, ModuleWritten] = Field(description="modules by key, one of them a start")
    # The call's own name is `name`, hence another one in Python.
    flow_name: Annotated[str, Field(min_length=1)] = Field(
        alias="name", description="what the call flow is called"
    )
    show_call_route_name: bool | None = Field(
        None, description="put the flow's name into the caller ID that is passed on"
    )
    show_original_caller_id: bool | None = Field(
        None, description="pass on the caller's own number instead of the number called"
    )


class ListFlows(YayOperation[list[FlowRecord]], call="GET /voip/flow", alias="flow.list"):
    """Gets all active call flows of the account."""


class GetFlow(YayOperation[FlowRecord], call="GET /voip/flow/{uuid}", alias="flow.get"):
    """Gets one call flow."""

    uuid: Uuid = Field(description="the call flow")


class CreateFlow(
    _FlowBody[FlowRecord], call="POST /voip/flow", alias="flow.create", effect=Effect.CHANGES
):
    """Creates a call flow."""


class UpdateFlow(
    _FlowBody[FlowRecord], call="PUT /voip/flow/{uuid}", alias="flow.update", effect=Effect.CHANGES
):
    """Replaces a call flow.

    The whole object is replaced: what is left out is reset to its default.
    """

    uuid: Uuid = Field(description="the call flow to replace")


class DeleteFlow(
    YayOperation[Nothing],
    call="DELETE /voip/flow/{uuid}",
    alias="flow.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a call flow."""

    uuid: Uuid = Field(description="the call flow to delete")


class NextFlowExtension(
    YayOperation[NextExtension],
    call="GET /voip/next-extension/flow",
    alias="flow.next_extension",
):
    """Gets the next valid extension for a call flow."""


DOCUMENTED = (ListFlows, GetFlow, CreateFlow, UpdateFlow, DeleteFlow, NextFlowExtension)

"""Call Flows: what happens to a call. They have no id; the name is their identity."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar
from xml.etree import ElementTree as ET

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.domain.errors import UsageError
from bot.providers.iovox.operations.base import IovoxOperation, ListOf
from bot.providers.iovox.rules import Flow, read_flow, to_xml, write_flow
from bot.providers.iovox.wire import Done, Page, Text, Wire
from bot.providers.iovox.xml import NoXml, document
from bot.providers.operations import Effect

R = TypeVar("R")


def _flow_xml(value: Any) -> str:
    if isinstance(value, Flow):
        return write_flow(value)
    if not isinstance(value, str):
        raise PydanticCustomError("xml", "is the XML of a call flow, as text")
    if not value.strip():
        raise PydanticCustomError("xml", "must not be empty")
    try:
        return write_flow(read_flow(value))
    except (NoXml, UsageError) as wrong:
        words = str(wrong).rstrip(".").replace("{", "(").replace("}", ")")
        raise PydanticCustomError("xml", "is no call flow: {words}", {"words": words}) from None


FlowXml = Annotated[str, BeforeValidator(_flow_xml)]
"""A `callFlow` element as text, also inside a `request` or a `response`."""


class CallFlowRow(Wire):
    """A Call Flow in a list."""

    template_name: Text = None
    template_notes: Text = None
    template_type: Text = None
    created: Text = None
    advanced: Text = None


class CallFlowRecord(Wire):
    """A Call Flow in full. Given back as it is, it is the parameter of an update."""

    call_flow: str = Field(alias="callFlow")

    @property
    def flow(self) -> Flow:
        """Its rules as typed values."""
        return read_flow(self.call_flow)


class GetCallFlows(
    ListOf[Page[CallFlowRow]], call="CallFlow.getCallFlows", verb="GET", alias="flow.list"
):
    """Lists the call flows of the account, without their rules."""

    template_name: str | None = Field(None, description="only the one of this name")
    template_type: Literal["DEFAULT", "CUSTOM", "ALL"] | None = Field(
        None, description="IOVOX's own, the account's own, or all; ALL where it is left out"
    )
    advanced: Literal["YES"] | None = Field(None, description="only advanced ones")


class GetCallFlow(
    IovoxOperation[CallFlowRecord], call="CallFlow.getCallFlow", verb="GET", alias="flow.get"
):
    """Gets one call flow with its rules, always as XML."""

    call_flow: Annotated[str, StringConstraints(min_length=1)] = Field(
        description="name of the call flow"
    )


class _FlowBody(IovoxOperation[R], Generic[R]):
    call_flow: FlowXml = Field(
        alias="callFlow",
        description="the callFlow element as XML: its name (the identity), newName and notes, "
        "and at least one rule in it",
    )

    def payload(self) -> bytes:
        """The `request` with the call flow in it."""
        root = ET.Element("request")
        root.append(to_xml(read_flow(self.call_flow)))
        return document(root)


class CreateCallFlow(
    _FlowBody[Done],
    call="CallFlow.createCallFlow",
    verb="POST",
    alias="flow.create",
    effect=Effect.CHANGES,
):
    """Creates a call flow; its name must be new in the account."""


class UpdateCallFlow(
    _FlowBody[Done],
    call="CallFlow.updateCallFlow",
    verb="PUT",
    alias="flow.update",
    effect=Effect.CHANGES,
):
    """Replaces a call flow, on all links that use it.

    What a link has set for a rule stays only if a rule of the same id is there afterwards.
    """


class DeleteCallFlows(
    IovoxOperation[Done],
    call="CallFlow.deleteCallFlows",
    verb="DELETE",
    alias="flow.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes call flows by name."""

    call_flows: Annotated[str, StringConstraints(min_length=1)] = Field(
        description="names, with a pipe between them; a name with a pipe in it cannot be deleted"
    )
    detach_from_links: bool | None = Field(
        None, description="detach them from links first; otherwise one that is used is refused"
    )


CALL_FLOWS = (GetCallFlows, GetCallFlow, CreateCallFlow, UpdateCallFlow, DeleteCallFlows)

"""Links: where a number, a call flow and the flow's values come together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from bot.providers.iovox.operations.base import Digits, Id, IovoxOperation, ListOf, Part
from bot.providers.iovox.wire import Done, Many, Page, Text, Wire
from bot.providers.operations import Effect, Whole


class LinkRow(Wire):
    """A Link."""

    node_id: Text = None
    node_name: Text = None
    node_type: Text = None
    link_id: Text = None
    link_name: Text = None
    link_type: Text = None
    voxnumber: Text = None
    rule_name: Text = None


class NewLink(Part):
    """A Link to be made."""

    node_id: Id
    link_id: Id = Field(description="AUTOINCREMENT() lets IOVOX choose")
    link_name: str | None = None
    link_type: str | None = None
    link_date: str | None = None
    click_to_call: Literal[0, 1] | None = None
    categories: dict[str, Any] | None = None


class ChangedLink(Part):
    """A Link to be changed."""

    link_id: Id
    new_link_id: str | None = None
    node_id: str | None = None
    link_name: str | None = None
    link_type: str | None = None
    link_date: str | None = None
    click_to_call: Literal[0, 1] | None = None
    categories: dict[str, Any] | None = None


class ByArea(Part):
    """A number of an area, one that the account has."""

    link_id: Id
    method: Literal["BY AREA"]
    voxnumber_idd: Whole = Field(description="country code")
    area_code: Whole


class ByVoxnumber(Part):
    """A certain number."""

    link_id: Id
    method: Literal["BY VOXNUMBER"]
    full_voxnumber: Digits


class ByPostcode(Part):
    """A number near a postcode."""

    link_id: Id
    method: Literal["BY POSTCODE"]
    voxnumber_country: Literal["UNITED KINGDOM", "FRANCE"]
    postcode: str
    fallback_area_distance: Whole | None = Field(None, description="kilometres")


NumberForLink = Annotated[ByArea | ByVoxnumber | ByPostcode, Field(discriminator="method")]


class LinkIds(Part):
    """Several Links."""

    link_id: Many[str] = Field(min_length=1)


class RuleContact(Part):
    """Whom a call rule rings on this Link."""

    contact_id: str | None = None
    phone_number: Digits | None = None


class RuleValues(Part):
    """What a Link fills into one rule; sounds are `group|label`."""

    model_config = ConfigDict(extra="allow")

    rule_id: Id
    rule_type: Id
    rule_label: str | None = None
    contact: RuleContact | None = None
    send_call_alert: str | None = None
    record_call: bool | None = None


class RulesVariable(Part):
    """What a Link fills into the rules of its flow."""

    rule: Many[RuleValues]


class GetLinks(ListOf[Page[LinkRow]], call="Links.getLinks", verb="GET", alias="link.list"):
    """Lists links, with their number and the name of their call flow.

    Short names in req_fields: nid nn nt lid ln lt vn rn.
    """

    node_id: str | None = Field(None, description="only links of this node")
    node_type: str | None = Field(None, description="only links of nodes of this type")
    link_id: str | None = Field(None, description="only this link")
    link_type: str | None = Field(None, description="only links of this type")
    category_ids: list[str] | None = Field(
        None,
        alias="cat_ids[]",
        description="categories: commas mean all of them, several items any of them",
    )


class CreateLinks(
    IovoxOperation[Done],
    call="Links.createLinks",
    verb="POST",
    alias="link.create",
    effect=Effect.CHANGES,
):
    """Creates links in nodes."""

    link: Many[NewLink] = Field(min_length=1, description="one or several")


class UpdateLinks(
    IovoxOperation[Done],
    call="Links.updateLinks",
    verb="PUT",
    alias="link.update",
    effect=Effect.CHANGES,
):
    """Changes links."""

    link: Many[ChangedLink] = Field(min_length=1, description="one or several, by link_id")


class DeleteLinks(
    IovoxOperation[Done],
    call="Links.deleteLinks",
    verb="DELETE",
    alias="link.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes links."""

    link_ids: Id = Field(description="ids, with commas between them")


class AttachVoxnumberToLink(
    IovoxOperation[Done],
    call="Links.attachVoxnumberToLink",
    verb="PUT",
    alias="link.attach_number",
    effect=Effect.REROUTES,
):
    """Gives numbers of the account to links."""

    link: Many[NumberForLink] = Field(min_length=1, description="one or several, each by a method")


class RemoveVoxnumberFromLink(
    IovoxOperation[Done],
    call="Links.removeVoxnumberFromLink",
    verb="PUT",
    alias="link.remove_number",
    effect=Effect.REROUTES,
):
    """Takes the number from links."""

    link_id: Many[Id] = Field(min_length=1, description="one or several")


class AttachRuleTemplateToLinks(
    IovoxOperation[Done],
    call="Links.attachRuleTemplateToLinks",
    verb="PUT",
    alias="link.attach_flow",
    effect=Effect.REROUTES,
):
    """Lets links use a call flow, and fills in its variables."""

    template_name: Id = Field(description="name of the call flow")
    overwrite_existing: bool | None = Field(
        None, description="replace the flow that a link has; otherwise it is refused"
    )
    link_ids: LinkIds = Field(description='{"link_id": ["100", "130"]}')
    rules_variable: RulesVariable | None = Field(
        None, description="values of the flow's variables, as Rules.getVariableRulesOfTemplate"
    )


class RemoveRuleTemplateFromLinks(
    IovoxOperation[Done],
    call="Links.removeRuleTemplateFromLinks",
    verb="PUT",
    alias="link.remove_flow",
    effect=Effect.CHANGES,
):
    """Takes the call flow from links; calls to them go nowhere then."""

    link_ids: LinkIds = Field(description='{"link_id": ["100", "130"]}')


LINKS = (
    GetLinks,
    CreateLinks,
    UpdateLinks,
    DeleteLinks,
    AttachVoxnumberToLink,
    RemoveVoxnumberFromLink,
    AttachRuleTemplateToLinks,
    RemoveRuleTemplateFromLinks,
)

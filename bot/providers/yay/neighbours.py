"""Calls beside the call flows: what flows point at, numbers, calls, money.

The document at hand does not describe them; they come from the vendor's public pages and from
public clients, as the fact sheet marks them. Where even the path is a guess, `guess` names the
setting that holds it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.yay.operations import Uuid, YayOperation
from bot.providers.yay.wire import Nothing, Wire


class ObjectRecord(Wire):
    """Anything that has a uuid, and mostly a name."""

    uuid: str
    name: str | None = None


class GroupRecord(ObjectRecord):
    """A hunt group or a queue group."""

    extension_number: int | str | None = None
    members: list[Any] | None = None

    def member_ids(self) -> tuple[str, ...]:
        """Uuids of the SIP users in it, given as such or as objects."""
        ids = (item.get("uuid") if isinstance(item, dict) else item for item in self.members or ())
        return tuple(id_ for id_ in ids if isinstance(id_, str))


class UserRecord(Wire):
    """A SIP user; its password is masked before it gets this far."""

    uuid: str
    user_name: str | None = None
    display_name: str | None = None
    extension: int | str | None = None


class UserStatusRecord(Wire):
    """Whether a SIP user is there; which words occur is not documented."""

    uuid: str
    status: Any = None


class NumberRecord(ObjectRecord):
    """A number of the account: country code and national part stand apart."""

    country_code: str | int | None = None
    number: str | int | None = None
    call_flow: str | None = None
    out_of_hours: str | None = None
    trunk: str | None = None


class CallerIdRecord(Wire):
    """A number that may be shown to the people who are called."""

    uuid: str


class PhoneBookRecord(ObjectRecord):
    """A phone book; read alone it has its contacts in it, by one client's account."""


class BalanceRecord(Wire):
    """The account's balance; the currency is not told."""

    balance: str | int | float


class CallTarget(Wire):
    """Who is rung first."""

    type: Literal["sipuser", "huntgroup", "callflow"]
    uuid: str


class ListUsers(YayOperation[list[UserRecord]], call="GET /voip/user", alias="user.list"):
    """Gets all SIP users."""


class ListUserStatuses(
    YayOperation[list[UserStatusRecord]], call="GET /voip/user-status", alias="user.status"
):
    """Gets which SIP users are there."""


class ListHuntGroups(YayOperation[list[GroupRecord]], call="GET /voip/group", alias="group.list"):
    """Gets all hunt groups."""


class ListQueueGroups(
    YayOperation[list[GroupRecord]], call="GET /voip/queue-group", alias="queue.list"
):
    """Gets all queue groups."""


class ListSounds(YayOperation[list[ObjectRecord]], call="GET /voip/sound", alias="sound.list"):
    """Gets all sounds."""


class GetSound(YayOperation[ObjectRecord], call="GET /voip/sound/{uuid}", alias="sound.get"):
    """Gets one sound."""

    uuid: Uuid = Field(description="the sound")


class ListPlaylists(
    YayOperation[list[ObjectRecord]], call="GET /voip/playlist", alias="playlist.list"
):
    """Gets all playlists."""


class ListMailboxes(
    YayOperation[list[ObjectRecord]], call="GET /voip/mailbox", alias="mailbox.list"
):
    """Gets all mailboxes."""


class GetMailbox(YayOperation[ObjectRecord], call="GET /voip/mailbox/{uuid}", alias="mailbox.get"):
    """Gets one mailbox."""

    uuid: Uuid = Field(description="the mailbox")


class ListTimeDiaries(
    YayOperation[list[ObjectRecord]], call="GET /voip/out-of-hours", alias="diary.list"
):
    """Gets all time diaries, which the path calls by their older name."""


class ListNumbers(YayOperation[list[NumberRecord]], call="GET /voip/number", alias="number.list"):
    """Gets all phone numbers."""


class UpdateNumber(
    YayOperation[NumberRecord],
    call="PUT /voip/number/{uuid}",
    alias="number.update",
    effect=Effect.REROUTES,
):
    """Replaces what is chosen of a phone number; its path is a guess.

    The whole object is replaced: what is left out is reset to its default.
    """

    guess: ClassVar[str] = "update_number"

    uuid: Uuid = Field(description="the number")
    # The call's own name is `name`, hence another one in Python.
    number_name: str | None = Field(None, alias="name", description="what the number is called")
    country_code: str | None = Field(None, description="digits, without +")
    number: str | None = Field(None, description="national part, without country code")
    call_flow: str | None = Field(None, description="uuid of the call flow that takes its calls")
    out_of_hours: str | None = Field(None, description="uuid of the time diary")
    trunk: str | None = Field(None, description="uuid of the trunk that takes its calls")
    emergency_address: str | None = Field(None, description="uuid")
    number_address: str | None = Field(None, description="uuid")
    price_category: Whole | None = None
    required_address_type: Whole | None = None
    can_invite_anonymously: bool | None = None


class ListCallerIds(
    YayOperation[list[CallerIdRecord]], call="GET /voip/caller-id", alias="caller_id.list"
):
    """Gets all caller IDs."""


class ListDepartments(
    YayOperation[list[ObjectRecord]], call="GET /voip/department", alias="department.list"
):
    """Gets all departments."""


class ListTrunks(YayOperation[list[ObjectRecord]], call="GET /voip/trunk", alias="trunk.list"):
    """Gets all VoIP trunks."""


class ListPhoneBooks(
    YayOperation[list[PhoneBookRecord]], call="GET /voip/phone-book", alias="phone_book.list"
):
    """Gets all phone books."""


class GetPhoneBook(
    YayOperation[PhoneBookRecord], call="GET /voip/phone-book/{uuid}", alias="phone_book.get"
):
    """Gets one phone book with its contacts."""

    uuid: Uuid = Field(description="the phone book")


class GetBalance(YayOperation[BalanceRecord], call="GET /account/balance", alias="balance"):
    """Gets the account's balance."""


class CallHistory(
    YayOperation[list[Any] | dict[str, Any]], call="GET call-history", alias="call.history"
):
    """Gets the calls between two times; its path is not documented.

    Times are wall clock times of the account's zone, like 2015-01-31T09:00:00.
    """

    guess: ClassVar[str] = "call_history"

    start: str = Field(min_length=1, description="from here")
    end: str = Field(min_length=1, description="to here")
    call_type: Literal["inbound", "outbound", "internal"] | None = None
    answered: bool | None = None
    recording: bool | None = Field(None, description="whether it was recorded")
    limit: Whole | None = Field(None, ge=1, description="calls a page; 10 where it is left out")
    page: Whole | None = Field(None, ge=1, description="from 1")
    include_cdr: Literal["yes", "no"] | None = None
    include_count: Literal["yes", "no"] | None = None
    include_legs: Literal["yes", "no"] | None = None


class PlaceCall(
    YayOperation[Nothing],
    call="POST /voip/call",
    alias="call.place",
    effect=Effect.COSTS_MONEY,
):
    """Rings somebody of the account, then dials the destination; its path is a guess."""

    guess: ClassVar[str] = "outbound_call"

    destination: str = Field(min_length=1, description="in E.164, or an extension of the account")
    user_uuid: str | None = Field(None, description="the SIP user that is rung first")
    targets: list[CallTarget] | None = Field(None, description="others that are rung first")
    display_name: str | None = Field(None, description="what their telephones show")
    caller_id: str | None = Field(None, description="uuid of the caller ID to show outside")


NEIGHBOURS = (
    ListUsers,
    ListUserStatuses,
    ListHuntGroups,
    ListQueueGroups,
    ListSounds,
    GetSound,
    ListPlaylists,
    ListMailboxes,
    GetMailbox,
    ListTimeDiaries,
    ListNumbers,
    UpdateNumber,
    ListCallerIds,
    ListDepartments,
    ListTrunks,
    ListPhoneBooks,
    GetPhoneBook,
    GetBalance,
    CallHistory,
    PlaceCall,
)

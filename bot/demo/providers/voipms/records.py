"""Records that are made, changed and listed alike: forwardings, groups, menus, queues and more."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from bot.demo.providers.voipms.account import Account, Rows
from bot.demo.providers.voipms.answers import Answering, Given, Refused, Row, some

Reads = Callable[[Account, str, Given], Row]
"""The form in which a written record is read, from its id and what was given."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        functions: the one that sets, and the one that lists.
        table: where the account keeps them.
        id: the field that holds the id in answers.
        given_id: the parameter that holds it when a record is set, where it is another one.
        key: of the list in answers.
        empty, unknown: the codes for no records, and for an id that there is none of.
        fields: names of a record's fields, some with what stands there when nothing was given.
        reads: makes the record instead, where it is read unlike it was written.
    """

    functions: tuple[str, str]
    _: KW_ONLY
    table: str
    id: str
    key: str
    empty: str
    unknown: str
    fields: str = ""
    given_id: str = ""
    reads: Reads | None = None

    def rows(self, account: Account) -> Rows:
        """The account's records."""
        rows: Rows = getattr(account, self.table)
        return rows

    def set(self, account: Account, given: Given, now: datetime) -> Row:
        """Make a record where the id is empty, else replace one."""
        del now
        rows, id_ = self.rows(account), given.get(self.given_id or self.id, "")
        if id_ and id_ not in rows:
            raise Refused(self.unknown, f"there is no {id_}")
        self._check(account, given)
        new = id_ or str(next(account.ids))
        if self.reads is not None:
            row = self.reads(account, new, given)
        else:
            words = (word.partition("=") for word in self.fields.split())
            row = {name: given.get(name, default) for name, _, default in words}
        rows[new] = {self.id: new, **row}
        # No id was seen in the answer about SIP addresses.
        return {} if self.table == "sip_uris" else {self.id: new}

    def get(self, account: Account, given: Given, now: datetime) -> Row:
        """All records, or one of them."""
        del now
        wanted = given.get(self.id, "")
        found = [row for id_, row in self.rows(account).items() if wanted in ("", id_)]
        if self.table == "filters" and given.get("did"):
            found = [row for row in found if row["did"] in (given["did"], "all")]
        if self.table == "phonebook" and given.get("name"):
            found = [row for row in found if given["name"].lower() in row["name"].lower()]
        if self.table == "recordings":
            found = [{name: row[name] for name in ("value", "description")} for row in found]
        return {self.key: some(found, self.empty)}

    @staticmethod
    def _check(account: Account, given: Given) -> None:
        for name, value in given.items():
            if value and ("routing" in name or name.startswith("failover_")):
                account.check_routing(value)
        for member in filter(None, given.get("members", "").split(";")):
            try:
                account.check_routing(member.partition(",")[0])
            except Refused as unknown:
                # Seen so, odd as the word is.
                raise Refused("invalid_mailbox", str(unknown)) from None
        for choice in filter(None, given.get("choices", "").split(";")):
            account.check_routing(choice.strip().partition("=")[2])


def _menu(account: Account, id_: str, given: Given) -> Row:
    del account, id_
    row = {name: given[name] for name in ("name", "recording", "timeout", "language")}
    choices = ";".join(choice.strip() for choice in given["choices"].split(";"))
    return {**row, "voicemailsetup": given["voicemailsetup"], "choices": choices}


def _member(account: Account, id_: str, given: Given) -> Row:
    if given["queue"] not in account.queues:
        raise Refused("invalid_queue", f"there is no {given['queue']}")
    before = account.members.get(id_, {})
    sub_account = given.get("account") or before.get("account", "").removeprefix("SIP/")
    if sub_account and sub_account not in (*account.sub_accounts, account.number):
        raise Refused("invalid_account", f"there is no {sub_account}")
    return {
        "queue_number": given["queue"],
        "name": given["member_name"],
        "account": f"SIP/{sub_account}",
        "priority": given["priority"],
    }


def _recording(account: Account, id_: str, given: Given) -> Row:
    before = account.recordings.get(id_, {"description": "", "data": ""})
    if given.get("name") and any(
        row["description"] == given["name"] and row["value"] != id_
        for row in account.recordings.values()
    ):
        raise Refused("duplicated_name", given["name"])
    return {
        "value": id_,
        "description": given.get("name") or before["description"],
        "data": given.get("file") or before["data"],
    }


_QUEUE = (
    "queue_name queue_number queue_language queue_password callerid_prefix join_announcement "
    "priority_weight agent_announcement report_hold_time_agent member_delay music_on_hold "
    "maximum_wait_time maximum_callers join_when_empty leave_when_empty ring_strategy ring_inuse "
    "agent_ring_timeout retry_timer wrapup_time voice_announcement frequency_announcement "
    "announce_position_frecuency announce_round_seconds "
    "if_announce_position_enabled_report_estimated_hold_time thankyou_for_your_patience "
    "fail_over_routing_timeout fail_over_routing_full fail_over_routing_join_empty "
    "fail_over_routing_leave_empty fail_over_routing_join_unavail fail_over_routing_leave_unavail"
)

KINDS = (
    Kind(
        ("setForwarding", "getForwardings"),
        table="forwardings",
        id="forwarding",
        key="forwardings",
        empty="no_forwarding",
        unknown="invalid_forwarding",
        fields="phone_number callerid_override=-1 description dtmf_digits pause=0.0 "
        "diversion_header=0",
    ),
    Kind(
        ("setTimeCondition", "getTimeConditions"),
        table="time_conditions",
        id="timecondition",
        key="timecondition",
        empty="no_timecondition",
        unknown="invalid_timecondition",
        fields="name routing_match routing_nomatch starthour startminute endhour endminute "
        "weekdaystart weekdayend",
    ),
    Kind(
        ("setRingGroup", "getRingGroups"),
        table="ring_groups",
        id="ring_group",
        key="ring_groups",
        empty="no_ringgroup",
        unknown="invalid_ringgroup",
        fields="name caller_announcement music_on_hold=default language=en members voicemail=0",
    ),
    Kind(
        ("setQueue", "getQueues"),
        table="queues",
        id="queue",
        key="queues",
        empty="no_queue",
        unknown="invalid_queue",
        fields=_QUEUE,
    ),
    Kind(
        ("setStaticMember", "getStaticMembers"),
        table="members",
        id="member",
        key="members",
        empty="no_member",
        unknown="invalid_member",
        reads=_member,
    ),
    Kind(
        ("setIVR", "getIVRs"),
        table="ivrs",
        id="ivr",
        key="ivrs",
        empty="no_ivr",
        unknown="invalid_ivr",
        reads=_menu,
    ),
    Kind(
        ("setCallerIDFiltering", "getCallerIDFiltering"),
        table="filters",
        id="filtering",
        given_id="filter",
        key="filtering",
        empty="no_filter",
        unknown="invalid_filter",
        fields="callerid did routing failover_unreachable failover_busy failover_noanswer note",
    ),
    Kind(
        ("setCallback", "getCallbacks"),
        table="callbacks",
        id="callback",
        key="callbacks",
        empty="no_callback",
        unknown="invalid_callback",
        fields="description number delay_before response_timeout digit_timeout callerid_number",
    ),
    Kind(
        ("setDISA", "getDISAs"),
        table="disas",
        id="disa",
        key="disa",
        empty="no_disa",
        unknown="invalid_disa",
        fields="name pin digit_timeout callerid_override=-1 language=en",
    ),
    Kind(
        ("setSIPURI", "getSIPURIs"),
        table="sip_uris",
        id="sipuri",
        key="sipuris",
        empty="no_sipuri",
        unknown="invalid_sipuri",
        fields="uri description callerid_override=-1 callerid_e164=0",
    ),
    Kind(
        ("setPhonebook", "getPhonebook"),
        table="phonebook",
        id="phonebook",
        key="phonebooks",
        empty="no_phonebook",
        unknown="invalid_phonebook",
        fields="speed_dial name number callerid note group group_name",
    ),
    Kind(
        ("setRecording", "getRecordings"),
        table="recordings",
        id="recording",
        key="recordings",
        empty="no_recording",
        unknown="invalid_recording",
        reads=_recording,
    ),
)
"""All kinds of records."""


def static_members(account: Account, given: Given, now: datetime) -> Row:
    """The members of a queue."""
    del now
    if given["queue"] not in account.queues:
        raise Refused("invalid_queue", f"there is no {given['queue']}")
    wanted = given.get("member", "")
    rows = [
        row
        for id_, row in account.members.items()
        if row["queue_number"] == given["queue"] and wanted in ("", id_)
    ]
    return {"members": some(rows, "no_member")}


def recording_file(account: Account, given: Given, now: datetime) -> Row:
    """A recording's sound; bare, as it was seen."""
    del now
    row = account.recordings.get(given["recording"])
    if row is None:
        raise Refused("invalid_recording", f"there is no {given['recording']}")
    data = row["data"] or base64.b64encode(b"silence").decode()
    return {"recordings": {"value": row["value"], "data": data}}


FUNCTIONS: Mapping[str, Answering] = {
    **{kind.functions[0]: kind.set for kind in KINDS},
    **{kind.functions[1]: kind.get for kind in KINDS},
    "getStaticMembers": static_members,
    "getRecordingFile": recording_file,
}

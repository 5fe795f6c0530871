"""The account itself, and the lists of values that other functions take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.demo.providers.voipms.account import Account
from bot.demo.providers.voipms.answers import Answering, Given, Refused, Row, some, wall


def _ip(account: Account, given: Given, now: datetime) -> Row:
    del account, given, now
    return {"ip": "127.0.0.1"}


def _balance(account: Account, given: Given, now: datetime) -> Row:
    balance = {"current_balance": f"{account.balance:.5f}"}
    if given.get("advanced") in ("1", "true"):
        today = [call for call in account.calls if wall(call.at)[:10] == wall(now)[:10]]
        seconds = sum(call.seconds for call in account.calls)
        balance |= {
            "spent_total": f"{sum(call.total for call in account.calls):.5f}",
            "calls_total": str(len(account.calls)),
            "time_total": f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}",
            "spent_today": f"{sum(call.total for call in today):.5f}",
            "calls_today": str(len(today)),
            "time_today": "00:00",
        }
    return {"balance": balance}


def _servers(account: Account, given: Given, now: datetime) -> Row:
    del now
    wanted = given.get("server_pop", "")
    rows = [row for pop, row in account.servers.items() if wanted in ("", pop)]
    if not rows:
        raise Refused("invalid_serverpop", wanted)
    return {"servers": rows}


def _sub_accounts(account: Account, given: Given, now: datetime) -> Row:
    del now
    wanted = given.get("account", "")
    rows = [row for name, row in account.sub_accounts.items() if wanted in ("", name)]
    if not rows and wanted.isdecimal():
        # Seen so, though no list of codes has it.
        raise Refused("no_subaccount", wanted)
    return {"accounts": some(rows, "no_account")}


def _registration(account: Account, given: Given, now: datetime) -> Row:
    name = given["account"]
    if name not in (account.number, *account.sub_accounts):
        raise Refused("invalid_account", name)
    address = account.registered.get(name)
    if address is None:
        return {"registered": "no", "rerouted": "0", "from_server_pop": "", "registrations": []}
    pop, server = next(iter(account.servers.items()))
    return {
        "registered": "yes",
        "rerouted": "0",
        "from_server_pop": pop,
        # A list of one row may come as the row.
        "registrations": {
            **{key: value for key, value in server.items() if key != "server_recommended"},
            "register_ip": address,
            "register_port": "5060",
            "register_next": wall(now + timedelta(minutes=1)),
            "register_protocol": "sip",
            "register_transport": "udp",
        },
    }


def _call_accounts(account: Account, given: Given, now: datetime) -> Row:
    del given, now
    names = ["all", account.number, *account.sub_accounts]
    return {"accounts": [_option(name) for name in names]}


def _call_types(account: Account, given: Given, now: datetime) -> Row:
    del given, now
    return {"call_types": [_option(v) for v in ("all", "outgoing", "incoming", *account.numbers)]}


def _option(value: str, description: str = "") -> Row:
    return {"value": value, "description": description or value.capitalize()}


def _values(key: str, asked: str, options: Mapping[str, str], value: str = "value") -> Answering:
    def listed(account: Account, given: Given, now: datetime) -> Row:
        del account, now
        wanted = given.get(asked, "")
        rows = [
            {value: option, "description": words}
            for option, words in options.items()
            if wanted in ("", option)
        ]
        if not rows:
            raise Refused("invalid_type", wanted)
        return {key: rows}

    return listed


def _no_huntings(account: Account, given: Given, now: datetime) -> Row:
    del account, given, now
    raise Refused("no_callhunting")


_YES_NO = {"yes": "Yes", "no": "No"}

FUNCTIONS: Mapping[str, Answering] = {
    "getIP": _ip,
    "getBalance": _balance,
    "getServersInfo": _servers,
    "getSubAccounts": _sub_accounts,
    "getRegistrationStatus": _registration,
    "getCallAccounts": _call_accounts,
    "getCallTypes": _call_types,
    "getCallHuntings": _no_huntings,
    "getCallBilling": _values(
        "call_billing", "", {"all": "All", "free": "Free", "billed": "Billed"}
    ),
    "getVoicemailSetups": _values(
        "voicemailsetups", "voicemailsetup", {"1": "Not configured", "2": "Press 0"}
    ),
    "getLanguages": _values("languages", "language", {"en": "English", "fr": "French"}),
    "getMusicOnHold": _values(
        "music_on_hold", "music_on_hold", {"default": "Default", "jazz": "Jazz"}
    ),
    "getRingStrategies": _values(
        "strategies", "strategy", {"ringall": "Ring all", "rrmemory": "Round robin with memory"}
    ),
    "getJoinWhenEmptyTypes": _values("types", "type", {**_YES_NO, "strict": "Strict"}),
    "getReportEstimatedHoldTime": _values("types", "type", {**_YES_NO, "once": "Once"}),
    "getTimezones": _values(
        "timezones", "timezone", {"America/Montreal": "Montreal", "America/Vancouver": "Vancouver"}
    ),
    "getProvinces": _values("provinces", "", {"QC": "QUEBEC", "ON": "ONTARIO"}, "province"),
    "getStates": _values("states", "", {"FL": "FLORIDA", "NY": "NEW YORK"}, "state"),
    "getCarriers": _values("carriers", "carrier", {"1": "Carrier 1", "2": "Carrier 2"}),
    "getRoutes": _values("routes", "route", {"1": "Value", "2": "Premium"}),
}

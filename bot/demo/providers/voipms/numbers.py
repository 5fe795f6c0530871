"""Numbers of the simulated account: read, changed, searched and ordered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from bot.demo.providers.voipms.account import Account
from bot.demo.providers.voipms.answers import Answering, Given, Refused, Row, some, wall

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_ROUTINGS = ("routing", "failover_busy", "failover_unreachable", "failover_noanswer")
_SMS_FIELDS = {
    "enable": "sms_enabled",
    "email_enabled": "sms_email_enabled",
    "email_address": "sms_email",
    "sms_forward_enable": "sms_forward_enabled",
    "sms_forward": "sms_forward",
    "url_callback_enable": "sms_url_callback_enabled",
    "url_callback": "sms_url_callback",
    "url_callback_retry": "sms_url_callback_retry",
    "smpp_enabled": "smpp_enabled",
    "smpp_url": "smpp_url",
    "smpp_user": "smpp_user",
    "smpp_pass": "smpp_pass",
}


def number(did: str, now: datetime, **given: str) -> Row:
    """A number in the form of getDIDsInfo."""
    zeros = (
        "cnam e911 sms_enabled sms_email_enabled sms_forward_enabled sms_url_callback_enabled "
        "sms_url_callback_retry smpp_enabled transcribe"
    )
    empty = (
        "description failover_busy failover_unreachable failover_noanswer voicemail "
        "callerid_prefix note port_out_pin reseller_account sms_email sms_forward "
        "sms_url_callback smpp_url smpp_user smpp_pass transcription_locale transcription_email"
    )
    return {
        "did": did,
        "routing": "none:",
        "pop": "5",
        "dialtime": "60",
        "billing_type": "1",
        "next_billing": wall(now)[:10],
        "order_date": wall(now),
        "reseller_next_billing": "0000-00-00",
        "reseller_monthly": "0.00",
        "reseller_minute": "0.00",
        "reseller_setup": "0.00",
        "sms_available": "1",
        **dict.fromkeys(zeros.split(), "0"),
        **dict.fromkeys(empty.split(), ""),
        **given,
    }


def _list(account: Account, given: Given, now: datetime) -> Row:
    del now
    wanted = given.get("did", "")
    rows = [row for did, row in account.numbers.items() if wanted in ("", did)]
    # One row was seen with a flag as a number beside others as text.
    shown = [{**row, "sms_available": int(row["sms_available"])} for row in rows]
    return {"dids": some(shown, "no_did")}


def _checked(account: Account, given: Given) -> None:
    for name in _ROUTINGS:
        if given.get(name):
            account.check_routing(given[name])
    if given.get("pop") and given["pop"] not in account.servers:
        raise Refused("invalid_serverpop", given["pop"])
    if given.get("voicemail", "0") not in ("", "0", *account.mailboxes):
        raise Refused("invalid_mailbox", given["voicemail"])


def _info(account: Account, given: Given, now: datetime) -> Row:
    """Replace everything: what is left out goes back to its default."""
    held = account.own_number(given["did"])
    _checked(account, given)
    reset = number(given["did"], now)
    names = (*_ROUTINGS[1:], "voicemail", "callerid_prefix", "note")
    required = ("routing", "pop", "dialtime", "cnam", "billing_type")
    held.update({name: given.get(name, reset[name]) for name in names})
    held.update({name: given[name] for name in required})
    return {}


def _change(*names: str) -> Answering:
    def change(account: Account, given: Given, now: datetime) -> Row:
        del now
        held = account.own_number(given["did"])
        _checked(account, given)
        held.update({name: given.get(name, "") for name in names})
        return {}

    return change


def _billing(account: Account, given: Given, now: datetime) -> Row:
    del now
    held = account.own_number(given["did"])
    if held["billing_type"] == given["billing_type"]:
        raise Refused("same_did_billingtype")
    held["billing_type"] = given["billing_type"]
    return {}


def _unconnect(account: Account, given: Given, now: datetime) -> Row:
    del now
    account.own_number(given["did"])["reseller_account"] = ""
    return {}


def _sms(account: Account, given: Given, now: datetime) -> Row:
    """Replace everything about texts: what is left out is switched off (a reading of the sheet)."""
    del now
    held = account.own_number(given["did"])
    if not int(held["sms_available"]):
        raise Refused("sms_apply_regulations", given["did"])
    for name, read in _SMS_FIELDS.items():
        held[read] = given.get(name) or ("0" if read.endswith(("enabled", "retry")) else "")
    # The documented answer has this key, which is a slip there too.
    return {"sipuri": "6199"}


# Searching and ordering


def _matches(did: str, given: Given) -> bool:
    query = given.get("query", "").upper().translate(_KEYPAD)
    match given.get("type", "contains"):
        case "starts":
            return did.startswith(query)
        case "ends":
            return did.endswith(query)
        case _:
            return query in did


def _search(name: str, place: str = "") -> Answering:
    def search(account: Account, given: Given, now: datetime) -> Row:
        del now
        rows = [
            row
            for kind, row in account.offers
            if kind == name
            and _matches(row["did"], given)
            and given.get(place, "") in ("", row.get(place, ""))
        ]
        return {"dids": some(rows, "no_did")}

    return search


def _vanity(account: Account, given: Given, now: datetime) -> Row:
    del now
    pattern = given["query"].upper().translate(_KEYPAD)
    rows = [
        row
        for kind, row in account.offers
        if kind == "searchVanity"
        and given["type"] in ("8**", row["did"][:3])
        and all(wanted in ("*", got) for wanted, got in zip(pattern, row["did"][3:], strict=True))
    ]
    return {"dids": some(rows, "no_did")}


def _buy(account: Account, given: Given, now: datetime, dids: list[str], setup: str) -> Row:
    _checked(account, given)
    price = Decimal(setup) * len(dids)
    if price > account.balance:
        raise Refused("non_sufficient_funds")
    if given.get("test"):
        return {}
    account.balance -= price
    names = (*_ROUTINGS, "voicemail", "pop", "dialtime", "cnam", "callerid_prefix", "note")
    kept = {name: given[name] for name in names if name in given}
    for did in dids:
        account.numbers[did] = number(did, now, **kept)
        account.offers = [(kind, row) for kind, row in account.offers if row["did"] != did]
        order = {"uniqueid": f"{len(account.transactions):06d}", "type": "Order"}
        row = {**order, "description": f"Order of {did}", "ammount": f"-{setup}"}
        account.transactions.append((now, row))
    return {}


def _order(*searches: str, price: str) -> Answering:
    def order(account: Account, given: Given, now: datetime) -> Row:
        if given["did"] in account.numbers:
            raise Refused("did_in_use", given["did"])
        offers = [row for kind, row in account.offers if kind in searches]
        offer = next((row for row in offers if row["did"] == given["did"]), None)
        if offer is None:
            raise Refused("invalid_did", f"{given['did']} is not on offer")
        return _buy(account, given, now, [given["did"]], offer.get(price, "0"))

    return order


def _virtual(account: Account, given: Given, now: datetime) -> Row:
    did = f"{account.number}{given['digits']}00"[:10].ljust(10, "0")
    if did in account.numbers:
        raise Refused("did_in_use", did)
    return _buy(account, given, now, [did], "0")


def _international(account: Account, given: Given, now: datetime) -> Row:
    count = len(account.numbers)
    dids = [f"8005550{count + index:05d}" for index in range(int(given["quantity"]))]
    return _buy(account, given, now, dids, "5.00")


FUNCTIONS: Mapping[str, Answering] = {
    "getDIDsInfo": _list,
    "setDIDInfo": _info,
    "setDIDRouting": _change("routing"),
    "setDIDPOP": _change("pop"),
    "setDIDVoicemail": _change("voicemail"),
    "setDIDBillingType": _billing,
    "unconnectDID": _unconnect,
    "setSMS": _sms,
    "searchDIDsCAN": _search("searchDIDsCAN", "province"),
    "searchDIDsUSA": _search("searchDIDsUSA", "state"),
    "searchTollFreeCanUS": _search("searchTollFreeCanUS"),
    "searchTollFreeUSA": _search("searchTollFreeUSA"),
    "searchVanity": _vanity,
    "orderTollFree": _order("searchTollFreeCanUS", "searchTollFreeUSA", price="setup"),
    "orderVanity": _order("searchVanity", price="setup_canadian"),
    "orderDIDVirtual": _virtual,
    "orderDIDInternationalTollFree": _international,
}

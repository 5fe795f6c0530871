"""The interface Contacts."""

from __future__ import annotations

from bot.demo.providers.iovox.account import Row
from bot.demo.providers.iovox.asked import Answer, Asked, Listed, Nothing, listing, truth, writing
from bot.demo.providers.iovox.documents import Refused
from bot.demo.providers.iovox.links import AUTOINCREMENT

_SHORT = {
    "cid": "contact_id",
    "dn": "display_name",
    "comp": "company",
    "em": "email",
    "bphone": "business_phone",
    "as": "assigned_status",
}
_PHONES = ("mobile_phone", "home_phone", "business_phone", "business_fax")
_FIELDS = (
    "contact_id", "display_name", "first_name", "last_name", "email", "email_2", "company",
    *_PHONES,
    "work_address_1", "work_address_2", "work_city", "work_country", "work_postcode",
    "home_address_1", "home_address_2", "home_city", "home_country", "home_postcode", "notes",
)  # fmt: skip
_FILTERS = {
    "contact_id": "contact_id",
    "company": "company",
    "email": "email",
    "phone_number": "business_phone",
}


def _get_contacts(asked: Asked) -> Answer:
    rows = list(asked.account.contacts.values())
    for parameter, name in _FILTERS.items():
        if wanted := asked.query.get(parameter):
            rows = [row for row in rows if row.get(name) == wanted]
    if part := asked.query.get("display_name"):
        rows = [row for row in rows if part.lower() in str(row["display_name"]).lower()]
    return Listed(rows, _SHORT)


def _get_contact_details(asked: Asked) -> Answer:
    id_ = asked.need("contact_id", "Contact ID")
    if id_ not in asked.account.contacts:
        raise Refused("Contact ID does not exist")
    return Listed([asked.account.contacts[id_]], {name: name for name in _FIELDS})


def _create_contacts(asked: Asked) -> Answer:
    items = asked.items("contact")
    wrong = [said for at, item in enumerate(items, 1) for said in _wrong(item, at, len(items))]
    wrong += [
        f"contact_id {index} of {len(items)} already exists"
        for index, item in enumerate(items, start=1)
        if item.get("contact_id") in asked.account.contacts
    ]
    if wrong:
        raise Refused(*wrong)
    for item in items:
        id_ = item["contact_id"]
        id_ = str(next(asked.account.ids)) if id_ == AUTOINCREMENT else id_
        name = " ".join(filter(None, (item.get("first_name"), item.get("last_name"))))
        row = {"display_name": name or item.get("company", ""), **item, "contact_id": id_}
        asked.account.contacts[id_] = {**row, "assigned_status": "UNASSIGNED"}
    return Nothing(201)


def _update_contacts(asked: Asked) -> Answer:
    items = asked.items("contact")
    for name in ("rm_rules", "replace_details"):
        truth(asked.body.get(name) or "FALSE", name)
    wrong = [said for at, item in enumerate(items, 1) for said in _wrong(item, at, len(items))]
    wrong += [
        f"contact_id {index} of {len(items)} does not exist"
        for index, item in enumerate(items, start=1)
        if item.get("contact_id") not in asked.account.contacts
    ]
    if wrong:
        raise Refused(*wrong)
    for item in items:
        row = asked.account.contacts.pop(item["contact_id"])
        id_ = item.get("new_contact_id") or item["contact_id"]
        changed = {name: value for name, value in item.items() if name != "new_contact_id"}
        asked.account.contacts[id_] = {**row, **changed, "contact_id": id_}
    return Nothing()


def _delete_contacts(asked: Asked) -> Answer:
    ids = asked.need("contact_ids", "contact_ids").split(",")
    asked.truth("rm_rules")
    asked.truth("rm_if_user")
    wrong = [
        f"contact_id {index} of {len(ids)} does not exist"
        for index, id_ in enumerate(ids, start=1)
        if id_ not in asked.account.contacts
    ]
    if wrong:
        raise Refused(*wrong)
    for id_ in ids:
        del asked.account.contacts[id_]
    return Nothing()


def _wrong(item: Row, index: int, total: int) -> list[str]:
    odd = set(item) - {*_FIELDS, "new_contact_id"}
    wrong = [f"{name} {index} of {total} Invalid" for name in sorted(odd)]
    if not item.get("contact_id"):
        wrong.append(f"contact_id {index} of {total} Empty")
    for name in _PHONES:
        if item.get(name) and not str(item[name]).isdigit():
            wrong.append(f"{name} {index} of {total} Invalid")
    return wrong


METHODS = {
    "Contacts.getContacts": listing(
        _get_contacts, "contact_id", "display_name", "company", "phone_number", "email"
    ),
    "Contacts.getContactDetails": listing(_get_contact_details, "contact_id"),
    "Contacts.createContacts": writing("POST", _create_contacts),
    "Contacts.updateContacts": writing("PUT", _update_contacts),
    "Contacts.deleteContacts": writing(
        "DELETE", _delete_contacts, "contact_ids", "rm_rules", "rm_if_user"
    ),
}

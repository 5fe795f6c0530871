"""Contacts: whom calls go to."""

from __future__ import annotations

from pydantic import Field

from bot.providers.iovox.operations.base import Digits, Id, IovoxOperation, ListOf, Part
from bot.providers.iovox.wire import Done, Many, Page, Phones, Text, Wire
from bot.providers.operations import Effect


class ContactRow(Wire):
    """A Contact in a list."""

    contact_id: Text = None
    display_name: Text = None
    company: Text = None
    email: Text = None
    business_phone: Phones = Field(default_factory=list)
    assigned_status: Text = None


class ContactRecord(ContactRow):
    """A Contact in full."""

    first_name: Text = None
    last_name: Text = None
    email_2: Text = None
    title: Text = None
    mobile_phone: Phones = Field(default_factory=list)
    home_phone: Phones = Field(default_factory=list)
    business_fax: Text = None
    work_address_1: Text = None
    work_address_2: Text = None
    work_city: Text = None
    work_country: Text = None
    work_postcode: Text = None
    home_address_1: Text = None
    home_address_2: Text = None
    home_city: Text = None
    home_country: Text = None
    home_postcode: Text = None
    notes: Text = None


class NewContact(Part):
    """A Contact to be made."""

    contact_id: Id = Field(description="unique; AUTOINCREMENT() lets IOVOX choose")
    display_name: str | None = Field(None, description="unique together with its numbers")
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    email_2: str | None = None
    company: str | None = None
    mobile_phone: Digits | None = None
    home_phone: Digits | None = None
    business_phone: Digits | None = None
    business_fax: Digits | None = None
    work_address_1: str | None = None
    work_address_2: str | None = None
    work_city: str | None = None
    work_country: str | None = None
    work_postcode: str | None = None
    home_address_1: str | None = None
    home_address_2: str | None = None
    home_city: str | None = None
    home_country: str | None = None
    home_postcode: str | None = None
    notes: str | None = None


class ChangedContact(NewContact):
    """A Contact to be changed."""

    new_contact_id: str | None = None


class GetContacts(
    ListOf[Page[ContactRow]], call="Contacts.getContacts", verb="GET", alias="contact.list"
):
    """Lists contacts.

    Short names in req_fields: cid dn comp em bphone as.
    """

    contact_id: str | None = Field(None, description="only this contact")
    display_name: str | None = Field(None, description="only those whose name has this in it")
    company: str | None = Field(None, description="only those of this company")
    phone_number: str | None = Field(None, description="only those with this number")
    email: str | None = Field(None, description="only those with this address")


class GetContactDetails(
    ListOf[Page[ContactRecord]],
    call="Contacts.getContactDetails",
    verb="GET",
    alias="contact.get",
):
    """Gets everything that is known of one contact."""

    contact_id: Id = Field(description="the contact")


class CreateContacts(
    IovoxOperation[Done],
    call="Contacts.createContacts",
    verb="POST",
    alias="contact.create",
    effect=Effect.CHANGES,
):
    """Creates contacts."""

    contact: Many[NewContact] = Field(min_length=1, description="one or several")


class UpdateContacts(
    IovoxOperation[Done],
    call="Contacts.updateContacts",
    verb="PUT",
    alias="contact.update",
    effect=Effect.CHANGES,
):
    """Changes contacts."""

    rm_rules: bool | None = Field(
        None, description="where an emptied detail is used in a call flow, remove that flow too"
    )
    replace_details: bool | None = Field(None, description="replace details instead of adding")
    contact: Many[ChangedContact] = Field(min_length=1, description="one or several")


class DeleteContacts(
    IovoxOperation[Done],
    call="Contacts.deleteContacts",
    verb="DELETE",
    alias="contact.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes contacts."""

    contact_ids: Id = Field(description="ids, with commas between them")
    rm_rules: bool | None = Field(None, description="remove call flows that ring them, too")
    rm_if_user: bool | None = Field(None, description="remove their user accounts, too")


CONTACTS = (GetContacts, GetContactDetails, CreateContacts, UpdateContacts, DeleteContacts)

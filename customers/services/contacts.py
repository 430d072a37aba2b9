"""The people of a customer, as they come and go (CUS-1)."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.services import audit, audit_subject
from customers.models import Contact, Customer
from customers.services.files import file_follows, file_locked
from customers.services.refusals import ChangedMeanwhile, FileRefusal

MOST_CONTACTS = 200  # of one file: the network has to be drawn


class SaidOfContact(NamedTuple):
    """What a form says of a contact."""

    name: str
    position: str = ""
    telephone: str = ""
    say: str = ""
    note: str = ""
    gone: bool = False


@transaction.atomic
def contact_add(*, actor: Any, file: Customer, token: UUID, said: SaidOfContact) -> Contact:
    """Put somebody to a file. The same form sent twice is one contact. Raises `FileRefusal`."""
    held = file_locked(file.pk)
    values = _values(said)
    if made := Contact.objects.filter(token=token).first():
        return _sent_before(made, held)
    if held.contacts.count() >= MOST_CONTACTS:
        raise FileRefusal(_("No more than %(count)s contacts here.") % {"count": MOST_CONTACTS})
    contact: Contact = Contact.objects.create(customer=held, token=token, **values)
    changes = {name: [None, value] for name, value in values.items() if value}
    _audit(actor, "contact added", contact, changes)
    file_follows(held, actor=actor)
    return contact


def _sent_before(made: Contact, file: Customer) -> Contact:
    if made.customer_id != file.pk:
        raise FileRefusal(_("Open the form anew and send it again."))
    return made


def _values(said: SaidOfContact) -> dict[str, Any]:
    values = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in said._asdict().items()
    }
    if not values["name"]:
        raise FileRefusal(_("Write the name."), field="name")
    return values


@transaction.atomic
def contact_edit(*, actor: Any, contact: Contact, seen: int, said: SaidOfContact) -> Contact:
    """Change what is known of a contact as it was seen (`seen`: its version). Nobody is deleted:
    who has gone is marked so. Raises `ChangedMeanwhile`."""
    held = file_locked(contact.customer_id)
    was = Contact.objects.get(pk=contact.pk)
    values = _values(said)
    changes = {
        name: [getattr(was, name), value]
        for name, value in values.items()
        if getattr(was, name) != value
    }
    if was.version != seen:
        raise ChangedMeanwhile()
    if changes:
        rows = Contact.objects.filter(pk=was.pk, version=seen)
        if rows.update(version=seen + 1, **values) != 1:
            raise ChangedMeanwhile()
        _audit(actor, "contact changed", was, changes)
        file_follows(held, actor=actor)
        was.refresh_from_db()
    return was


def _audit(actor: Any, action: str, contact: Contact, changes: dict[str, Any]) -> None:
    """With who it is about: what was changed may be anything but the name."""
    told = {"contact": contact.name, **changes}
    audit(actor=actor, action=action, subject=audit_subject(contact), changes=told)

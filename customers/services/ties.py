"""How people and companies are tied: said and taken back (CUS-1)."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.services import audit, audit_subject
from customers.models import Contact, Customer, Tie
from customers.services.files import file_locked
from customers.services.refusals import FileRefusal

MOST_TIES = 500  # of one file: the network has to be drawn


class End(NamedTuple):
    """One end of a tie: somebody at a customer, or the customer as a whole."""

    customer: Customer
    contact: Contact | None = None

    def __str__(self) -> str:
        return f"{self.contact.name} ({self.customer.name})" if self.contact else self.customer.name

    def fields(self, side: str) -> dict[str, Any]:
        if self.contact is not None:
            return {f"{side}_contact": self.contact}
        return {f"{side}_customer": self.customer}


@transaction.atomic
def tie_add(*, actor: Any, one: End, other: End, kind: str, note: str, token: UUID) -> Tie:
    """Say that two are tied. The same form sent twice, or the same tie, is one. Whether both may be
    seen says whoever calls. Raises `FileRefusal`: one with oneself, a kind there is not.
    """
    if kind not in Tie.Kind.values:
        raise FileRefusal(_("There is no such tie."), field="kind")
    ends = {**one.fields("from"), **other.fields("to")}
    if one == other or (one.contact is None and one.customer == other.customer):
        raise FileRefusal(_("A tie is between two."), field="whom")
    file_locked(one.customer.pk)
    there = Tie.objects.filter(token=token).first() or Tie.objects.filter(kind=kind, **ends).first()
    if there is not None:
        return there
    if Tie.objects.of(one.customer).count() >= MOST_TIES:
        raise FileRefusal(_("No more than %(count)s ties here.") % {"count": MOST_TIES})
    made: Tie = Tie.objects.create(kind=kind, note=note.strip(), token=token, **ends)
    _audit(actor, "tie added", one.customer, str(one), kind, str(other))
    return made


@transaction.atomic
def tie_remove(*, actor: Any, file: Customer, tie: Tie) -> bool:
    """Take a tie back; says whether it was still there."""
    one, other = str(end_of(tie, "from")), str(end_of(tie, "to"))
    gone, _by_model = Tie.objects.filter(pk=tie.pk).delete()
    if gone:
        _audit(actor, "tie removed", file, one, tie.kind, other)
    return bool(gone)


def end_of(tie: Tie, side: str) -> End:
    """An end of a tie read with its contacts and customers."""
    contact: Contact | None = getattr(tie, f"{side}_contact")
    if contact is not None:
        return End(contact.customer, contact)
    return End(getattr(tie, f"{side}_customer"))


def _audit(actor: Any, action: str, file: Customer, one: str, kind: str, other: str) -> None:
    told = {"tie": f"{one} · {Tie.Kind(kind).label} · {other}"}
    audit(actor=actor, action=action, subject=audit_subject(file), changes=told)

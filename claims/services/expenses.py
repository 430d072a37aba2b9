"""A claim: handed in, corrected, withdrawn, by whoever spent the money (EXP-1, EXP-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from claims.models import Expense
from claims.services.keeping import EXPENSE, files_keep
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from claims.services.telling import claim_tell
from core import clock
from core.files.reading import ReadFile
from core.numbers import next_no
from core.services import audit, audit_subject
from core.templatetags.house import moment
from orders.models import Order


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent, in yuan, as its form says it."""

    kind: str
    spent_on: date
    amount: Decimal
    note: str = ""

    def fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "spent_on": self.spent_on,
            "amount": self.amount,
            "note": self.note.strip(),
        }


@transaction.atomic
def expense_claim(
    *,
    order: Order,
    person: Person,
    spent: Spent,
    files: Iterable[ReadFile],
    token: UUID,
    actor: Any = None,
) -> Expense:
    """Hand in a claim on an own order, with at least one receipt; it waits for approval.

    The same form sent twice is one claim. Raises `ClaimsRefused`, and `FileRefused` for a file
    that is not kept.
    """
    receipts = list(files)
    _check(spent)
    if order.person_id != person.pk:
        raise ClaimsRefused(_("A claim is made on an order of one's own."))
    if not receipts:
        raise ClaimsRefused(_("A claim needs at least one receipt."))
    claim_no = next_no(Expense, "claim_no", "C")
    if sent := Expense.objects.filter(token=token).first():
        return _sent_already(sent, person)
    claim = Expense.objects.create(
        claim_no=claim_no,
        person=person,
        order=order,
        filed_at=clock.now(),
        token=token,
        **spent.fields(),
    )
    files_keep(files=receipts, kind=EXPENSE, owner=claim.pk, actor=actor)
    changes = {name: [None, str(value)] for name, value in spent.fields().items() if value}
    audit(actor=actor, action="claim", subject=audit_subject(claim), changes=changes)
    claim_tell(claim=claim, actor=actor)
    return claim


def _check(spent: Spent) -> None:
    if spent.amount <= 0:
        raise ClaimsRefused(_("The amount is more than 0."))
    if spent.spent_on > clock.today():
        raise ClaimsRefused(_("The day lies in the future."))


def _sent_already(sent: Expense, person: Person) -> Expense:
    if sent.person_id != person.pk:
        raise ClaimsRefused(_("Open the form anew and send it again."))
    return sent


@transaction.atomic
def expense_correct(
    *, claim: Expense, spent: Spent, files: Iterable[ReadFile] = (), actor: Any = None
) -> Expense:
    """Correct a claim that waits, as it was seen; receipts are added, none is taken away.

    Raises `ChangedMeanwhile` where it was decided or changed meanwhile.
    """
    must_wait(claim)
    _check(spent)
    fields = spent.fields()
    change(claim, **fields)
    files_keep(files=files, kind=EXPENSE, owner=claim.pk, actor=actor)
    changes = {
        name: [str(getattr(claim, name)), str(value)]
        for name, value in fields.items()
        if getattr(claim, name) != value
    }
    audit(actor=actor, action="correct", subject=audit_subject(claim), changes=changes)
    return Expense.objects.get(pk=claim.pk)


@transaction.atomic
def expense_withdraw(*, claim: Expense, actor: Any = None) -> Expense:
    """Whoever claimed lets it be. Raises `ChangedMeanwhile` where it was decided before."""
    must_wait(claim)
    change(claim, ended=Expense.Ended.WITHDRAWN)
    audit(
        actor=actor,
        action="claim withdrawn",
        subject=audit_subject(claim),
        changes={"ended": ["", Expense.Ended.WITHDRAWN]},
    )
    return Expense.objects.get(pk=claim.pk)


def must_wait(claim: Expense) -> None:
    """Raise `ChangedMeanwhile` for a claim that was seen decided or withdrawn."""
    if not claim.is_waiting:
        raise ChangedMeanwhile(what_it_became(claim))


def change(claim: Expense, **values: Any) -> None:
    """Change a claim that is still as it was seen, or say what it has become.

    A file of the company's table counts no version up: what it can change is compared besides.
    """
    seen = Expense.objects.filter(
        pk=claim.pk,
        version=claim.version,
        ended=claim.ended,
        approved_on=claim.approved_on,
        amount=claim.amount,
    )
    if seen.update(version=claim.version + 1, **values) != 1:
        raise ChangedMeanwhile(what_it_became(claim))


def what_it_became(claim: Expense) -> str:
    """Who was first, and what came of it."""
    now = Expense.objects.select_related("decided_by__person").get(pk=claim.pk)
    if now.decided_at is None or now.is_waiting:
        if now.is_waiting:
            return _("The claim was changed meanwhile; look again.")
        return _("The claim is %(state)s already.") % {"state": now.state.label}
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.state.label,
        "when": moment(now.decided_at),
        "reply": now.reply,
    }

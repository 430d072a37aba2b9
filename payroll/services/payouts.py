"""Paying out a final month: batches for the bank, and what came of each payment (PAY-6)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.money import total
from core.months import Month
from core.services import audit, audit_subject
from payroll.bank_file import file_digest
from payroll.models import BankAccount, PayMonth, PayoutBatch, PayoutLine
from payroll.payouts import due_entries

State = PayoutLine.State
NEXT = {State.SENT: (State.PAID, State.RETURNED), State.PAID: (State.RETURNED,)}
"""What can become of a payment; a bank may return what it had said was paid."""


class CannotPay(Exception):
    """There is nothing to pay, or it is paid already; the message says why."""


@transaction.atomic
def payout_make(*, month: Month, actor: Any) -> PayoutBatch:
    """Put everybody who is due, has an account and is in no batch into one.

    Pressed twice, it is made once: the second finds nobody left. Raises `CannotPay`.
    """
    held = PayMonth.objects.select_for_update().filter(month=month).first()
    if held is None or not held.is_final:
        raise CannotPay(_("Only a final month is paid out."))
    lines = _lines(month)
    if not lines:
        raise CannotPay(_("Nobody is left to pay: all are in a batch, or have no account yet."))
    batch = PayoutBatch.objects.create(
        month=month,
        number=PayoutBatch.objects.filter(month=month).count() + 1,
        made_by=actor,
        count=len(lines),
        total=total(line.amount for line in lines),
        sha256=file_digest(month, lines),
    )
    for line in lines:
        line.batch = batch
    PayoutLine.objects.bulk_create(lines)
    audit(
        actor=actor,
        action="payout batch",
        subject=audit_subject(batch),
        changes={
            "count": batch.count,
            "total": str(batch.total),
            **in_place(actor, "finance"),
        },
    )
    return batch


def _lines(month: Month) -> list[PayoutLine]:
    rows = due_entries(month, clock.today()).values_list(
        "person__employee_no", "person_id", "amount", "account_id", "paid_state"
    )
    owed = sorted(row for row in rows if row[3] and row[4] in (None, State.RETURNED))
    accounts = BankAccount.objects.in_bulk({account_id for *_rest, account_id, _state in owed})
    return [
        PayoutLine(
            month=month,
            person_id=person_id,
            amount=amount,
            holder=accounts[account_id].holder,
            bank=accounts[account_id].bank,
            branch=accounts[account_id].branch,
            number=accounts[account_id].number,
        )
        for _no, person_id, amount, account_id, _state in owed
    ]


@transaction.atomic
def payout_download(*, batch: PayoutBatch, actor: Any) -> None:
    """Keep that the bank's file was taken, and which time it was."""
    held = PayoutBatch.objects.select_for_update().get(pk=batch.pk)
    again = held.downloads > 0
    PayoutBatch.objects.filter(pk=held.pk).update(downloads=held.downloads + 1)
    audit(
        actor=actor,
        action="payout file again" if again else "payout file",
        subject=audit_subject(batch),
        changes={
            "downloads": [held.downloads, held.downloads + 1],
            "sha256": batch.sha256,
            **in_place(actor, "finance"),
        },
    )


@transaction.atomic
def payout_line_tell(
    *, line: PayoutLine, seen: str, state: str, actor: Any, reason: str = ""
) -> None:
    """Say what came of a payment: `seen` is the state it was thought to be in.

    Returned by the bank, with the reason, it is owed again. Raises `CannotPay`.
    """
    if state not in NEXT.get(State(seen), ()):
        raise CannotPay(_("A payment that was returned stays returned: it goes in the next batch."))
    if state == State.RETURNED and not reason.strip():
        raise CannotPay(_("Say why the bank returned it."))
    told = PayoutLine.objects.filter(pk=line.pk, state=seen).update(
        state=state, reason=reason.strip(), decided_by=actor, decided_at=clock.now()
    )
    if not told:
        raise CannotPay(_("Somebody else changed it meanwhile; look again."))
    audit(
        actor=actor,
        action=f"payout {state}",
        subject=audit_subject(line.batch),
        changes={
            "person": line.person.employee_no,
            "state": [seen, state],
            **({"reason": ["", reason.strip()]} if reason.strip() else {}),
            **in_place(actor, "finance"),
        },
    )


@transaction.atomic
def payout_batch_paid(*, batch: PayoutBatch, actor: Any) -> int:
    """All of a batch that is still with the bank has been paid; says how many that were."""
    told = PayoutLine.objects.filter(batch=batch, state=State.SENT).update(
        state=State.PAID, decided_by=actor, decided_at=clock.now()
    )
    if told:
        audit(
            actor=actor,
            action="payout paid",
            subject=audit_subject(batch),
            changes={"count": told, **in_place(actor, "finance")},
        )
    return told

"""Days of the account: reconciled when nothing is left, open again when something is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from receivables.bank.models import BankDay, BankLine


@transaction.atomic
def days_converge(*, days: Iterable[date], actor: Any) -> None:
    """Say of each day whether it is reconciled. The day is held while its lines are counted, so
    that of two who settle its last two lines the second sees the first."""
    for day in sorted(set(days)):
        BankDay.objects.get_or_create(day=day)
        held = BankDay.objects.select_for_update().get(day=day)
        is_left = BankLine.objects.left().filter(day=day).exists()
        if is_left == (held.reconciled_at is not None):
            _say(held, None if is_left else clock.now(), actor)


def _say(held: BankDay, at: Any, actor: Any) -> None:
    BankDay.objects.filter(pk=held.pk).update(reconciled_at=at, reconciled_by=actor if at else None)
    before = held.reconciled_at
    audit(
        actor=actor,
        action="reconcile" if at else "reopen day",
        subject=audit_subject(held),
        changes={
            "reconciled_at": [before and cell_text(before), at and cell_text(at)],
        },
    )

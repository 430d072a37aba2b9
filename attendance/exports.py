"""What the month's pool gives, as a table (`formats.md`)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q

from core.money import total
from core.months import Month
from core.tables.writing import Export
from payroll.models import Entry, PayMonth
from payroll.rules import Account


def pool_rows(month: Month, user: Any = None) -> Iterator[tuple[Any, ...]]:
    """The pool of one month: carried in, fines, shared out, carried out; everybody may see it."""
    if PayMonth.objects.filter(month=month).exclude(state=PayMonth.State.OPEN).exists():
        yield (month, *pool_figures(month))


def pool_figures(month: Month) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Carried in, fines, shared out, carried out, as the entries of the month have it."""
    before = (
        Entry.objects.filter(pay_month__lt=month)
        .balances()
        .get((Account.POOL, ""), Decimal("0.00"))
    )
    moves = [
        (rule, person, amount if target == Account.POOL else -amount)
        for rule, person, target, amount in Entry.objects.filter(
            Q(source=Account.POOL) | Q(target=Account.POOL), pay_month=month
        ).values_list("rule", "person_id", "target", "amount")
    ]
    carried_in = before + total(m for rule, person, m in moves if person is None)
    fines = total(m for rule, person, m in moves if person is not None and rule == "ATT-2")
    shared_out = -total(m for rule, person, m in moves if person is not None and rule == "ATT-3")
    return carried_in, fines, shared_out, carried_in + fines - shared_out


pool = Export(
    name="pool",
    zh="罚款池",
    rows=pool_rows,
    columns=(
        ("month", "月份"),
        ("carried_in", "上月结转"),
        ("fines", "本月罚款"),
        ("shared_out", "本月分配"),
        ("carried_out", "结转下月"),
    ),
)

"""Who has money and slips in hand now (SLIP-2, SLIP-3), read for desks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from accounts.models import Person
from core import clock
from core.db import CompanyDay
from core.money import less
from core.once import once
from receivables.models import LateHandover, Payment, Slip


@dataclass(frozen=True, slots=True)
class InHand:
    """Cash and cheques that somebody received on one day and has not handed in, in yuan."""

    person_id: int
    name: str
    day: date
    amount: Decimal
    payments: int
    is_declared_late: bool = False
    employee_no: str = ""

    @property
    def is_overdue(self) -> bool:
        """Whether it was received on an earlier day, declared late or not (SLIP-4)."""
        return self.day < clock.today()


def money_in_hand(people: Any = None) -> list[InHand]:
    """By person and day received, the oldest first. `people`: whose; none is everybody's. Two
    queries.
    """
    if people is None:
        return list(_in_hand_of_everybody())
    return _in_hand(Payment.objects.in_hand().filter(slip__person__in=people))


@once
def _in_hand_of_everybody() -> list[InHand]:
    return _in_hand(Payment.objects.in_hand())


def _in_hand(rows: Any) -> list[InHand]:
    found = list(
        rows.order_by()
        .annotate(day=CompanyDay("received_at"))
        .values_list("slip__person_id", "slip__person__name", "slip__person__employee_no", "day")
        .annotate(sum=Sum(less("amount", "undone")), payments=Count("id"))
    )
    declared = declared_late({day for _pk, _name, _no, day, *_rest in found})
    return sorted(
        (
            InHand(pk, name, day, amount, payments, (pk, day) in declared, no)
            for pk, name, no, day, amount, payments in found
        ),
        key=lambda held: (held.day, held.name),
    )


def declared_late(days: Collection[date]) -> set[tuple[int, date]]:
    """Who declared a late handover for one of these days, on the day itself (SLIP-4)."""
    rows = LateHandover.objects.filter(date__in=days).values_list(
        "person_id", "date", "declared_at"
    )
    return {(pk, day) for pk, day, at in rows if clock.local_date(at) == day}


def slips_held(person: Person) -> tuple[int, Decimal]:
    """How many slips somebody holds now, and what is still to be collected on them (CUT-1)."""
    held = Slip.objects.filter(person=person).held().with_counted().order_by()
    rows = list(held.values_list("amount_due", "counted"))
    return len(rows), sum((due - counted for due, counted in rows), Decimal("0.00"))

"""What stands on a day sheet, and what will stand on the next (SLIP-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Sum

from core.money import ZERO, total
from receivables.models import DaySheet, Handover, Payment


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's handovers of a sheet, in yuan."""

    name: str
    employee_no: str
    recorded: Decimal
    cash: Decimal
    cheques: Decimal
    handovers: Sequence[Handover]

    @property
    def difference(self) -> Decimal:
        return self.cash - self.recorded


def sheet_lines(sheet: DaySheet) -> dict[str, Any]:
    """The sheet's sums by person, its cheques by number, its notes and coins. Two queries."""
    rows = list(sheet.handovers.select_related("person", "discrepancy").order_by("counted_at"))
    by_person: dict[int, list[Handover]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    cheques = Payment.objects.filter(handover__sheet=sheet, method="cheque")
    return {
        "lines": [_line(handovers) for handovers in by_person.values()],
        "recorded": total(row.recorded for row in rows),
        "difference": total(row.difference for row in rows),
        "differences": [row.discrepancy for row in rows if hasattr(row, "discrepancy")],
        "cheques": list(
            cheques.select_related("slip__person").order_by("cheque_bank", "cheque_no", "id")
        ),
        "notes": _notes(rows),
    }


def _line(handovers: Sequence[Handover]) -> PersonLine:
    person = handovers[0].person
    return PersonLine(
        person.name,
        person.employee_no,
        total(each.recorded for each in handovers),
        total(each.cash for each in handovers),
        total(each.cheques for each in handovers),
        handovers,
    )


def _notes(rows: Sequence[Handover]) -> list[tuple[Decimal, int, Decimal]]:
    """Of each note how many lie in the cash box, and what they come to; the largest first."""
    counts: dict[Decimal, int] = {}
    for row in rows:
        for note, many in row.denominations.items():
            counts[Decimal(note)] = counts.get(Decimal(note), 0) + many
    return [(note, counts[note], note * counts[note]) for note in sorted(counts, reverse=True)]


def next_sheet() -> dict[str, Any]:
    """What was counted and stands on no sheet yet; `through`: the last of it. One query."""
    return Handover.objects.filter(sheet=None).aggregate(
        handovers=Count("id"),
        people=Count("person", distinct=True),
        cash=Sum("cash", default=ZERO),
        cheques=Sum("cheques", default=ZERO),
        through=Max("id"),
    )

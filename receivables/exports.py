"""What the cutoff and the reserve give, as tables: collections, reserve (`formats.md`)."""

from collections.abc import Iterator
from typing import Any

from accounts.models import Person
from core.money import ZERO
from core.months import Month
from core.tables.writing import Export
from payroll.models import Entry
from payroll.querysets import pay_visible_people
from payroll.rules import Account
from receivables.models import CutoffSnapshot


def collection_rows(month: Month, user: Any = None) -> Iterator[tuple[Any, ...]]:
    snapshots = CutoffSnapshot.objects.filter(month=month)
    if user is not None:
        snapshots = snapshots.filter(person__in=pay_visible_people(user))
    rows = snapshots.values_list("person__employee_no", "handed_in", "in_hand", "slips_held")
    for employee_no, handed_in, in_hand, slips_held in sorted(rows):
        yield employee_no, month, handed_in, in_hand, slips_held


def reserve_rows(month: Month, user: Any = None) -> Iterator[tuple[Any, ...]]:
    """Every reserve at the end of a month: of all salespeople on file for it, zeros kept."""
    balances = {
        no: balance
        for (account, no), balance in Entry.objects.filter(pay_month__lte=month).balances().items()
        if account == Account.RESERVE
    }
    people = Person.objects.salespeople()
    if user is not None:
        people = people.filter(id__in=pay_visible_people(user).values("id"))
    employed = set(people.employed_in(month).values_list("employee_no", flat=True))
    for employee_no in sorted(people.values_list("employee_no", flat=True)):
        if employee_no in employed or balances.get(employee_no):
            yield employee_no, balances.get(employee_no, ZERO)


collections = Export(
    name="collections",
    zh="回款",
    rows=collection_rows,
    columns=(
        ("employee_no", "工号"),
        ("month", "月份"),
        ("handed_in", "已交款"),
        ("in_hand", "手中款"),
        ("slips_held", "在手账单"),
    ),
)
reserve = Export(
    name="reserve",
    zh="坏账准备金",
    rows=reserve_rows,
    columns=(("employee_no", "工号"), ("balance", "余额")),
)

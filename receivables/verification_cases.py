"""The invariants of reserves as they are read, and of bad-debt cases (PAY-5)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.money import ZERO
from core.verification import Problem
from payroll.models import Entry
from payroll.rules import Account
from receivables.models import BadDebt, LegalCost
from receivables.rules.reserve_book import book_lines


def reserve_books() -> Iterator[Problem]:
    """Every reserve as its owner reads it, line by line, comes to what it holds (RES-1)."""
    balances = Entry.objects.balances()
    entries = Entry.objects.touching(Account.RESERVE).select_related("person").order_by("id")
    own: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.iterator(5000):
        own[entry.employee_no].append(entry)
    for no, moves in sorted(own.items()):
        reads, holds = book_lines(moves)[-1].balance, balances.get((Account.RESERVE, no), ZERO)
        if reads != holds:
            yield Problem("reserves", no, _differ_in_book(holds, reads))


def _differ_in_book(holds: Decimal, reads: Decimal) -> Any:
    return _("the reserve holds %(holds)s, its book says %(reads)s") % {
        "holds": holds,
        "reads": reads,
    }


def cases() -> Iterator[Problem]:
    """What was taken for a case has its cost on file and is no more than it (RES-4); what was given
    back is what was taken, once, and for a dead debt alone (RES-6)."""
    taken: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)
    by_cost: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    back: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)
    rows = Entry.objects.standing().filter(rule__in=("RES-4", "RES-6")).order_by()
    for key, amount in rows.values_list("key", "amount"):
        rule, no, case_no, *rest = key.split("/")
        if rule == "RES-4":
            taken[no, case_no, rest[-1]] += amount
            by_cost[case_no, rest[0]] += amount
        elif rest[0] == "costs":
            back[no, case_no, rest[-1]] += amount
    yield from _costs_without_fact(by_cost)
    yield from _given_back_wrongly(taken, back)


def _costs_without_fact(by_cost: Mapping[tuple[str, str], Decimal]) -> Iterator[Problem]:
    costs = {
        (case_no, str(on)): amount
        for case_no, on, amount in LegalCost.objects.values_list(
            "case__case_no", "incurred_on", "amount"
        )
    }
    for (case_no, on), amount in sorted(by_cost.items()):
        cost = costs.get((case_no, on), ZERO)
        if amount > cost:
            yield Problem(
                "cases",
                f"{case_no} {on}",
                _("%(taken)s was taken for a cost of %(cost)s; close the month again")
                % {"taken": amount, "cost": cost},
            )


def _given_back_wrongly(
    taken: Mapping[tuple[str, str, str], Decimal], back: Mapping[tuple[str, str, str], Decimal]
) -> Iterator[Problem]:
    dead = set(BadDebt.objects.filter(outcome="dead").values_list("case_no", flat=True))
    for (no, case_no, account), amount in sorted(back.items()):
        was = taken.get((no, case_no, account), ZERO)
        if amount != was:
            yield Problem(
                "cases",
                f"{case_no} {no}",
                _("%(back)s was given back to %(account)s, %(taken)s was taken from it")
                % {"back": amount, "account": account, "taken": was},
            )
        if case_no not in dead:
            yield Problem(
                "cases",
                f"{case_no} {no}",
                _("costs were given back although the debt is not dead; close the month again"),
            )

"""Who stands how before a cutoff, and what stood at those that have passed (CUT-1, CUT-2)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Sum

from accounts.models import Person
from core import clock
from core.models import JobRun
from core.money import ZERO, less
from core.months import CollectionMonth, Month
from payroll.models import Entry
from policy.querysets import policy_book, workdays
from policy.workdays import collection_month
from receivables.models import (
    CutoffMonth,
    CutoffSnapshot,
    Discrepancy,
    LateHandover,
    Payment,
    Slip,
)
from receivables.querysets.months import facts_of_payments, payments_at
from receivables.rules.custody import PaymentFact, is_valid_declaration
from receivables.rules.cutoff import CutoffRule, Standing

RULE = "CUT-2"
CLOSES = ("cutoff", "close")  # by the schedule, or asked for in the browser
TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Outside:
    """What is still with one salesperson, in yuan; `oldest`: the day its first money came in."""

    person: Person
    in_hand: Decimal = ZERO
    payments: int = 0
    oldest: date | None = None
    slips: int = 0
    to_collect: Decimal = ZERO
    differences: int = 0
    is_declared_late: bool = False


def bounds_now(month: Month) -> CollectionMonth:
    """A collection month as it was taken down, else as the policy says it."""
    taken_down = CutoffMonth.objects.filter(month=month).first()
    return taken_down.bounds if taken_down else collection_month(month, policy_book())


def close_of(bounds: CollectionMonth) -> JobRun | None:
    """The latest close of a month since its cutoff, by the schedule or asked for."""
    closes = JobRun.objects.filter(kind__in=CLOSES, subject=str(bounds.month), parent=None)
    return closes.filter(due_at__gte=bounds.cutoff).order_by("-id").first()


def outside(user: Any) -> list[Outside]:
    """What is still outside, by salesperson, of whom a user may see; most money first. Five
    queries."""
    money, slips = _money(user), _slips(user)
    unsettled = Discrepancy.objects.visible_to(user).unsettled().order_by()
    differences = Counter(unsettled.values_list("handover__person", flat=True))
    people = Person.objects.in_bulk({*money, *slips, *differences})
    late = _declared_today(user)
    found = [
        Outside(
            person,
            *money.get(pk, (ZERO, 0, None)),
            *slips.get(pk, (0, ZERO)),
            differences=differences[pk],
            is_declared_late=pk in late,
        )
        for pk, person in people.items()
    ]
    return sorted(found, key=lambda row: (-row.in_hand, -row.slips, row.person.employee_no))


def _money(user: Any) -> dict[int, tuple[Decimal, int, date | None]]:
    rows = (
        Payment.objects.visible_to(user)
        .in_hand()
        .order_by()
        .values_list("slip__person")
        .annotate(
            sum=Sum(less("amount", "undone")), payments=Count("id"), oldest=Min("received_at")
        )
    )
    return {pk: (sum_, n, clock.local_date(oldest)) for pk, sum_, n, oldest in rows}


def _slips(user: Any) -> dict[int, tuple[int, Decimal]]:
    held = Slip.objects.visible_to(user).held().with_counted().order_by()
    found: dict[int, list[Decimal]] = defaultdict(list)
    for pk, due, arrived in held.values_list("person", "amount_due", "counted"):
        found[pk].append(due - arrived)
    return {pk: (len(rest), sum(rest, ZERO)) for pk, rest in found.items()}


def _declared_today(user: Any) -> set[int]:
    """Who declared a late handover for today, today (SLIP-4)."""
    today = clock.today()
    rows = LateHandover.objects.visible_to(user).filter(date=today)
    return {
        pk
        for pk, at in rows.values_list("person", "declared_at")
        if is_valid_declaration(today, at)
    }


@dataclass(frozen=True, slots=True)
class OverCutoff:
    """A payment received at or before a cutoff and not handed in by it, and how it stands."""

    payment: PaymentFact
    name: str
    standing: Standing


def over_cutoff(user: Any, bounds: CollectionMonth) -> list[OverCutoff]:
    """The payments that a cutoff found in hand, of whom a user may see. Five queries."""
    seen = payments_at(bounds).filter(pk__in=Payment.objects.visible_to(user).values("pk"))
    facts = [fact for fact in facts_of_payments(seen, {}) if fact.is_in_hand_at(bounds.cutoff)]
    now = clock.now()
    rule = CutoffRule(
        bounds, lambda instant: instant <= now, _late_handovers(facts), workdays(), policy_book()
    )
    names = _names(fact.employee_no for fact in facts)
    return [
        OverCutoff(fact, names[fact.employee_no], rule.standing(fact))
        for fact in sorted(facts, key=lambda f: (f.employee_no, f.received_at, f.payment_no))
    ]


def _late_handovers(facts: Iterable[PaymentFact]) -> Mapping[tuple[str, date], datetime]:
    rows = LateHandover.objects.filter(person__employee_no__in={f.employee_no for f in facts})
    return {
        (no, day): at
        for no, day, at in rows.values_list("person__employee_no", "date", "declared_at")
    }


def _names(numbers: Iterable[str]) -> dict[str, str]:
    rows = Person.objects.filter(employee_no__in=set(numbers)).order_by()
    return dict(rows.values_list("employee_no", "name"))


def fines(user: Any, month: Month) -> list[Entry]:
    """Every entry about carrying money over a month's cutoff, reversals and later ones too."""
    rows = Entry.objects.visible_to(user).lines().filter(rule=RULE, for_month=month)
    return list(rows.select_related("person").order_by("person__employee_no", "id"))


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """What a passed cutoff came to, of whom one may see: yuan handed in and in hand."""

    month: Month
    handed_in: Decimal
    in_hand: Decimal
    carried: int


def trend(user: Any, through: Month) -> Sequence[TrendMonth]:
    """The last twelve cutoffs up to a month, the oldest first. Two queries."""
    snapshots = CutoffSnapshot.objects.visible_to(user).filter(month__lte=through)
    sums = (
        snapshots.order_by("-month")
        .values_list("month")
        .annotate(handed=Sum("handed_in"), hand=Sum("in_hand"))[:TREND_MONTHS]
    )
    standing = Entry.objects.visible_to(user).standing().filter(rule=RULE).order_by()
    carried = Counter(standing.values_list("for_month", flat=True))
    rows = [TrendMonth(month, handed, hand, carried[month]) for month, handed, hand in sums]
    return rows[::-1]

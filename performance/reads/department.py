"""The department in one view, month on month: money and targets, what is overdue, attendance,
visits, complaints, what the rules cost and gave; and the records behind each figure, read by the
same words. Some twenty queries for any number of people and months."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from core import clock
from core.money import ZERO, less, total
from core.months import Month
from core.once import asking
from customers.models import Complaint, Visit
from orders.models import Order
from payroll.models import Entry, PayMonth
from payroll.querysets import EntryQuerySet
from payroll.rules import Account
from performance.reads.attaining import targets_together
from performance.reads.money import bounds
from performance.rules.periods import Period
from performance.rules.targets import Attainment
from policy.querysets import policy_book
from policy.workdays import collection_month
from receivables.models import Payment, UnpaidDelivery
from receivables.querysets.months import bounds_kept_of
from receivables.querysets.overdue import overdue_on
from receivables.querysets.sold import counted_in, counts_in
from receivables.querysets.unpaid import OwedSince

MONTHS = 6
BASE = "BASE"
JUDGED = ("ATT-2", "ATT-4", "CUT-2", "VIS-3")
"""Rules whose charges are counted as well as added up: late and early, absence, money carried over,
return visits not made."""


@dataclass(frozen=True, slots=True)
class Department:
    """The figures of some months, each list in their order. `attained`: the money handed in and the
    orders signed, with everybody's targets together. `overdue`: in yuan at the month's end, of the
    running month today; None of one to come. `rules`: what each rule gave people (above nothing) or
    took from them, in yuan; `judged`: how often; None where the month was not closed yet."""

    months: Sequence[Month]
    attained: Sequence[Attainment]
    overdue: Sequence[Decimal | None]
    visits: Sequence[int]
    complaints: Sequence[int]
    rules: Sequence[tuple[str, Sequence[Decimal | None]]]
    judged: Sequence[tuple[str, Sequence[int | None]]]
    owed: dict[str, Any]
    unanswered: int


def department(last: Month, user: Any) -> Department:
    """The months up to one, the earliest first, for one of the heads, who see all of it but the
    complaints about themselves that nobody was heard on yet."""
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous())
    complaints = Complaint.objects.visible_to(user)
    open_months = set(months) - _closed(months)
    with asking():
        return Department(
            months=months,
            attained=_attained(months),
            overdue=_overdue(months),
            visits=_by_month(
                Visit.objects.genuine().in_person(),
                [Q(at__gte=m.start, at__lt=m.end) for m in months],
                lambda which: Count("pk", filter=which),
            ),
            complaints=_by_month(
                complaints,
                [Q(opened_on__range=(m.first_day, m.last_day)) for m in months],
                lambda which: Count("pk", filter=which),
            ),
            rules=_rules(months, open_months),
            judged=_judged(months, open_months),
            owed=UnpaidDelivery.objects.open().sums(),
            unanswered=complaints.unanswered().count(),
        )


def _by_month(rows: Any, months: Sequence[Q], of: Any) -> list[Any]:
    """A figure for each month, in one query that walks through those months alone."""
    any_of = Q()
    for which in months:
        any_of |= which
    wanted = {f"m{n}": of(which) for n, which in enumerate(months)}
    found = rows.filter(any_of).order_by().aggregate(**wanted)
    return [found[name] for name in wanted]


def _money(months: Sequence[Month]) -> list[Decimal]:
    book = policy_book()
    bounds = bounds_kept_of([collection_month(month, book) for month in months])
    return _by_month(
        Payment.objects.all(),
        [counts_in(each) for each in bounds],
        lambda which: Sum(less("amount", "undone"), filter=which, default=ZERO),
    )


def _attained(months: Sequence[Month]) -> list[Attainment]:
    signed = _by_month(
        Order.objects.all(),
        [Q(signed_on__range=(m.first_day, m.last_day)) for m in months],
        lambda which: Sum("amount", filter=which, default=ZERO),
    )
    targets = targets_together([Period(month, 1) for month in months])
    return [Attainment(*each) for each in zip(targets, _money(months), signed, strict=True)]


def _overdue(months: Sequence[Month]) -> list[Decimal | None]:
    mornings = [morning_after(month) for month in months]
    found = overdue_on({each for each in mornings if each})
    return [
        total(each.says.unpaid for each in found[morning]) if morning else None
        for morning in mornings
    ]


def morning_after(month: Month) -> date | None:
    """The morning that finds what was overdue when a month ended: that of the day after, of the
    running month today's; None of a month to come."""
    today = clock.today()
    return min(month.next().first_day, today) if month.first_day <= today else None


def _closed(months: Sequence[Month]) -> set[Month]:
    """Those of the months that the rules have judged."""
    rows = PayMonth.objects.filter(month__in=months, closed_at__isnull=False).order_by()
    return set(rows.values_list("month", flat=True))


def _rules(
    months: Sequence[Month], open_months: Collection[Month]
) -> list[tuple[str, list[Decimal | None]]]:
    """By rule what stands on the statements of these months, base pay left out."""
    found: dict[str, dict[Month, Any]] = {}
    lines = Entry.objects.lines().filter(pay_month__in=months).exclude(rule=BASE).order_by()
    sums = lines.values_list("rule", "pay_month", "source").annotate(yuan=Sum("amount"))
    for rule, month, source, yuan in sums:
        of = found.setdefault(rule, _nothing(months, open_months, ZERO))
        of[month] = (of[month] or ZERO) + (-yuan if source == Account.PAY else yuan)
    return [(rule, list(found[rule].values())) for rule in sorted(found)]


def _judged(
    months: Sequence[Month], open_months: Collection[Month]
) -> list[tuple[str, list[int | None]]]:
    found = {rule: _nothing(months, open_months, 0) for rule in JUDGED}
    rows = Entry.objects.standing().filter(rule__in=JUDGED, for_month__in=months).order_by()
    for rule, month, n in rows.values_list("rule", "for_month").annotate(n=Count("pk")):
        found[rule][month] = n
    return [(rule, list(of.values())) for rule, of in found.items()]


def _nothing(
    months: Sequence[Month], open_months: Collection[Month], nothing: Any
) -> dict[Month, Any]:
    """What a month comes to of which nothing is posted: not known before it was closed."""
    return {month: None if month in open_months else nothing for month in months}


# The records behind a figure of a month.


def payments_of(month: Month) -> "QuerySet[Payment]":
    """The payments that count in a month (CUT-1). Two queries before the rows."""
    [found] = bounds(Period(month, 1))
    return counted_in(found)


class OverdueDelivery(NamedTuple):
    """A delivery that was overdue, in yuan; `morning`: as which morning found it."""

    order: Order
    delivered_on: date
    amount: Decimal
    unpaid: Decimal
    morning: date

    @property
    def days(self) -> int:
        """How many days after it was delivered."""
        return (self.morning - self.delivered_on).days


def overdue_of(month: Month) -> list[OverdueDelivery]:
    """The deliveries that were overdue when a month ended, the oldest first. Five queries."""
    morning = morning_after(month)
    if morning is None:
        return []
    found = overdue_on([morning])[morning]
    orders = OwedSince(morning).of(Order.objects.select_related("customer", "person"), "pk")
    by_id = {order.pk: order for order in orders.order_by()}
    rows = [
        OverdueDelivery(
            by_id[each.order], each.says.delivered_on, each.says.amount, each.says.unpaid, morning
        )
        for each in found
    ]
    return sorted(rows, key=lambda each: (each.delivered_on, each.order.order_no))


def lines_of(month: Month, rule: str) -> EntryQuerySet:
    """What a rule gave and took on the statements of a month."""
    return Entry.objects.lines().filter(pay_month=month, rule=rule)


def charges_of(month: Month, rule: str) -> EntryQuerySet:
    """The charges of a rule about a month that stand."""
    return Entry.objects.standing().filter(for_month=month, rule=rule)

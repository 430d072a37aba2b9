"""A month's money, slips and cases, read in bulk: a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from core import clock
from core.db import Instant
from core.money import ZERO, less
from core.months import CollectionMonth, Month
from orders.models import Delivery, Transfer
from orders.querysets import Sellers, transfer_facts
from orders.rules import TransferFact, seller_at
from payroll.context import CloseContext
from payroll.models import Entry
from policy.rules import PolicyBook
from policy.workdays import cutoff_of
from receivables.models import (
    BadDebt,
    CutoffMonth,
    LateHandover,
    LegalCost,
    Payment,
    ReserveOpening,
    Slip,
)
from receivables.rules.custody import LateHandovers, PaymentFact, SlipFact
from receivables.rules.reserve import CaseFact, CostFact, DebtFacts, Taken

Movements = list[tuple[date, Decimal]]


def bounds_of(context: CloseContext) -> CollectionMonth:
    """The boundaries taken down when the cutoff passed, else those the policy says (TIME-3).

    A month meets its neighbours where they were taken down, whatever the policy says of it since.
    """
    return bounds_kept(context.collection_month)


def bounds_kept(month: CollectionMonth) -> CollectionMonth:
    """The same for a month as the policy says it. One query."""
    [kept] = bounds_kept_of([month])
    return kept


def bounds_kept_of(months: Sequence[CollectionMonth]) -> list[CollectionMonth]:
    """The same for many months. One query."""
    named = {each for of in months for each in _around(of)}
    rows = CutoffMonth.objects.filter(month__in=named)
    taken_down = {row.month: row.bounds for row in rows}
    return [_bounds_among(month, taken_down) for month in months]


def _around(month: CollectionMonth) -> tuple[Month, Month, Month]:
    return month.month.previous(), month.month, month.month.next()


def _bounds_among(
    month: CollectionMonth, taken_down: Mapping[Month, CollectionMonth]
) -> CollectionMonth:
    before, own, following = (taken_down.get(each) for each in _around(month))
    return own or replace(
        month,
        after=before.cutoff if before else month.after,
        cutoff=following.after if following else month.cutoff,
    )


def collection_month_of(instant: datetime, book: PolicyBook) -> Month:
    """The collection month an instant lies in: as it was taken down, else as the policy says."""
    taken_down = CutoffMonth.objects.filter(after__lt=instant, cutoff__gte=instant)
    if found := taken_down.values_list("month", flat=True).first():
        return found
    month = Month.of(clock.local_date(instant))
    return month if instant <= cutoff_of(month, book) else month.next()


def month_payments(context: CloseContext) -> list[PaymentFact]:
    """The payments of the month's cutoff that these people hold, or that paid orders which are
    theirs, or were until a transfer since the month began. Four queries at the most."""
    month = context.read(bounds_of)
    looked_at, group = payments_at(month), context.group
    if group is None:
        return facts_of_payments(looked_at, transfer_facts(_transfers_since(month)))
    given_away = group.of(_transfers_since(month), "from_person")
    sellers = transfer_facts(
        _transfers_since(month).filter(
            group.condition("order__person") | Q(order__in=given_away.values("order"))
        )
    )
    held, theirs = group.condition("slip__person"), group.condition("slip__order__person")
    found = facts_of_payments(looked_at.filter(held), sellers)
    found += facts_of_payments(looked_at.filter(theirs).exclude(held), sellers)
    if sellers:
        were_theirs = looked_at.filter(slip__order__in=given_away.values("order"))
        found += facts_of_payments(were_theirs.exclude(held).exclude(theirs), sellers)
    return found


def _transfers_since(month: CollectionMonth) -> QuerySet[Transfer]:
    """The transfers that matter to a month's money: earlier ones decide nothing about it."""
    return Transfer.objects.approved_after(month.after).order_by()


def payment_facts(month: CollectionMonth) -> list[PaymentFact]:
    """Everybody's payments that a cutoff looks at."""
    return facts_of_payments(payments_at(month), transfer_facts(_transfers_since(month)))


def payments_at(month: CollectionMonth) -> QuerySet[Payment]:
    """The payments a cutoff looks at: counted in its month, or in hand when it passed."""
    in_month = Q(method="transfer", received_at__gt=month.after, received_at__lte=month.cutoff) | Q(
        handed_in_at__gt=month.after, handed_in_at__lte=month.cutoff
    )
    in_hand = ~Q(method="transfer") & Q(received_at__lte=month.cutoff)
    still, then = Q(handed_in_at=None), Q(handed_in_at__gt=month.cutoff)
    # No order of its own: a planner would rather walk through all payments in it than look.
    return Payment.objects.filter(in_month | in_hand & still | in_hand & then).order_by()


def facts_of_payments(payments: QuerySet[Payment], sellers: Sellers) -> list[PaymentFact]:
    """Each with whose the order was when its money counted (adr/0018). What counts at no instant
    yet is nobody's sale, and said to be that of today's salesperson."""
    rows = payments.filter(amount__gt=F("undone")).values_list(
        "payment_no",
        "slip__person__employee_no",
        "slip__slip_no",
        less("amount", "undone"),
        "method",
        Instant("received_at"),
        Instant("handed_in_at"),
        "slip__order__person__employee_no",
        "slip__order_id",
    )
    facts = (
        (
            order,
            PaymentFact(no, holder, slip, amount, method == "transfer", received, handed_in, today),
        )
        for no, holder, slip, amount, method, received, handed_in, today, order in rows
    )
    return [_sold_by(fact, sellers[order]) if order in sellers else fact for order, fact in facts]


def _sold_by(fact: PaymentFact, transfers: Sequence[TransferFact]) -> PaymentFact:
    counted_at = fact.counted_at
    if counted_at is None:
        return fact
    return fact._replace(sold_by=seller_at(fact.sold_by, transfers, counted_at))


def month_slips(context: CloseContext) -> list[tuple[SlipFact, Decimal]]:
    """The slips these people hold when the month's cutoff passes."""
    return held_slips(context.read(bounds_of).cutoff, context.among(Slip.objects.all()))


def held_slips(
    cutoff: datetime, slips: QuerySet[Slip] | None = None
) -> list[tuple[SlipFact, Decimal]]:
    """Slips issued and not returned by an instant, each with the money counted for it by then."""
    counted = Sum(
        less("payments__amount", "payments__undone"),
        filter=(
            Q(payments__method="transfer", payments__received_at__lte=cutoff)
            | ~Q(payments__method="transfer") & Q(payments__handed_in_at__lte=cutoff)
        ),
    )
    rows = (
        (Slip.objects.all() if slips is None else slips)
        .filter(Q(returned_at=None) | Q(returned_at__gt=cutoff), issued_at__lte=cutoff)
        .order_by()
        .annotate(counted=counted)
        .values_list(
            "slip_no",
            "person__employee_no",
            Instant("issued_at"),
            Instant("returned_at"),
            "amount_due",
            "counted",
        )
    )
    return [
        (SlipFact(no, holder, issued_at, returned_at, due), counted or ZERO)
        for no, holder, issued_at, returned_at, due, counted in rows
    ]


def late_handovers(context: CloseContext) -> LateHandovers:
    """Late handovers declared for days up to the cutoff's own."""
    through = clock.local_date(context.read(bounds_of).cutoff)
    rows = context.among(LateHandover.objects.filter(date__lte=through))
    return {
        (no, day): at
        for no, day, at in rows.values_list("person__employee_no", "date", "declared_at")
    }


def case_facts(context: CloseContext) -> list[CaseFact]:
    """Every bad-debt case with whose it is: the salesperson of its order."""
    cases = context.among(BadDebt.objects.order_by("case_no"), "order__person")
    return [
        CaseFact(*row)
        for row in cases.values_list(
            "case_no",
            "order__person__employee_no",
            "order__order_no",
            "opened_on",
            "outcome",
            "outcome_on",
        )
    ]


def cost_facts(context: CloseContext, cases: Iterable[CaseFact]) -> list[CostFact]:
    """What the month cost in court for these cases."""
    by_no = {case.case_no: case for case in cases}
    month = context.month
    rows = context.among(
        LegalCost.objects.filter(incurred_on__range=(month.first_day, month.last_day)),
        "case__order__person",
    )
    return [
        CostFact(by_no[no], day, amount)
        for no, day, amount in rows.values_list("case__case_no", "incurred_on", "amount")
        if no in by_no
    ]


def taken_before(month: Month, cases: Iterable[CaseFact]) -> dict[str, Taken]:
    """What RES-4 took in earlier months, as the books have it, for these cases."""
    wanted = {(case.employee_no, case.case_no) for case in cases}
    if not wanted:
        return {}
    found: dict[str, Taken] = defaultdict(Taken)
    rows = (
        Entry.objects.standing()
        .filter(rule="RES-4", for_month__lt=month)
        .values_list("key", "source", "amount")
    )
    for key, source, amount in rows:
        _rule, employee_no, case_no, *_rest = key.split("/")
        if (employee_no, case_no) in wanted:
            had = found[case_no]
            found[case_no] = (
                Taken(had.reserve + amount, had.pay)
                if source == "reserve"
                else Taken(had.reserve, had.pay + amount)
            )
    return dict(found)


def reserve_openings(context: CloseContext) -> dict[str, tuple[date, Decimal]]:
    return {
        no: (as_of, balance)
        for no, as_of, balance in context.among(ReserveOpening.objects.all()).values_list(
            "person__employee_no", "as_of", "balance"
        )
    }


def debt_facts(cases: Iterable[CaseFact]) -> list[DebtFacts]:
    """Dead cases with the deliveries and the money of their orders, whenever they were."""
    dead = [case for case in cases if case.dead_on]
    order_nos = {case.order_no for case in dead}
    delivered: dict[str, Movements] = defaultdict(list)
    rows = Delivery.objects.filter(order__order_no__in=order_nos).values_list(
        "order__order_no", "delivered_on", less("amount", "returned")
    )
    for order_no, day, amount in rows:
        delivered[order_no].append((day, amount))
    handed_in = _handed_in(order_nos)
    return [DebtFacts(case, delivered[case.order_no], handed_in[case.order_no]) for case in dead]


def _handed_in(order_nos: Iterable[str]) -> dict[str, Movements]:
    found: dict[str, Movements] = defaultdict(list)
    rows = Payment.objects.filter(slip__order__order_no__in=order_nos).values_list(
        "slip__order__order_no",
        "method",
        "received_at",
        "handed_in_at",
        less("amount", "undone"),
    )
    for order_no, method, received_at, handed_in_at, amount in rows:
        counted_at = received_at if method == "transfer" else handed_in_at
        if counted_at is not None:
            found[order_no].append((clock.local_date(counted_at), amount))
    return found

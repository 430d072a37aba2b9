"""A month's money, slips and cases, read in bulk: a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from accounts.models import Person
from core import clock
from core.db import Instant
from core.money import ZERO
from core.months import CollectionMonth, Month
from orders.models import Delivery
from payroll.context import CloseContext
from payroll.models import Entry
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
    month = context.collection_month
    around = (month.month.previous(), month.month, month.month.next())
    taken_down = {row.month: row.bounds for row in CutoffMonth.objects.filter(month__in=around)}
    before, own, following = (taken_down.get(each) for each in around)
    return own or replace(
        month,
        after=before.cutoff if before else month.after,
        cutoff=following.after if following else month.cutoff,
    )


def month_payments(context: CloseContext) -> list[PaymentFact]:
    """The payments of the month's cutoff that these people hold, or that paid their orders."""
    looked_at = payments_at(context.read(bounds_of))
    if context.group is None:
        return _payment_facts(looked_at)
    held = context.group.of(looked_at, "slip__person")
    sold = context.group.of(looked_at, "slip__order__person").exclude(
        context.group.condition("slip__person")
    )
    return _payment_facts(held) + _payment_facts(sold)


def payment_facts(month: CollectionMonth) -> list[PaymentFact]:
    """Everybody's payments that a cutoff looks at."""
    return _payment_facts(payments_at(month))


def payments_at(month: CollectionMonth) -> QuerySet[Payment]:
    """The payments a cutoff looks at: counted in its month, or in hand when it passed."""
    in_month = Q(method="transfer", received_at__gt=month.after, received_at__lte=month.cutoff) | Q(
        handed_in_at__gt=month.after, handed_in_at__lte=month.cutoff
    )
    in_hand = ~Q(method="transfer") & Q(received_at__lte=month.cutoff)
    still, then = Q(handed_in_at=None), Q(handed_in_at__gt=month.cutoff)
    # No order of its own: a planner would rather walk through all payments in it than look.
    return Payment.objects.filter(in_month | in_hand & still | in_hand & then).order_by()


def payments_in_hand(person: Person) -> list[PaymentFact]:
    """Cash and cheques a salesperson has received and not handed in."""
    return _payment_facts(
        Payment.objects.filter(slip__person=person, handed_in_at=None).exclude(method="transfer")
    )


def _payment_facts(payments: QuerySet[Payment]) -> list[PaymentFact]:
    rows = payments.values_list(
        "payment_no",
        "slip__person__employee_no",
        "slip__slip_no",
        "amount",
        "method",
        Instant("received_at"),
        Instant("handed_in_at"),
        "slip__order__person__employee_no",
    )
    return [
        PaymentFact(no, holder, slip_no, amount, method == "transfer", received, handed_in, seller)
        for no, holder, slip_no, amount, method, received, handed_in, seller in rows
    ]


def month_slips(context: CloseContext) -> list[tuple[SlipFact, Decimal]]:
    """The slips these people hold when the month's cutoff passes."""
    return held_slips(context.read(bounds_of).cutoff, context.among(Slip.objects.all()))


def held_slips(
    cutoff: datetime, slips: QuerySet[Slip] | None = None
) -> list[tuple[SlipFact, Decimal]]:
    """Slips issued and not returned by an instant, each with the money counted for it by then."""
    counted = Sum(
        "payments__amount",
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
    for order_no, day, amount in Delivery.objects.filter(order__order_no__in=order_nos).values_list(
        "order__order_no", "delivered_on", "amount"
    ):
        delivered[order_no].append((day, amount))
    handed_in = _handed_in(order_nos)
    return [DebtFacts(case, delivered[case.order_no], handed_in[case.order_no]) for case in dead]


def _handed_in(order_nos: Iterable[str]) -> dict[str, Movements]:
    found: dict[str, Movements] = defaultdict(list)
    rows = Payment.objects.filter(slip__order__order_no__in=order_nos).values_list(
        "slip__order__order_no", "method", "received_at", "handed_in_at", "amount"
    )
    for order_no, method, received_at, handed_in_at, amount in rows:
        counted_at = received_at if method == "transfer" else handed_in_at
        if counted_at is not None:
            found[order_no].append((clock.local_date(counted_at), amount))
    return found

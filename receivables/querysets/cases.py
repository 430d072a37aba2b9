"""What bad-debt cases are about, read in bulk: what is owed, and what was taken for costs."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from core import clock
from core.money import ZERO, less
from orders.models import Delivery, Order
from payroll.models import Entry
from receivables.models import BadDebt, Payment, UnpaidDelivery
from receivables.rules.reserve import CaseFact, Taken

SUGGESTED = 8  # orders named where a case could be opened


def owed_on(orders: Collection[int], day: date) -> dict[int, Decimal]:
    """What was delivered for orders by the end of a day and is not paid then (RES-3, RES-6): less
    what came back, less the money handed in. By order id, zeros kept, in yuan. Two queries."""
    owed = dict.fromkeys(orders, ZERO)
    delivered = Delivery.objects.filter(order__in=orders, delivered_on__lte=day).order_by()
    owed.update(delivered.values_list("order").annotate(sum=Sum(less("amount", "returned"))))
    until = clock.end_of(day)
    counts = Q(method="transfer", received_at__lt=until) | (
        ~Q(method="transfer") & Q(handed_in_at__lt=until)
    )
    paid = Payment.objects.filter(counts, slip__order__in=orders).order_by()
    for order, sum_ in paid.values_list("slip__order").annotate(sum=Sum(less("amount", "undone"))):
        owed[order] = owed[order] - sum_
    return {order: max(ZERO, amount) for order, amount in owed.items()}


def orders_to_open_on(user: Any) -> QuerySet[UnpaidDelivery]:
    """The first of them to be named, the oldest first."""
    rows = without_case(user).select_related("order__customer", "order__person")
    return rows.order_by("delivered_on", "id")[:SUGGESTED]


def without_case(user: Any) -> QuerySet[UnpaidDelivery]:
    """The escalated deliveries that a user may see, of others' orders, and no case speaks of."""
    spoken_of = BadDebt.objects.exclude(outcome=BadDebt.Outcome.RECOVERED).values("order")
    seen = UnpaidDelivery.objects.visible_to(user).open().filter(escalated_on__isnull=False)
    return seen.exclude(order__in=spoken_of).exclude(order__person=user.person_id)


def order_named(user: Any, order_no: str) -> Order | None:
    """The order somebody names, if they may see it."""
    seen = Order.objects.visible_to(user).select_related("customer", "person")
    return seen.filter(order_no=order_no).first()


def taken_for(cases: Collection[BadDebt]) -> dict[str, Taken]:
    """What RES-4 has taken for cases as the books have it, by case number. One query."""
    return _by_case(Entry.objects.standing().filter(rule="RES-4"), cases)


def given_back_for(cases: Collection[BadDebt]) -> dict[str, Taken]:
    """What RES-6 has given back of it. One query."""
    rows = Entry.objects.standing().filter(rule="RES-6", key__contains="/costs/")
    return _by_case(rows, cases)


def _by_case(entries: Any, cases: Collection[BadDebt]) -> dict[str, Taken]:
    """`cases` come with their order: the entries are its salesperson's."""
    found: dict[str, Taken] = {case.case_no: Taken() for case in cases}
    people = {case.order.person_id for case in cases}
    rows = entries.filter(person__in=people).values_list("key", "source", "target", "amount")
    for key, source, target, amount in rows:
        case_no = key.split("/")[2]
        if case_no in found:
            had = found[case_no]
            found[case_no] = (
                Taken(had.reserve + amount, had.pay)
                if "reserve" in (source, target)
                else Taken(had.reserve, had.pay + amount)
            )
    return found


def entries_of(case: BadDebt) -> QuerySet[Entry]:
    """The charges that stand for a case, in order."""
    rows = Entry.objects.standing().filter(
        person=case.order.person_id,
        rule__in=("RES-4", "RES-6"),
        key__contains=f"/{case.case_no}/",
    )
    return rows.select_related("person").order_by("for_month", "id")


def facts_of(cases: "QuerySet[BadDebt]") -> dict[str, list[CaseFact]]:
    """Cases as the rules see them, by employee number. One query."""
    found: dict[str, list[CaseFact]] = defaultdict(list)
    rows = cases.order_by("case_no").values_list(
        "case_no",
        "order__person__employee_no",
        "order__order_no",
        "opened_on",
        "outcome",
        "outcome_on",
    )
    for row in rows:
        fact = CaseFact(*row)
        found[fact.employee_no].append(fact)
    return found

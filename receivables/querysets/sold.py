"""Money by the salesperson whose order it paid, for many people and months at once (COMM-1, TAR-1).

The same money as `receivables.rules.custody.sold_totals`, added up by the database.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from core.money import ZERO, less
from core.months import CollectionMonth
from orders.models import Transfer
from orders.querysets import transfer_facts
from receivables.models import Payment
from receivables.querysets.months import facts_of_payments
from receivables.rules.custody import sold_totals


def whole(months: Sequence[CollectionMonth]) -> CollectionMonth:
    """Months that follow each other, as one: there is no gap between them (TIME-3)."""
    return replace(months[-1], after=months[0].after)


def sold_in(month: CollectionMonth, people: Collection[int] | None = None) -> dict[str, Decimal]:
    """What was handed in in a month, or in several as one, in yuan, by the employee number of whose
    order it was when it counted. `people`: the ids of those who are asked for; others may be told,
    too.

    Two queries, and two more where orders passed on, whatever the number of people.
    """
    passed_on = Transfer.objects.approved_after(month.after).order_by()
    counted = counted_in(month)
    theirs = counted
    if people is not None:
        theirs = counted.filter(slip__order__person__in=people)
        passed_on = passed_on.filter(
            Q(from_person__in=people) | Q(to_person__in=people) | Q(order__person__in=people)
        )
    orders = list(passed_on.values_list("order", flat=True).distinct())
    sums = theirs.exclude(slip__order__in=orders) if orders else theirs
    rows = sums.values_list("slip__order__person__employee_no").annotate(
        sum=Sum(less("amount", "undone"))
    )
    found: dict[str, Decimal] = defaultdict(lambda: ZERO, rows)
    if orders:
        sellers = transfer_facts(
            Transfer.objects.approved_after(month.after).filter(order__in=orders)
        )
        facts = facts_of_payments(counted.filter(slip__order__in=orders), sellers)
        for employee_no, amount in sold_totals(facts, month).items():
            found[employee_no] += amount
    return dict(found)


def counted_in(month: CollectionMonth) -> QuerySet[Payment]:
    """The payments that count in a month (CUT-1)."""
    return Payment.objects.filter(counts_in(month), amount__gt=F("undone")).order_by()


def counts_in(month: CollectionMonth) -> Q:
    """Whether a payment counts in a month: a transfer when received, other money handed in."""
    moved = Q(method="transfer", received_at__gt=month.after, received_at__lte=month.cutoff)
    brought = ~Q(method="transfer") & Q(
        handed_in_at__gt=month.after, handed_in_at__lte=month.cutoff
    )
    return moved | brought

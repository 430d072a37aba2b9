"""The claims that bear on each other, as the rules see them: for the close, and before it (EXP)."""

from django.db.models import Q, QuerySet

from claims.models import Expense
from claims.rules import ClaimFact
from core.months import Month
from policy.rules import PolicyBook

FACTS = (
    "claim_no",
    "person__employee_no",
    "order__order_no",
    "kind",
    "amount",
    "approved_on",
    "order__amount",
    "order__signed_on",
)


def facts_bearing_on(
    own: QuerySet[Expense], approved: QuerySet[Expense], book: PolicyBook
) -> list[ClaimFact]:
    """All approved claims that may bear on these: on the same orders, whoever's they are and
    whenever they came. With the limit on, one of those may have been shut out by others of its
    own month.
    """
    claims = approved.filter(
        Q(id__in=_bearing_on(own, approved))
        if is_limited(book)
        else Q(order__in=own.values("order"))
    )
    return facts_of(claims)


def facts_of(claims: QuerySet[Expense]) -> list[ClaimFact]:
    return [ClaimFact(*row) for row in claims.values_list(*FACTS)]


def is_limited(book: PolicyBook) -> bool:
    """Whether the limit of claims was ever in force (EXP-4)."""
    return any(version.expense_limit_on for version in book.versions)


def _bearing_on(claims: QuerySet[Expense], approved: QuerySet[Expense]) -> set[int]:
    """Follow orders, and people's months, from claim to claim until no other bears on them."""
    seen: set[int] = set()
    new = set(claims.values_list("id", flat=True))
    while new:
        seen |= new
        rows = approved.filter(id__in=new).values_list("order_id", "person_id", "approved_on")
        orders, people, days = map(set, zip(*rows, strict=True))
        months = {Month.of(day) for day in days}
        near = Q(order__in=orders) | Q(
            person__in=people,
            approved_on__range=(min(months).first_day, max(months).last_day),
        )
        new = set(approved.filter(near).values_list("id", flat=True)) - seen
    return seen

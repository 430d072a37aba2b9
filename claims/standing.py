"""How orders and claims stand today: what can still be paid, and what a claim gets (EXP).

The rule is that of the close (`claims.rules.judge_claims`), asked as if approval were today.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from accounts.models import Person
from claims.facts import facts_bearing_on, facts_of, is_limited
from claims.models import Expense
from claims.rules import (
    LAST,
    Allowance,
    ClaimFact,
    ClaimVerdict,
    OrderFact,
    allowance,
    verdict_if_approved,
)
from core import clock
from core.months import Month
from orders.models import Order
from policy.querysets import policy_book
from policy.rules import PolicyBook


@dataclass(frozen=True, slots=True)
class Standing:
    """One kind of expense on an order: what can be paid now, and if all that waits is approved."""

    now: Allowance
    expected: Allowance
    waiting: int

    @property
    def kind(self) -> str:
        return self.now.kind


def standings_of(
    orders: Collection[Order], person: Person, *, book: PolicyBook | None = None
) -> dict[int, list[Standing]]:
    """What each order can still pay a salesperson, by its id; travel, then meals.

    A constant number of queries, where no limit of claims was ever in force (EXP-4).
    """
    book, today = book or policy_book(), clock.today()
    ids = [order.pk for order in orders]
    approved = _approved_facts(Q(order__in=ids), {person.pk}, today, book)
    waiting = _waiting_facts(ids, person.pk, today)
    return {
        order.pk: [
            _standing(order, kind, person.employee_no, today, approved, waiting, book)
            for kind in Expense.Kind.values
        ]
        for order in orders
    }


def _standing(
    order: Order,
    kind: str,
    employee_no: str,
    today: date,
    approved: Sequence[ClaimFact],
    waiting: Sequence[ClaimFact],
    book: PolicyBook,
) -> Standing:
    fact = OrderFact(order.order_no, order.amount, order.signed_on)
    now, expected = (
        allowance(fact, kind, employee_no=employee_no, on=today, claims=claims, book=book)
        for claims in (approved, [*approved, *waiting])
    )
    here = [c for c in waiting if c.order_no == order.order_no and c.kind == kind]
    return Standing(now, expected, len(here))


def _approved_facts(
    about: Q, people: Collection[int], until: date, book: PolicyBook
) -> list[ClaimFact]:
    """The approved claims that bear on one of these people's on a day."""
    approved = Expense.objects.filter(approved_on__lte=until)
    if is_limited(book):
        about |= Q(person__in=people, approved_on__gte=Month.of(until).first_day)
    return facts_bearing_on(approved.filter(about), approved, book)


def _waiting_facts(orders: Collection[int], person: int, today: date) -> list[ClaimFact]:
    """What waits on these orders, or of this salesperson, as if it were approved today."""
    waiting = Expense.objects.waiting().filter(Q(order__in=orders) | Q(person=person))
    return [replace(fact, approved_on=today) for fact in facts_of(waiting)]


def verdict_of(claim: Expense, *, book: PolicyBook | None = None) -> ClaimVerdict:
    """What a claim gets: an approved one as the close sees it, any other as if approved today.

    `claim` has its person and order; it need not be written down yet.
    """
    book = book or policy_book()
    fact = _fact(claim)
    here = Q(order=claim.order_id)
    facts = _approved_facts(here, {claim.person_id}, fact.approved_on, book)
    return verdict_if_approved(fact, facts, book)


def _fact(claim: Expense) -> ClaimFact:
    return ClaimFact(
        claim.claim_no or LAST,
        claim.person.employee_no,
        claim.order.order_no,
        claim.kind,
        claim.amount,
        claim.approved_on or clock.today(),
        claim.order.amount,
        claim.order.signed_on,
    )


def verdicts_if_approved(
    claims: Sequence[Expense], *, book: PolicyBook | None = None
) -> dict[int, ClaimVerdict]:
    """What each of these waiting claims would get if it alone were approved today, by its id."""
    book, today = book or policy_book(), clock.today()
    orders = {claim.order_id for claim in claims}
    people = {claim.person_id for claim in claims}
    facts = _approved_facts(Q(order__in=orders), people, today, book)
    return {claim.pk: verdict_if_approved(_fact(claim), facts, book) for claim in claims}

"""What collections hand in to pages of lower floors: a person's page, a final settlement."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from core import clock
from core.money import ZERO, less
from core.panels import Panel
from orders.models import Order
from receivables.models import BadDebt, Payment, Slip, UnpaidDelivery
from receivables.permissions import can_see_invoices
from receivables.permissions.cases import can_open_case
from receivables.permissions.counter import can_count_slips, can_use_counter
from receivables.querysets.cases import owed_on, without_case
from receivables.querysets.counted import with_invoicing
from receivables.querysets.orders import order_money
from receivables.querysets.unpaid import SEE_ALL_MONEY


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_MONEY):
        yield Panel(
            key="money",
            title=_("Collections"),
            template="receivables/_person.html",
            context={"money": partial(_money, user, person)},
        )


def _money(user: Any, person: Person) -> dict[str, Any]:
    """Three queries."""
    slips = Slip.objects.visible_to(user).filter(person=person, returned_at=None)
    in_hand = Payment.objects.visible_to(user).in_hand().filter(slip__person=person)
    unpaid = UnpaidDelivery.objects.visible_to(user).open().filter(order__person=person)
    sums = in_hand.aggregate(in_hand=Sum(less("amount", "undone"), default=ZERO))
    owed = unpaid.aggregate(deliveries=Count("id"), owed=Sum("unpaid", default=ZERO))
    return {
        "slips": slips.count(),
        **sums,
        **owed,
        "counts": bool(can_use_counter(user)) and user.person_id != person.pk,
        "agrees": bool(can_count_slips(user, person)),
        "employee_no": person.employee_no,
    }


def order(user: Any, order: Order) -> Iterator[Panel]:
    """An order's money: its slips, what was counted, what is unpaid and for how long; what is
    invoiced of it and what still can be (SLIP-5)."""
    if sees(user, order.person, everything=SEE_ALL_MONEY):
        yield Panel(
            key="money",
            title=_("Collections"),
            template="receivables/_order.html",
            context={
                "money": partial(order_money, order),
                "sees_all": user.is_superuser or user.has_role(*SEE_ALL_MONEY),
                "own": user.person_id,
                "order_no": order.order_no,
                "may_open_case": partial(_may_open_case, user, order),
            },
        )

    if can_see_invoices(user):
        yield Panel(
            key="invoices",
            title=_("Invoices"),
            template="receivables/_order_invoices.html",
            context={
                "order_no": order.order_no,
                "found": with_invoicing(Order.objects.filter(pk=order.pk)).get(),
            },
        )


def _may_open_case(user: Any, order: Order) -> bool:
    """Whether the order's money is overdue enough for a case (RES-3). At most one query."""
    return (
        bool(can_open_case(user, order.person)) and without_case(user).filter(order=order).exists()
    )


def settlement(user: Any, *, person: Any) -> Iterator[Panel]:
    """Why somebody who leaves gets the reserve back or not (RES-2): the cases that were open on
    the last day, and those that are open now. Four queries."""
    left: date | None = person.left_on
    open_then = Q(opened_on__lte=left, outcome_on__gt=left) if left else Q(pk=None)
    cases = BadDebt.objects.filter(order__person=person).filter(Q(outcome="") | open_then)
    rows = list(cases.select_related("order__customer").order_by("opened_on", "id"))
    owed = owed_on([case.order_id for case in rows], clock.today())
    yield Panel(
        key="cases",
        title=_("Open bad-debt cases"),
        template="receivables/_settlement_cases.html",
        context={
            "person": person,
            "cases": [(case, owed[case.order_id], _stood(case, left)) for case in rows],
            "held_back": any(_stood(case, left) for case in rows),
        },
    )


def _stood(case: BadDebt, left: date | None) -> bool:
    """Whether a case was open at the end of somebody's last day."""
    if left is None:
        return False
    return case.opened_on <= left and (case.outcome_on is None or case.outcome_on > left)

"""Slips handed out this morning, a block lifted, customers who did not pay (SLIP-1, SLIP-4)."""

from datetime import time, timedelta

from accounts.models import Person
from core import clock
from orders.models import Order
from receivables.models import Slip
from receivables.querysets.blocks import blocks_of
from receivables.querysets.claims import money_on
from receivables.querysets.morning import suggestions
from receivables.services import block_lift, refusal_record, slip_issue
from salesforce.demo.played.stage import form, on, user

HANDED_OUT_TO = ("Y001", "Y003", "Y006")
SAID = (
    ("老板出差，让下周三再来。", 6),
    ("说货款要等月底对账后才付。", 3),
    ("财务不在，约好明天上午。", 1),
)


def road_play() -> None:
    _hand_out()
    _lift()
    _did_not_pay()


def _hand_out() -> None:
    """Two slips this morning to each of some who are not blocked."""
    found = suggestions()
    orders = Order.objects.select_related("person").in_bulk([each.order_id for each in found])
    blocked = blocks_of()
    with on(clock.today(), time(8, 35)):
        for no in HANDED_OUT_TO:
            hers = [each for each in found if orders[each.order_id].person.employee_no == no]
            for each in hers[:2]:
                order = orders[each.order_id]
                if order.person_id in blocked:
                    continue
                slip_issue(
                    actor=user("C001"),
                    order=order,
                    person=order.person,
                    amount_due=each.amount,
                    token=form(f"slip/{order.order_no}"),
                )


def _lift() -> None:
    """The manager lets the first of those who are blocked have slips today."""
    blocked = sorted(blocks_of())
    if not blocked:
        return
    with on(clock.today(), time(8, 50)):
        block_lift(
            actor=user("M001"),
            person=Person.objects.get(pk=blocked[0]),
            reason="客户上门付款，今天必须收回；昨日款下午一并交。",
        )


def _did_not_pay() -> None:
    """Some were asked yesterday or today, and did not pay."""
    asked = Slip.objects.held().order_by("-issued_at").select_related("person")
    money = money_on([row.pk for row in asked])
    due = [row for row in asked if row.pk not in money]
    for row, (said, days) in zip(due, SAID, strict=False):
        at = max(row.issued_at, clock.now() - timedelta(hours=20))
        with clock.set_to(at):
            refusal_record(
                actor=user(row.person.employee_no),
                slip=row,
                at=at,
                reason=said,
                promised_on=clock.today() + timedelta(days=days),
                token=form(f"refusal/{row.slip_no}"),
            )

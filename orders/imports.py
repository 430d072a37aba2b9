"""The company's `orders` and `deliveries` tables."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from core.money import ZERO
from core.tables.columns import Column, Reference, code, day, money
from core.tables.table import CheckedRow, RowRefused, Table
from customers.imports import CUSTOMER
from orders.models import Delivery, Order, Transfer
from orders.services.big_orders import loaded_orders_news


def order_ids() -> dict[str, int]:
    return dict(Order.objects.values_list("order_no", "id"))


ORDER = Reference(what=_("order"), ids=order_ids)


def check_orders(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """What was decided in the program is not undone by a file: a transfer (ORD-1), a margin."""
    passed_on = dict(
        Transfer.objects.filter(state=Transfer.State.APPROVED).values_list(
            "order__order_no", "order__person_id"
        )
    )
    with_margin = Order.objects.filter(margin__isnull=False)
    margins = dict(with_margin.values_list("order_no", "margin"))
    for row in rows:
        order_no = row.values["order_no"]
        if passed_on.get(order_no, row.values["person_id"]) != row.values["person_id"]:
            yield RowRefused(
                line=row.line,
                column="employee_no",
                reason=_("the order was transferred, and is somebody else's now"),
            )
        if row.values["amount"] < margins.get(order_no, ZERO):
            yield RowRefused(
                line=row.line,
                column="amount",
                reason=_("the order's gross margin is %(margin)s: it cannot be of less")
                % {"margin": margins[order_no]},
            )


def check_deliveries(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """SLIP-6: a delivery is not corrected to less than what came back of it."""
    known = Delivery.objects.filter(returned__gt=0)
    returned = {
        (order, day): amount
        for order, day, amount in known.values_list("order_id", "delivered_on", "returned")
    }
    for row in rows:
        came_back = returned.get((row.values["order_id"], row.values["delivered_on"]), ZERO)
        if row.values["amount"] < came_back:
            yield RowRefused(
                line=row.line,
                column="amount",
                reason=_("goods of %(returned)s came back: it cannot be less")
                % {"returned": came_back},
            )


orders = Table(
    name="orders",
    zh="订单",
    after=("people", "customers"),
    columns=(
        Column("order_no", "订单号", code(), key=True),
        Column("customer_no", "客户编号", code(), refers=CUSTOMER, field="customer_id"),
        employee(),
        Column("amount", "金额", money),
        Column("signed_on", "签单日期", day, optional=True),
    ),
    model=Order,
    check_rows=check_orders,
    news=loaded_orders_news,
)

deliveries = Table(
    name="deliveries",
    zh="发货",
    after=("orders",),
    columns=(
        Column("order_no", "订单号", code(), key=True, refers=ORDER, field="order_id"),
        Column("delivered_on", "发货日期", day, key=True),
        Column("amount", "金额", money),
    ),
    model=Delivery,
    check_rows=check_deliveries,
)

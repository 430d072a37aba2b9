"""The company's `orders` and `deliveries` tables."""

from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from core.tables.columns import Column, Reference, code, day, money
from core.tables.table import Table
from customers.imports import CUSTOMER
from orders.models import Delivery, Order


def order_ids() -> dict[str, int]:
    return dict(Order.objects.values_list("order_no", "id"))


ORDER = Reference(what=_("order"), ids=order_ids)

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
)

"""The company's `customers`, `visits` and `spot_checks` tables."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from core.tables.columns import Column, Reference, code, day, instant, one_of, text, yes_no
from core.tables.table import Row, Table
from customers.models import Customer, SpotCheck, Visit
from customers.services.owners_loaded import owners_loaded


def customer_ids() -> dict[str, int]:
    """By number; the number of a file whose place another took leads to that."""
    known = Customer.objects.order_by().values_list("customer_no", "id", "merged_into_id")
    return {customer_no: into or pk for customer_no, pk, into in known}


CUSTOMER = Reference(what=_("customer"), ids=customer_ids)


def owners_news(rows: Iterable[Row]) -> Callable[[Any], None] | None:
    """Files that a load passes on stand in the history of their owners."""
    owned = dict(
        Customer.objects.standing().order_by().values_list("customer_no", "owner_id").iterator()
    )
    was = {
        row["customer_no"]: owned[row["customer_no"]]
        for row in rows
        if row["customer_no"] in owned and owned[row["customer_no"]] != row["owner_id"]
    }
    if not was:
        return None

    def tell(actor: Any) -> None:
        owners_loaded(was=was, actor=actor)

    return tell


customers = Table(
    name="customers",
    zh="客户",
    after=("people",),
    columns=(
        Column("customer_no", "客户编号", code(), key=True),
        Column("name", "客户名称", text(longest=120)),
        Column("address", "地址", text(longest=200), optional=True, empty=""),
        Column("scale", "规模", text(longest=60), optional=True, empty=""),
        employee("owner_no", "负责人工号", "owner_id", optional=True),
        Column("created_on", "建档日期", day),
    ),
    also=(
        Column("telephone", "电话", text(longest=32), optional=True, empty=""),
        Column("level", "级别", one_of(Customer.Level.choices), optional=True, empty=""),
        Column("industry", "行业", text(longest=60), optional=True, empty=""),
        Column("source", "来源", one_of(Customer.Source.choices), optional=True, empty=""),
    ),
    model=Customer,
    news=owners_news,
)

visits = Table(
    name="visits",
    zh="拜访记录",
    after=("people", "customers"),
    columns=(
        employee(key=True),
        Column("customer_no", "客户编号", code(), key=True, refers=CUSTOMER, field="customer_id"),
        Column("at", "时间", instant, key=True),
        Column("kind", "类型", one_of(Visit.Kind.choices)),
        Column("content", "内容", text(longest=4000), optional=True, empty=""),
        Column("void", "作废", yes_no, optional=True, empty=False),
    ),
    model=Visit,
)

spot_checks = Table(
    name="spot_checks",
    zh="抽查",
    after=("people", "customers"),
    columns=(
        employee(key=True),
        Column("customer_no", "客户编号", code(), key=True, refers=CUSTOMER, field="customer_id"),
        Column("checked_on", "抽查日期", day, key=True),
        Column("verdict", "结论", one_of(SpotCheck.Verdict.choices)),
    ),
    model=SpotCheck,
)

"""The company's `expenses`, `goods`, `loans` and `damages` tables."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from claims.models import Damage, Expense, Goods, Loan
from claims.querysets import KEEPS_GOODS
from claims.services.goods import goods_replace
from core import clock
from core.tables.columns import Column, Parser, code, day, instant, money, one_of, text, yes_no
from core.tables.table import CheckedRow, Row, RowRefused, Table
from core.tables.writing import unescaped
from orders.imports import ORDER


def check_loan(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["condition"] in (Loan.Condition.DAMAGED, Loan.Condition.LOST) and not row["returned_on"]:
        yield "returned_on", _("damage or loss needs the day it was found")
    if row["returned_on"] and row["returned_on"] < clock.local_date(row["lent_at"]):
        yield "returned_on", _("lies before lent_at")


expenses = Table(
    name="expenses",
    zh="费用报销",
    after=("people", "orders"),
    columns=(
        Column("claim_no", "报销单号", code(), key=True),
        employee(),
        Column("order_no", "订单号", code(), refers=ORDER, field="order_id"),
        Column(
            "kind", "类型", one_of([*Expense.Kind.choices, ("travel", "差旅费"), ("meal", "餐费")])
        ),
        Column("spent_on", "发生日期", day),
        Column("amount", "金额", money),
        Column("approved_on", "批准日期", day, optional=True),
    ),
    model=Expense,
)


def words(*, longest: int) -> Parser:
    """Text as it was before our own file escaped it: the register is taken out, and sent again."""
    plain = text(longest=longest)
    return lambda cell: plain(unescaped(cell))


def check_goods(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["retired_on"] and row["retired_on"] > clock.today():
        yield "retired_on", _("lies in the future")


def check_register(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """What somebody has now is not retired, as on its page."""
    out = Goods.objects.lent().filter(retired_on=None)
    lent = set(out.values_list("code", flat=True))
    for row in rows:
        if row.values["retired_on"] and row.values["code"] in lent:
            yield RowRefused(
                line=row.line,
                column="retired_on",
                reason=_("it is out: record its return first"),
            )


goods = Table(
    name="goods",
    zh="货物台账",
    columns=(
        Column("goods_no", "货物编号", code(), key=True, field="code"),
        Column("name", "名称", words(longest=120)),
        Column("price", "价格", money),
        Column("serial_no", "序列号", words(longest=60), optional=True, empty=""),
        Column("place", "存放位置", words(longest=60), optional=True, empty=""),
        Column("retired_on", "停用日期", day, optional=True),
    ),
    check_row=check_goods,
    check_rows=check_register,
    model=Goods,
    save=goods_replace,
    loaded_by=KEEPS_GOODS,
)

loans = Table(
    name="loans",
    zh="货物出借",
    after=("people",),
    columns=(
        Column("loan_no", "借条号", code(), key=True),
        employee(),
        Column("item", "货物", text(longest=120)),
        Column("price", "价格", money),
        Column("lent_at", "借出时间", instant),
        Column("returned_on", "归还日期", day, optional=True),
        Column("condition", "状况", one_of(Loan.Condition.choices), optional=True, empty=""),
    ),
    check_row=check_loan,
    model=Loan,
)

damages = Table(
    name="damages",
    zh="财物损坏",
    after=("people",),
    columns=(
        Column("damage_no", "编号", code(), key=True),
        employee(),
        Column("on", "日期", day),
        Column("item", "物品", text(longest=120)),
        Column("cost_price", "成本价", money),
        Column("on_purpose", "故意", yes_no),
    ),
    model=Damage,
)

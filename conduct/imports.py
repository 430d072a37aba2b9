"""The company's `rewards` and `conduct` tables."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from conduct.models import ConductCase, Reward
from core.tables.columns import Column, code, day, money, one_of, text
from core.tables.table import Row, Table


def check_reward(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["kind"] == Reward.Kind.BONUS and row["amount"] is None:
        yield "amount", _("a bonus needs its amount")


rewards = Table(
    name="rewards",
    zh="奖励",
    after=("people",),
    columns=(
        employee(key=True),
        Column("decided_on", "决定日期", day, key=True),
        Column("kind", "类型", one_of(Reward.Kind.choices), key=True),
        Column("amount", "金额", money, optional=True),
        Column("note", "备注", text(longest=200), key=True, optional=True, empty=""),
    ),
    check_row=check_reward,
    model=Reward,
)

conduct = Table(
    name="conduct",
    zh="违纪",
    after=("people",),
    columns=(
        Column("case_no", "案号", code(), key=True),
        employee(),
        Column("offence", "违纪行为", one_of(ConductCase.Offence.choices)),
        Column("decided_on", "决定日期", day),
        Column("sanction", "处分", one_of(ConductCase.Sanction.choices)),
        Column("note", "备注", text(longest=400), optional=True, empty=""),
    ),
    model=ConductCase,
)

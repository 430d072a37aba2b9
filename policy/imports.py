"""The company's `policy` and `calendar` tables."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.tables.columns import Column, code, day, text, yes_no
from core.tables.table import CheckedRow, Row, RowRefused, Table
from policy.models import CalendarDay, PolicyParameter
from policy.querysets import settled_through
from policy.rules import parse_parameter, value_refusal
from policy.services import parameters_replace


def check_parameter(row: Row) -> Iterable[tuple[str | None, Any]]:
    try:
        parse_parameter(row["parameter"], row["value"])
    except ValidationError as error:
        column = "parameter" if error.code == "parameter" else "value"
        yield column, error.messages[0]


def check_policy(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """POL-1: a version in force is never edited, and none is slipped under a final month."""
    standing = {(p.effective_on, p.parameter): p.value for p in PolicyParameter.objects.all()}
    settled = settled_through()
    for row in rows:
        effective_on, name = row.values["effective_on"], row.values["parameter"]
        refusal = value_refusal(
            name=name,
            value=row.values["value"],
            effective_on=effective_on,
            before=standing.get((effective_on, name)),
            today=clock.today(),
            settled=settled,
        )
        if refusal:
            yield RowRefused(line=row.line, column=refusal[0], reason=refusal[1])


policy = Table(
    name="policy",
    zh="制度参数",
    columns=(
        Column("effective_on", "生效日期", day, key=True),
        Column("parameter", "参数", code(longest=40), key=True),
        Column("value", "值", text(longest=200)),
    ),
    check_row=check_parameter,
    check_rows=check_policy,
    model=PolicyParameter,
    save=parameters_replace,
)

calendar = Table(
    name="calendar",
    zh="日历",
    columns=(
        Column("date", "日期", day, key=True),
        Column("is_workday", "是否工作日", yes_no),
        Column("note", "备注", text(longest=200), optional=True, empty=""),
    ),
    model=CalendarDay,
)

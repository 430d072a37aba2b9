"""The company's `policy` and `calendar` tables."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.tables.columns import Column, code, day, text, yes_no
from core.tables.table import CheckedRow, Row, RowRefused, Table
from policy.models import CalendarDay, PolicyParameter
from policy.querysets import settled_through
from policy.rules import means_same, parse_parameter
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
        effective_on, value = row.values["effective_on"], row.values["value"]
        before = standing.get((effective_on, row.values["parameter"]))
        if before is not None and means_same(row.values["parameter"], before, value):
            continue
        if before is not None and effective_on <= clock.today():
            yield RowRefused(
                line=row.line,
                column="value",
                reason=_(
                    "in force since %(day)s with the value %(before)s: a change is a new version"
                )
                % {"day": effective_on, "before": before},
            )
        elif settled and effective_on <= settled:
            yield RowRefused(
                line=row.line,
                column="effective_on",
                reason=_("months up to %(day)s are final: a new version starts later")
                % {"day": settled},
            )


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

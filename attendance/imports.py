"""The company's tables of punches, excuses, cash fines, leave, trips and the pool's opening."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from attendance.models import (
    Excuse,
    FinePayment,
    Half,
    Leave,
    LeaveType,
    Outing,
    PoolOpening,
    Punch,
    Side,
    Status,
    Trip,
    TripReport,
)
from attendance.rules import REGULATION_LEAVE_TYPES
from core import clock
from core.tables.columns import (
    Column,
    code,
    day,
    instant,
    money,
    month,
    number,
    one_of,
    rate,
    text,
    times,
    yes_no,
)
from core.tables.layouts import Layout
from core.tables.table import CheckedRow, Row, RowRefused, Table
from customers.imports import CUSTOMER

LONGEST_LEAVE_DAYS = 400
ACTIVE = (Status.PENDING, Status.APPROVED)
LEAVE_TYPE_ZH = {"事假": "personal", "病假": "sick", "优待假": "reward"}
SIDE = one_of([*Side.choices, ("in", "上班"), ("out", "下班")])
# Withdrawn is what is said here alone: the company's table knows no such explanation.
DECIDED_STATES = [each for each in Excuse.State.choices if each[0] != Excuse.State.WITHDRAWN]
HALF = one_of([*Half.choices, ("am", "上午"), ("pm", "下午")])


def leave_code(cell: str) -> str:
    return code()(LEAVE_TYPE_ZH.get(cell, cell))


def half_days(cell: str) -> Decimal:
    days = number(cell)
    if days > 31 or days * 2 % 1:
        raise ValidationError(
            _("days a month, in halves, at most 31: %(cell)s"), code="days", params={"cell": cell}
        )
    return days


def _span(row: Mapping[str, Any]) -> tuple[tuple[date, str], tuple[date, str]]:
    # "am" < "pm", so (day, half) pairs order as halves do.
    return (row["start_on"], row["start_half"]), (row["end_on"], row["end_half"])


def check_leave(row: Row) -> Iterable[tuple[str | None, Any]]:
    start, end = _span(row)
    if end < start:
        yield "end_on", _("ends before it starts")
    elif (row["end_on"] - row["start_on"]).days > LONGEST_LEAVE_DAYS:
        yield "end_on", _("is longer than %(days)s days") % {"days": LONGEST_LEAVE_DAYS}
    if row["status"] == Status.APPROVED:
        if row["type"] == "sick" and not row["evidence"]:
            yield "evidence", _("sick leave is approved only with its medical record (LEA-2)")
        if row["special_case"] and not row["reason"]:
            yield "reason", _("a special case rests on a written explanation (LEA-1)")


def check_leaves(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """Types are known, evidence is there where a type asks for it, requests do not overlap."""
    types = {t.code: t for t in LeaveType.objects.all()}
    for row in rows:
        kind = types.get(row.values["type"])
        if kind is None and row.values["type"] not in REGULATION_LEAVE_TYPES:
            yield RowRefused(
                line=row.line,
                column="type",
                reason=_("unknown leave type: %(code)s") % {"code": row.values["type"]},
            )
        elif (
            kind
            and kind.evidence_needed
            and row.values["status"] == Status.APPROVED
            and not row.values["evidence"]
        ):
            yield RowRefused(
                line=row.line,
                column="evidence",
                reason=_("%(name)s needs evidence") % {"name": kind.name},
            )
    yield from _overlaps(rows)


def _overlaps(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    spans: dict[int, list[tuple[Any, Any, int | None]]] = defaultdict(list)
    replaced = {_leave_key(row.values) for row in rows}
    people = {person for person, *_rest in replaced}
    for known in Leave.objects.filter(status__in=ACTIVE, person__in=people).values().iterator():
        if _leave_key(known) not in replaced:
            spans[known["person_id"]].append((*_span(known), None))
    for row in rows:
        if row.values["status"] in ACTIVE:
            spans[row.values["person_id"]].append((*_span(row.values), row.line))
    for of_person in spans.values():
        yield from _overlaps_of(sorted(of_person, key=lambda s: (s[0], s[2] or 0)))


def _overlaps_of(spans: Sequence[tuple[Any, Any, int | None]]) -> Iterable[RowRefused]:
    furthest: tuple[Any, Any, int | None] | None = None
    for span in spans:
        if furthest and span[0] <= furthest[1]:
            # Told to the row of the file; to the later one when both are.
            mine, other = (span, furthest) if span[2] else (furthest, span)
            if mine[2] is not None:
                yield RowRefused(
                    line=mine[2],
                    column="start_on",
                    reason=_("overlaps another leave from %(start)s to %(end)s")
                    % {"start": other[0][0], "end": other[1][0]},
                )
        if furthest is None or span[1] > furthest[1]:
            furthest = span


def _leave_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["person_id"], row["type"], row["start_on"], row["start_half"]


def check_trip(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["end_on"] < row["start_on"]:
        yield "end_on", _("ends before it starts")
    elif (row["end_on"] - row["start_on"]).days > LONGEST_LEAVE_DAYS:
        yield "end_on", _("is longer than %(days)s days") % {"days": LONGEST_LEAVE_DAYS}


def check_outing(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["end_at"] <= row["start_at"]:
        yield "end_at", _("ends before it starts")
    elif clock.local_date(row["end_at"]) != clock.local_date(row["start_at"]):
        yield "end_at", _("an outing begins and ends on one day")


def spread_punches(row: Row) -> Iterable[Row]:
    """A day of somebody's, with all its punches in one cell, into its punches."""
    for each in row["times"]:
        yield {"person_id": row["person_id"], "at": clock.at(row["date"], each)}


punches = Table(
    name="punches",
    zh="打卡",
    after=("people",),
    columns=(employee(key=True), Column("at", "时间", instant, key=True)),
    model=Punch,
    # As many machines write it: a row a day, empty where nobody punched.
    layouts=(
        Layout(
            columns=(
                employee(key=True),
                Column("date", "日期", day, key=True),
                Column("times", "打卡时间", times, optional=True, empty=()),
            ),
            spread=spread_punches,
        ),
    ),
)

excuses = Table(
    name="excuses",
    zh="考勤说明",
    after=("people",),
    columns=(
        employee(key=True),
        Column("date", "日期", day, key=True),
        Column("side", "上下班", SIDE, key=True),
        Column("status", "状态", one_of(DECIDED_STATES)),
        Column("reason", "原因", text(longest=1000), optional=True, empty=""),
    ),
    model=Excuse,
)

fine_payments = Table(
    name="fine_payments",
    zh="罚款缴纳",
    after=("people",),
    columns=(
        employee(key=True),
        Column("date", "日期", day, key=True),
        Column("side", "上下班", SIDE, key=True),
        Column("paid_at", "缴纳时间", instant),
    ),
    model=FinePayment,
)

leave = Table(
    name="leave",
    zh="请假",
    after=("people", "leave_types"),
    columns=(
        employee(key=True),
        Column("type", "类型", leave_code, key=True),
        Column("start_on", "开始日期", day, key=True),
        Column("start_half", "开始半天", HALF, key=True),
        Column("end_on", "结束日期", day),
        Column("end_half", "结束半天", HALF),
        Column("status", "状态", one_of(Status.choices)),
        Column("special_case", "特殊情况", yes_no, optional=True, empty=False),
        Column("reason", "原因", text(longest=1000), optional=True, empty=""),
        Column("evidence", "凭证", text(longest=200), optional=True, empty=""),
    ),
    check_row=check_leave,
    check_rows=check_leaves,
    model=Leave,
)

trips = Table(
    name="trips",
    zh="出差",
    after=("people",),
    columns=(
        employee(key=True),
        Column("start_on", "开始日期", day, key=True),
        Column("end_on", "结束日期", day),
        Column("purpose", "事由", text(longest=1000), optional=True, empty=""),
        Column("status", "状态", one_of(Status.choices)),
    ),
    check_row=check_trip,
    model=Trip,
)

trip_reports = Table(
    name="trip_reports",
    zh="出差汇报",
    after=("people",),
    columns=(
        employee(key=True),
        Column("date", "日期", day, key=True),
        Column("reported_at", "汇报时间", instant),
    ),
    model=TripReport,
)

outings = Table(
    name="outings",
    zh="外出",
    after=("people", "customers"),
    columns=(
        employee(key=True),
        Column("start_at", "开始时间", instant, key=True),
        Column("end_at", "结束时间", instant),
        Column(
            "customer_no",
            "客户编号",
            code(),
            optional=True,
            refers=CUSTOMER,
            field="customer_id",
        ),
        Column("whom", "见谁", text(longest=120), optional=True, empty=""),
        Column("purpose", "事由", text(longest=1000), optional=True, empty=""),
        Column("status", "状态", one_of(Status.choices)),
    ),
    check_row=check_outing,
    model=Outing,
)

pool_opening = Table(
    name="pool_opening",
    zh="罚款池期初",
    columns=(Column("month", "月份", month, key=True), Column("amount", "金额", money)),
    model=PoolOpening,
)

leave_types = Table(
    name="leave_types",
    zh="假别",
    columns=(
        Column("code", "代码", leave_code, key=True),
        Column("name", "名称", text(longest=60)),
        Column("pay_rate", "计薪比例", rate),
        Column("evidence_needed", "需要凭证", yes_no),
        Column("monthly_cap_days", "每月上限天数", half_days, optional=True),
    ),
    model=LeaveType,
)

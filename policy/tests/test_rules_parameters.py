"""Every parameter is read from the text of a policy table, or refused with a reason (POL-1)."""

from contextlib import suppress
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.rules import DEFAULTS, Tier, parameter_names, parse_parameter

SWITCH, WHOLE, TIME, MONEY, RATE, DAYS, TIERS = (
    "switch", "whole", "time", "money", "rate", "days", "tiers",
)  # fmt: skip

# As formats.md gives them: name, kind, the default's text, and what it means.
PARAMETERS: list[tuple[str, str, str, Any]] = [
    ("cutoff_day", WHOLE, "28", 28),
    ("cutoff_time", TIME, "16:00", time(16, 0)),
    ("carryover_fine", MONEY, "500", Decimal(500)),
    ("late_fine", MONEY, "5", Decimal(5)),
    ("grace_minutes", WHOLE, "0", 0),
    ("punch_merge_minutes", WHOLE, "5", 5),
    ("work_start", TIME, "09:00", time(9, 0)),
    ("lunch_start", TIME, "12:00", time(12, 0)),
    ("lunch_end", TIME, "13:00", time(13, 0)),
    ("work_end", TIME, "18:00", time(18, 0)),
    ("absence_fine_per_day", MONEY, "30", Decimal(30)),
    ("absence_dismissal_days", DAYS, "15", Decimal(15)),
    ("personal_leave_days", DAYS, "3", Decimal(3)),
    ("leave_manager_days", WHOLE, "3", 3),
    ("reserve_on", SWITCH, "yes", True),
    ("reserve_monthly", MONEY, "150", Decimal(150)),
    ("reserve_reward_rate", RATE, "0.05", Decimal("0.05")),
    ("litigation_share", RATE, "0.5", Decimal("0.5")),
    ("dead_debt_on", SWITCH, "yes", True),
    ("expenses_on", SWITCH, "yes", True),
    ("travel_rate", RATE, "0.80", Decimal("0.80")),
    ("meal_rate", RATE, "0.60", Decimal("0.60")),
    ("expense_cap_rate", RATE, "0.02", Decimal("0.02")),
    ("expense_limit_on", SWITCH, "no", False),
    ("expense_limit_min_order", MONEY, "20000", Decimal(20000)),
    ("expense_limit_claims", WHOLE, "3", 3),
    ("points_min", WHOLE, "30", 30),
    ("points_shortfall", WHOLE, "3", 3),
    ("no_record_fine", MONEY, "200", Decimal(200)),
    ("return_visit_days", WHOLE, "30", 30),
    ("visits_level_a", WHOLE, "4", 4),
    ("visits_level_b", WHOLE, "2", 2),
    ("visits_level_c", WHOLE, "1", 1),
    ("overdue_days", WHOLE, "10", 10),
    ("loan_days", WHOLE, "2", 2),
    ("trip_report_by", TIME, "21:00", time(21, 0)),
    ("calls_per_day", WHOLE, "3", 3),
    ("big_order", MONEY, "100000", Decimal(100000)),
    ("project_quiet_days", WHOLE, "30", 30),
    ("margin_floor", RATE, "0", Decimal(0)),
    ("complaint_workdays", WHOLE, "3", 3),
    ("hearing_workdays", WHOLE, "3", 3),
    (
        "commission_tiers",
        TIERS,
        "50000:0.01;200000:0.02;inf:0.03",
        (
            Tier(Decimal(50000), Decimal("0.01")),
            Tier(Decimal(200000), Decimal("0.02")),
            Tier(None, Decimal("0.03")),
        ),
    ),
    ("leaderboards_shown", SWITCH, "yes", True),
    ("kpi_sales_weight", WHOLE, "40", 40),
    ("kpi_customers_weight", WHOLE, "15", 15),
    ("kpi_satisfaction_weight", WHOLE, "10", 10),
    ("kpi_returns_weight", WHOLE, "10", 10),
    ("kpi_complaints_weight", WHOLE, "10", 10),
    ("kpi_activity_weight", WHOLE, "5", 5),
    ("kpi_reports_weight", WHOLE, "10", 10),
    ("kpi_grade_a", WHOLE, "90", 90),
    ("kpi_grade_b", WHOLE, "80", 80),
    ("kpi_grade_c", WHOLE, "60", 60),
    ("new_customers_month", WHOLE, "3", 3),
    ("complaint_limit_rate", RATE, "0.10", Decimal("0.10")),
    ("deduction_cap_rate", RATE, "0.20", Decimal("0.20")),
    ("deduction_cap_on", SWITCH, "no", False),
    ("minimum_wage", MONEY, "0", Decimal(0)),
    ("objection_workdays", WHOLE, "5", 5),
    ("auto_final_on", SWITCH, "no", False),
]
NAMES = [name for name, *_ in PARAMETERS]

GOOD: dict[str, list[tuple[str, Any]]] = {
    SWITCH: [("yes", True), ("no", False), (" yes ", True)],
    WHOLE: [("1", 1), ("31", 31), ("007", 7), (" 5 ", 5)],
    TIME: [
        ("00:00", time(0, 0)),
        ("08:30", time(8, 30)),
        ("16:00:30", time(16, 0, 30)),
        ("23:59:59", time(23, 59, 59)),
        (" 16:00 ", time(16, 0)),
    ],
    MONEY: [
        ("0", Decimal(0)),
        ("0.01", Decimal("0.01")),
        ("0.5", Decimal("0.5")),
        ("2490.00", Decimal(2490)),
        (" 5 ", Decimal(5)),
    ],
    RATE: [
        ("0", Decimal(0)),
        ("1", Decimal(1)),
        ("1.000000", Decimal(1)),
        ("0.000001", Decimal("0.000001")),
        ("0.333333", Decimal("0.333333")),
    ],
    DAYS: [("0", Decimal(0)), ("2.5", Decimal("2.5")), ("15.0", Decimal(15))],
    TIERS: [
        ("inf:0", (Tier(None, Decimal(0)),)),
        ("inf:1", (Tier(None, Decimal(1)),)),
        (
            " 0.01:0.1 ; inf:0.2 ",
            (Tier(Decimal("0.01"), Decimal("0.1")), Tier(None, Decimal("0.2"))),
        ),
    ],
}  # fmt: skip

BAD_FOR_ALL = ["", " ", "abc", "NaN", "inf", "1e3", "-1", "５", "1,0", "5\x00", "1;2", "0x10"]
BAD: dict[str, list[str]] = {
    SWITCH: ["Yes", "YES", "true", "1", "0", "是", "yes no"],
    WHOLE: ["1.5", "1.0", "+1", "1000000", "1 0"],
    TIME: ["24:00", "9:00", "16:60", "16", "16:0", "1600", "16:00:60", "16:00+08:00", "１６:00"],
    MONEY: ["-0", "-0.01", "0.001", "5.000", "1000000000000", "5元", ".5", "5."],
    RATE: ["1.000001", "2", "-0.1", "5%", "0.1234567", ".5", "1/2"],
    DAYS: ["-0.5", "三", "1e1", "1.", "2.5 days"],
    TIERS: [
        "50000:0.01",
        "inf:1.01",
        "50000:0.01;",
        ";inf:0.01",
        "50000:0.01;50000:0.02;inf:0.03",
        "200000:0.01;50000:0.02;inf:0.03",
        "inf:0.01;50000:0.02",
        "inf:0.01;inf:0.02",
        "50000:2;inf:0.02",
        "50000;0.01",
        "50000:0.01,inf:0.02",
        "-1:0.01;inf:0.02",
        "50000:-0.01;inf:0.02",
        "50000:1%;inf:0.02",
        "1e3:0.01;inf:0.02",
        "0.001:0.01;inf:0.02",
        "INF:0.01",
        ":0.01",
        "inf:",
    ],
}


def table_of(cases: list[tuple[Any, ...]]) -> list[Any]:
    return [pytest.param(*case, id=f"{case[0]} {case[1]!r}") for case in cases]


def test_the_parameters_are_these() -> None:
    assert sorted(parameter_names()) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "text", "value"), table_of([(n, text, value) for n, _, text, value in PARAMETERS])
)
def test_the_default_is_the_documents(name: str, text: str, value: Any) -> None:
    assert getattr(DEFAULTS, name) == value
    assert parse_parameter(name, text) == value
    assert type(parse_parameter(name, text)) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    table_of([(name, *good) for name, kind, *_ in PARAMETERS for good in GOOD[kind]]),
)
def test_good_values_are_read(name: str, text: str, value: Any) -> None:
    assert parse_parameter(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    table_of(
        [(name, text) for name, kind, *_ in PARAMETERS for text in [*BAD_FOR_ALL, *BAD[kind]]]
    ),
)
def test_bad_values_are_refused(name: str, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_parameter(name, text)
    assert refused.value.code != "parameter"
    assert refused.value.messages[0]


@pytest.mark.parametrize("text", ["0", "32", "99"])
def test_a_month_has_no_such_cutoff_day(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_parameter("cutoff_day", text)
    assert refused.value.messages == [f"cutoff_day lies between 1 and 31, not {text}"]


@pytest.mark.parametrize("text", ["1", "28", "29", "30", "31"])
def test_a_cutoff_day_is_one_of_a_months(text: str) -> None:
    assert parse_parameter("cutoff_day", text) == int(text)


@pytest.mark.parametrize(
    "name",
    ["", "late_fines", "LATE_FINE", " late_fine", "effective_on", "NOT_PARAMETERS", "__class__"],
    ids=repr,
)
def test_unknown_parameters_are_refused(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_parameter(name, "5")
    assert refused.value.code == "parameter"


@settings(deadline=None)
@given(name=st.sampled_from(NAMES), text=st.text(max_size=40))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    # Anything but a ValidationError would be a page of traceback.
    with suppress(ValidationError):
        parse_parameter(name, text)

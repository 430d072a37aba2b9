"""What leave costs before it is sent: the close with it, less the close without it (LEA-4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.away import Clash, clashes
from attendance.rules.days import Half
from attendance.rules.leave import LeaveFact, LeaveTypeFact
from attendance.rules.leave_cost import LeaveGround, days_counted, days_standing, leave_costs
from core.months import Month
from policy.rules import PolicyBook
from policy.workdays import Workdays
from tests.builders import person_fact

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
TYPES = {
    "half": LeaveTypeFact("half", pay_rate=Decimal("0.5")),
    "unpaid": LeaveTypeFact("unpaid", pay_rate=Decimal(0), monthly_cap_days=Decimal(1)),
}


def leave(span: str, kind: str = "personal", *, special: bool = False, why: str = "x") -> LeaveFact:
    """`09am..11pm` of November, `12-01am` of another month."""
    start, _, end = span.partition("..")
    return LeaveFact(kind, *half_of(start), *half_of(end or start), special, why)


def half_of(text: str) -> tuple[date, Half]:
    month, _, number = text[:-2].rpartition("-")
    return date(2026, int(month or 11), int(number)), Half(text[-2:])


def ground(*, book: PolicyBook | None = None, trips: tuple[str, ...] = (), **how) -> LeaveGround:
    return LeaveGround(
        person_fact(base_salary="6300.00", **how.pop("who", {})),
        Workdays(how.pop("own", {})),
        TYPES,
        book or PolicyBook.of([]),
        frozenset(half_of(f"{day}am")[0] for day in trips),
        **how,
    )


def told(request: LeaveFact, *others: LeaveFact, **how) -> list[str]:
    """`11: 4d, 3/3 left, 1 over, 30.00 + 0.00` a month."""
    return [
        f"{c.month.number}: {c.days.normalize():f}d, "
        + (f"{c.left.normalize():f}/{c.cap.normalize():f} left, " if c.cap is not None else "")
        + f"{c.excess.normalize():f} over, {c.fine} + {c.unpaid}"
        for c in leave_costs(request, others, ground(**how))
    ]


@pytest.mark.parametrize(
    ("asked", "others", "said"),
    [
        pytest.param("9am..9pm", [], ["11: 1d, 3/3 left, 0 over, 0.00 + 0.00"], id="a day"),
        pytest.param("9am..12pm", [], ["11: 4d, 3/3 left, 1 over, 30.00 + 0.00"], id="a fourth"),
        pytest.param("9am..12am", [], ["11: 3.5d, 3/3 left, 0.5 over, 15.00 + 0.00"], id="a half"),
        pytest.param(
            "16am..17pm", ["2am..3pm"], ["11: 2d, 1/3 left, 1 over, 30.00 + 0.00"], id="split"
        ),
        # The earlier days stand: what is asked for now pushes a later day over the limit.
        pytest.param(
            "2am..2pm", ["16am..18pm"], ["11: 1d, 0/3 left, 1 over, 30.00 + 0.00"], id="pushes"
        ),
        pytest.param("7am..8pm", [], [], id="a weekend"),
        pytest.param("6am..9pm", [], ["11: 2d, 3/3 left, 0 over, 0.00 + 0.00"], id="around one"),
        pytest.param(
            "27am..12-04pm",
            ["2am..3pm"],
            ["11: 2d, 1/3 left, 1 over, 30.00 + 0.00", "12: 4d, 3/3 left, 1 over, 30.00 + 0.00"],
            id="over two months",
        ),
    ],
)
def test_personal_leave(asked, others, said):
    assert told(leave(asked), *(leave(other) for other in others)) == said


def test_a_special_case_costs_nothing_and_uses_nothing():
    assert told(leave("9am..13pm", special=True)) == ["11: 5d, 3/3 left, 0 over, 0.00 + 0.00"]
    others = [leave("16am..18pm", special=True)]
    assert told(leave("9am..11pm"), *others) == ["11: 3d, 3/3 left, 0 over, 0.00 + 0.00"]


def test_below_full_pay_a_day_costs_its_share():
    # 6300 over 21 workdays are 300 a day.
    assert told(leave("9am..10pm", "half")) == ["11: 2d, 0 over, 0.00 + 300.00"]
    said = told(leave("9am..10pm", "unpaid"))
    assert said == ["11: 2d, 1/1 left, 1 over, 30.00 + 300.00"]


def test_a_day_of_trip_costs_nothing_and_uses_its_allowance():
    said = told(leave("9am..12pm"), trips=("12",))
    assert said == ["11: 4d, 3/3 left, 1 over, 0.00 + 0.00"]


def test_who_has_no_statement_is_charged_nothing():
    said = told(leave("9am..12pm"), is_charged=False)
    assert said == ["11: 4d, 3/3 left, 1 over, 0.00 + 0.00"]


def test_only_days_of_employment_count():
    assert told(leave("9am..13pm"), who={"left": "2026-11-10"}) == [
        "11: 2d, 3/3 left, 0 over, 0.00 + 0.00"
    ]


def test_the_companys_own_calendar_counts():
    own = {date(2026, 11, 7): True, date(2026, 11, 9): False}
    assert days_counted(leave("6am..9pm"), ground(own=own)) == 2


SPANS = st.tuples(
    st.integers(1, 30), st.sampled_from(Half), st.integers(0, 8), st.sampled_from(Half)
)


def drawn(span: tuple[int, Half, int, Half], kind: str = "personal") -> LeaveFact | None:
    number, start_half, length, end_half = span
    first = date(2026, 11, number)
    last = first + timedelta(days=length)
    if (last, end_half) < (first, start_half):
        return None
    return LeaveFact(kind, first, start_half, last, end_half, False, "x")


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS, max_size=4))
def test_requests_one_after_the_other_come_to_what_all_come_to(spans):
    """Whatever the order, the parts add up; none is ever less than nothing."""
    leaves = [each for each in map(drawn, spans) if each]
    ways = (leaves, leaves[::-1])
    sums = []
    for way in ways:
        costs = [c for n, each in enumerate(way) for c in leave_costs(each, way[:n], ground())]
        assert all(cost.excess >= 0 and cost.fine >= 0 for cost in costs)
        sums.append(sum(cost.excess for cost in costs))
    assert sums[0] == sums[1]


@settings(max_examples=60, deadline=None)
@given(SPANS, st.lists(SPANS, max_size=3))
def test_what_counts_stands_or_is_over(span, others):
    request = drawn(span)
    if request is None:
        return
    beside = [each for each in map(drawn, others) if each]
    for cost in leave_costs(request, beside, ground()):
        both = days_standing("personal", [*beside, request], cost.month, ground())
        before = days_standing("personal", beside, cost.month, ground())
        assert both - before + cost.excess == cost.days
        assert before + cost.left == 3 or before >= 3


def test_clashes_are_of_the_same_half():
    day, next_day = date(2026, 11, 9), date(2026, 11, 10)
    asked = [(day, Half.AM), (next_day, Half.AM), (next_day, Half.PM)]
    away = {7: {(day, Half.PM)}, 8: {(next_day, Half.PM)}, 9: {(next_day, Half.AM)}}
    assert clashes(asked, away, 4) == [Clash(next_day, (8, 9), 4)]

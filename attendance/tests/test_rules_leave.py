"""Which halves of which days are leave, and which are past the allowance (LEA-1, LEA-4, LEA-5)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.days import Half
from attendance.rules.leave import LeaveFact, LeaveTypeFact, leave_halves, unpaid_cost
from core.months import Month
from policy.rules import PolicyBook
from policy.workdays import Workdays

OCTOBER = Month(2026, 10)
WORKDAYS = Workdays()
TYPES = {
    "annual": LeaveTypeFact("annual", monthly_cap_days=Decimal("1.5")),
    "closed": LeaveTypeFact("closed", monthly_cap_days=Decimal(0)),
    "free": LeaveTypeFact("free"),
    "reward": LeaveTypeFact("reward", monthly_cap_days=Decimal(2)),
    # A company's own row cannot raise or lower what the policy says of personal leave.
    "personal": LeaveTypeFact("personal", monthly_cap_days=Decimal(1)),
}


def leave(span: str, kind: str = "personal", *, special: bool = False, why: str = "") -> LeaveFact:
    """`12am..14pm`, `30pm..11-02am`: from one half through another, of October unless told."""
    start, _, end = span.partition("..")
    return LeaveFact(kind, *half_of(start), *half_of(end or start), special, why)


def half_of(text: str) -> tuple[date, Half]:
    day, half = text[:-2], Half(text[-2:])
    month, _, number = day.rpartition("-")
    return date(2026, int(month or 10), int(number)), half


def told(
    *leaves: LeaveFact,
    month: Month = OCTOBER,
    book: PolicyBook | None = None,
    employed: tuple[date, date] = (date(2026, 9, 1), date(2026, 12, 31)),
) -> tuple[str, str]:
    """The halves that stand and those in excess, in order: `12am 12pm`."""
    counts = frozenset(WORKDAYS.between(*employed))
    found = leave_halves(
        leaves, month=month, counts=counts, types=TYPES, book=book or PolicyBook.of([])
    )
    stands = " ".join(f"{e.day.day}{e.half}" for e in found if not e.excess)
    excess = " ".join(f"{e.day.day}{e.half}" for e in found if e.excess)
    return stands, excess


def days(*numbers: int) -> str:
    return " ".join(f"{n}am {n}pm" for n in numbers)


@pytest.mark.parametrize(
    ("span", "stands", "excess"),
    [
        pytest.param("12am", "12am", "", id="a morning"),
        pytest.param("12pm", "12pm", "", id="an afternoon"),
        pytest.param("12am..12pm", days(12), "", id="a day"),
        pytest.param("12pm..13am", "12pm 13am", "", id="afternoon and morning"),
        pytest.param("12am..14pm", days(12, 13, 14), "", id="three days stand"),
        pytest.param("12am..15am", days(12, 13, 14), "15am", id="half a day more"),
        pytest.param("12am..15pm", days(12, 13, 14), days(15), id="a fourth day"),
        pytest.param("12pm..15am", f"12pm {days(13, 14)} 15am", "", id="three days from noon"),
        pytest.param("12pm..15pm", f"12pm {days(13, 14)} 15am", "15pm", id="cut within a day"),
        pytest.param("16am..20pm", days(16, 19, 20), "", id="over a weekend"),
        pytest.param("17am..18pm", "", "", id="a weekend alone"),
        pytest.param("9am..12pm", days(9, 10, 12), "", id="over a make-up Saturday"),
        pytest.param("09-28am..12pm", days(8, 9, 10), days(12), id="over National Day"),
        pytest.param("1am..7pm", "", "", id="National Day alone"),
        pytest.param("29am..11-04pm", days(29, 30), "", id="into the next month"),
        pytest.param("11-02am..11-04pm", "", "", id="the next month alone"),
    ],
)
def test_personal_leave_stands_for_three_workdays(span: str, stands: str, excess: str) -> None:
    assert told(leave(span)) == (stands, excess)


@pytest.mark.parametrize(
    ("month", "stands", "excess"),
    [
        # 29 and 30 October, 2 to 5 November are workdays.
        pytest.param(Month(2026, 10), days(29, 30), "", id="October's part"),
        pytest.param(Month(2026, 11), days(2, 3, 4), days(5), id="November's part"),
        pytest.param(Month(2026, 12), "", "", id="no part"),
    ],
)
def test_over_two_months_each_part_counts_in_its_own(
    month: Month, stands: str, excess: str
) -> None:
    assert told(leave("29am..11-05pm"), month=month) == (stands, excess)


def test_one_day_requests_share_one_allowance() -> None:
    requests = [leave(f"{day}am..{day}pm") for day in (28, 12, 20, 14)]
    assert told(*requests) == (days(12, 14, 20), days(28))


def test_half_day_requests_share_one_allowance() -> None:
    requests = [leave(f"{day}pm") for day in (8, 9, 12, 13, 14, 15, 16)]
    assert told(*requests) == ("8pm 9pm 12pm 13pm 14pm 15pm", "16pm")


def test_two_requests_on_one_day() -> None:
    assert told(leave("15pm"), leave("15am"), leave("12am..13pm")) == (days(12, 13, 15), "")


@pytest.mark.parametrize(
    ("special", "why", "stands", "excess"),
    [
        pytest.param(True, "mother in hospital", days(12, 13, 14, 15, 16), "", id="special"),
        pytest.param(True, "", days(12, 13, 14), days(15, 16), id="no reason"),
        pytest.param(True, "  \n", days(12, 13, 14), days(15, 16), id="a blank reason"),
        pytest.param(False, "mother", days(12, 13, 14), days(15, 16), id="a reason alone"),
    ],
)
def test_a_special_case_needs_its_written_reason(
    special: bool, why: str, stands: str, excess: str
) -> None:
    assert told(leave("12am..16pm", special=special, why=why)) == (stands, excess)


def test_special_days_stand_outside_the_count() -> None:
    special = leave("12am..15pm", special=True, why="mother in hospital")
    ordinary = leave("19am..22pm")
    assert told(special, ordinary) == (days(12, 13, 14, 15, 19, 20, 21), days(22))


def test_special_days_after_the_allowance_stand_too() -> None:
    special = leave("19am..20pm", special=True, why="mother in hospital")
    assert told(leave("12am..15pm"), special) == (days(12, 13, 14, 19, 20), days(15))


@pytest.mark.parametrize(
    ("kind", "stands", "excess"),
    [
        pytest.param("annual", f"{days(12)} 13am", f"13pm {days(14, 15)}", id="one and a half"),
        pytest.param("closed", "", days(12, 13, 14, 15), id="a cap of nothing"),
        pytest.param("free", days(12, 13, 14, 15), "", id="no cap"),
        pytest.param("reward", days(12, 13), days(14, 15), id="the regulation's own, capped"),
        pytest.param("sick", days(12, 13, 14, 15), "", id="the regulation's own, without a row"),
        pytest.param("personal", days(12, 13, 14), days(15), id="personal leave is the policy's"),
    ],
)
def test_a_types_own_cap(kind: str, stands: str, excess: str) -> None:
    assert told(leave("12am..15pm", kind)) == (stands, excess)


def test_each_type_has_its_own_allowance() -> None:
    stands, excess = told(
        leave("12am..14pm"), leave("15am..16am", "annual"), leave("19am..22pm", "sick")
    )
    assert stands == f"{days(12, 13, 14, 15)} 16am {days(19, 20, 21, 22)}"
    assert excess == ""


@pytest.mark.parametrize(
    ("allowance", "stands", "excess"),
    [
        ("0", "", days(12, 13, 14)),
        ("0.5", "12am", f"12pm {days(13, 14)}"),
        ("1", days(12), days(13, 14)),
        ("2.3", days(12, 13), days(14)),  # two days and a half would be more than 2.3
        ("2.5", f"{days(12, 13)} 14am", "14pm"),
        ("2.9", f"{days(12, 13)} 14am", "14pm"),
        ("31", days(12, 13, 14), ""),
    ],
)
def test_the_allowance_is_the_policys(allowance: str, stands: str, excess: str) -> None:
    book = PolicyBook.of([(date(2026, 1, 1), "personal_leave_days", allowance)])
    assert told(leave("12am..14pm"), book=book) == (stands, excess)


@pytest.mark.parametrize(
    ("from_the_14th", "stands", "excess"),
    [
        # 3 days a month until the 13th; 12 and 13 have stood.
        pytest.param("1", days(12, 13), days(14, 15, 16), id="lowered below what was taken"),
        pytest.param("2", days(12, 13), days(14, 15, 16), id="lowered to what was taken"),
        pytest.param("2.5", f"{days(12, 13)} 14am", f"14pm {days(15, 16)}", id="lowered a little"),
        pytest.param("4", days(12, 13, 14, 15), days(16), id="raised"),
    ],
)
def test_a_change_in_mid_month_counts_from_its_day(
    from_the_14th: str, stands: str, excess: str
) -> None:
    book = PolicyBook.of([(date(2026, 10, 14), "personal_leave_days", from_the_14th)])
    assert told(leave("12am..16pm"), book=book) == (stands, excess)


def test_what_was_in_excess_before_a_raise_stays_so_and_uses_nothing() -> None:
    book = PolicyBook.of(
        [
            (date(2026, 10, 1), "personal_leave_days", "1"),
            (date(2026, 10, 14), "personal_leave_days", "3"),
        ]
    )
    assert told(leave("12am..16pm"), book=book) == (days(12, 14, 15), days(13, 16))


def test_days_before_hiring_and_after_leaving_use_nothing() -> None:
    employed = (date(2026, 10, 14), date(2026, 10, 20))
    assert told(leave("9am..30pm"), employed=employed) == (days(14, 15, 16), days(19, 20))


def test_a_leave_of_one_half_has_one_half() -> None:
    assert list(leave("12pm").halves()) == [(date(2026, 10, 12), Half.PM)]


def test_the_halves_of_a_leave_workday_or_not() -> None:
    assert [f"{d.day}{h}" for d, h in leave("16pm..19am").halves()] == [
        "16pm", "17am", "17pm", "18am", "18pm", "19am",
    ]  # fmt: skip


october_days = st.integers(1, 31)
spans = st.tuples(october_days, october_days, st.sampled_from(Half), st.sampled_from(Half))


def a_leave(span: tuple[int, int, Half, Half]) -> LeaveFact:
    start, end = sorted([(date(2026, 10, span[0]), span[2]), (date(2026, 10, span[1]), span[3])])
    return LeaveFact("personal", *start, *end)


@settings(deadline=None)
@given(spans)
def test_asking_half_by_half_changes_nothing(span: tuple[int, int, Half, Half]) -> None:
    whole = a_leave(span)
    pieces = [LeaveFact("personal", d, half, d, half) for d, half in whole.halves()]
    assert told(*reversed(pieces)) == told(whole)


@settings(deadline=None)
@given(spans)
def test_never_more_stands_than_the_allowance(span: tuple[int, int, Half, Half]) -> None:
    stands, excess = told(a_leave(span))
    assert len(stands.split()) <= 6
    # Nothing is called excess while the allowance lasts.
    assert not excess or len(stands.split()) == 6


@settings(deadline=None)
@given(spans)
def test_each_half_of_a_workday_is_found_once(span: tuple[int, int, Half, Half]) -> None:
    asked = a_leave(span)
    stands, excess = told(asked)
    found = f"{stands} {excess}".split()
    due = [f"{d.day}{half}" for d, half in asked.halves() if d in WORKDAYS]
    assert found == due


@pytest.mark.parametrize(
    ("base", "halves", "rate", "workdays", "cost"),
    [
        pytest.param("6000", 2, "0", 21, "285.71", id="a day unpaid"),  # 285.714
        pytest.param("6000", 1, "0", 21, "142.86", id="half a day unpaid"),  # 142.857
        pytest.param("6000", 2, "0.5", 21, "142.86", id="a day at half pay"),
        pytest.param("6000", 3, "0.8", 18, "100.00", id="one and a half at 80 %"),
        pytest.param("6000", 42, "0", 21, "6000.00", id="the whole month"),
        pytest.param("6000", 2, "1", 21, "0.00", id="full pay"),
        pytest.param("0", 2, "0", 21, "0.00", id="no salary"),
        pytest.param("0.01", 1, "0", 1, "0.01", id="half a fen, half up"),  # 0.005
        pytest.param("0.01", 1, "0", 2, "0.00", id="a quarter of a fen"),  # 0.0025
        pytest.param("3000", 2, "0.333333", 22, "90.91", id="a third"),  # 90.909136
    ],
)
def test_what_leave_below_full_pay_costs(
    base: str, halves: int, rate: str, workdays: int, cost: str
) -> None:
    assert str(unpaid_cost(Decimal(base), halves, Decimal(rate), workdays)) == cost


salaries = st.decimals(min_value=0, max_value=10**6, places=2)
pay_rates = st.decimals(min_value=0, max_value=1, places=6)


@settings(deadline=None)
@given(salaries, pay_rates, st.integers(1, 23), st.data())
def test_more_leave_never_costs_less_nor_more_than_the_salary(
    base: Decimal, rate: Decimal, workdays: int, data: st.DataObject
) -> None:
    fewer, more = sorted(data.draw(st.integers(0, 2 * workdays)) for _ in range(2))
    cost = unpaid_cost(base, fewer, rate, workdays)
    assert 0 <= cost <= unpaid_cost(base, more, rate, workdays) <= base

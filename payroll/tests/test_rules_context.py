"""What is over, due and begun as a step of the close sees it; base pay and arrears as charges."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.months import Month
from payroll.charges import base_salary, brought_forward
from payroll.context import CloseContext
from payroll.rules import Account, PersonFacts
from policy.rules import PolicyBook
from policy.workdays import Workdays

OCTOBER = Month(2026, 10)
EVER = date(2020, 1, 1)


def instant(text: str) -> datetime:
    """`10-28 16:00`, on the company's clock in 2026."""
    return clock.from_local(datetime.fromisoformat(f"2026-{text}"))


def person(no: str, hired_on: date = EVER, left_on: date | None = None) -> PersonFacts:
    return PersonFacts(no, "field", hired_on, left_on, Decimal("6000.00"))


def context(as_of: str = "11-01 00:00", *people: PersonFacts) -> CloseContext:
    return CloseContext(
        month=OCTOBER,
        as_of=instant(as_of),
        people=people,
        book=PolicyBook.of([(date(2026, 10, 31), "reserve_monthly", "200")]),
        workdays=Workdays(),
        first_month=Month(2026, 9),
    )


@pytest.mark.parametrize(
    ("as_of", "cutoff_passed", "is_over"),
    [
        ("10-28 15:59:59.999999", False, False),
        ("10-28 16:00", True, False),
        ("10-28 16:00:00.000001", True, False),
        ("10-31 23:59:59.999999", True, False),
        ("11-01 00:00", True, True),
        ("12-24 12:00", True, True),
    ],
)
def test_when_the_cutoff_has_passed_and_when_the_month_is_over(
    as_of: str, cutoff_passed: bool, is_over: bool
) -> None:
    given = context(as_of)
    assert given.has_come(given.collection_month.cutoff) is cutoff_passed
    assert context(as_of).is_over is is_over


@pytest.mark.parametrize(
    ("as_of", "begun", "ended"),
    [
        ("10-11 23:59:59.999999", False, False),
        ("10-12 00:00", True, False),
        ("10-12 23:59:59.999999", True, False),
        ("10-13 00:00", True, True),
    ],
)
def test_when_a_day_has_begun_and_when_it_is_over(as_of: str, begun: bool, ended: bool) -> None:
    day = date(2026, 10, 12)
    assert context(as_of).has_begun(day) is begun
    assert context(as_of).is_due(day) is begun
    assert context(as_of).has_ended(day) is ended


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (None, False),
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ],
    ids=str,
)
def test_only_what_is_dated_in_the_month_is_due_in_it(day: date | None, due: bool) -> None:
    assert context("12-31 00:00").is_due(day) is due


@pytest.mark.parametrize(
    ("first_month", "said_for", "opens"),
    [
        pytest.param("2026-09", "2026-10", True, id="of this month"),
        pytest.param("2026-09", "2026-09", False, id="of a month these books kept"),
        pytest.param("2026-09", "2026-08", False, id="taken in when the books began"),
        pytest.param("2026-10", "2026-10", True, id="of the first month"),
        pytest.param("2026-10", "2026-08", True, id="before the books begin"),
        pytest.param("2026-10", "2026-11", False, id="of a month to come"),
    ],
)
def test_where_an_opening_balance_counts(first_month: str, said_for: str, opens: bool) -> None:
    here = replace(context(), first_month=Month.parse(first_month))
    assert here.opens_here(Month.parse(said_for)) is opens


def test_the_last_version_is_that_of_the_months_last_day() -> None:
    assert context().last_version.reserve_monthly == Decimal(200)
    assert context().book.on(date(2026, 10, 30)).reserve_monthly == Decimal(150)


def test_an_account_without_a_balance_opens_with_nothing() -> None:
    assert context().opening(Account.POOL) == 0
    held = replace(context(), openings={(Account.RESERVE, "Y001"): Decimal("450.00")})
    assert held.opening(Account.RESERVE, "Y001") == Decimal("450.00")
    assert held.opening(Account.RESERVE, "Y002") == 0


def test_marks_are_read_by_their_rule() -> None:
    marked = replace(context(), marks=frozenset({("ATT-3", "Y001"), ("VIS-2", "Y002")}))
    assert marked.marked("ATT-3") == {"Y001"}
    assert marked.marked("ATT-2") == set()


def test_base_pay_is_due_when_the_month_is_over() -> None:
    assert not base_salary(context("10-31 23:59:59", person("Y001"))).charges
    (charge,) = base_salary(context("11-01 00:00", person("Y001"))).charges
    assert (charge.key, charge.on_pay) == ("BASE/Y001/2026-10", Decimal("6000.00"))


def test_base_pay_goes_to_whoever_worked() -> None:
    found = base_salary(
        context(
            "11-01 00:00",
            person("Y001", left_on=date(2026, 9, 30)),
            person("Y002", left_on=date(2026, 10, 8)),
            person("Y003", date(2026, 10, 31)),
            person("Y004", date(2026, 11, 1)),
            replace(person("Y005"), base_salary=Decimal("0.00")),
        )
    )
    assert [(c.employee_no, str(c.amount)) for c in found.charges] == [("Y002", "333.33")]


def owing(amount: str, *people: PersonFacts) -> CloseContext:
    return replace(
        context("11-01 00:00", *people), openings={(Account.ARREARS, "Y001"): Decimal(amount)}
    )


@pytest.mark.parametrize(
    ("arrears", "on_pay"),
    [
        pytest.param("-120.50", ["-120.50"], id="owed"),
        pytest.param("0.00", [], id="nothing owed"),
        pytest.param("5.00", [], id="never a credit"),
    ],
)
def test_what_is_owed_is_brought_forward(arrears: str, on_pay: list[str]) -> None:
    found = brought_forward(owing(arrears, person("Y001"), person("Y002")))
    assert [str(c.on_pay) for c in found.charges] == on_pay
    assert {c.key for c in found.charges} <= {"PAY-6/Y001/2026-10/brought-forward"}


def test_who_has_left_keeps_it_as_arrears() -> None:
    gone = person("Y001", left_on=OCTOBER.first_day - timedelta(days=1))
    assert not brought_forward(owing("-120.50", gone)).charges


def test_who_has_left_and_gets_something_pays_it_first() -> None:
    gone = person("Y001", left_on=OCTOBER.first_day - timedelta(days=1))
    (bonus,) = base_salary(context("11-01 00:00", person("Y001"))).charges
    found = brought_forward(replace(owing("-120.50", gone), earlier=(bonus,)))
    assert [str(c.on_pay) for c in found.charges] == ["-120.50"]

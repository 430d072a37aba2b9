"""The month's fines are shared among those without fault, and the rest carried on (ATT-3)."""

from collections.abc import Iterable
from datetime import date

import pytest

from accounts.models import Person
from attendance.exports import pool_rows
from attendance.models import PoolOpening
from attendance.tests.company import (
    NOVEMBER,
    a_moment_before,
    assessed,
    explain,
    hire,
    instant,
    pay_cash,
    punch,
    rule_from,
    take_leave,
    travel,
    work,
)
from core.money import parse_yuan
from core.months import Month
from payroll.models import Entry
from payroll.rules import Account
from payroll.services import month_close, month_final, waiver_grant

pytestmark = pytest.mark.django_db

OCTOBER, DECEMBER = Month(2026, 10), Month(2026, 12)
A, B, C = (f"ATT-3/Y00{n}/2026-11" for n in (1, 2, 3))
OPENING = "ATT-3/pool/2026-11/opening"


def staff(*numbers: str) -> list[Person]:
    """Salespeople at work, on time, on every workday of November."""
    people = [hire(no) for no in numbers]
    for person in people:
        work(person)
    return people


def be_late(person: Person, days: Iterable[str]) -> None:
    """Not there at nine but at half past, in a month without other punches on those days."""
    person.punches.filter(at__in=[instant(f"{d} 09:00") for d in days]).delete()
    punch(person, *(f"{d} 09:30" for d in days))


def opens_with(month: Month, amount: str) -> None:
    PoolOpening.objects.create(month=month, amount=parse_yuan(amount))


def told(month: Month) -> list[str]:
    """What the pool's table says: carried in, fines, shared out, carried out."""
    return [str(cell) for row in pool_rows(month) for cell in row[1:]]


def test_fines_go_to_those_without_fault() -> None:
    _one, _two, third = staff("Y001", "Y002", "Y003")
    be_late(third, ["11-09"])
    assert assessed().of("ATT-3") == {A: "pool→pay 2.50", B: "pool→pay 2.50"}


def test_shares_are_rounded_down() -> None:
    *_others, late = staff("Y001", "Y002", "Y003", "Y004")
    be_late(late, ["11-09"])
    share = "pool→pay 1.66"
    assert assessed().of("ATT-3") == {A: share, B: share, C: share}


def test_fines_paid_in_cash_are_shared_too() -> None:
    _one, second = staff("Y001", "Y002")
    be_late(second, ["11-09", "11-10"])
    pay_cash(second, "11-09", "in", at=instant("11-09 18:30"))
    assert assessed().of("ATT-3") == {A: "pool→pay 10.00"}


def test_absence_fines_are_the_companys_and_not_shared() -> None:
    _one, second = staff("Y001", "Y002")
    second.punches.filter(at__in=[instant("11-09 09:00"), instant("11-09 18:00")]).delete()
    assert assessed().of("ATT-3") == {}


@pytest.mark.parametrize(
    ("fault", "shares"),
    [
        pytest.param("none", True, id="without fault"),
        pytest.param("late", False, id="late"),
        pytest.param("excused", True, id="late, excused"),
        pytest.param("absent", False, id="absent"),
        pytest.param("half", False, id="absent half a day"),
        pytest.param("leave", True, id="on leave"),
        pytest.param("excess", False, id="on leave past the allowance"),
        pytest.param("trip", True, id="on a trip, without a punch"),
    ],
)
def test_who_is_without_fault(fault: str, shares: bool) -> None:
    second = staff("Y002", "Y003")[0]
    be_late(second, ["11-09"])
    person = hire("Y001")
    free = {"absent": 1, "half": 1, "leave": 3, "excess": 4, "trip": 5}.get(fault, 0)
    days = ["11-16", "11-17", "11-18", "11-19", "11-20"][:free]
    work(person, but=days)
    if fault in ("late", "excused"):
        be_late(person, ["11-16"])
    if fault == "excused":
        explain(person, "11-16", "in")
    if fault == "half":
        punch(person, "11-16 13:00", "11-16 18:00")
    if fault in ("leave", "excess"):
        take_leave(person, f"{days[0]}am..{days[-1]}pm")
    if fault == "trip":
        travel(person, days[0], days[-1])
    assert (A in assessed().of("ATT-3")) is shares
    assert C in assessed().of("ATT-3")


@pytest.mark.parametrize(
    ("hired_on", "left_on", "shares"),
    [
        pytest.param(date(2026, 11, 2), None, True, id="hired on the first workday"),
        pytest.param(date(2026, 11, 3), None, False, id="hired in mid-month"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 30), True, id="left on the last day"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 29), False, id="left a day before"),
        pytest.param(date(2026, 12, 1), None, False, id="not here yet"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 31), False, id="gone"),
    ],
)
def test_joining_or_leaving_in_mid_month_has_no_share(
    hired_on: date, left_on: date | None, shares: bool
) -> None:
    second = staff("Y002")[0]
    be_late(second, ["11-09"])
    work(hire("Y001", on=hired_on, left_on=left_on))
    assert assessed().of("ATT-3") == ({A: "pool→pay 5.00"} if shares else {})


def test_before_the_month_is_over_nothing_is_shared() -> None:
    _one, second = staff("Y001", "Y002")
    be_late(second, ["11-09"])
    assert assessed(as_of=a_moment_before(NOVEMBER.end)).of("ATT-3") == {}
    assert assessed(as_of=NOVEMBER.end).of("ATT-3") == {A: "pool→pay 5.00"}


def test_what_the_company_says_the_pool_opens_with() -> None:
    staff("Y001", "Y002", "Y003")
    opens_with(NOVEMBER, "10.00")
    share = "pool→pay 3.33"
    assert assessed().of("ATT-3") == {OPENING: "company→pool 10.00", A: share, B: share, C: share}


def test_an_opening_counts_before_the_month_is_over() -> None:
    staff("Y001")
    opens_with(NOVEMBER, "10.00")
    found = assessed(as_of=instant("11-02 00:00"))
    assert found.of("ATT-3") == {OPENING: "company→pool 10.00"}


def test_an_opening_before_the_books_begin_counts_in_their_first_month() -> None:
    staff("Y001")
    opens_with(Month(2026, 8), "3.00")
    opens_with(Month(2026, 9), "8.00")
    assert assessed().of("ATT-3") == {
        "ATT-3/pool/2026-09/opening": "company→pool 8.00",
        A: "pool→pay 8.00",
    }


def test_an_opening_of_a_later_month_does_not_count_yet() -> None:
    staff("Y001")
    opens_with(DECEMBER, "8.00")
    assert assessed().of("ATT-3") == {}


def test_a_fine_of_nothing_still_costs_the_share() -> None:
    _one, second = staff("Y001", "Y002")
    be_late(second, ["11-09"])
    rule_from("11-01", "late_fine", "0")
    opens_with(NOVEMBER, "4.00")
    assert assessed().of("ATT-3") == {OPENING: "company→pool 4.00", A: "pool→pay 4.00"}


def test_where_nobody_qualifies_all_of_it_goes_to_the_next_month() -> None:
    person = hire("Y001")
    work(person, month=OCTOBER, but=["10-12"])
    punch(person, "10-12 09:30", "10-12 18:00")
    work(person, month=NOVEMBER)
    month_close(month=OCTOBER, as_of=OCTOBER.end)
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert told(OCTOBER) == ["0.00", "5.00", "0.00", "5.00"]
    assert told(NOVEMBER) == ["5.00", "0.00", "5.00", "0.00"]


def test_the_fen_left_over_go_to_the_next_month() -> None:
    people = [hire(f"Y00{n}") for n in range(1, 5)]
    for person in people:
        work(person, month=OCTOBER)
        work(person, month=NOVEMBER)
    be_late(people[3], ["10-12"])
    be_late(people[3], ["11-09"])
    month_close(month=OCTOBER, as_of=OCTOBER.end)
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    # 5.00 = 3 × 1.66 + 0.02; 5.02 = 3 × 1.67 + 0.01.
    assert told(OCTOBER) == ["0.00", "5.00", "4.98", "0.02"]
    assert told(NOVEMBER) == ["0.02", "5.00", "5.01", "0.01"]


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        pytest.param("5.00", None, id="what the books say"),
        pytest.param("7.00", "company→pool 2.00", id="more"),
        pytest.param("1.50", "pool→company 3.50", id="less"),
        pytest.param("0.00", "pool→company 5.00", id="nothing"),
    ],
)
def test_an_opening_is_held_against_what_the_books_carried(said: str, gap: str | None) -> None:
    person = hire("Y001")
    work(person, month=OCTOBER, but=["10-12"])
    punch(person, "10-12 09:30", "10-12 18:00")
    month_close(month=OCTOBER, as_of=OCTOBER.end)
    work(person, month=NOVEMBER)
    opens_with(NOVEMBER, said)
    shares = {} if said == "0.00" else {A: f"pool→pay {said}"}
    assert assessed().of("ATT-3") == ({OPENING: gap} if gap else {}) | shares


def test_a_waived_fine_is_not_in_the_pool_but_the_fault_stays() -> None:
    one, second = staff("Y001", "Y002")
    be_late(second, ["11-09", "11-10"])
    be_late(one, ["11-11"])
    staff("Y003")
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert told(NOVEMBER) == ["0.00", "15.00", "15.00", "0.00"]
    waiver_grant(key="ATT-2/Y002/2026-11-09/in", reason="the lift was stuck", actor=None)
    waiver_grant(key="ATT-2/Y001/2026-11-11/in", reason="the lift was stuck", actor=None)
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    # Y001 keeps her fault, though she is left without a fine.
    assert told(NOVEMBER) == ["0.00", "5.00", "5.00", "0.00"]
    shares = Entry.objects.standing().filter(rule="ATT-3")
    assert [(e.employee_no, str(e.amount)) for e in shares] == [("Y003", "5.00")]


def test_an_excuse_accepted_before_the_final_moves_the_shares() -> None:
    _one, second, third = staff("Y001", "Y002", "Y003")
    be_late(second, ["11-09"])
    be_late(third, ["11-10"])
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert told(NOVEMBER) == ["0.00", "10.00", "10.00", "0.00"]
    explain(second, "11-09", "in")
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    standing = Entry.objects.standing().filter(rule="ATT-3").order_by("key")
    assert [(e.key, str(e.amount)) for e in standing] == [(A, "2.50"), (B, "2.50")]
    assert told(NOVEMBER) == ["0.00", "5.00", "5.00", "0.00"]


def test_after_the_final_corrections_touch_only_the_current_months_pool() -> None:
    one, second = staff("Y001", "Y002")
    be_late(second, ["11-09"])
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    month_final(month=NOVEMBER, early_reason="a test")
    explain(second, "11-09", "in")
    for person in (one, second):
        work(person, month=DECEMBER)
    be_late(second, ["12-07", "12-08"])
    month_close(month=DECEMBER, as_of=DECEMBER.end)
    # November's share of 5.00 stays paid; the fine given back comes out of December's 10.00.
    assert told(NOVEMBER) == ["0.00", "5.00", "5.00", "0.00"]
    december = Entry.objects.filter(pay_month=DECEMBER, rule="ATT-2", reverses__isnull=False)
    assert [(e.for_month, e.source, e.target) for e in december] == [(NOVEMBER, "pool", "pay")]
    shares = Entry.objects.standing().filter(rule="ATT-3").order_by("for_month")
    assert [(str(e.for_month), e.employee_no, str(e.amount)) for e in shares] == [
        ("2026-11", "Y001", "5.00"),
        ("2026-12", "Y001", "5.00"),
    ]
    assert Entry.objects.balances()[Account.POOL, ""] == 0

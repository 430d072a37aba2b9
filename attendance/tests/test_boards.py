"""Calendar, grid and today's board: one judgement, seen by whom it concerns (ATT-1, ORG-1)."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from attendance.boards.days import JudgedDay, Mark, Phase
from attendance.boards.judged import judged_month
from attendance.models import Device, Outing, Punch
from attendance.tests.company import (
    NOVEMBER,
    assessed,
    day,
    declare,
    explain,
    hire,
    instant,
    punch,
    take_leave,
    travel,
    work,
)
from core import clock
from core.months import Month
from tests import cast
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)
from tests.query_counts import FRAME

NOW = instant("11-25 10:00")  # a Wednesday
GRID = reverse("attendance_grid", args=[NOVEMBER])
TODAY = reverse("attendance_today")


@pytest.fixture(autouse=True)
def company(db) -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def judged(person: Person, on: str, *, now: str = "12-01 00:00", month: Month = NOVEMBER):
    found = judged_month([person], month, now=instant(now))
    return found.of[person.employee_no][day(on)]


def marks(person: Person, on: str, **more: Any) -> str:
    return " ".join(judged(person, on, **more).marks)


# One judgement.


def test_every_kind_of_day():
    her = hire("S1")
    punch(her, "11-02 08:59", "11-02 18:00")
    punch(her, "11-03 09:05", "11-03 18:00")
    punch(her, "11-04 08:50", "11-04 17:59:59")
    punch(her, "11-05 08:50")
    punch(her, "11-09 09:30", "11-09 17:00")
    explain(her, "11-09", "in")
    take_leave(her, "11-10am..11-10pm")
    take_leave(her, "11-11am..11-11am")
    punch(her, "11-11 13:10", "11-11 18:00")
    travel(her, "11-12", "11-13")
    punch(her, "11-16 13:00", "11-16 18:00")
    expected = {
        "11-01": "",
        "11-02": "present",
        "11-03": "late",
        "11-04": "early",
        "11-05": "missing",
        "11-06": "absent",
        "11-07": "",
        "11-09": "early excused",
        "11-10": "leave",
        "11-11": "late leave",
        "11-12": "trip",
        "11-16": "absent",
    }
    assert {on: marks(her, on) for on in expected} == expected


def test_it_is_what_the_close_charges():
    """Whatever the calendar calls late, early, missing or absent is a charge, and nothing else."""
    her = hire("S1")
    work(her, but=("11-03", "11-04", "11-05", "11-06", "11-18"))
    punch(her, "11-03 09:05", "11-03 17:00")
    punch(her, "11-05 13:00", "11-05 18:00")
    punch(her, "11-06 18:10")
    take_leave(her, "11-18am..11-18pm")
    days = judged_month([her], NOVEMBER, now=NOVEMBER.end).of["S1"].values()
    told = {
        *(f"ATT-2/S1/{each.day}/{side.side}" for each in days for side in each.incidents),
        *(f"ATT-4/S1/{each.day}" for each in days if each.absent or each.excess),
    }
    assert told == set(assessed().of("ATT-2", "ATT-4"))
    assert len(told) == 5


def test_leave_past_the_allowance_shows_as_absence():
    her = hire("S1")
    take_leave(her, "11-02am..11-05pm")
    assert [marks(her, f"11-0{n}") for n in (2, 3, 4, 5)] == ["leave"] * 3 + ["absent"]


def test_before_hiring_and_after_leaving_days_are_blank():
    her = hire("S1", on=day("11-05"), left_on=day("11-20"))
    punch(her, "11-04 09:30")
    phases = {on: judged(her, on).phase for on in ("11-04", "11-05", "11-20", "11-23")}
    assert phases == {
        "11-04": Phase.NOT_EMPLOYED,
        "11-05": Phase.OVER,
        "11-20": Phase.OVER,
        "11-23": Phase.NOT_EMPLOYED,
    }
    assert marks(her, "11-04") == marks(her, "11-23") == ""
    assert marks(her, "11-20") == "absent"


def test_a_make_up_saturday_is_a_workday():
    her = hire("S1")
    assert marks(her, "11-14") == ""
    declare("11-14", workday=True)
    assert marks(her, "11-14") == "absent"
    punch(her, "11-14 09:01", "11-14 18:00")
    assert marks(her, "11-14") == "late"


def test_a_holiday_declared_after_the_fact_asks_nothing_any_more():
    her = hire("S1")
    punch(her, "11-17 09:30", "11-17 17:00")
    assert marks(her, "11-16") == "absent"
    assert marks(her, "11-17") == "late early"
    declare("11-16", workday=False)
    declare("11-17", workday=False)
    assert (marks(her, "11-16"), marks(her, "11-17")) == ("", "present")
    assert judged(her, "11-17").due is None


def test_today_is_judged_as_far_as_it_has_come():
    her = hire("S1")
    punch(her, "11-25 09:10")
    assert marks(her, "11-25", now="11-25 10:00") == "late"
    assert marks(her, "11-25", now="11-25 23:59:59") == "late"
    assert marks(her, "11-25", now="11-26 00:00") == "missing late"
    other = hire("S2")
    assert marks(other, "11-25", now="11-25 23:59:59") == ""
    assert marks(other, "11-25", now="11-26 00:00") == "absent"
    assert judged(other, "11-26", now="11-25 10:00").phase == Phase.AHEAD


@pytest.mark.parametrize(
    ("at", "on"),
    [
        ("11-25 23:59:59", "11-25"),
        ("11-26 00:00", "11-26"),
        ("11-30 23:59:59.999999", "11-30"),
    ],
)
def test_a_punch_is_of_the_companys_day(at, on):
    her = hire("S1")
    punch(her, at)
    days = judged_month([her], NOVEMBER, now=NOVEMBER.end).of["S1"].values()
    assert [f"{each.day:%m-%d}" for each in days if each.punches] == [on]


def test_the_next_month_begins_at_midnight():
    her = hire("S1")
    punch(her, "12-01 00:00")
    days = judged_month([her], NOVEMBER, now=instant("12-02 00:00")).of["S1"].values()
    assert not any(each.punches for each in days)
    assert judged(her, "12-01", month=Month(2026, 12)).punches == (instant("12-01 00:00"),)


def test_marks_are_told_the_gravest_first():
    assert next(iter(Mark)) == Mark.ABSENT
    assert JudgedDay(day("11-02"), Phase.OVER, on_trip=True).marks == (Mark.TRIP,)


# The pages: whom they show.


@pytest.fixture
def people() -> None:
    cast.people_make()


def someone(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def text_of(who: str, address: str, **more: Any) -> str:
    answer = client_of(who).get(address, **more)
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def month_page(no: str, month: Month = NOVEMBER) -> str:
    return reverse("attendance_month", args=[month, no])


def day_page(no: str, number: int) -> str:
    return reverse("attendance_day", args=[NOVEMBER, no, number])


def names(who: str, address: str) -> set[str]:
    text = text_of(who, address)
    return {person.employee_no for person in Person.objects.salespeople() if person.name in text}


SEEN = {
    SUPERVISOR: {SHE, MATE},
    OTHER_SUPERVISOR: {STRANGER},
    MANAGER: {SHE, MATE, STRANGER},
    LEADER: {SHE, MATE, STRANGER},
    PERSONNEL: {SHE, MATE, STRANGER},
}


@pytest.mark.parametrize("address", [GRID, TODAY])
def test_each_sees_their_own_people(people, address):
    assert {who: names(who, address) for who in SEEN} == SEEN
    for who in (SHE, FINANCE):
        assert client_of(who).get(address).status_code == 403


@pytest.mark.parametrize("page", [month_page, lambda no: day_page(no, 3)])
def test_a_stranger_finds_no_month(people, page):
    for who in (SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL):
        assert client_of(who).get(page(SHE)).status_code == 200
    for who in (MATE, STRANGER, OTHER_SUPERVISOR, FINANCE):
        assert client_of(who).get(page(SHE)).status_code == 404
    assert client_of(FINANCE).get(page(FINANCE)).status_code == 404


def test_who_is_no_salesperson_is_not_judged(people):
    Punch.objects.create(person=someone(SUPERVISOR), at=instant("11-03 10:00"))
    page = client_of(SUPERVISOR).get(month_page(SUPERVISOR)).text
    assert "without a verdict" in page
    assert "10:00" in page
    assert page.count("at-absent") == page.count("at-late") == 1  # in the legend
    hers = client_of(SUPERVISOR).get(month_page(SHE)).text
    assert hers.count("at-absent") > 15


def test_one_team_is_chosen(people):
    assert names(MANAGER, f"{GRID}?team=销售1组") == {SHE, MATE}
    assert names(MANAGER, f"{TODAY}?team=销售2组") == {STRANGER}
    assert names(SUPERVISOR, f"{GRID}?team=销售2组") == set()
    assert names(MANAGER, f"{GRID}?team=%00&page=x") == set()


def test_a_day_opens_to_its_punches(people):
    her, machine = someone(SHE), Device.objects.create(name="Gate", token_sha256="0" * 64)
    Punch.objects.create(
        person=her, at=instant("11-03 09:05:07"), source="web", came_at=instant("11-03 09:05:07"),
        latitude=29.5, longitude=121.25, accuracy=12,
    )  # fmt: skip
    Punch.objects.create(
        person=her, at=instant("11-03 18:00"), source="device", device=machine,
        came_at=instant("11-04 08:00"),
    )  # fmt: skip
    Punch.objects.create(person=her, at=instant("11-03 12:00"), source="web")
    text = text_of(SHE, day_page(SHE, 3))
    for said in (
        "came at 09:05, due at 09:00",
        "09:05:07",
        "29.50000, 121.25000 within 12 m",
        "Gate",
        "came late: Nov. 4, 2026 08:00",
        "no place given",
    ):
        assert said in text, said
    assert text.count("came late:") == 1
    fragment = client_of(SHE).get(day_page(SHE, 3), headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert "09:05:07" in fragment


@pytest.mark.parametrize("number", [0, 31, 99, 10**12])
def test_a_day_that_is_none_is_not_found(people, number):
    assert client_of(SHE).get(day_page(SHE, number)).status_code == 404


def test_months_go_on_as_far_as_there_are_pages(people):
    answer = client_of(SHE).get(month_page(SHE)).text
    assert month_page(SHE, Month(2026, 10)) in answer
    assert month_page(SHE, Month(2026, 12)) in answer
    last = month_page(SHE, Month(2027, 12))
    assert month_page(SHE, Month(2028, 1)) not in client_of(SHE).get(last).text
    assert client_of(SHE).get("/attendance/2028-01/Y001/").status_code == 404


def test_who_is_where_now(people):
    her, mate, stranger = map(someone, (SHE, MATE, STRANGER))
    punch(her, "11-25 09:10")
    travel(mate, "11-25", "11-26")
    Outing.objects.create(
        person=stranger, start_at=instant("11-25 09:00"), end_at=instant("11-25 11:00"),
        whom="North Mill", status="approved",
    )  # fmt: skip
    text = text_of(MANAGER, TODAY)
    assert "here, came late 1 吴伟 09:10" in text
    assert "on a trip 1 韩娜" in text
    assert "at a customer 1 金敏 09:00–11:00 North Mill" in text
    assert "not yet here 0 nobody" in text
    with clock.set_to(instant("11-25 11:00")):
        assert "not yet here 1 金敏" in text_of(MANAGER, TODAY)
    with clock.set_to(instant("11-28 10:00")):
        text = text_of(MANAGER, TODAY)
        assert "Today is no workday." in text
        assert "not yet here 0" in text
        assert "day off 3" in text


def test_the_board_fetches_itself(people):
    page = client_of(MANAGER).get(TODAY).text
    assert 'hx-trigger="every 60s"' in page
    fragment = client_of(MANAGER).get(TODAY, headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert 'hx-trigger="every 60s"' in fragment


# Five hundred people.


@contextmanager
def counted() -> Iterator[list[str]]:
    found: list[str] = []
    with CaptureQueriesContext(connection) as asked:
        yield found
    found += [query["sql"] for query in asked if not FRAME.match(query["sql"])]


def five_hundred() -> None:
    """Each works the month in their own way: no two rows alike, as in life."""
    her = someone(SHE)
    family, given = "赵钱孙李周吴郑王", "伟芳娜敏静丽强磊"
    people = Person.objects.bulk_create(
        Person(
            employee_no=f"G{n:03}",
            name=f"{family[n % 8]}{given[n // 8 % 8]}{n}",
            roles="salesperson",
            team=f"销售{n % 9}组",
            channel="field",
            hired_on=her.hired_on,
            supervisor=her.supervisor,
        )
        for n in range(500)
    )
    rows = []
    for n, person in enumerate(people):
        for number in range(1, 25):
            kind = (n * 7 + number * (n % 11 + 3)) % 13
            start, end = instant(f"11-{number:02} 08:50"), instant(f"11-{number:02} 18:05")
            if kind == 0:
                continue
            rows.append(Punch(person=person, at=start + timedelta(minutes=20 * (kind == 1))))
            if kind != 2:
                rows.append(Punch(person=person, at=end - timedelta(minutes=30 * (kind == 3))))
    Punch.objects.bulk_create(rows, batch_size=5000)


def test_a_grid_of_five_hundred_is_light(people):
    browser = client_of(MANAGER)
    browser.get(GRID)
    with counted() as few:
        browser.get(GRID)
    five_hundred()
    with counted() as many:
        answer = browser.get(GRID)
    assert len(many) == len(few) <= 12, "\n".join(many)
    assert answer.text.count("<tr") >= 500
    compressed = len(gzip.compress(answer.content))
    assert compressed < 150_000, compressed
    assert answer.text.count('class="at-late"') > 500
    assert 'aria-current="page"' in answer.text  # 503 people are two pages
    assert browser.get(f"{GRID}?page=2").text.count('scope="row"') == 3
    assert browser.get(f"{GRID}?page=999999").text.count('scope="row"') == 3
    assert browser.get(f"{GRID}?page=-1").text.count('scope="row"') == 500
    with counted() as board:
        assert "李强499" in browser.get(TODAY).text
    assert len(board) <= 12

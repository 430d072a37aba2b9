"""What the company says of a day afterwards counts as if it had always been so (TIME-4, PAY-1)."""

from datetime import UTC, datetime

import pytest

from attendance.tests.company import (
    NOVEMBER,
    assessed,
    declare,
    hire,
    instant,
    punch,
    take_leave,
    work,
)
from core.months import Month
from payroll.assessment import context_of
from payroll.models import Entry
from payroll.querysets import statement_lines
from payroll.services import month_close
from policy.models import CalendarDay

pytestmark = pytest.mark.django_db

ABSENT = "pay→company 30.00"


def test_a_holiday_declared_afterwards_was_no_absence() -> None:
    work(hire("Y001"), but=["11-12"])
    assert assessed().all == {"ATT-4/Y001/2026-11-12": ABSENT}
    declare("11-12", workday=False)
    assert assessed().all == {}
    assert assessed().at_fault == set()


def test_nobody_is_late_on_a_holiday() -> None:
    person = hire("Y001")
    work(person, but=["11-12"])
    punch(person, "11-12 14:00")
    declare("11-12", workday=False)
    assert assessed().all == {}


def test_a_saturday_declared_a_workday_is_looked_at() -> None:
    work(hire("Y001"))
    declare("11-14", workday=True)
    assert assessed().all == {"ATT-4/Y001/2026-11-14": ABSENT}


def test_a_word_taken_back() -> None:
    work(hire("Y001"))
    declare("11-14", workday=True)
    CalendarDay.objects.update(is_workday=False)
    assert assessed().all == {}


def test_leave_over_a_holiday_uses_no_allowance() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11", "11-12"])
    take_leave(person, "11-09am..11-12pm")
    declare("11-10", workday=False)
    assert assessed().all == {}


def test_national_day_and_its_make_up_saturday() -> None:
    october = Month(2026, 10)
    hire("Y001")
    absent = list(assessed(october).of("ATT-4"))
    assert len(absent) == 18
    assert absent[:3] == [f"ATT-4/Y001/2026-10-{n}" for n in ("08", "09", "10")]


def test_a_28th_that_is_a_holiday_is_not_looked_at_but_still_the_cutoff() -> None:
    october = Month(2026, 10)
    work(hire("Y001"), month=october, but=["10-28"])
    declare("10-28", workday=False)
    assert assessed(october).all == {}
    context = context_of(month=october, as_of=october.end)
    assert context.collection_month.cutoff == datetime(2026, 10, 28, 8, tzinfo=UTC)


def test_a_28th_on_a_weekend_is_not_looked_at() -> None:
    # 28 November 2026 is a Saturday.
    work(hire("Y001"))
    assert assessed(as_of=instant("11-29 00:00")).all == {}


def test_the_ledger_follows_the_calendar() -> None:
    work(hire("Y001"), but=["11-12"])
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert f"{statement_lines(NOVEMBER)['Y001']['ATT-4']}" == "-30.00"

    declare("11-12", workday=False)
    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert statement_lines(NOVEMBER)["Y001"]["ATT-4"] == 0
    posted = Entry.objects.filter(rule="ATT-4")
    assert [(e.source, e.target, e.reverses_id is None) for e in posted] == [
        ("pay", "company", True),
        ("company", "pay", False),
    ]

    month_close(month=NOVEMBER, as_of=NOVEMBER.end)
    assert posted.count() == 2

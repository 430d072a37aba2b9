"""IOU-1: by when an IOU is due, and what of it is missing. Without a database."""

from datetime import date, datetime

import pytest

from core import clock
from policy.workdays import Workdays
from receivables.rules.ious import (
    IouFact,
    IouState,
    iou_due,
    iou_state,
    last_day_due,
    unpaid_on,
)
from receivables.rules.overdue import OrderMoney
from tests.builders import at, book, day, yuan

NATIONAL = Workdays()


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        ("2026-10-14", "2026-10-15 18:00"),  # a Wednesday
        ("2026-10-16", "2026-10-19 18:00"),  # a Friday: Monday
        ("2026-10-17", "2026-10-19 18:00"),  # a Saturday
        ("2026-10-18", "2026-10-19 18:00"),  # a Sunday
        ("2026-09-30", "2026-10-08 18:00"),  # before the national days
        ("2026-10-03", "2026-10-08 18:00"),  # within them
        ("2026-12-31", "2027-01-04 18:00"),  # New Year is a Friday
    ],
)
def test_due_by_the_end_of_work_of_the_next_workday(delivered, due):
    assert iou_due(day(delivered), NATIONAL, book()) == at(due)


def test_the_companys_own_days_and_the_policy_of_the_day_count():
    own = Workdays({date(2026, 10, 15): False})
    assert iou_due(day("2026-10-14"), own, book()) == at("2026-10-16 18:00")
    earlier = book("2026-10-15 work_end 17:30")
    assert iou_due(day("2026-10-13"), NATIONAL, earlier) == at("2026-10-14 18:00")
    assert iou_due(day("2026-10-14"), NATIONAL, earlier) == at("2026-10-15 17:30")


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-10-15 18:00", "2026-10-13"),  # the very end of work is still in time
        ("2026-10-15 18:00:00.000001", "2026-10-14"),
        ("2026-10-19 17:00", "2026-10-15"),  # a Monday: Friday's are due tonight
        ("2026-10-19 18:01", "2026-10-18"),
        ("2026-10-07 12:00", "2026-09-29"),  # in the national days
        ("2026-10-09 00:00", "2026-10-07"),
    ],
)
def test_the_last_day_whose_iou_is_overdue(now, last):
    assert last_day_due(at(now), NATIONAL, book()) == day(last)


def test_all_days_up_to_it_are_overdue_and_none_after():
    now = at("2026-10-12 09:00")
    last = last_day_due(now, NATIONAL, book())
    for n in range(60):
        delivered = date.fromordinal(last.toordinal() - 30 + n)
        assert (iou_due(delivered, NATIONAL, book()) < now) == (delivered <= last)


# What was delivered, what came in, the IOUs and their originals; then where it stands.
DELIVERED = "2026-10-16"  # a Friday: due on Monday the 19th at 18:00
IN_TIME, LATE = "2026-10-19 18:00", "2026-10-19 18:01"


@pytest.mark.parametrize(
    ("paid", "ious", "in_time", "late"),
    [
        pytest.param({}, [], "to_come", "missing", id="nothing paid, no IOU"),
        pytest.param({}, [("1000", False)], "original_to_come", "original_missing", id="copy"),
        pytest.param({}, [("1000", True)], "complete", "complete", id="with its original"),
        pytest.param({}, [("999.99", True)], "to_come", "missing", id="a fen too little"),
        pytest.param({}, [("400", True), ("600", True)], "complete", "complete", id="two IOUs"),
        pytest.param(
            {}, [("400", True), ("600", False)], "original_to_come", "original_missing", id="one of"
        ),
        pytest.param({"2026-10-19": "1000"}, [], "not_needed", "not_needed", id="paid in between"),
        pytest.param({"2026-10-16": "1000"}, [], "not_needed", "not_needed", id="paid at once"),
        pytest.param({"2026-10-17": "400"}, [], "to_come", "missing", id="partly paid"),
        pytest.param({"2026-10-17": "400"}, [("600", True)], "complete", "complete", id="the rest"),
        pytest.param({"2026-10-20": "1000"}, [], "to_come", "missing", id="paid the day after"),
    ],
)
def test_where_an_iou_stands(paid, ious, in_time, late):
    order = OrderMoney(
        [(day(DELIVERED), yuan("1000"))], [(day(on), yuan(much)) for on, much in paid.items()]
    )
    assert [_state(order, ious, now) for now in (IN_TIME, LATE)] == [in_time, late]


def _state(order: OrderMoney, ious: list[tuple[str, bool]], now: str) -> str:
    evening = clock.local_date(at(now))
    unpaid = unpaid_on(order, day(DELIVERED), evening, book())
    facts = [IouFact(yuan(amount), original) for amount, original in ious]
    due: datetime = iou_due(day(DELIVERED), NATIONAL, book())
    return iou_state(unpaid, facts, due=due, now=at(now)).value


def test_goods_that_came_back_need_no_iou():
    """What counts of a delivery is its amount less what was returned (SLIP-6)."""
    part = OrderMoney([(day(DELIVERED), yuan("1000") - yuan("300"))])
    assert _state(part, [("700", True)], LATE) == IouState.COMPLETE
    assert _state(part, [("699", True)], LATE) == IouState.MISSING
    assert _state(OrderMoney([(day(DELIVERED), yuan("0"))]), [], LATE) == IouState.NOT_NEEDED


def test_money_of_the_order_pays_the_earliest_delivery():
    order = OrderMoney(
        [(day("2026-10-12"), yuan("500")), (day(DELIVERED), yuan("1000"))],
        [(day("2026-10-17"), yuan("800"))],
    )
    assert unpaid_on(order, day("2026-10-12"), day("2026-10-17"), book()) == 0
    assert unpaid_on(order, day(DELIVERED), day("2026-10-17"), book()) == yuan("700")
    assert unpaid_on(order, day(DELIVERED), day("2026-10-16"), book()) == yuan("1000")
    assert unpaid_on(order, day("2026-10-13"), day("2026-10-17"), book()) == 0

"""What of the closes is due, asked of the database: whenever it is asked, however late."""

import pytest

from core.models import JobRun
from core.tasks import tick
from payroll.models import PayMonth
from payroll.schedule import cutoffs, days, month_ends
from tests.builders import at, customer, person, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.jobs.current_app.send_task", lambda *_a, **_k: None)


@pytest.fixture
def november() -> None:
    """Books whose current month has facts, and no close so far."""
    visit(person(), customer(), "2026-11-03 10:00")


def closed(month: str, as_of: str, *, final: bool = False) -> None:
    state = PayMonth.State.FINAL if final else PayMonth.State.CLOSED
    PayMonth.objects.update_or_create(
        month=month,
        defaults={
            "state": state,
            "closed_at": at(as_of),
            "closed_as_of": at(as_of),
            "final_at": at(as_of) if final else None,
        },
    )


def due(schedule, now: str) -> list[tuple[str, str]]:
    instant = at(now)
    return [(d.subject, f"{d.at:%m-%d %H:%M}") for d in schedule(instant) if d.at <= instant]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-11-28 15:59:59", []),
        ("2026-11-28 16:00", [("2026-11", "11-28 08:00")]),
        ("2026-12-01 09:00", [("2026-11", "11-28 08:00")]),
    ],
)
def test_the_cutoff_is_due_on_the_28th_at_four_and_ever_after(november, now, found):
    closed("2026-11", "2026-11-28 00:10")
    assert due(cutoffs, now) == found


def test_the_cutoff_is_done_once_a_close_came_after_it(november):
    closed("2026-11", "2026-11-28 16:00")
    assert due(cutoffs, "2026-11-30 12:00") == []


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-12-01 00:29:59", []),
        ("2026-12-01 00:30", [("2026-11", "11-30 16:30")]),
        ("2026-12-24 00:00", [("2026-11", "11-30 16:30")]),
    ],
)
def test_the_month_closes_half_an_hour_into_the_next(november, now, found):
    closed("2026-11", "2026-11-30 00:10")
    assert due(month_ends, now) == found


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-11-24 00:09:59", []),
        ("2026-11-24 00:10", [("2026-11", "11-23 16:10")]),
        ("2026-11-24 23:59", [("2026-11", "11-23 16:10")]),
    ],
)
def test_yesterday_is_looked_at_ten_minutes_into_the_day(november, now, found):
    closed("2026-11", "2026-11-23 00:10")
    assert due(days, now) == found


def test_three_days_missed_are_one_close(november):
    closed("2026-11", "2026-11-21 00:10")
    assert due(days, "2026-11-24 09:00") == [("2026-11", "11-23 16:10")]


def test_books_nobody_has_begun_begin_with_the_first_fact_of_the_current_month(november):
    assert due(days, "2026-11-24 09:00") == [("2026-11", "11-23 16:10")]
    assert due(month_ends, "2026-12-24 09:00") == []  # nothing is known of December


def test_months_long_past_are_left_to_people():
    visit(person(), customer(), "2026-10-03 10:00")
    for schedule in (days, cutoffs, month_ends):
        assert due(schedule, "2026-11-24 09:00") == []


def test_final_months_are_done():
    visit(person(), customer(), "2026-10-03 10:00")
    closed("2026-10", "2026-10-31 12:00", final=True)
    assert due(month_ends, "2026-11-24 09:00") == []


def test_months_left_out_are_made_up_for(november):
    visit(person("Y2"), customer(), "2026-10-03 10:00")
    closed("2026-10", "2026-10-20 00:10")
    assert due(cutoffs, "2026-12-02 00:00") == [
        ("2026-10", "10-28 08:00"),
        ("2026-11", "11-28 08:00"),
    ]


def test_what_comes_next_is_told(november):
    instant = at("2026-11-24 09:00")
    closed("2026-11", "2026-11-24 00:10")
    assert [f"{d.at:%m-%d %H:%M}" for f in (days, cutoffs, month_ends) for d in f(instant)] == [
        "11-24 16:10",
        "11-28 08:00",
        "11-30 16:30",
    ]


def test_many_ticks_make_one_run(november, monkeypatch):
    from core import clock

    with clock.set_to(at("2026-11-28 16:00:20")):
        tick()
        tick()
    with clock.set_to(at("2026-11-28 16:01:20")):
        tick()
    kinds = list(JobRun.objects.order_by("kind").values_list("kind", flat=True))
    assert [kinds.count(kind) for kind in ("attendance", "cutoff", "reminders")] == [1, 1, 1]

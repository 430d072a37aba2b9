"""A trip applied for, corrected, withdrawn (TRIP-1)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from attendance.models import Leave, Trip, TripCustomer, TripDay
from attendance.services.trips import (
    overlapping_leave,
    trip_ask,
    trip_correct,
    trip_withdraw,
)
from attendance.services.trips_deciding import trip_approve, trip_refuse
from attendance.services.trips_keeping import ChangedMeanwhile, TripRefused
from attendance.tests.trips import ask, planned, someone, user
from core import clock
from core.models import AuditRow
from notices.models import Notice
from tests.builders import at, day
from tests.cast import LEADER, MANAGER, MATE, SHE, SUPERVISOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def told(no: str) -> list[str]:
    return list(Notice.objects.filter(person__employee_no=no).values_list("text", flat=True))


def test_it_waits_with_its_plan_and_the_supervisor_is_told():
    trip = ask(SHE, "11-10", "11-12")
    assert (trip.status, trip.version, trip.filed_at) == ("pending", 0, clock.now())
    assert list(TripDay.objects.values_list("date", "plan")) == [
        (day(f"2026-11-{n}"), f"plan of 2026-11-{n}") for n in (10, 11, 12)
    ]
    assert list(TripCustomer.objects.values_list("telephoned", flat=True)) == [True] * 3
    assert told(SUPERVISOR) == ["%(name)s applies for a trip from %(from)s to %(to)s"]
    assert Notice.objects.get(person__employee_no=SUPERVISOR).due == at("2026-11-10 00:00")
    assert told(SHE) == told(MANAGER) == []
    assert AuditRow.objects.filter(action="ask trip", subject=f"trip {trip}").count() == 1


@pytest.mark.parametrize(("who", "decides"), [(SUPERVISOR, MANAGER), (MANAGER, LEADER)])
def test_whose_word_it_waits_for(who, decides):
    ask(who, "11-10")
    assert len(told(decides)) == 1
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(lambda: planned("11-12", "11-12", purpose=" "), id="no purpose"),
        pytest.param(lambda: replace(planned("11-12"), end_on=day("2026-11-11")), id="ends before"),
        pytest.param(lambda: planned("11-12", "12-13"), id="32 days"),
        pytest.param(lambda: planned("11-01"), id="yesterday"),
        pytest.param(lambda: planned("11-02"), id="today: the first day has begun"),
        pytest.param(lambda: replace(planned("11-12", "11-13"), days=()), id="no plan"),
        pytest.param(
            lambda: replace(planned("11-12", "11-13"), days=planned("11-12").days),
            id="a day without a plan",
        ),
        pytest.param(
            lambda: replace(
                planned("11-12"), days=[replace(planned("11-12").days[0], plan="  ")]
            ),
            id="an empty plan",
        ),
        pytest.param(
            lambda: replace(
                planned("11-12"), start_on=day("2028-11-12"), end_on=day("2028-11-12"),
                days=[replace(planned("11-12").days[0], day=day("2028-11-12"))],
            ),
            id="far ahead",
        ),
    ],
)  # fmt: skip
def test_what_is_no_application(plan):
    with pytest.raises(TripRefused):
        trip_ask(person=someone(SHE), plan=plan(), token=uuid4(), actor=user(SHE))
    assert not Trip.objects.exists()
    assert not TripDay.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("now", "taken"),
    [("2026-11-09 23:59:59.999999", True), ("2026-11-10 00:00:00", False)],
)
def test_it_is_applied_for_until_its_first_day_begins(now, taken):
    with clock.set_to(at(now)):
        if taken:
            assert ask(SHE, "11-10").status == "pending"
        else:
            with pytest.raises(TripRefused, match="explain"):
                ask(SHE, "11-10")


def test_a_customer_without_a_file_can_be_gone_to():
    assert ask(SHE, "11-10", customers=False).status == "pending"
    assert not TripCustomer.objects.exists()


def test_one_form_sent_twice_is_one_application():
    token = uuid4()
    assert ask(SHE, "11-10", token=token) == ask(SHE, "11-10", token=token)
    assert Trip.objects.count() == 1
    with pytest.raises(TripRefused):
        ask(MATE, "11-10", token=token)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("11-08", "11-09", True),
        ("11-08", "11-10", False),
        ("11-11", "11-11", False),
        ("11-12", "11-14", False),
        ("11-13", "11-14", True),
        ("11-09", "11-14", False),
    ],
)
def test_trips_do_not_overlap(first, last, fits):
    there = ask(SHE, "11-10", "11-12")
    if fits:
        assert ask(SHE, first, last).pk != there.pk
        return
    with pytest.raises(TripRefused) as refusal:
        ask(SHE, first, last)
    assert "2026" in str(refusal.value)
    assert Trip.objects.get() == there


def test_a_mates_trip_and_one_refused_do_not_stand_in_the_way():
    ask(MATE, "11-10", "11-12")
    gone = ask(SHE, "11-11")
    trip_refuse(trip=gone, reply="no", actor=user(SUPERVISOR))
    assert ask(SHE, "11-10", "11-12").status == "pending"


def test_approved_leave_is_told_and_no_hindrance():
    leave = Leave.objects.create(
        person=someone(SHE), type="personal", start_on=day("2026-11-12"), start_half="am",
        end_on=day("2026-11-13"), end_half="pm", status="approved",
    )  # fmt: skip
    assert ask(SHE, "11-10", "11-12").status == "pending"
    her = someone(SHE)
    assert overlapping_leave(her, day("2026-11-10"), day("2026-11-12")) == [leave]
    assert overlapping_leave(her, day("2026-11-10"), day("2026-11-11")) == []


def test_what_came_to_nothing_may_be_applied_for_again():
    first = ask(SHE, "11-10", "11-12")
    gone = trip_withdraw(trip=first, actor=user(SHE))
    assert gone.status == "cancelled"
    again = ask(SHE, "11-10", "11-10", purpose="another")
    assert (again.pk, again.status, again.purpose) == (first.pk, "pending", "another")
    assert again.version > gone.version
    assert TripDay.objects.count() == TripCustomer.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        trip_withdraw(trip=first, actor=user(SHE))


def test_correcting_changes_days_and_plan_and_tells_anew():
    first = ask(SHE, "11-10", "11-12")
    changed = trip_correct(trip=first, plan=planned("11-11", purpose="a visit"), actor=user(SHE))
    assert (changed.pk, changed.version) == (first.pk, first.version + 1)
    assert (changed.start_on, changed.end_on) == (day("2026-11-11"), day("2026-11-11"))
    assert list(TripDay.objects.values_list("date", flat=True)) == [day("2026-11-11")]
    assert len(told(SUPERVISOR)) == 2
    # What was seen before is decided no more.
    with pytest.raises(ChangedMeanwhile):
        trip_approve(trip=first, actor=user(SUPERVISOR))


def test_correcting_keeps_clear_of_other_trips_and_of_dead_ones():
    ask(SHE, "11-20")
    dead = ask(SHE, "11-25")
    trip_withdraw(trip=dead, actor=user(SHE))
    mine = ask(SHE, "11-10")
    for wanted in (planned("11-18", "11-21"), planned("11-25"), planned("11-02")):
        with pytest.raises(TripRefused):
            trip_correct(trip=mine, plan=wanted, actor=user(SHE))
    assert Trip.objects.get(pk=mine.pk).version == mine.version
    assert trip_correct(trip=mine, plan=planned("11-10", "11-11"), actor=user(SHE)).version == 1


def test_what_was_decided_is_neither_corrected_nor_withdrawn():
    seen = ask(SHE, "11-10")
    trip_approve(trip=seen, actor=user(SUPERVISOR))
    name = user(SUPERVISOR).get_full_name()
    with pytest.raises(ChangedMeanwhile, match=name):
        trip_withdraw(trip=seen, actor=user(SHE))
    with pytest.raises(ChangedMeanwhile, match=name):
        trip_correct(trip=seen, plan=planned("11-11"), actor=user(SHE))
    assert TripDay.objects.get().date == day("2026-11-10")


def test_a_file_that_decided_it_meanwhile_is_noticed():
    seen = ask(SHE, "11-10", "11-12")
    Trip.objects.filter(pk=seen.pk).update(status="approved")
    with pytest.raises(ChangedMeanwhile):
        trip_withdraw(trip=seen, actor=user(SHE))
    assert Trip.objects.get().status == "approved"

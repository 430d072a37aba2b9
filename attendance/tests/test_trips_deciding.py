"""A trip approved before departure, refused, cancelled, shortened (TRIP-1, ORG-1)."""

import pytest

from attendance.models import Trip
from attendance.reminders.trips import trips_waiting
from attendance.services.trips import trip_withdraw
from attendance.services.trips_deciding import (
    trip_approve,
    trip_cancel,
    trip_refuse,
    trip_shorten,
)
from attendance.services.trips_keeping import ChangedMeanwhile, TripRefused
from attendance.tests.trips import approved, ask, someone, user
from core import clock
from core.models import AuditRow, JobRun
from core.months import Month
from notices.models import Notice
from payroll.models import PayMonth
from tests.builders import at, day
from tests.cast import MANAGER, SHE, SUPERVISOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def told_her() -> list[str]:
    return list(Notice.objects.filter(person__employee_no=SHE).values_list("text", flat=True))


def closes() -> list[str]:
    return sorted(JobRun.objects.filter(kind="close").values_list("subject", flat=True))


def test_approved_and_told():
    trip = approved(SHE, "11-10", "11-12")
    assert (trip.status, trip.decided_by, trip.version) == ("approved", user(SUPERVISOR), 1)
    assert told_her() == ["Your trip from %(from)s to %(to)s is approved"]
    row = AuditRow.objects.get(action="trip approved")
    assert (row.actor, row.changes["status"]) == (user(SUPERVISOR), ["pending", "approved"])


def test_a_refusal_says_why():
    trip = ask(SHE, "11-10")
    with pytest.raises(TripRefused):
        trip_refuse(trip=trip, reply="  ", actor=user(SUPERVISOR))
    refused = trip_refuse(trip=trip, reply="the fair is full", actor=user(SUPERVISOR))
    assert (refused.status, refused.reply) == ("rejected", "the fair is full")
    assert told_her() == ["Your trip from %(from)s to %(to)s is refused: %(reason)s"]


@pytest.mark.parametrize(
    ("now", "can"),
    [("2026-11-09 23:59:59.999999", True), ("2026-11-10 00:00:00", False)],
)
def test_an_approval_after_departure_is_none(now, can):
    trip = ask(SHE, "11-10", "11-12")
    with clock.set_to(at(now)):
        if can:
            assert trip_approve(trip=trip, actor=user(SUPERVISOR)).status == "approved"
            return
        with pytest.raises(TripRefused, match="explanation"):
            trip_approve(trip=trip, actor=user(SUPERVISOR))
        assert Trip.objects.get().status == "pending"
        assert trip_refuse(trip=trip, reply="too late", actor=user(SUPERVISOR)).status == "rejected"


def test_deciding_twice_is_deciding_once():
    seen = ask(SHE, "11-10")
    trip_approve(trip=seen, actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile, match=user(SUPERVISOR).get_full_name()):
        trip_refuse(trip=seen, reply="no", actor=user(MANAGER))
    assert Trip.objects.get().status == "approved"
    assert len(told_her()) == 1


@pytest.mark.parametrize("who", [SHE, SUPERVISOR])
def test_cancelled_and_the_other_side_told(who):
    trip = approved(SHE, "11-10", "11-12")
    Notice.objects.all().delete()
    gone = trip_cancel(trip=trip, reply="the fair is off", actor=user(who))
    assert (gone.status, gone.reply) == ("cancelled", "the fair is off")
    (notice,) = Notice.objects.all()
    assert notice.person.employee_no == (SUPERVISOR if who == SHE else SHE)
    with pytest.raises(ChangedMeanwhile):
        trip_cancel(trip=trip, reply="again", actor=user(SUPERVISOR))


def test_shortened_and_told():
    trip = approved(SHE, "11-10", "11-12")
    Notice.objects.all().delete()
    for end in ("2026-11-09", "2026-11-12", "2026-11-13"):
        with pytest.raises(TripRefused):
            trip_shorten(trip=trip, end_on=day(end), reply="home", actor=user(SUPERVISOR))
    with pytest.raises(TripRefused):
        trip_shorten(trip=trip, end_on=day("2026-11-10"), reply=" ", actor=user(SUPERVISOR))
    shorter = trip_shorten(
        trip=trip, end_on=day("2026-11-10"), reply="back home", actor=user(SUPERVISOR)
    )
    assert (shorter.end_on, shorter.status) == (day("2026-11-10"), "approved")
    assert told_her() == ["The trip from %(from)s ends on %(to)s now: %(reason)s"]
    row = AuditRow.objects.get(action="trip shortened")
    assert row.changes["end_on"] == ["2026-11-12", "2026-11-10"]
    with pytest.raises(ChangedMeanwhile):
        trip_shorten(trip=trip, end_on=day("2026-11-11"), reply="x", actor=user(SUPERVISOR))


@pytest.fixture
def over_two_months() -> Trip:
    return approved(SHE, "11-29", "12-02")


@pytest.mark.parametrize(
    ("drafts", "end", "followed"),
    [
        (["2026-11", "2026-12"], None, ["2026-11", "2026-12"]),
        (["2026-11"], None, ["2026-11"]),
        ([], None, []),
        # Only the months of the days cut off.
        (["2026-11", "2026-12"], "2026-11-30", ["2026-12"]),
        (["2026-11", "2026-12"], "2026-11-29", ["2026-11", "2026-12"]),
    ],
)
def test_closed_months_follow(over_two_months, drafts, end, followed):
    for month in drafts:
        PayMonth.objects.create(month=Month.parse(month), state="closed", closed_at=clock.now())
    with clock.set_to(at("2026-12-05 09:00")):
        if end is None:
            trip_cancel(trip=over_two_months, reply="x", actor=user(SUPERVISOR))
        else:
            trip_shorten(trip=over_two_months, end_on=day(end), reply="x", actor=user(SUPERVISOR))
    assert closes() == followed


@pytest.mark.parametrize(
    ("final", "end", "can"),
    [
        ("2026-11", None, False),
        ("2026-12", None, False),
        ("2026-10", None, True),
        ("2026-11", "2026-11-30", True),
        ("2026-11", "2026-11-29", False),
        ("2026-12", "2026-11-30", False),
    ],
)
def test_not_in_a_final_month(over_two_months, final, end, can):
    PayMonth.objects.create(
        month=Month.parse(final), state="final", closed_at=clock.now(), final_at=clock.now()
    )
    said = {"trip": over_two_months, "reply": "x", "actor": user(SUPERVISOR)}

    def does() -> Trip:
        if end is None:
            return trip_cancel(**said)
        return trip_shorten(end_on=day(end), **said)

    if can:
        assert does().version == over_two_months.version + 1
        return
    with pytest.raises(TripRefused):
        does()
    assert Trip.objects.get().version == over_two_months.version


def reminded(now: str) -> set[tuple[str, str]]:
    with clock.set_to(at(now)):
        found = [each for each in trips_waiting(at(now)) if each.is_to_be_said(at(now))]
    return {(each.person.employee_no, each.key.split("/")[2]) for each in found}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-02 09:30", set()),
        ("2026-11-04 08:59", set()),
        ("2026-11-04 09:00", {(SUPERVISOR, "waits")}),
        ("2026-11-09 00:00", {(SUPERVISOR, "tomorrow")}),
        ("2026-11-09 23:59", {(SUPERVISOR, "tomorrow")}),
        ("2026-11-10 00:00", set()),
    ],
)
def test_who_decides_is_reminded(now, said):
    """Asked on the 2nd at nine; it begins on the 10th."""
    ask(SHE, "11-10")
    assert reminded(now) == said


def test_what_starts_tomorrow_is_reminded_of_at_once():
    ask(SHE, "11-03")
    assert reminded("2026-11-02 09:00") == {(SUPERVISOR, "tomorrow")}


def test_what_does_not_wait_reminds_nobody():
    approved(SHE, "11-10")
    trip_withdraw(trip=ask(SHE, "11-20"), actor=user(SHE))
    assert reminded("2026-11-09 10:00") == set()
    assert someone(SHE).trips.count() == 2

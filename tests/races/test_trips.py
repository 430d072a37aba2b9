"""Two who decide on one trip, applications that overlap, one form sent twice, a report told and
written at once (TRIP-1, TRIP-2, ORG-1)."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import Person, User
from attendance.models import Trip, TripReport
from attendance.services import trips_deciding
from attendance.services.trip_reports import report_read, report_send, report_take
from attendance.services.trips import DayPlan, TripPlan, trip_ask
from attendance.services.trips_deciding import trip_approve, trip_cancel, trip_refuse, trip_shorten
from attendance.services.trips_keeping import ChangedMeanwhile
from core import clock
from core.models import AuditRow
from notices.models import Notice
from tests.builders import at
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she

ROUNDS = 4
NOW = at("2026-11-02 09:00")
EVENING = at("2026-11-09 20:00")


@pytest.fixture(autouse=True)
def november():
    with clock.set_to(NOW):
        yield


def heads() -> list[User]:
    """Two who may decide, each with a login of their own."""
    hired = date(2024, 1, 1)
    people = [
        Person.objects.create(employee_no=no, name=no, roles="manager", hired_on=hired)
        for no in ("RM1", "RM2")
    ]
    return [User.objects.create(username=each.employee_no, person=each) for each in people]


def her() -> Person:
    return Person.objects.select_related("supervisor").get(pk=she().pk)


def ask(first: int, last: int, *, token=None) -> Trip:
    start, end = date(2026, 11, first), date(2026, 11, last)
    days = [DayPlan(date(2026, 11, n), "talks") for n in range(first, last + 1)]
    with clock.set_to(NOW):
        return trip_ask(
            person=her(), plan=TripPlan(start, end, "a fair", days), token=token or uuid4()
        )


def approve(trip: Trip, head: User) -> Trip:
    with clock.set_to(NOW):
        return trip_approve(trip=trip, actor=head)


def kinds(came: list) -> list[str]:
    return sorted(type(each).__name__ for each in came)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    waiting = ask(9, 10)
    one, other = heads()
    came = at_once(
        books,
        lambda: approve(waiting, one),
        lambda: trip_refuse(trip=waiting, reply="no", actor=other),
    )
    decided = [each for each in came if isinstance(each, Trip)]
    told = [each for each in came if isinstance(each, ChangedMeanwhile)]
    assert (len(decided), len(told)) == (1, 1), came
    standing = Trip.objects.get(pk=waiting.pk)
    assert standing.status == decided[0].status
    assert standing.decided_by is not None
    assert standing.decided_by.get_full_name() in str(told[0])
    assert AuditRow.objects.filter(action__in=("trip approved", "trip refused")).count() == 1
    decisions = Notice.objects.filter(key__startswith=f"trip/{waiting.pk}/decided")
    assert decisions.count() == 1


def test_control_without_reading_again_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and approved all the same."""

    def change(of: Trip, **values: object) -> None:
        Trip.objects.filter(pk=of.pk).update(**values)

    monkeypatch.setattr(trips_deciding, "trip_change", change)
    monkeypatch.setattr(trips_deciding, "trip_reread", lambda trip, *statuses: trip)
    waiting = ask(9, 10)
    one, other = heads()
    approve(Trip.objects.select_related("person").get(pk=waiting.pk), one)
    stale = Trip.objects.select_related("person").get(pk=waiting.pk)
    elsewhere(books, lambda: trip_refuse(trip=stale, reply="no", actor=other))
    assert AuditRow.objects.filter(action__in=("trip approved", "trip refused")).count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_applications_that_overlap_are_one(books, turn):
    came = at_once(books, lambda: ask(9, 11), lambda: ask(10, 12))
    assert kinds(came) == ["Trip", "TripRefused"], came
    assert Trip.objects.filter(person=her(), start_on__gte=date(2026, 11, 9)).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_form_twice_at_once(books, turn):
    token = uuid4()
    came = at_once(books, lambda: ask(9, 10, token=token), lambda: ask(9, 10, token=token))
    assert came[0] == came[1] == Trip.objects.get(token=token), came
    assert Trip.objects.get(token=token).days.count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_cancelled_and_shortened_at_once(books, turn):
    one, other = heads()
    trip = approve(ask(9, 11), one)
    cut = date(2026, 11, 9)
    came = at_once(
        books,
        lambda: trip_cancel(trip=trip, reply="off", actor=one),
        lambda: trip_shorten(trip=trip, end_on=cut, reply="home", actor=other),
    )
    assert kinds(came) == ["ChangedMeanwhile", "Trip"], came
    assert AuditRow.objects.filter(action__in=("trip cancelled", "trip shortened")).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_told_and_written_at_once_is_one_report(books, turn):
    one, _other = heads()
    trip, on = approve(ask(9, 10), one), date(2026, 11, 9)

    def write() -> TripReport:
        with clock.set_to(EVENING):
            return report_send(trip=trip, day=on, text="talks", token=uuid4(), actor=None)

    def take() -> TripReport:
        with clock.set_to(EVENING):
            return report_take(trip=trip, day=on, told_at=EVENING, text="", actor=one)

    came = at_once(books, write, take)
    assert kinds(came) == ["ChangedMeanwhile", "TripReport"], came
    assert TripReport.objects.filter(person=her(), date=on).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_report_sent_or_ticked_twice_at_once(books, turn):
    one, other = heads()
    trip, on, token = approve(ask(9, 10), one), date(2026, 11, 9), uuid4()

    def write() -> TripReport:
        with clock.set_to(EVENING):
            return report_send(trip=trip, day=on, text="talks", token=token, actor=None)

    sent, again = at_once(books, write, write)
    assert sent == again == TripReport.objects.get(token=token)
    ticked = at_once(
        books,
        lambda: report_read(trip=trip, report=sent, actor=one),
        lambda: report_read(trip=trip, report=sent, actor=other),
    )
    assert sorted(ticked) == [False, True], ticked
    assert AuditRow.objects.filter(action="trip report read").count() == 1

"""A trip day's report sent, taken by telephone, read; late and missing counted (TRIP-2)."""

from uuid import uuid4

import pytest

from accounts.models import Person
from attendance.models import Trip, TripReport
from attendance.reminders.trips import reports_due
from attendance.rules.trips import ReportCount
from attendance.services.trip_reports import report_read, report_send, report_take
from attendance.services.trips_deciding import trip_cancel, trip_shorten
from attendance.services.trips_keeping import ChangedMeanwhile, TripRefused
from attendance.tests.trips import approved, ask, report, someone, user
from attendance.trip_standing import counts_of, days_of, open_reports, reports_to_read
from core import clock
from core.models import AuditRow
from core.months import Month
from notices.models import Notice
from notices.services import reminders_send
from policy.models import PolicyParameter
from tests.builders import at, customer, day, visit
from tests.cast import LEADER, MANAGER, MATE, OTHER_SUPERVISOR, SHE, SUPERVISOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def trip() -> Trip:
    """From Tuesday the 10th through Thursday the 12th."""
    return approved(SHE, "11-10", "11-12")


def states(trip: Trip, now: str) -> list[str]:
    with clock.set_to(at(now)):
        return [each.state.value for each in days_of(trip)]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-10 00:00:00", "in_time"),
        ("2026-11-10 20:59:59", "in_time"),
        ("2026-11-10 21:00:00", "in_time"),
        ("2026-11-10 21:00:01", "late"),
        ("2026-11-11 00:00:00", "late"),
        ("2026-12-11 23:59:59", "late"),
    ],
)
def test_a_report_is_taken_and_marked(trip, now, state):
    with clock.set_to(at(now)):
        made = report(trip, "11-10")
        assert made.reported_at == at(now)
        assert days_of(trip)[0].state == state


@pytest.mark.parametrize(
    ("now", "on"),
    [
        ("2026-11-09 23:59:59", "11-10"),
        ("2026-11-10 12:00:00", "11-11"),
        ("2026-12-12 00:00:00", "11-10"),
        ("2026-11-12 12:00:00", "11-09"),
        ("2026-11-13 12:00:00", "11-13"),
    ],
)
def test_no_report_of_such_a_day(trip, now, on):
    with clock.set_to(at(now)), pytest.raises(TripRefused):
        report(trip, on)
    assert not TripReport.objects.exists()


def test_no_report_of_a_trip_that_is_none(trip):
    waiting = ask(MATE, "11-10")
    with clock.set_to(at("2026-11-10 20:00")):
        with pytest.raises(TripRefused):
            report(waiting, "11-10")
        with pytest.raises(TripRefused):
            report(trip, "11-10", text=" \n ")
        trip_cancel(trip=trip, reply="x", actor=user(SUPERVISOR))
        with pytest.raises(TripRefused):
            report(trip, "11-10")


def test_sent_twice_is_once(trip):
    token = uuid4()
    with clock.set_to(at("2026-11-10 20:00")):
        first = report(trip, "11-10", token=token)
    with clock.set_to(at("2026-11-10 22:00")):
        assert report(trip, "11-10", token=token) == first
        # Another form for the same day: told, and the first stands.
        with pytest.raises(ChangedMeanwhile):
            report(trip, "11-10", text="other words")
        with pytest.raises(TripRefused):
            report_send(
                trip=approved(MATE, "11-20"), day=day("2026-11-20"), text="x", token=token,
                actor=user(MATE),
            )  # fmt: skip
    standing = TripReport.objects.get()
    assert (standing.text, standing.reported_at) == ("three talks", at("2026-11-10 20:00"))
    assert AuditRow.objects.filter(action="trip report").count() == 1


def take(trip: Trip, told: str, on: str = "11-10") -> TripReport:
    return report_take(
        trip=trip,
        day=day(f"2026-{on}"),
        told_at=at(told),
        text="all went well",
        actor=user(SUPERVISOR),
    )


def test_told_by_telephone_counts_from_the_call(trip):
    """Ticked at ten, told at half past eight: in time; the trail says when it was ticked."""
    with clock.set_to(at("2026-11-10 22:00")):
        made = take(trip, "2026-11-10 20:30")
        assert days_of(trip)[0].state == "in_time"
        with pytest.raises(ChangedMeanwhile, match=user(SUPERVISOR).get_full_name()):
            report(trip, "11-10")
    assert (made.taken_by, made.read_by) == (user(SUPERVISOR), user(SUPERVISOR))
    row = AuditRow.objects.get(action="trip report taken")
    assert row.actor == user(SUPERVISOR)
    assert "Your report of %(day)s was taken by telephone" in set(
        Notice.objects.filter(person__employee_no=SHE).values_list("text", flat=True)
    )


@pytest.mark.parametrize("told", ["2026-11-09 23:59:59", "2026-11-10 22:00:01"])
def test_a_call_before_the_day_or_yet_to_come_is_none(trip, told):
    with clock.set_to(at("2026-11-10 22:00")), pytest.raises(TripRefused):
        take(trip, told)


def test_read_once_and_shown(trip):
    with clock.set_to(at("2026-11-10 20:00")):
        made = report(trip, "11-10")
    with clock.set_to(at("2026-11-10 20:30")):
        assert report_read(trip=trip, report=made, actor=user(SUPERVISOR)) is True
        assert report_read(trip=trip, report=made, actor=user(MANAGER)) is False
    read = TripReport.objects.get()
    assert (read.read_by, read.read_at) == (user(SUPERVISOR), at("2026-11-10 20:30"))
    texts = Notice.objects.filter(person__employee_no=SHE).values_list("text", flat=True)
    assert list(texts).count("Your report of %(day)s was read") == 1


def test_who_has_a_report_to_read(trip):
    with clock.set_to(at("2026-11-10 20:00")):
        report(trip, "11-10")
        for no, count in ((SUPERVISOR, 1), (MANAGER, 1), (LEADER, 1), (OTHER_SUPERVISOR, 0)):
            assert reports_to_read(user(no)).count() == count, no
        assert reports_to_read(user(SHE)).count() == 0
        # What came with the company's table has no words.
        TripReport.objects.update(text="")
        assert reports_to_read(user(SUPERVISOR)).count() == 0


def test_the_plan_beside_what_happened(trip):
    known, other = customer("K1"), customer("K2")
    visit(someone(SHE), known, "2026-11-10 10:00")
    visit(someone(SHE), other, "2026-11-10 00:00")
    visit(someone(SHE), known, "2026-11-11 10:00", void=True)
    visit(someone(SHE), known, "2026-11-13 00:00")
    visit(someone(MATE), known, "2026-11-12 10:00")
    with clock.set_to(at("2026-11-12 22:00")):
        one, two, three = days_of(trip)
        assert [each.customer.customer_no for each in one.visits] == ["K2", "K1"]
        assert one.seen == {known.pk, other.pk}
        assert (len(two.visits), two.seen, three.visits) == (1, frozenset(), [])
        assert one.plan == "plan of 2026-11-10"
        assert days_of(trip, only=day("2026-11-11"))[0].day == two.day


def reminded(now: str) -> list[str]:
    with clock.set_to(at(now)):
        return [
            each.person.employee_no for each in reports_due(at(now)) if each.is_to_be_said(at(now))
        ]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-09 20:00:00", []),
        ("2026-11-10 19:59:59", []),
        ("2026-11-10 20:00:00", [SHE]),
        ("2026-11-10 20:59:59", [SHE]),
        ("2026-11-10 21:00:00", []),
        ("2026-11-12 20:00:00", [SHE]),
        ("2026-11-13 20:00:00", []),
    ],
)
def test_reminded_an_hour_before(trip, now, said):
    assert reminded(now) == said


def test_reminded_as_the_policy_of_the_day_says_and_never_at_night(trip):
    for on, value in (("2026-11-11", "22:00"), ("2026-11-12", "23:30")):
        PolicyParameter.objects.create(
            effective_on=day(on), parameter="trip_report_by", value=value
        )
    assert reminded("2026-11-10 20:30") == [SHE]
    assert (reminded("2026-11-11 20:59"), reminded("2026-11-11 21:00")) == ([], [SHE])
    assert (reminded("2026-11-12 20:59"), reminded("2026-11-12 21:00")) == ([], [SHE])


def test_reminded_once_and_not_who_has_reported(trip):
    approved(MATE, "11-10")
    with clock.set_to(at("2026-11-10 19:00")):
        report(Trip.objects.get(person__employee_no=MATE), "11-10")
    for now in ("2026-11-10 20:00", "2026-11-10 20:30"):
        with clock.set_to(at(now)):
            reminders_send()
    sent = Notice.objects.filter(text="Your report of today's trip is still to come")
    assert [each.person.employee_no for each in sent] == [SHE]


def test_late_and_missing_of_a_month():
    """Over the month's end; a day in two trips, as a file may say, counts once."""
    trip = approved(SHE, "11-29", "12-02")
    Trip.objects.create(
        person=someone(SHE), start_on=day("2026-11-30"), end_on=day("2026-11-30"),
        status="approved",
    )  # fmt: skip
    with clock.set_to(at("2026-11-29 20:00")):
        report(trip, "11-29")
    with clock.set_to(at("2026-12-01 21:30")):
        report(trip, "12-01")
        hers = [someone(SHE), someone(MATE)]
        pk = hers[0].pk
        assert counts_of(hers, Month(2026, 11)) == {pk: ReportCount(2, 1, 0, 1)}
        assert counts_of(hers, Month(2026, 12)) == {pk: ReportCount(1, 0, 1, 0)}
        missing = open_reports(Trip.objects.all())
        assert [each.day for each in missing] == [day("2026-11-30")]
        # Who left on the 29th owes nothing for the 30th.
        Person.objects.filter(pk=pk).update(left_on=day("2026-11-29"))
        assert counts_of([someone(SHE)], Month(2026, 11)) == {pk: ReportCount(1, 1, 0, 0)}
        assert open_reports(Trip.objects.all()) == []


def test_days_cut_off_count_no_more(trip):
    with clock.set_to(at("2026-11-12 22:00")):
        assert counts_of([someone(SHE)], Month(2026, 11))[trip.person_id].missing == 3
        shorter = trip_shorten(
            trip=trip, end_on=day("2026-11-10"), reply="home", actor=user(SUPERVISOR)
        )
        assert counts_of([someone(SHE)], Month(2026, 11))[trip.person_id].missing == 1
        trip_cancel(trip=shorter, reply="x", actor=user(SUPERVISOR))
        assert counts_of([someone(SHE)], Month(2026, 11)) == {}

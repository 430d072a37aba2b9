"""What trips put on the desk: one's own reports and applications; trips to decide, reports to
read, and who has not reported (TRIP-1, TRIP-2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.deciding import to_decide_by
from attendance.models import Status, Trip
from attendance.permissions.trips import DECIDES_TRIPS
from attendance.services.trips_telling import day_address
from attendance.trip_standing import (
    OpenReport,
    approved_between,
    open_reports,
    reports_to_read,
    trips_of_reports,
)
from attendance.trip_words import span_words
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day

NEWS = timedelta(days=7)  # so long a decision stands on the desk


def desk(user: Any) -> Iterator[Panel]:
    if user.person is not None:
        yield from _own_reports(user)
        yield from _own(user)
    if user.has_role(*DECIDES_TRIPS):
        yield from _to_decide(user)
        yield from _to_read(user)
        yield from _not_reported(user)


def _own_reports(user: Any) -> Iterator[Panel]:
    """Tonight's report, and those of the last days that are missing."""
    waiting = [
        Waiting(
            text=_("Report of %(day)s") % {"day": day(each.day)}, url=_address(each), due=each.by
        )
        for each in open_reports(Trip.objects.filter(person=user.person))
    ]
    if waiting:
        yield card(
            key="trip-report",
            title=_("My trip reports"),
            icon="notebook-pen",
            url=reverse("trip_reports"),
            waiting=waiting,
        )


def _address(each: OpenReport) -> str:
    return day_address(each.trip, each.day)


def _own(user: Any) -> Iterator[Panel]:
    """One's own applications that wait, and those decided of late."""
    decided = Q(status__in=(Status.APPROVED, Status.REJECTED), decided_at__gte=clock.now() - NEWS)
    waiting = Q(status=Status.PENDING, end_on__gte=clock.today() - NEWS)
    found = Trip.objects.filter(waiting | decided, person=user.person)
    rows = list(found.order_by("-start_on", "-pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="own-trips",
            title=_("My trips"),
            icon="briefcase",
            url=reverse("trips"),
            waiting=[
                Waiting(
                    text=span_words(each), url=reverse("trip", args=[each.pk]), note=_note(each)
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )


def _note(trip: Trip) -> str:
    if trip.status == Status.PENDING:
        return _("waits for a decision")
    if trip.status == Status.REJECTED:
        return _("refused: %(reason)s") % {"reason": trip.reply}
    return str(trip.get_status_display())


def _to_decide(user: Any) -> Iterator[Panel]:
    """The next to begin first, each until its first day begins; none where nothing waits."""
    waiting = Trip.objects.to_decide_by(user)
    rows = list(waiting.select_related("person").order_by("start_on", "id")[: SHOWN + 1])
    if rows:
        yield card(
            key="trips",
            title=_("Trips to decide"),
            icon="briefcase",
            url=reverse("trips_to_decide"),
            waiting=[
                Waiting(
                    text=each.person.name,
                    url=reverse("trip", args=[each.pk]),
                    note=f"{span_words(each)} · {each.purpose}",
                    due=clock.start_of(each.start_on),
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _to_read(user: Any) -> Iterator[Panel]:
    """Reports that nobody has ticked, the latest first."""
    waiting = reports_to_read(user)
    rows = list(waiting.select_related("person").order_by("-date", "-id")[: SHOWN + 1])
    if rows:
        trips = trips_of_reports(rows)
        yield card(
            key="trips-read",
            title=_("Trip reports to read"),
            icon="notebook-pen",
            url=f"{reverse('trip_reports')}?waiting=mine",
            waiting=[
                Waiting(
                    text=each.person.name,
                    url=day_address(trips[each.pk], each.date) if each.pk in trips else "",
                    note=day(each.date),
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _not_reported(user: Any) -> Iterator[Panel]:
    """Whose report of the last days is missing (TRIP-2)."""
    today = clock.today()
    near = approved_between(today - NEWS, today)
    missing = [each for each in open_reports(to_decide_by(near, user)) if each.is_missing]
    if missing:
        yield card(
            key="trips-missing",
            title=_("Not reported"),
            icon="clock-alert",
            url=reverse("trip_board"),
            waiting=[
                Waiting(text=each.trip.person.name, url=_address(each), note=day(each.day))
                for each in missing
            ],
        )

"""A trip approved before departure, refused, cancelled, shortened (TRIP-1, ORG-1).

What hangs on its days follows at the close: days of an approved trip are attended days.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.models import Status, Trip
from attendance.services.trips_keeping import (
    TripRefused,
    closes_follow,
    months_hold,
    trip_change,
    trip_reread,
)
from attendance.services.trips_telling import (
    trip_cancelled_tell,
    trip_decided_tell,
    trip_shortened_tell,
)
from core import clock
from core.services import audit, audit_subject


def has_begun(trip: Trip) -> bool:
    """Whether its first day has come."""
    return bool(trip.start_on <= clock.today())


def too_late_says() -> str:
    """Why an approval after departure is none, and what helps then."""
    return _(
        "The trip has begun: it is approved before departure or not at all. What is missing in the "
        "attendance of these days is mended by an explanation, which you decide."
    )


@transaction.atomic
def trip_approve(*, trip: Trip, reply: str = "", actor: Any) -> Trip:
    """Say yes to a trip that waits, as it was seen, before its first day.

    Raises `TripRefused` after departure, and `ChangedMeanwhile` for who comes second.
    """
    now = trip_reread(trip, Status.PENDING)
    if has_begun(now):
        raise TripRefused(too_late_says())
    decided = _decide(now, Status.APPROVED, reply, actor, "trip approved")
    closes_follow(decided.start_on, decided.end_on, actor)
    trip_decided_tell(trip=decided, actor=actor)
    return decided


@transaction.atomic
def trip_refuse(*, trip: Trip, reply: str, actor: Any) -> Trip:
    """Say no to a trip that waits, as it was seen, and why."""
    _must_say_why(reply)
    now = trip_reread(trip, Status.PENDING)
    decided = _decide(now, Status.REJECTED, reply, actor, "trip refused")
    trip_decided_tell(trip=decided, actor=actor)
    return decided


@transaction.atomic
def trip_cancel(*, trip: Trip, reply: str, actor: Any) -> Trip:
    """An approved trip does not take place, and the months it touches are reckoned anew. Only
    while none of them is final. Who may, and whether a reason is needed, says whoever calls.
    """
    now = trip_reread(trip, Status.APPROVED)
    if months_hold(now.start_on, now.end_on):
        raise TripRefused(_("A month of this trip is final: it cannot be cancelled any more."))
    gone = _decide(now, Status.CANCELLED, reply, actor, "trip cancelled")
    closes_follow(gone.start_on, gone.end_on, actor)
    by_own = bool(actor and actor.person_id == gone.person_id)
    trip_cancelled_tell(trip=gone, by_own=by_own, actor=actor)
    return gone


@transaction.atomic
def trip_shorten(*, trip: Trip, end_on: date, reply: str, actor: Any) -> Trip:
    """An approved trip ends on an earlier day; the months of the days cut off are reckoned anew,
    and none of them may be final. Plan and reports of these days stay on file, and count no more.
    """
    _must_say_why(reply)
    now = trip_reread(trip, Status.APPROVED)
    if not now.start_on <= end_on < now.end_on:
        raise TripRefused(_("The new last day lies within the trip, before the present one."))
    first_cut, last_cut = end_on + timedelta(days=1), now.end_on
    if months_hold(first_cut, last_cut):
        raise TripRefused(_("A month of the days cut off is final: the trip stays as it is."))
    trip_change(now, end_on=end_on)
    changes = {"end_on": [str(last_cut), str(end_on)], "reply": [None, reply.strip()]}
    _audit(now, "trip shortened", actor, changes)
    closes_follow(first_cut, last_cut, actor)
    shorter: Trip = Trip.objects.select_related("person__supervisor").get(pk=now.pk)
    trip_shortened_tell(trip=shorter, reason=reply.strip(), actor=actor)
    return shorter


def _must_say_why(reply: str) -> None:
    if not reply.strip():
        raise TripRefused(_("A decision needs its reason."))


def _decide(trip: Trip, status: str, reply: str, actor: Any, action: str) -> Trip:
    trip_change(trip, status=status, decided_by=actor, decided_at=clock.now(), reply=reply.strip())
    _audit(trip, action, actor, {"status": [trip.status, status]})
    decided: Trip = Trip.objects.select_related("person__supervisor").get(pk=trip.pk)
    return decided


def _audit(trip: Trip, action: str, actor: Any, changes: dict[str, Any]) -> None:
    own = actor is not None and actor.person_id == trip.person_id
    placed = {} if own else in_place(actor, *deciding_roles(trip.person.role_set))
    audit(actor=actor, action=action, subject=audit_subject(trip), changes={**changes, **placed})

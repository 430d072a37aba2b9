"""Who may do what with trips and their reports (TRIP-1, TRIP-2, ORG-1). Whose one may see is in
`visible`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import sees
from attendance.models import Status, Trip, TripReport
from attendance.services.trips_deciding import has_begun, too_late_says
from attendance.visible import SEE_ALL_ATTENDANCE
from core.permissions import ALLOWED, Decision
from customers.querysets.files import SEE_ALL_CUSTOMERS

DECIDES_TRIPS = ("supervisor", "manager", "leader", "admin")


def can_see_trips(user: Any) -> Decision:
    """The list and the form: whoever works here."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Trips are for whoever works here."))


def can_apply(user: Any) -> Decision:
    if user.person is not None and not user.person.has_left:
        return ALLOWED
    return Decision(False, _("Trips are for whoever works here."))


def can_see_board(user: Any) -> Decision:
    """Who is away now, and how reports stand: whoever sees others' attendance."""
    if user.is_superuser or user.has_role("supervisor", *SEE_ALL_ATTENDANCE):
        return ALLOWED
    return Decision(
        False, _("The board is for supervisors, the manager, the leader and personnel.")
    )


def can_decide_trips(user: Any) -> Decision:
    """The list of what waits for a decision; each application asks `can_decide`."""
    if user.is_superuser or user.has_role(*DECIDES_TRIPS):
        return ALLOWED
    return Decision(
        False, _("Trips are decided by supervisors, the manager, the leader and personnel.")
    )


def can_decide(user: Any, trip: Trip) -> Decision:
    if trip.status != Status.PENDING:
        return Decision(False, _("The application does not wait any more."))
    return may_decide(user, trip.person)


def can_approve(user: Any, trip: Trip) -> Decision:
    """Before departure alone (TRIP-1)."""
    if has_begun(trip):
        return Decision(False, too_late_says())
    return can_decide(user, trip)


def can_correct(user: Any, trip: Trip) -> Decision:
    """An application is corrected or withdrawn by whoever made it, while it waits."""
    if not is_own(user, trip.person_id):
        return Decision(False, _("An application is changed by whoever made it."))
    if trip.status != Status.PENDING:
        return Decision(False, _("The application does not wait any more."))
    return ALLOWED


def can_cancel(user: Any, trip: Trip) -> Decision:
    """An approved trip: whoever goes until it begins, afterwards who decides about them."""
    if trip.status != Status.APPROVED:
        return Decision(False, _("The trip is not approved."))
    if is_own(user, trip.person_id):
        if not has_begun(trip):
            return ALLOWED
        return Decision(False, _("It has begun: ask whoever decides to cancel or shorten it."))
    return may_decide(user, trip.person)


def can_shorten(user: Any, trip: Trip) -> Decision:
    """An approved trip of more than a day ends earlier: as who decides about them says."""
    if trip.status != Status.APPROVED or trip.start_on == trip.end_on:
        return Decision(False, _("There is nothing to shorten."))
    return may_decide(user, trip.person)


def can_report(user: Any, trip: Trip) -> Decision:
    """A day's report: whoever is on the trip."""
    if is_own(user, trip.person_id):
        return ALLOWED
    return Decision(False, _("A report is written by whoever is on the trip."))


def can_take(user: Any, trip: Trip) -> Decision:
    """A report told by telephone is ticked by whoever leads them; never one's own."""
    return may_decide(user, trip.person)


def can_read(user: Any, report: TripReport) -> Decision:
    """The tick that a report was read."""
    return may_decide(user, report.person)


def sees_business(user: Any, person: Person) -> bool:
    """Whether somebody reads whom a trip is for and what came of it. Customers are trade secrets
    (CUS-2): personnel, who keeps attendance, sees the days alone, unless the trip waits for them.
    """
    if sees(user, person, everything=SEE_ALL_CUSTOMERS):
        return True
    return bool(may_decide(user, person))


def is_own(user: Any, person_id: int) -> bool:
    return user.person_id is not None and user.person_id == person_id

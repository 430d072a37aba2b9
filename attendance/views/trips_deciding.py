"""A trip's page: the plan beside what happened; decided, cancelled, shortened (TRIP-1)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import may_decide
from attendance.forms.trips import (
    TripDecisionForm,
    TripEndForm,
    TripOwnEndForm,
    TripShortenForm,
    TripVersionForm,
)
from attendance.models import Status, Trip
from attendance.permissions.trips import (
    can_approve,
    can_cancel,
    can_correct,
    can_decide,
    can_shorten,
    is_own,
    sees_business,
)
from attendance.services.trips import overlapping_leave, overlapping_trip
from attendance.services.trips_deciding import (
    has_begun,
    too_late_says,
    trip_approve,
    trip_cancel,
    trip_refuse,
    trip_shorten,
)
from attendance.services.trips_keeping import TripRefused, what_it_became
from attendance.trip_standing import days_of
from attendance.views.trips import found_trip
from core.permissions import require
from policy.clauses import clause_of


@require_GET
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """The application, each day's plan beside what happened, what one can do."""
    return _page(request, found_trip(request, pk))


def _page(request: HttpRequest, trip: Trip, **forms: Any) -> HttpResponse:
    user = request.user
    seen = {"version": trip.version}
    own = is_own(user, trip.person_id)
    waiting = trip.status == Status.PENDING
    person, days = trip.person, (trip.start_on, trip.end_on)
    standings = days_of(trip) if sees_business(user, person) else []
    context = {
        "trip": trip,
        "is_own": own,
        "days": standings,
        "names_nobody": waiting and standings and not any(day.customers for day in standings),
        "is_approved": trip.status == Status.APPROVED,
        "deciding": can_decide(user, trip),
        "approving": can_approve(user, trip),
        "too_late": too_late_says() if waiting and has_begun(trip) else "",
        "correcting": can_correct(user, trip),
        "cancelling": can_cancel(user, trip),
        "shortening": can_shorten(user, trip),
        "other": overlapping_trip(person, *days, but=trip.pk) if waiting else None,
        "leaves": overlapping_leave(person, *days) if waiting else [],
        "decision_form": TripDecisionForm(initial=seen),
        "cancel_form": (TripOwnEndForm if own else TripEndForm)(initial=seen),
        "shorten_form": TripShortenForm(initial={**seen, "end_on": trip.start_on}),
        "version_form": TripVersionForm(initial=seen),
        "clauses": [clause_of("TRIP-1"), clause_of("TRIP-2")],
        "changed_as": [trip],
        **forms,
    }
    return render(request, "attendance/trip.html", context, status=400 if forms else 200)


@require_POST
def trip_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve before departure, or refuse with the reason, the application as it was seen."""
    trip = found_trip(request, pk)
    # Who comes second is told.
    require(may_decide(request.user, trip.person))
    form = TripDecisionForm(request.POST)
    approve = request.POST.get("do") == "approve"
    if form.is_valid() and not approve and not form.cleaned_data["reply"].strip():
        form.add_error("reply", _("A decision needs its reason."))
    if not form.is_valid():
        return _page(request, trip, decision_form=form)
    does, told = (trip_approve, _("Approved.")) if approve else (trip_refuse, _("Refused."))
    return _do(request, trip, form, does, told, "reply")


@require_POST
def trip_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved trip does not take place."""
    trip = found_trip(request, pk)
    if trip.status != Status.APPROVED:
        messages.error(request, what_it_became(pk))
        return redirect("trip", pk=pk)
    require(can_cancel(request.user, trip))
    own = is_own(request.user, trip.person_id)
    form = (TripOwnEndForm if own else TripEndForm)(request.POST)
    if not form.is_valid():
        return _page(request, trip, cancel_form=form)
    return _do(request, trip, form, trip_cancel, _("The trip is cancelled."), "reply")


@require_POST
def trip_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved trip ends earlier, with the reason."""
    trip = found_trip(request, pk)
    if trip.status != Status.APPROVED:
        messages.error(request, what_it_became(pk))
        return redirect("trip", pk=pk)
    require(can_shorten(request.user, trip))
    form = TripShortenForm(request.POST)
    if not form.is_valid():
        return _page(request, trip, shorten_form=form)
    return _do(request, trip, form, trip_shorten, _("The trip is shortened."), "reply", "end_on")


def _do(
    request: HttpRequest,
    trip: Trip,
    form: TripVersionForm,
    does: Callable[..., Trip],
    told: str,
    *given: str,
) -> HttpResponse:
    trip.version = form.cleaned_data["version"]
    said = {name: form.cleaned_data[name] for name in given}
    try:
        does(trip=trip, actor=request.user, **said)
    except TripRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("trip", pk=trip.pk)

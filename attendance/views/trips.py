"""Trips: the lists, an application with its plan, corrected and withdrawn (TRIP-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.forms.trips import DatesForm, TripForm, TripVersionForm
from attendance.lists.trips import (
    BoardList,
    TripCountList,
    TripList,
    TripReportList,
    WaitingTripList,
)
from attendance.models import Trip
from attendance.permissions.trips import (
    can_apply,
    can_correct,
    can_decide_trips,
    can_see_board,
    can_see_trips,
)
from attendance.services.trips import (
    overlapping_leave,
    overlapping_trip,
    trip_ask,
    trip_correct,
    trip_withdraw,
)
from attendance.services.trips_keeping import TripRefused
from core import clock
from core.lists import list_page
from core.months import Month
from core.names import matches
from core.permissions import require
from customers.forms.picking import called
from customers.models import Customer
from policy.clauses import clause_of

OFFERED = 10
AMONG = 2000  # of one's customers, by number: more are found by typing the whole number


@require_GET
def trips(request: HttpRequest) -> HttpResponseBase:
    """The trips one may see."""
    require(can_see_trips(request.user))
    return list_page(request, TripList)


@require_http_methods(["GET", "HEAD", "POST"])
def trips_to_decide(request: HttpRequest) -> HttpResponseBase:
    """Applications that wait for one's own word; several are approved at once."""
    require(can_decide_trips(request.user))
    return list_page(request, WaitingTripList)


@require_GET
def trip_board(request: HttpRequest) -> HttpResponseBase:
    """Who is away now, and how today's reports stand."""
    require(can_see_board(request.user))
    return list_page(request, BoardList)


@require_http_methods(["GET", "HEAD", "POST"])
def trip_reports(request: HttpRequest) -> HttpResponseBase:
    """The reports one may see; several are ticked as read at once."""
    require(can_see_trips(request.user))
    return list_page(request, TripReportList)


@require_GET
def trip_counts(request: HttpRequest, month: Month | None = None) -> HttpResponseBase:
    """Late and missing reports of a month, by person."""
    require(can_see_board(request.user))
    return list_page(request, TripCountList, month=month or Month.of(clock.today()))


@require_http_methods(["GET", "POST"])
def trip_new(request: HttpRequest) -> HttpResponse:
    """Apply for a trip, with a plan for each day."""
    require(can_apply(request.user))
    user: Any = request.user
    form = TripForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = trip_ask(
                person=user.person,
                plan=form.plan(),
                token=form.cleaned_data["token"],
                actor=user,
            )
        except TripRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent; it waits for approval before departure."))
            return redirect("trip", pk=made.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def trip_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an own application that waits, as it was seen."""
    trip = found_trip(request, pk)
    require(can_correct(request.user, trip))
    data = request.POST if request.method == "POST" else None
    form = TripForm(data, user=request.user, trip=trip)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        trip.version = trip.version if seen is None else seen
        try:
            trip_correct(trip=trip, plan=form.plan(), actor=request.user)
        except TripRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Changed; it waits for approval before departure."))
            return redirect("trip", pk=pk)
    return _form_page(request, form, trip)


def _form_page(request: HttpRequest, form: TripForm, trip: Trip | None = None) -> HttpResponse:
    context = {"form": form, "trip": trip, "clauses": [clause_of("TRIP-1")]}
    status = 400 if form.errors else 200
    return render(request, "attendance/trip_form.html", context, status=status)


@require_GET
def trip_clashes(request: HttpRequest) -> HttpResponse:
    """A fragment: what else there is on the days that are being filled in."""
    require(can_apply(request.user))
    user: Any = request.user
    form = DatesForm(request.GET)
    context: dict[str, Any] = {}
    if form.is_valid() and user.person is not None:
        days = form.cleaned_data["start_on"], form.cleaned_data["end_on"]
        but = request.GET.get("but", "")
        context = {
            "other": overlapping_trip(
                user.person, *days, but=int(but) if but.isdecimal() and len(but) < 10 else 0
            ),
            "leaves": overlapping_leave(user.person, *days),
            "is_late": days[0] <= clock.today(),
        }
    return render(request, "attendance/_trip_clashes.html", context)


@require_GET
def trip_customers(request: HttpRequest) -> HttpResponse:
    """A fragment: the customers that what is typed may mean, of those one may see."""
    require(can_see_trips(request.user))
    typed = next((value for value in request.GET.values() if isinstance(value, str)), "").strip()
    found: list[str] = []
    if typed:
        rows = Customer.objects.visible_to(request.user).order_by("customer_no")[:AMONG]
        # What was chosen is typed in full, and offers itself.
        found = [
            called(each)
            for each in rows
            if matches(typed[:60], each.customer_no, each.name) or called(each) == typed
        ]
    return render(request, "attendance/_trip_customers.html", {"offered": found[:OFFERED]})


def found_trip(request: HttpRequest, pk: int) -> Trip:
    seen = Trip.objects.visible_to(request.user)
    rows = seen.select_related("person__supervisor", "decided_by__person")
    trip: Trip = get_object_or_404(rows, pk=pk)
    return trip


@require_POST
def trip_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own application that waits, as it was seen."""
    trip = found_trip(request, pk)
    require(can_correct(request.user, trip))
    form = TripVersionForm(request.POST)
    if form.is_valid():
        trip.version = form.cleaned_data["version"]
        try:
            trip_withdraw(trip=trip, actor=request.user)
        except TripRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The application is withdrawn."))
    else:
        messages.error(request, _("Open the form anew and send it again."))
    return redirect("trip", pk=pk)

"""A day of a trip on the phone: its plan, visits, the evening's report (TRIP-1, TRIP-2)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attendance.forms.trips import ReportForm, TakenForm, VisitForm
from attendance.models import Status, Trip, TripReport
from attendance.permissions.trips import (
    can_read,
    can_report,
    can_take,
    is_own,
    sees_business,
)
from attendance.rules.trips import ReportState
from attendance.services.trip_reports import (
    is_reportable,
    report_read,
    report_send,
    report_take,
)
from attendance.services.trips_keeping import TripRefused
from attendance.services.trips_telling import day_address
from attendance.trip_standing import days_of, trip_of_report
from attendance.views.trips import found_trip
from core import clock
from core.permissions import Decision, require
from customers.services import VisitRefused, visit_record
from policy.clauses import clause_of


def _found(request: HttpRequest, pk: int, day: date) -> Trip:
    trip = found_trip(request, pk)
    if not trip.start_on <= day <= trip.end_on:
        raise Http404
    return trip


def _draft(trip: Trip, day: date) -> str:
    return f"trip-report-{trip.pk}-{day}"


def _visit_draft(trip: Trip, day: date, visits: int) -> str:
    return f"trip-visit-{trip.pk}-{day}-{visits}"


@require_GET
def trip_day(request: HttpRequest, pk: int, day: date) -> HttpResponse:
    """The day's plan and customers, the visits made, the report."""
    trip = _found(request, pk, day)
    require(_business(request.user, trip))
    return _page(request, trip, day)


def _business(user: Any, trip: Trip) -> Decision:
    return Decision(
        sees_business(user, trip.person),
        _("Whom a trip is for, and what came of it, is for those who lead the salesperson."),
    )


def _page(request: HttpRequest, trip: Trip, day: date, **forms: Any) -> HttpResponse:
    user = request.user
    (standing,) = days_of(trip, only=day)
    own, was_refused = is_own(user, trip.person_id), "report_form" in forms
    report, visits = standing.report, len(standing.visits)
    open_to = report is None and is_reportable(trip, day)
    context = {
        "trip": trip,
        "day": day,
        "standing": standing,
        "is_own": own,
        "is_open": standing.state in (ReportState.DUE, ReportState.MISSING),
        "can_send": own and open_to,
        "taking": open_to and bool(can_take(user, trip)),
        "reading": report is not None and not report.read_at and bool(can_read(user, report)),
        "can_visit": own and trip.status == Status.APPROVED and day <= clock.today(),
        "report_form": ReportForm(draft=_draft(trip, day)),
        "taken_form": TakenForm(),
        "visit_form": VisitForm(user=user, draft=_visit_draft(trip, day, visits)),
        # What the server has is forgotten by the browser; what somebody else wrote down is not it.
        "drafts_done": [
            *([_draft(trip, day)] if _has_own_words(report) and own and not was_refused else []),
            *([_visit_draft(trip, day, visits - 1)] if own and visits else []),
        ],
        "clauses": [clause_of("TRIP-2")],
        "changed_as": [report] if report else [],
        **forms,
    }
    return render(request, "attendance/trip_day.html", context, status=400 if forms else 200)


def _has_own_words(report: TripReport | None) -> bool:
    return report is not None and report.taken_by_id is None


@require_POST
def trip_report(request: HttpRequest, pk: int, day: date) -> HttpResponse:
    """Send the report of a day of one's own trip."""
    trip = _found(request, pk, day)
    require(can_report(request.user, trip))
    form = ReportForm(request.POST, draft=_draft(trip, day))
    if form.is_valid():
        given = form.cleaned_data
        try:
            report_send(
                trip=trip, day=day, text=given["text"], token=given["token"], actor=request.user
            )
        except TripRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Reported."))
            return redirect(day_address(trip, day))
    return _page(request, trip, day, report_form=form)


@require_POST
def trip_report_take(request: HttpRequest, pk: int, day: date) -> HttpResponse:
    """Tick a report as taken by telephone."""
    trip = _found(request, pk, day)
    require(can_take(request.user, trip))
    form = TakenForm(request.POST)
    if form.is_valid():
        told_at, text = form.told_at(day), form.cleaned_data["text"]
        try:
            report_take(trip=trip, day=day, told_at=told_at, text=text, actor=request.user)
        except TripRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ticked as told by telephone."))
            return redirect(day_address(trip, day))
    return _page(request, trip, day, taken_form=form)


@require_POST
def trip_report_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a report as read, once."""
    seen = TripReport.objects.visible_to(request.user).select_related("person__supervisor")
    report: TripReport = get_object_or_404(seen, pk=pk)
    require(can_read(request.user, report))
    trip = trip_of_report(report)
    if trip is None:
        raise Http404
    if report_read(trip=trip, report=report, actor=request.user):
        messages.success(request, _("Ticked as read."))
    else:
        messages.info(request, _("It was ticked as read already."))
    return redirect(day_address(trip, report.date))


@require_POST
def trip_visit(request: HttpRequest, pk: int, day: date) -> HttpResponse:
    """Record a visit of a day of one's own trip (VIS-1)."""
    trip = _found(request, pk, day)
    require(can_report(request.user, trip))
    visits = len(days_of(trip, only=day)[0].visits)
    form = VisitForm(request.POST, user=request.user, draft=_visit_draft(trip, day, visits))
    if form.is_valid():
        given = form.cleaned_data
        try:
            visit_record(
                person=trip.person,
                customer=given["customer"],
                at=clock.at(day, given["at"]),
                kind=given["kind"],
                content=given["content"],
                actor=request.user,
            )
        except VisitRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The visit is recorded."))
            return redirect(day_address(trip, day))
    return _page(request, trip, day, visit_form=form)

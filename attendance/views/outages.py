"""Outages: looked at before they are excused, decided once, taken back (ATT-6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.filters import team_choices
from accounts.models import Person
from attendance.forms.explaining import OutageForm, ReasonForm
from attendance.incidents import touched_by
from attendance.lists.asked import OutageList
from attendance.models import Outage
from attendance.permissions.explaining import can_decide_outages, can_see_outages
from attendance.rules.days import Span
from attendance.services.outages import Failure, outage_decide, outage_take_back
from attendance.services.refusals import AttendanceRefused
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of

SHOWN = 100


@require_GET
def outages(request: HttpRequest) -> HttpResponseBase:
    require(can_see_outages(request.user))
    return list_page(request, OutageList)


@require_http_methods(["GET", "POST"])
def outage_new(request: HttpRequest) -> HttpResponse:
    """First shown whom it touches and how many incidents, then decided."""
    require(can_decide_outages(request.user))
    teams = team_choices(Person.objects.salespeople())
    form = OutageForm(request.POST or None, teams=teams)
    context: dict[str, Any] = {"form": form, "back": reverse("outages")}
    if request.method == "POST" and form.is_valid():
        failure = form.failure()
        if request.POST.get("do") == "decide":
            try:
                made = outage_decide(
                    failure=failure, token=form.cleaned_data["token"], actor=request.user
                )
            except AttendanceRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Excused for all it touched."))
                return redirect("outage", pk=made.pk)
        else:
            context |= _shown(failure)
    status = 400 if form.errors else 200
    return render(request, "attendance/outage_form.html", context, status=status)


def _shown(failure: Failure) -> dict[str, Any]:
    people = list(Person.objects.salespeople().filter(hired_on__lte=failure.end_at.date()))
    touched = touched_by(Span(failure.start_at, failure.end_at), failure.team, people)
    return {
        "looked": True,
        "people": len({person.pk for person, _day, _what in touched}),
        "incidents": len(touched),
        "touched": [(person, day) for person, day, _what in touched[:SHOWN]],
        "more": max(len(touched) - SHOWN, 0),
    }


def _page(request: HttpRequest, outage: Outage, form: ReasonForm) -> HttpResponse:
    context = {
        "outage": outage,
        "form": form,
        "can_take_back": not outage.taken_back_at and can_decide_outages(request.user),
        "clauses": [clause_of("ATT-6")],
        "changed_as": [outage],
    }
    return render(request, "attendance/outage.html", context, status=400 if form.errors else 200)


def _outage(request: HttpRequest, pk: int) -> Outage:
    require(can_see_outages(request.user))
    outage: Outage = get_object_or_404(Outage.objects.select_related("decided_by__person"), pk=pk)
    return outage


@require_GET
def outage(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _outage(request, pk), ReasonForm())


@require_POST
def outage_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision back, with the reason."""
    found = _outage(request, pk)
    require(can_decide_outages(request.user))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        outage_take_back(outage=found, reason=form.cleaned_data["reason"], actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back; what it excused counts again."))
    return redirect("outage", pk=pk)

"""Oral reports of a day, ticked from the phone by whoever heard them (REP-2)."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from attendance.panels import away
from core import clock
from core.lists import is_fragment, list_page
from core.permissions import require
from policy.clauses import clause_of
from policy.querysets import workdays
from reports.forms.oral import OralForm
from reports.lists.oral import OralList
from reports.models import OralReport
from reports.navigation import reports_tabs
from reports.permissions import can_hear, can_read_team, can_see_weekly
from reports.reads.oral import OralRow, hears, oral_day
from reports.rules.oral import can_be_ticked
from reports.services import oral_tick, oral_untick
from reports.views.doing import done


@require_GET
def oral_reports(request: HttpRequest) -> HttpResponseBase:
    """The oral reports one may read of: one's own, and of those one leads."""
    require(can_see_weekly(request.user))
    return list_page(request, OralList)


@require_GET
def oral_today(request: HttpRequest) -> HttpResponse:
    require(can_read_team(request.user))
    return redirect("oral_day", on=clock.today())


@require_GET
def oral_of_day(request: HttpRequest, on: date) -> HttpResponse:
    """Those whom one hears on a day, each with a tick; what lies longer back is to be read."""
    require(can_read_team(request.user))
    today, calendar = clock.today(), workdays()
    if on > today:
        raise Http404
    day = oral_day(request.user, on, request.GET.get("team", "")[:60])
    context = {
        "on": on,
        "day": day,
        "team": request.GET.get("team", ""),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today else None,
        "open": can_be_ticked(on, today, calendar),
        "is_workday": on in calendar,
        "may_take_back": on == today,
        "tabs": reports_tabs(request),
        "clauses": [clause_of("REP-2")],
    }
    return render(request, "reports/oral_day.html", context)


@require_POST
def oral_ticked(request: HttpRequest, on: date, employee_no: str) -> HttpResponse:
    """Tick that somebody reported, correct it, or take back a tick that was a mistake."""
    user: Any = request.user
    person = get_object_or_404(hears(user, on), employee_no=employee_no)
    require(can_hear(user, person))
    form = OralForm(request.POST)
    if form.is_valid():
        done(request, form, lambda: _tick(request, person, on, form.cleaned_data))
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    if is_fragment(request):
        return _row(request, person, on, wrong)
    for error in wrong:
        messages.error(request, error)
    return redirect("oral_day", on=on)


def _tick(request: HttpRequest, person: Person, on: date, given: dict[str, Any]) -> None:
    if request.POST.get("do") == "take_back":
        for report in OralReport.objects.filter(person=person, on=on):
            oral_untick(report=report, actor=request.user)
        return
    oral_tick(
        person=person,
        on=on,
        way=given["way"],
        note=given["note"],
        seen=given["version"],
        actor=request.user,
    )


def _row(request: HttpRequest, person: Person, on: date, wrong: list[str]) -> HttpResponse:
    rows = OralReport.objects.filter(person=person, on=on).select_related("heard_by__person")
    row = OralRow(person, rows.first(), away(on).get(person.pk, ""))
    context = {
        "row": row,
        "on": on,
        "open": can_be_ticked(on, clock.today(), workdays()),
        "may_take_back": on == clock.today(),
        "wrong": [_("Not ticked: %(why)s") % {"why": why} for why in wrong],
    }
    return render(request, "reports/_oral_row.html", context)

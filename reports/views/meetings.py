"""Meetings: the list, the agenda, planned, changed, called off, closed (MEET-1)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.navigation import NavItem
from core.permissions import require
from policy.clauses import clause_of
from reports.forms.fields import VersionForm, WhyForm
from reports.forms.meetings import MeetingForm, PointForm, meeting_initial
from reports.lists.meetings import MeetingList
from reports.models import Meeting
from reports.permissions import can_plan, can_plan_meeting, can_see_reports, plans_for
from reports.reads.agenda import agenda_of
from reports.services import (
    meeting_call_off,
    meeting_change,
    meeting_close,
    meeting_plan,
    point_add,
)
from reports.views.doing import as_seen, done, form_page, posted


@require_GET
def meetings(request: HttpRequest) -> HttpResponseBase:
    """The meetings one may see."""
    require(can_see_reports(request.user))
    return list_page(request, MeetingList)


def meeting_found(request: HttpRequest, pk: int) -> Meeting:
    """A meeting one may see, with what its pages show."""
    seen = Meeting.objects.visible_to(request.user)
    rows = seen.select_related("series", "chair", "held_by__person")
    found: Meeting = get_object_or_404(rows, pk=pk)
    return found


def meeting_tabs(request: HttpRequest, found: Meeting) -> list[dict[str, Any]]:
    """The three pages of a meeting."""
    here = [
        NavItem(_("Agenda"), reverse("meeting", args=[found.pk]), "list-todo"),
        NavItem(_("Who came"), reverse("meeting_presence", args=[found.pk]), "user-check"),
        NavItem(_("Minutes"), reverse("meeting_minutes", args=[found.pk]), "notebook-pen"),
    ]
    return [{"item": page, "current": page.url == request.path} for page in here]


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What is talked about: filled by the facts until it is held, then as it was."""
    found = meeting_found(request, pk)
    context = {
        "meeting": found,
        "tabs": meeting_tabs(request, found),
        "agenda": agenda_of(found, request.user),
        "planning": can_plan(request.user, found),
        "point_form": PointForm(),
        "off_form": WhyForm(initial={"version": found.version}, prefix="off"),
        "clauses": [clause_of("MEET-1")],
    }
    return render(request, "reports/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a single meeting; who is to come is told."""
    require(can_plan_meeting(request.user))
    _for_team(request)
    form = MeetingForm(request.POST or None, user=request.user, initial={"minutes": 30})
    if request.method == "POST" and form.is_valid():
        made: list[Meeting] = []

        def plan() -> None:
            sent = form.cleaned_data["token"]
            made.append(meeting_plan(facts=form.facts(), token=sent, actor=request.user))

        if done(request, form, plan, _("Planned; who is to come is told.")):
            return redirect("meeting", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Plan a meeting"),
        back=reverse("meetings"),
        back_label=_("Meetings"),
    )


def _for_team(request: HttpRequest) -> None:
    if request.method == "POST" and not plans_for(request.user, request.POST.get("team", "")):
        raise PermissionDenied(_("Supervisors plan meetings of their own team."))


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a planned meeting."""
    found = meeting_found(request, pk)
    require(can_plan(request.user, found))
    # A chair who plans no meetings of a team keeps it where it is.
    if request.POST.get("team", "") != found.team:
        _for_team(request)
    form = MeetingForm(request.POST or None, user=request.user, initial=meeting_initial(found))
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            seen = as_seen(found, form)  # type: ignore[arg-type]  # it has a version, too
            meeting_change(meeting=seen, facts=form.facts(), actor=request.user)

        if done(request, form, change, _("Changed.")):
            return redirect("meeting", pk=pk)
    return form_page(
        request,
        form,
        title=_("Change the meeting"),
        back=reverse("meeting", args=[pk]),
        back_label=found.title,
    )


@require_POST
def meeting_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off, with the reason."""
    found = meeting_found(request, pk)
    require(can_plan(request.user, found))
    form = WhyForm(request.POST, prefix="off")

    def call_off(given: dict[str, Any]) -> None:
        meeting_call_off(meeting=as_seen(found, form), reason=given["reason"], actor=request.user)

    said = _("Called off; who was to come is told.")
    return posted(request, form, call_off, said, reverse("meeting", args=[pk]))


@require_POST
def meeting_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a point on the agenda."""
    found = meeting_found(request, pk)
    require(can_plan(request.user, found))

    def add(given: dict[str, Any]) -> None:
        point_add(meeting=found, text=given["text"], token=given["token"], actor=request.user)

    back = reverse("meeting", args=[pk])
    return posted(request, PointForm(request.POST), add, _("The point is on the agenda."), back)


@require_POST
def meeting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a meeting that was held."""
    found = meeting_found(request, pk)
    require(can_plan(request.user, found))

    def close(given: dict[str, Any]) -> None:
        meeting_close(meeting=found, actor=request.user)

    said = _("Closed: agenda and who came stand as they are.")
    back = reverse("meeting_minutes", args=[pk])
    return posted(request, VersionForm(request.POST), close, said, back)

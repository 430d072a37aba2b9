"""Who came to a meeting: the code on the chair's screen, and the ticks (MEET-1)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from core.lists import is_fragment
from core.permissions import require
from core.qr import as_image
from reports.forms.meetings import PresencesForm
from reports.models import Meeting, Presence
from reports.permissions import can_lead
from reports.reads.people import away_from, members_of
from reports.services import ReportsRefused, presence_scan, presences_tick
from reports.views.doing import done
from reports.views.meetings import meeting_found, meeting_tabs


@require_http_methods(["GET", "POST"])
def meeting_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came; for the chair with the code for the others' telephones, and ticks."""
    found = meeting_found(request, pk)
    leading = can_lead(request.user, found)
    if request.method == "POST":
        require(leading)
    there = list(found.presences.select_related("person"))
    if is_fragment(request) and request.method == "GET":
        return render(request, "reports/_here.html", _here(found, there))
    states: dict[int, str] = {each.person_id: each.state for each in there}
    form = PresencesForm(request.POST or None, meeting=found, there=states) if leading else None
    if request.method == "POST" and form and form.is_valid():

        def tick() -> None:
            presences_tick(meeting=found, states=form.states(), actor=request.user)

        if done(request, form, tick, _("Saved.")):
            return redirect("meeting_presence", pk=pk)
    context = {
        **_here(found, there),
        "tabs": meeting_tabs(request, found),
        "form": form,
        "leading": leading,
        "qr": _code(request, found) if leading and found.is_running else "",
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "reports/presence.html", context, status=status)


def _code(request: HttpRequest, found: Meeting) -> str:
    return as_image(request.build_absolute_uri(reverse("meeting_door", args=[found.door])))


def _here(found: Meeting, there: list[Presence]) -> dict[str, Any]:
    """Everybody who is to come or came, and how they stand; who is away is excused by itself."""
    known = {each.person_id: each for each in there}
    people = {each.pk: each for each in members_of(found)} if found.is_planned else {}
    people |= {each.person_id: each.person for each in there}
    away = away_from(found) if found.is_planned else {}
    rows = [
        {"person": person, "presence": known.get(pk), "away": away.get(pk, "")}
        for pk, person in sorted(people.items(), key=lambda each: each[1].employee_no)
    ]
    came = sum(1 for each in there if each.state in ("present", "late"))
    return {"meeting": found, "rows": rows, "came": came, "expected": len(rows)}


@require_http_methods(["GET", "POST"])
def meeting_door(request: HttpRequest, door: UUID) -> HttpResponse:
    """Where the code leads: one tap, and whoever is signed in is there."""
    user: Any = request.user
    seen = Meeting.objects.visible_to(user).select_related("chair")
    found: Meeting = get_object_or_404(seen, door=door)
    context: dict[str, Any] = {"meeting": found, "refused": ""}
    if request.method == "POST":
        context["refused"] = _come_in(found, user)
    context["presence"] = Presence.objects.filter(meeting=found, person=user.person).first()
    return render(request, "reports/door.html", context)


def _come_in(found: Meeting, user: Any) -> str:
    """Count somebody in; why not, where that cannot be."""
    person: Person | None = user.person
    if person is None:
        return _("Meetings are for whoever works here.")
    try:
        presence_scan(meeting=found, person=person, actor=user)
    except ReportsRefused as refusal:
        return str(refusal)
    return ""

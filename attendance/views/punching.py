"""Punching: one tap, then the place if the browser may tell it (ATT-1)."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attendance.boards.days import JudgedDay
from attendance.boards.judged import day_of
from attendance.boards.words import clock_text, due_text, outing_text, still_missing, words_of
from attendance.forms.punching import PlaceForm, PunchForm
from attendance.models import Punch
from attendance.navigation.boards import attendance_tabs
from attendance.permissions.punching import can_punch
from attendance.services.punching import (
    PLACE_COMES_WITHIN,
    PunchRefused,
    Tapped,
    punch_make,
    punch_place,
)
from core import clock
from core.lists import is_fragment
from core.middleware import permissions_policy
from core.months import Month
from core.permissions import require


@require_http_methods(["GET", "POST"])
def punch(request: HttpRequest) -> HttpResponse:
    """Today's punches, what is due and what is missing; a tap makes one more."""
    user: Any = request.user
    require(can_punch(user))
    if request.method == "POST":
        return _tapped(request)
    response = render(request, "attendance/punch.html", _context(request))
    # The one page that may ask where somebody is.
    response.headers["Permissions-Policy"] = permissions_policy(geolocation="self")
    return response


def _tapped(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = PunchForm(request.POST)
    if not form.is_valid():
        return _answer(request, _("Open the page anew and punch again."), messages.ERROR)
    try:
        tapped = punch_make(person=user.person, token=form.cleaned_data["token"])
    except PunchRefused as refusal:
        return _answer(request, str(refusal), messages.ERROR)
    return _answer(request, _told(tapped), messages.SUCCESS if tapped.made else messages.INFO)


def _told(tapped: Tapped) -> str:
    at = f"{clock.local(tapped.punch.at):%H:%M:%S}"
    if tapped.made:
        return _("Punched at %(at)s.") % {"at": at}
    return _("Already punched at %(at)s: nothing was added.") % {"at": at}


def _answer(request: HttpRequest, said: str, level: int) -> HttpResponse:
    """Back to the page; htmx gets the part of it that changed."""
    if is_fragment(request):
        context = {**_context(request), "said": said, "is_refused": level == messages.ERROR}
        return render(request, "attendance/_punch.html", context)
    messages.add_message(request, level, said)
    return redirect("punch")


@require_POST
def punch_where(request: HttpRequest) -> HttpResponse:
    """Where the punch of just now was made, as the browser tells it afterwards."""
    user: Any = request.user
    require(can_punch(user))
    form = PlaceForm(request.POST)
    if form.is_valid():
        punch_place(person=user.person, token=form.cleaned_data["token"], place=form.place())
    if is_fragment(request):
        return render(request, "attendance/_punch.html", _context(request))
    return redirect("punch")


def _context(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    now = clock.now()
    today = clock.local_date(now)
    punches = list(
        Punch.objects.filter(
            person=user.person, at__gte=clock.start_of(today), at__lt=clock.end_of(today)
        )
        .select_related("device")
        .order_by("at")
    )
    return {
        "tabs": attendance_tabs(request),
        "today": today,
        "month": Month.of(today),
        "token": uuid4(),
        "punches": punches,
        "placeless": _placeless(punches),
        **_words(day_of(user.person, today, punches, now=now)),
    }


def _words(day: JudgedDay) -> dict[str, Any]:
    return {
        "due": due_text(day),
        "missing": still_missing(day, clock.now()),
        "outings": [outing_text(each) for each in day.outings],
        "words": words_of(day._replace(outings=())),
        "came": clock_text(day.so_far.came),
    }


def _placeless(punches: list[Punch]) -> Punch | None:
    """The punch of just now whose place can still be told."""
    since = clock.now() - PLACE_COMES_WITHIN
    last = punches[-1] if punches else None
    if last is None or last.token is None or last.latitude is not None:
        return None
    return last if last.came_at and last.came_at > since else None

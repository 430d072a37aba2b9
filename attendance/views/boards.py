"""A person's month, one day of it, a team's month, and who is where today (ATT-1)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Person
from attendance.boards.calendar import DaySheet, legend, sums, weeks
from attendance.boards.grid import grid_rows
from attendance.boards.judged import day_of, judged_month, month_of
from attendance.boards.people import of_team, people_seen, salespeople_seen, teams_of
from attendance.boards.today import board_of
from attendance.boards.words import weekday_letter
from attendance.models import Punch
from attendance.navigation.boards import attendance_tabs
from attendance.permissions.punching import PUNCH, can_see_boards
from core import clock
from core.converters import is_near
from core.lists import is_fragment
from core.months import Month
from core.permissions import require

ROWS = 500  # of a grid on one page


@require_GET
def attendance_month(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """Somebody's month as a calendar; each day opens to its punches."""
    person = _person(request, employee_no)
    days = month_of(person, month, now=clock.now())
    context = {
        **_around(request, month),
        "person": person,
        "is_judged": person.has_role("salesperson"),
        "weeks": list(weeks(month, days)),
        "sums": sums(days),
        "legend": legend(),
    }
    return render(request, "attendance/month.html", context)


@require_GET
def attendance_day(
    request: HttpRequest, month: Month, employee_no: str, number: int
) -> HttpResponse:
    """One day: what was due, what came of it, every punch with where it came from."""
    person = _person(request, employee_no)
    try:
        day = date(month.year, month.number, number)
    except (ValueError, OverflowError):
        raise Http404 from None
    of_the_day = Punch.objects.filter(
        person=person, at__gte=clock.start_of(day), at__lt=clock.end_of(day)
    )
    punches = list(of_the_day.select_related("device").order_by("at"))
    context = {
        "person": person,
        "month": month,
        "sheet": DaySheet(day, day_of(person, day, punches, now=clock.now())),
        "punches": punches,
    }
    template = "attendance/_day.html" if is_fragment(request) else "attendance/day.html"
    return render(request, template, context)


def _person(request: HttpRequest, employee_no: str) -> Person:
    """Whose attendance one may see, and who punches at all."""
    person = get_object_or_404(people_seen(request.user), employee_no=employee_no)
    if not person.has_role(*PUNCH):
        raise Http404
    return person


@require_GET
def attendance_grid(request: HttpRequest, month: Month) -> HttpResponse:
    """The month of everybody one may see: people down, days across."""
    require(can_see_boards(request.user))
    everybody = salespeople_seen(request.user, month)
    team = request.GET.get("team", "")
    chosen = of_team(everybody, team)
    page = _page(request, len(chosen))
    people = chosen[page * ROWS : (page + 1) * ROWS]
    found = judged_month(people, month, now=clock.now())
    context = {
        **_around(request, month),
        "rows": grid_rows(people, found),
        "days": [(day, weekday_letter(day), day in found.workdays) for day in month.days()],
        "today": clock.today(),
        "teams": teams_of(everybody),
        "team": team,
        "count": len(chosen),
        "page": page + 1,
        "pages": range(1, _pages(len(chosen)) + 1),
        "legend": legend(),
    }
    return render(request, "attendance/grid.html", context)


def _pages(count: int) -> int:
    return max((count + ROWS - 1) // ROWS, 1)


def _page(request: HttpRequest, count: int) -> int:
    """Which page is asked for, from 0; what is no page is the first, past the end the last."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(number, 1), _pages(count)) - 1


@require_GET
def attendance_today(request: HttpRequest) -> HttpResponse:
    """Who is here, late, away or missing right now; fetched anew each minute."""
    require(can_see_boards(request.user))
    now = clock.now()
    everybody = salespeople_seen(request.user, Month.of(clock.local_date(now)))
    team = request.GET.get("team", "")
    context = {
        "tabs": attendance_tabs(request),
        "board": board_of(of_team(everybody, team), now),
        "now": now,
        "month": Month.of(clock.local_date(now)),
        "teams": teams_of(everybody),
        "team": team,
    }
    template = "attendance/_today.html" if is_fragment(request) else "attendance/today.html"
    return render(request, template, context)


def _around(request: HttpRequest, month: Month) -> dict[str, Any]:
    """The months before and after, as far as there are pages of them."""
    before, after = month.previous(), month.next()
    return {
        "tabs": attendance_tabs(request),
        "month": month,
        "before": before if is_near(before) else None,
        "after": after if is_near(after) else None,
    }

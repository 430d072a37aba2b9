"""Who is away: a month of the team, half day by half day."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.leave_calendar import MonthAway, by_day, month_away, sees_everybody, teams
from attendance.leave_words import days_read
from attendance.navigation.leave import leave_tabs
from attendance.permissions.leave import can_ask, can_see_leaves
from attendance.rules.days import Half
from core import clock
from core.months import Month
from core.permissions import require
from policy.querysets import workdays

YEARS = 2  # before and after this one


@require_GET
def leave_calendar(request: HttpRequest, month: Month | None = None) -> HttpResponse:
    """The team's month: who is away. Colleagues are not told why."""
    require(can_see_leaves(request.user))
    today = clock.today()
    shown = month or Month.of(today)
    if abs(shown.year - today.year) > YEARS:
        raise Http404
    user: Any = request.user
    chooses = sees_everybody(user)
    if not chooses and user.person is None:
        raise Http404
    team = request.GET.get("team", "")[:60] if chooses else ""
    away = month_away(user, shown, team)
    days = days_read(shown.first_day, shown.last_day, workdays())
    context = {
        "month": shown,
        "before": shown.previous(),
        "after": shown.next(),
        "today": today,
        "away": away,
        "days": days,
        "sheet": _sheet(away, days),
        "by_day": by_day(away),
        "teams": teams() if chooses else [],
        "team": team,
        "tabs": leave_tabs(request),
        "can_ask": can_ask(user),
    }
    return render(request, "attendance/leave_calendar.html", context)


def _sheet(away: MonthAway, days: list[Any]) -> list[dict[str, Any]]:
    """A row a person, a cell a day: the day, and the marks of its halves."""
    return [
        {
            "person": row.person,
            "cells": [(day, *(row.marks.get((day.date, half)) for half in Half)) for day in days],
        }
        for row in away.rows
    ]

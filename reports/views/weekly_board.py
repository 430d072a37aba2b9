"""A week's reports of all one sees: who handed in, and what they wrote (REP-1)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core import clock
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of
from policy.querysets import workdays
from reports.lists.weekly import WeeklyBoard
from reports.navigation import reports_tabs
from reports.permissions import can_read_team
from reports.reads.weekly_board import MOST_REPORTS, digest
from reports.rules.weekly import WEEK, due_at, monday_of, sunday_of


def _week(monday: date) -> date:
    """A week that has begun; what is none is not there."""
    if monday != monday_of(monday) or monday > clock.today():
        raise Http404
    return monday


def _latest() -> date:
    """The week whose reports are due, or were due last."""
    return monday_of(clock.today()) - WEEK


@require_GET
def weekly_board(request: HttpRequest) -> HttpResponse:
    require(can_read_team(request.user))
    return redirect("weekly_board_of", monday=_latest())


@require_GET
def weekly_board_of(request: HttpRequest, monday: date) -> HttpResponseBase:
    """Who handed in a week's report, who late, who not."""
    require(can_read_team(request.user))
    return list_page(request, WeeklyBoard, monday=_week(monday))


@require_GET
def weekly_digest(request: HttpRequest) -> HttpResponse:
    require(can_read_team(request.user))
    return redirect("weekly_digest_of", monday=_latest())


@require_GET
def weekly_digest_of(request: HttpRequest, monday: date) -> HttpResponse:
    """A week by teams: the counts, and the summaries and problems that came; to be printed."""
    require(can_read_team(request.user))
    monday = _week(monday)
    team = request.GET.get("team")
    teams = digest(request.user, monday, team[:60] if team is not None else None)
    context: dict[str, Any] = {
        "monday": monday,
        "sunday": sunday_of(monday),
        "before": monday - WEEK,
        "after": monday + WEEK if monday + WEEK <= clock.today() else None,
        "due": due_at(monday, workdays()),
        "teams": teams,
        "team": team,
        "too_many": sum(each.handed_in for each in teams) > MOST_REPORTS,
        "tabs": reports_tabs(request),
        "clauses": [clause_of("REP-1")],
    }
    return render(request, "reports/weekly_digest.html", context)

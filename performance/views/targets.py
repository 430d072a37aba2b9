"""Targets: how far people and teams are, the leaderboard, setting them (TAR-1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.querysets import seen_by
from core import clock
from core.imports.files import filled_table_file
from core.lists import list_page
from core.permissions import require
from core.services import audit
from core.tables import fact_tables
from performance.forms import TargetForm, TeamTargetForm
from performance.lists.targets import TargetList
from performance.models import Target
from performance.navigation import file_acts, periods, tabs
from performance.permissions import (
    can_see_leaderboard,
    can_see_performance,
    can_set_target_of,
    can_set_targets,
)
from performance.querysets import SEE_ALL
from performance.reads.attaining import leaderboard as places_of
from performance.reads.attaining import sold_by_in, summed, teams_in
from performance.reads.setting import targets_set
from performance.rules.periods import Period
from performance.services.targets import target_set as target_keep
from performance.views.doing import done
from performance.words import period_name
from policy.clauses import clause_of
from policy.querysets import policy_book

SHOWN = 20
BAR, WHOLE = "#0054a6", "#c2410c"


@require_GET
def targets(request: HttpRequest, period: Period) -> HttpResponseBase:
    """How far each of those one may see is."""
    require(can_see_performance(request.user))
    return list_page(request, TargetList, period=period)


@require_GET
def targets_file(request: HttpRequest, period: Period, ending: str) -> HttpResponseBase:
    """What was set for the year of a period, as a file that can be changed and sent again."""
    require(can_set_targets(request.user))
    year = period.first.year
    response = filled_table_file(fact_tables()["targets"], ending, targets_set(year, request.user))
    audit(actor=request.user, action="export", subject=f"targets {year}", changes={"to": ending})
    return response


@require_GET
def teams(request: HttpRequest, period: Period) -> HttpResponse:
    """How far the teams are, drawn and as a table."""
    user: Any = request.user
    require(can_see_performance(user))
    lines = teams_in(period, user)
    context = {
        "tabs": tabs(request),
        "period": period,
        "period_name": period_name(period),
        "periods": periods(period, "teams"),
        "lines": lines,
        "whole": summed([each.attainment for each in lines]) if len(lines) > 1 else None,
        "chart": _chart(lines) if lines else None,
        "acts": file_acts(period, user),
        "can_set": bool(can_set_targets(user)),
        "clauses": [clause_of("TAR-1")],
    }
    return render(request, "performance/teams.html", context)


def _chart(lines: Any) -> dict[str, Any]:
    """Handed in, and as it goes, beside the target; told apart by their place and their hatching
    as well as by colour."""
    parts = (
        (_("Target"), "#9aa5b1", [each.attainment.target for each in lines]),
        (_("Handed in"), BAR, [each.attainment.handed_in for each in lines]),
        (
            _("At the end, as it goes"),
            WHOLE,
            [each.attainment.handed_in_forecast for each in lines],
        ),
    )
    return {
        "type": "bar",
        "data": {
            "labels": [each.team for each in lines],
            "datasets": [
                {
                    "label": label,
                    "backgroundColor": colour,
                    "data": [None if value is None else float(value) for value in values],
                }
                for label, colour, values in parts
            ],
        },
        "options": {
            "animation": False,
            "maintainAspectRatio": False,
            "scales": {"y": {"beginAtZero": True}},
            "plugins": {"legend": {"position": "bottom"}},
        },
    }


@require_GET
def leaderboard(request: HttpRequest, period: Period) -> HttpResponse:
    """Who is how far, in percent of their target and no amount; the first, and one's own place."""
    user: Any = request.user
    policy = policy_book().on(clock.today())
    require(can_see_leaderboard(user, shown=policy.leaderboards_shown))
    places = places_of(period)
    context = {
        "tabs": tabs(request),
        "period": period,
        "period_name": period_name(period),
        "periods": periods(period, "leaderboard"),
        "places": places[:SHOWN],
        "own": next((p for p in places[SHOWN:] if p.person.pk == user.person_id), None),
        "me": user.person_id,
        "clauses": [clause_of("TAR-1")],
    }
    return render(request, "performance/leaderboard.html", context)


@require_http_methods(["GET", "POST"])
def target_set(request: HttpRequest, period: Period, employee_no: str) -> HttpResponse:
    """Set what somebody is to bring in a period."""
    require(can_set_targets(request.user))
    seen = seen_by(sold_by_in(period), request.user, everything=SEE_ALL, person="id")
    person = get_object_or_404(seen, employee_no=employee_no)
    require(can_set_target_of(request.user, person))
    there = Target.objects.filter(person=person, period=str(period)).first()
    initial = {"amount": there.amount, "version": there.version} if there else {"version": 0}
    form = TargetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def does() -> None:
            target_keep(
                period=period,
                amount=given["amount"],
                seen=given["version"],
                person=person,
                actor=request.user,
            )

        if done(request, form, does, _("Saved.")):
            return redirect("targets", period=period)
    title = _("Target of %(name)s, %(period)s")
    context = {
        "form": form,
        "title": title % {"name": person.name, "period": period_name(period)},
        "hint": _contract(person),
        "back": reverse("targets", args=[period]),
        "back_label": _("Targets"),
        "save": _("Save"),
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


def _contract(person: Any) -> str:
    if person.contract_target is None:
        return _("The contract says no target.")
    return _("The contract says %(amount)s yuan a year.") % {"amount": person.contract_target}


@require_http_methods(["GET", "POST"])
def team_target_set(request: HttpRequest, period: Period) -> HttpResponse:
    """Set what a team is to bring in a period."""
    require(can_set_targets(request.user))
    people = sold_by_in(period).exclude(team="").order_by("team")
    names = list(people.values_list("team", flat=True).distinct())
    own = {row.team: row for row in Target.objects.filter(person=None, period=str(period))}
    wanted = request.POST.get("team") or request.GET.get("team", "")
    there = own.get(wanted)
    initial = {
        "team": wanted,
        "amount": there.amount if there else None,
        "version": there.version if there else 0,
    }
    form = TeamTargetForm(request.POST or None, teams=names, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def does() -> None:
            target_keep(
                period=period,
                amount=given["amount"],
                seen=given["version"],
                team=given["team"],
                actor=request.user,
            )

        if done(request, form, does, _("Saved.")):
            return redirect("teams", period=period)
    context = {
        "form": form,
        "title": _("Target of a team, %(period)s") % {"period": period_name(period)},
        "hint": _("Without one of its own, a team's target is the sum of its people's."),
        "back": reverse("teams", args=[period]),
        "back_label": _("Teams"),
        "save": _("Save"),
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)

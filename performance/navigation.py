"""What targets and appraisals hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.months import Month
from core.navigation import NavItem
from performance.permissions import can_see_department, can_see_performance, can_set_targets
from performance.rules.periods import Period
from performance.words import period_name
from policy.querysets import policy_book


def items(user: Any) -> Iterator[NavItem]:
    if can_see_performance(user):
        yield NavItem(pgettext("menu", "Targets"), _targets(), "target", under="/performance/")


def _targets() -> str:
    return reverse("targets", args=[Period.month_of(clock.today())])


def pages(user: Any) -> Iterator[NavItem]:
    """The pages of this app."""
    if can_see_department(user):
        yield NavItem(
            _("The department"),
            reverse("department", args=[Month.of(clock.today())]),
            "chart-column",
            under="/performance/department/",
        )
    yield NavItem(_("Targets"), _targets(), "target", under="/performance/targets/")
    month = Period.month_of(clock.today())
    yield NavItem(
        _("Teams"), reverse("teams", args=[month]), "users-round", under="/performance/teams/"
    )
    if policy_book().on(clock.today()).leaderboards_shown:
        yield NavItem(
            _("Leaderboard"),
            reverse("leaderboard", args=[month]),
            "trophy",
            under="/performance/leaderboard/",
        )
    yield NavItem(
        _("Activities"), reverse("activities"), "calendar-heart", under="/performance/activities/"
    )
    yield NavItem(_("Appraisals"), reverse("appraisals"), "award", under="/performance/appraisals/")


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs."""
    return [
        {"item": page, "current": page.is_current(request.path)} for page in pages(request.user)
    ]


def periods(period: Period, name: str) -> list[dict[str, Any]]:
    """The periods beside one, for a page about it: the one before and after, month, quarter and
    year of the same time."""
    day = min(max(clock.today(), period.first_day), period.last_day)
    spans = (Period.month_of(day), Period.quarter_of(day), Period.year_of(day))
    return [
        {
            "label": period_name(each),
            "url": reverse(name, args=[each]),
            "current": each == period,
        }
        for each in (period.previous(), *spans, period.next())
    ]


def file_acts(period: Period, user: Any) -> list[tuple[str, str, str]]:
    """Setting targets by a file, for whoever sets them: address, label, icon."""
    if not can_set_targets(user):
        return []
    file = reverse("targets_file", args=[period, "xlsx"])
    return [(file, _("Targets as a file"), "download"), (reverse("imports"), _("Import"), "upload")]

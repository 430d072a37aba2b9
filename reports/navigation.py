"""What meetings, cleaning, trainings and reports hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from reports.permissions import (
    can_plan_meeting,
    can_read_team,
    can_see_cleaning,
    can_see_days,
    can_see_information,
    can_see_reports,
    can_see_weekly,
    can_suggest,
    can_write_day,
    can_write_weekly,
)


def items(user: Any) -> Iterator[NavItem]:
    if can_see_reports(user):
        yield NavItem(
            pgettext("menu", "Meetings"), reverse("meetings"), "users-round", under="/meetings/"
        )
    for page in report_pages(user):
        yield NavItem(pgettext("menu", "Reports"), page.url, "file-text", under="/reports/")
        break
    if can_see_information(user):
        yield NavItem(
            pgettext("menu", "Information"),
            reverse("information"),
            "newspaper",
            under="/information/",
        )


def pages(user: Any) -> Iterator[NavItem]:
    """The pages of this app that somebody may open."""
    yield NavItem(pgettext("menu", "Meetings"), reverse("meetings"), "users-round")
    if can_write_day(user):
        yield NavItem(_("My day"), reverse("my_day"), "clipboard-list")
    elif can_see_days(user):
        yield NavItem(_("Plans of the day"), reverse("day_plans"), "clipboard-list")
    if can_see_days(user):
        yield NavItem(_("Learning log"), reverse("problems"), "lightbulb")
    yield NavItem(_("Decisions"), reverse("decisions"), "list-checks")
    if can_plan_meeting(user):
        yield NavItem(_("Series"), reverse("series"), "repeat")
    if can_see_cleaning(user):
        yield NavItem(_("Cleaning"), reverse("cleaning"), "brush-cleaning")
    yield NavItem(_("Trainings"), reverse("trainings"), "graduation-cap")


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs."""
    found = pages(request.user)
    return [{"item": page, "current": page.url == request.path} for page in found]


def report_pages(user: Any) -> Iterator[NavItem]:
    """The pages about weekly and oral reports and suggestions that somebody may open."""
    if can_write_weekly(user):
        yield NavItem(
            _("My weekly report"),
            reverse("weekly_mine"),
            "file-pen",
            under="/reports/weekly/mine/",
        )
    if can_read_team(user):
        yield NavItem(
            pgettext("weekly report", "Board"),
            reverse("weekly_board"),
            "layout-list",
            under="/reports/weekly/board/",
        )
        yield NavItem(
            _("Digest"),
            reverse("weekly_digest"),
            "book-open",
            under="/reports/weekly/digest/",
        )
    if can_see_weekly(user):
        yield NavItem(_("Weekly reports"), reverse("weekly_reports"), "file-text")
        yield NavItem(_("Oral reports"), reverse("oral_reports"), "mic")
    if can_suggest(user):
        yield NavItem(_("Suggestions"), reverse("suggestions"), "lightbulb")


def reports_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of reports as tabs; of those whose address the current one begins with, the
    closest is it."""
    found = list(report_pages(request.user))
    here = [page for page in found if page.is_current(request.path)]
    current = max(here, key=lambda page: len(page.under or page.url), default=None)
    return [{"item": page, "current": page is current} for page in found]

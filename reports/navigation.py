"""What meetings, cleaning and trainings hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from reports.permissions import (
    can_plan_meeting,
    can_see_cleaning,
    can_see_days,
    can_see_information,
    can_see_reports,
    can_write_day,
)


def items(user: Any) -> Iterator[NavItem]:
    if can_see_reports(user):
        yield NavItem(
            pgettext("menu", "Meetings"), reverse("meetings"), "users-round", under="/meetings/"
        )
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

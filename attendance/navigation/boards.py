"""What punching and its boards hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attendance.permissions.devices import can_keep_devices
from attendance.permissions.punching import can_punch, can_see_boards
from core import clock
from core.months import Month
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_punch(user):
        yield NavItem(pgettext("menu", "Punch"), reverse("punch"), "fingerprint-pattern")
    if can_see_boards(user):
        today = reverse("attendance_today")
        yield NavItem(pgettext("menu", "Attendance"), today, "calendar-check", under="/attendance/")


def attendance_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about punches and days; the closest to the address is the current one."""
    user: Any = request.user
    pages = []
    month = Month.of(clock.today())
    if can_punch(user):
        own = reverse("attendance_month", args=[month, user.person.employee_no])
        pages += [
            NavItem(pgettext("menu", "Punch"), reverse("punch"), "fingerprint-pattern"),
            NavItem(_("My month"), own, "calendar-days"),
        ]
    if can_see_boards(user):
        pages += [
            NavItem(_("Today"), reverse("attendance_today"), "users-round"),
            NavItem(_("The team's month"), reverse("attendance_grid", args=[month]), "table-2"),
        ]
    if can_keep_devices(user):
        pages.append(NavItem(_("Machines"), reverse("devices"), "tablet-smartphone"))
    return [{"item": page, "current": page.url == request.path} for page in pages]

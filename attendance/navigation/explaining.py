"""What days, fines, the pool and absence hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.kinds import KINDS
from attendance.permissions.explaining import (
    can_decide_days,
    can_explain,
    can_see_asked,
    can_see_outages,
)
from attendance.permissions.fines import (
    can_see_absence,
    can_see_cash,
    can_see_fines,
    can_see_pool,
    can_take_cash,
)
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_asked(user):
        first = reverse("explain") if can_explain(user) else reverse("asked_list", args=["outings"])
        label = _("Outings and explanations")
        yield NavItem(label, first, "message-square-text", under="/days/", minor=True)
    if can_see_pool(user):
        yield NavItem(_("Pool of fines"), reverse("pool"), "piggy-bank", minor=True)
    if can_see_cash(user):
        first = reverse("fines") if can_take_cash(user) else reverse("fine_handovers")
        yield NavItem(_("Cash of fines"), first, "banknote", under="/fines/", minor=True)
    if can_see_absence(user):
        yield NavItem(_("Absence"), reverse("absences"), "user-x", minor=True)


def day_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about days: one's own, each kind of what is asked, outages."""
    user: Any = request.user
    pages = []
    if can_explain(user):
        pages.append(NavItem(_("To explain"), reverse("explain"), "circle-question-mark"))
    pages += [
        NavItem(kind.title, reverse("asked_list", args=[kind.slug]), kind.icon) for kind in KINDS
    ]
    if can_see_outages(user):
        pages.append(NavItem(_("Outages"), reverse("outages"), "zap-off"))
    return _tabs(request, pages)


def waiting_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists of what waits for one's own word."""
    pages = [
        NavItem(kind.title, reverse("asked_to_decide", args=[kind.slug]), kind.icon)
        for kind in KINDS
        if can_decide_days(request.user)
    ]
    return _tabs(request, pages)


def cash_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about fines in cash."""
    pages = []
    if can_see_fines(request.user):
        pages.append(NavItem(_("Fines"), reverse("fines"), "clock-alert"))
    pages.append(NavItem(_("Handed over"), reverse("fine_handovers"), "hand-coins"))
    return _tabs(request, pages)


def _tabs(request: HttpRequest, pages: list[NavItem]) -> list[dict[str, Any]]:
    return [{"item": page, "current": page.url == request.path} for page in pages]

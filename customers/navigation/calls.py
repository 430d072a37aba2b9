"""What telephone sales hand in to the main menu; their tabs (VIS-4)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Channel
from core.navigation import NavItem
from customers.permissions.calls import can_call, can_see_calls


def every_day(user: Any) -> Iterator[NavItem]:
    """Among the first for whoever sells by telephone."""
    if _sells_by_telephone(user):
        yield _item()


def items(user: Any) -> Iterator[NavItem]:
    if can_see_calls(user) and not _sells_by_telephone(user):
        yield _item()


def _sells_by_telephone(user: Any) -> bool:
    return bool(can_call(user) and user.person.channel == Channel.TELEPHONE)


def _item() -> NavItem:
    return NavItem(pgettext("menu", "Telephone"), reverse("call_list"), "phone")


def call_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of telephone sales as tabs."""
    pages = (
        NavItem(_("To call"), reverse("call_list"), "phone-outgoing"),
        NavItem(pgettext("telephone", "Calls"), reverse("calls"), "history"),
        NavItem(_("Figures"), reverse("call_figures"), "chart-bar"),
        NavItem(pgettext("telephone", "Scripts"), reverse("call_scripts"), "list-checks"),
    )
    return [{"item": page, "current": page.url == request.path} for page in pages]

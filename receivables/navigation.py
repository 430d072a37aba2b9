"""What collections hand in to the menu, and to the pages about what is due."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from receivables.permissions import (
    can_receive_originals,
    can_see_board,
    can_see_slips,
    can_see_unpaid,
)
from receivables.permissions.cases import can_see_reserves
from receivables.permissions.counter import (
    can_see_handovers,
    can_see_sheets,
    can_use_counter,
)
from receivables.permissions.slips import can_take_the_road

COUNTER = "/counter/"  # above all addresses of the counter


def due_pages(user: Any) -> Iterator[NavItem]:
    if not can_see_unpaid(user):
        return
    yield NavItem(_("Unpaid deliveries"), reverse("unpaid"), "hourglass")
    if can_see_board(user):
        yield NavItem(pgettext("menu", "Board"), reverse("due_board"), "layout-list")
    yield NavItem(_("Missing IOUs"), reverse("ious_missing"), "file-x")
    if can_receive_originals(user):
        yield NavItem(_("Originals to come"), reverse("iou_originals"), "inbox")
    yield NavItem(_("Ageing"), reverse("ageing"), "chart-bar")
    yield NavItem(_("Bad debts"), reverse("bad_debts"), "gavel")
    yield NavItem(_("Cutoff"), reverse("cutoff"), "alarm-clock")


def road(user: Any) -> Iterator[NavItem]:
    """What a salesperson has under the thumb all day."""
    if can_take_the_road(user):
        yield NavItem(pgettext("menu", "Road"), reverse("road"), "route")


def items(user: Any) -> Iterator[NavItem]:
    """The list of slips; a salesperson comes to it from the road."""
    if can_see_slips(user) and not can_take_the_road(user):
        yield NavItem(pgettext("menu", "Slips"), reverse("slips"), "receipt-text")


def evening(user: Any) -> Iterator[NavItem]:
    """The counter: daily for cashier and finance, now and then for the others."""
    first = next(counter_pages(user), None)
    if first:
        minor = not user.has_role("cashier", "finance")
        yield NavItem(_("Counter"), first.url, "hand-coins", under=COUNTER, minor=minor)


def counter_pages(user: Any) -> Iterator[NavItem]:
    """The pages about what is handed in, that somebody may see."""
    if can_use_counter(user):
        yield NavItem(_("Count"), reverse("counter"), "calculator")
    if can_see_handovers(user):
        yield NavItem(_("Handovers"), reverse("handovers"), "hand-coins")
        yield NavItem(_("Differences"), reverse("differences"), "scale")
    if can_see_sheets(user):
        yield NavItem(_("Day sheets"), reverse("sheets"), "clipboard-list")


def counter_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    pages = counter_pages(request.user)
    return [{"item": page, "current": page.url == request.path} for page in pages]


def invoice_items(user: Any) -> Iterator[NavItem]:
    """Invoices, in the menu of whoever sees money: finance's work every day, else to look up."""
    if can_see_unpaid(user):
        works_on_them = user.has_role("finance")
        yield NavItem(
            pgettext("menu", "Invoices"),
            reverse("invoices"),
            "file-text",
            minor=not works_on_them,
        )


def reserve_items(user: Any) -> Iterator[NavItem]:
    """Everybody's reserves, or the own one."""
    if can_see_reserves(user):
        yield NavItem(_("Reserves"), reverse("reserves"), "piggy-bank")
    elif user.has_role("salesperson"):
        yield NavItem(_("My reserve"), reverse("reserves"), "piggy-bank")

"""What claims and goods hand in to the main menu and the pages about what is due; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.permissions import (
    can_claim,
    can_decide_claims,
    can_see_claims,
    can_see_damages,
    can_see_loans,
)
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_claims(user):
        yield NavItem(_("Expenses"), reverse("expenses"), "receipt")
    if can_see_loans(user):
        yield NavItem(_("Goods"), reverse("goods"), "package", under="/goods/")
    if can_see_damages(user):
        yield NavItem(_("Damages"), reverse("damages"), "hammer", minor=True)


def due_pages(user: Any) -> Iterator[NavItem]:
    if can_see_loans(user):
        yield NavItem(_("Overdue loans"), reverse("overdue_loans"), "package")


def claim_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about claims."""
    user: Any = request.user
    pages = [NavItem(_("Claims"), reverse("expenses"), "receipt")]
    if can_decide_claims(user):
        pages.append(NavItem(_("To decide"), reverse("expenses_to_decide"), "check-check"))
    if can_claim(user):
        pages.append(NavItem(_("Before spending"), reverse("allowance"), "calculator"))
    return _tabs(request, pages)


def goods_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about goods and what was broken."""
    user: Any = request.user
    pages = []
    if can_see_loans(user):
        pages += [
            NavItem(_("Register"), reverse("goods"), "package"),
            NavItem(pgettext("menu", "Loans"), reverse("loans"), "package-open"),
            NavItem(_("Requests"), reverse("loan_requests"), "hand"),
        ]
    if can_see_damages(user):
        pages.append(NavItem(_("Damages"), reverse("damages"), "hammer"))
    return _tabs(request, pages)


def _tabs(request: HttpRequest, pages: list[NavItem]) -> list[dict[str, Any]]:
    return [{"item": page, "current": page.url == request.path} for page in pages]

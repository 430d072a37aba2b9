"""The main menu: each app hands in its items, `settings.NAVIGATION` says in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import pgettext


@dataclass(frozen=True, slots=True)
class NavItem:
    """One item of the menu: what it says, where it leads, its lucide icon.

    `under`: the addresses below which the item is the current one; by default `url` itself.
    `alarm`: how many things there want somebody's eye now. `minor`: not for every day; after the
    others.
    """

    label: Any
    url: str
    icon: str
    under: str = ""
    alarm: int = 0
    minor: bool = False

    def is_current(self, path: str) -> bool:
        if self.url == "/":
            return path == "/"
        return path.startswith(self.under or self.url)


# What the menu shows beside "More": in the bar on top, and under the thumb of a phone.
ON_TOP = 5
UNDER_THE_THUMB = 4


def desk(user: Any) -> Iterator[NavItem]:
    """The first item of everybody's menu."""
    yield NavItem(pgettext("menu", "Desk"), reverse("home"), "layout-dashboard")


def due_pages(user: Any) -> Iterator[NavItem]:
    """The pages about what is due that somebody may see; each app hands in its own."""
    for provide in map(import_string, settings.DUE_PAGES):
        yield from provide(user)


def due_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs; of those whose address the current one begins with, the closest is it."""
    pages = list(due_pages(request.user))
    here = [page for page in pages if page.is_current(request.path)]
    current = max(here, key=lambda page: len(page.url), default=None)
    return [{"item": page, "current": page is current} for page in pages]


def items(user: Any) -> Iterator[NavItem]:
    """The menu of somebody, what is for every day first."""
    found = (item for path in settings.NAVIGATION for item in import_string(path)(user))
    yield from sorted(found, key=lambda item: item.minor)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu of whoever is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    if not hasattr(request, "_navigation"):  # a page is rendered in several parts
        request._navigation = _menu(request, user)  # type: ignore[attr-defined]
    return request._navigation  # type: ignore[attr-defined, no-any-return]


def _menu(request: HttpRequest, user: Any) -> dict[str, Any]:
    menu = [{"item": item, "current": item.is_current(request.path)} for item in items(user)]
    return {
        "navigation": menu,
        "navigation_on_top": _divided(menu, ON_TOP),
        "navigation_under_the_thumb": _divided(menu, UNDER_THE_THUMB),
    }


def _divided(menu: list[Any], shown: int) -> dict[str, Any]:
    """The items shown, and those behind "More": never one alone, which would fit as well."""
    shown = len(menu) if len(menu) == shown + 1 else shown
    more = menu[shown:]
    return {
        "shown": menu[:shown],
        "more": more,
        "more_is_current": any(each["current"] for each in more),
        "more_alarm": sum(each["item"].alarm for each in more),
    }

"""Where a page of a lower floor shows what an upper one knows: the upper one hands in a panel.

`settings.PANELS` names, for each place, who hands in, in the order in which it is shown. The page
names no one: it is given panels, and each panel brings its own template.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from core.once import asking


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page: which template, with what. The template sees it as `panel`.

    `key` names it among the panels of its place: it is the id of its element. `order`: those with
    a lower one come first, whoever hands them in. `confidential`: what the list of openings calls
    it, where its being opened is written down (core/confidential.py); empty where it is not.
    """

    key: str
    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0
    confidential: str = ""


class Provider(Protocol):
    """Yields the panels that a user may see in a place; `about` is what the place is about."""

    def __call__(self, user: Any, **about: Any) -> Iterable[Panel]: ...


def panels_of(place: str, user: Any, **about: Any) -> list[Panel]:
    """Every panel of a place that somebody may see: by their order, then that of the setting."""
    provided = (import_string(path)(user, **about) for path in settings.PANELS[place])
    with asking():
        return sorted(chain.from_iterable(provided), key=attrgetter("order"))

"""Where a page of a lower floor shows what an upper one knows: the upper one hands in a panel.

`settings.PANELS` names, for each place, who hands in, in the order in which it is shown. The page
names no one: it is given panels, and each panel brings its own template.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page: which template, with what. The template sees it as `panel`.

    `key` names it among the panels of its place: it is the id of its element.
    """

    key: str
    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Provider(Protocol):
    """Yields the panels that a user may see in a place; `about` is what the place is about."""

    def __call__(self, user: Any, **about: Any) -> Iterable[Panel]: ...


def panels_of(place: str, user: Any, **about: Any) -> Iterator[Panel]:
    """Every panel of a place that somebody may see, in the order of the setting."""
    for path in settings.PANELS[place]:
        yield from import_string(path)(user, **about)

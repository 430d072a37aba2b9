"""The desk: what waits for whoever signed in, with its deadline, and their own figures.

Every app hands in its cards (`settings.PANELS["desk"]`), made with `card`. A card reads a constant
number of rows: the first few that wait, and how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import clock
from core.panels import Panel

FIRST, LATER = 0, 1  # the order of cards on which something waits, and of the others
SHOWN = 5  # of a card's things; the rest is on the page behind it


@dataclass(frozen=True, slots=True)
class Act:
    """Something done with one click, by POST."""

    label: Any
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what it is, where it is dealt with, until when (an instant)."""

    text: Any
    url: str = ""
    note: Any = ""
    due: datetime | None = None
    act: Act | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < clock.now()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one's own, as it is shown, and where it comes from."""

    label: Any
    value: Any
    url: str = ""
    note: Any = ""


def card(
    *,
    key: str,
    title: Any,
    icon: str,
    url: str = "",
    waiting: Sequence[Waiting] = (),
    count: int | None = None,
    figures: Sequence[Figure] = (),
    empty: Any = "",
) -> Panel:
    """A card of the desk. `url`: the page behind it. `count`: how many wait, if more than given.

    `empty` says what it means that nothing waits; a card that waits for nothing, has no figures
    and nothing to say is better not handed in. Cards where something waits come first.
    """
    waits = len(waiting) if count is None else count
    return Panel(
        key=key,
        order=FIRST if waits else LATER,
        title=title,
        template="core/_desk_card.html",
        context={
            "icon": icon,
            "url": url,
            "waiting": waiting[:SHOWN],
            "count": waits,
            "figures": figures,
            "empty": empty,
        },
    )

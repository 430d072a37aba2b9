"""Where people and companies stand in the drawing of a network (CUS-1). Pure, and always the same.

In the middle the company, its people around it on rings, the outer ones wider; beyond them the
other companies, each with those of its people who are tied to somebody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

RING, FIRST_RING, ROOM = 120, 130, 100
OUTER, AROUND = 190, 95
MARGIN = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where the middle of somebody stands, in whole pixels."""

    x: int
    y: int


@dataclass(frozen=True)
class Layout:
    """Places by key, moved so that all are within `width` and `height`."""

    places: Mapping[str, Place]
    width: int
    height: int


def laid_out(middle: str, people: Sequence[str], others: Mapping[str, Sequence[str]]) -> Layout:
    """`people`: keys of those of the company in the middle; `others`: of other companies, each with
    its people."""
    places = {middle: (0.0, 0.0)}
    ring = FIRST_RING - RING
    for ring, keys in _rings(people):
        places |= _around(keys, (0.0, 0.0), ring, turned=ring / 500)
    # So wide that the people of neighbours do not touch.
    far = max(ring + OUTER, len(others) * 2 * (AROUND + ROOM) / (2 * pi))
    places |= _around(list(others), (0.0, 0.0), far if others else 0.0)
    for company, keys in others.items():
        places |= _around(keys, places[company], AROUND)
    return _moved(places)


def _rings(people: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """People ring by ring: as many as have room on it."""
    ring, start = FIRST_RING, 0
    while start < len(people):
        room = int(2 * pi * ring / ROOM)
        yield ring, people[start : start + room]
        start, ring = start + room, ring + RING


def _around(
    keys: Sequence[str], middle: tuple[float, float], radius: float, turned: float = 0.0
) -> dict[str, tuple[float, float]]:
    step = 2 * pi / max(len(keys), 1)
    return {
        key: (
            middle[0] + radius * cos(n * step + turned - pi / 2),
            middle[1] + radius * sin(n * step + turned - pi / 2),
        )
        for n, key in enumerate(keys)
    }


def _moved(places: Mapping[str, tuple[float, float]]) -> Layout:
    left = min(x for x, _y in places.values()) - MARGIN
    top = min(y for _x, y in places.values()) - MARGIN
    moved = {key: Place(round(x - left), round(y - top)) for key, (x, y) in places.items()}
    return Layout(
        moved,
        max(place.x for place in moved.values()) + MARGIN,
        max(place.y for place in moved.values()) + MARGIN,
    )

"""Whose name stands on a bank's line: names compared as people misspell them. Pure.

华强 and 华为 differ by one sign and are two companies: that a name is near is a suggestion. Certain
is a name that says the same once form, place and width are set aside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from customers.rules.firm_names import Name, name_of, sound_of

SURE_WITHOUT_PLACE = 4
"""Signs that a name without its place needs, to be taken for the one company that has it."""
SHORT = 4
MOST_NEAR = 6


class Grade(IntEnum):
    """How well the name on a line fits a known customer's; the higher, the surer."""

    NONE = 0
    ELSEWHERE = 1  # the same name, of another place: another company
    NEAR = 2  # a sign or two apart, or a part of it
    SOUND = 3  # other signs, the same sound
    SAME = 4  # the same but for the place or form that is missing
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A customer that a name may be, how well it fits, and how alike (0 to 100)."""

    customer: int
    grade: Grade
    likeness: int


@dataclass(frozen=True)
class Reading:
    """What a name may be, the best first. `certain`: the only customer it can be, if any."""

    found: tuple[Known, ...] = ()
    certain: int | None = None
    crowd: bool = False
    """Several known customers are near: one may have been meant as well as the other."""


class Directory:
    """Every known customer by name, to ask whose name stands on a line."""

    def __init__(self, customers: Mapping[int, str]) -> None:
        self.names = {pk: name_of(text) for pk, text in sorted(customers.items())}
        self._asked: dict[str, Reading] = {}

    @cached_property
    def _by_core(self) -> dict[str, list[int]]:
        return _grouped((name.core, pk) for pk, name in self.names.items())

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        return _grouped((sound_of(name.core), pk) for pk, name in self.names.items())

    @cached_property
    def _cores(self) -> list[str]:
        return sorted(self._by_core)

    def read(self, text: str) -> Reading:
        """Whose name this may be. The same answer whatever was asked before."""
        if text not in self._asked:
            self._asked[text] = self._read(name_of(text))
        return self._asked[text]

    def _read(self, name: Name) -> Reading:
        if len(name.core) < 2:
            return Reading()
        best: dict[int, Known] = {}
        for known in (*self._same(name), *self._sounding(name), *self._near(name)):
            if known.customer not in best or known.grade > best[known.customer].grade:
                best[known.customer] = known
        found = sorted(best.values(), key=lambda k: (-k.grade, -k.likeness, k.customer))
        top = [known for known in found if known.grade >= Grade.NEAR]
        return Reading(tuple(found[:MOST_NEAR]), _certain(name, found), len(top) > 1)

    def _same(self, name: Name) -> Iterable[Known]:
        for pk in self._by_core.get(name.core, ()):
            grade = _placed(name.place, self.names[pk].place)
            yield Known(pk, grade, 40 if grade == Grade.ELSEWHERE else 100)

    def _sounding(self, name: Name) -> Iterable[Known]:
        for pk in self._by_sound.get(sound_of(name.core), ()):
            if _placed(name.place, self.names[pk].place) != Grade.ELSEWHERE:
                yield Known(pk, Grade.SOUND, 90)

    def _near(self, name: Name) -> Iterable[Known]:
        most = 1 if len(name.core) <= SHORT else 2
        close = process.extract(
            name.core, self._cores, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR * 2
        )
        parts: tuple[str, ...] = ()
        if len(name.core) >= 3:
            parts = tuple(core for core in self._cores if core != name.core and name.core in core)
        cores = {core for core, _distance, _at in close if len(core) > 1} | set(parts[:MOST_NEAR])
        for core in sorted(cores - {name.core}):
            for pk in self._by_core[core]:
                if _placed(name.place, self.names[pk].place) != Grade.ELSEWHERE:
                    yield Known(pk, Grade.NEAR, _likeness(name.core, core))


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for key, pk in pairs:
        groups[key].append(pk)
    return groups


def _placed(one: str, other: str) -> Grade:
    """How well two names of the same core fit by their places."""
    if one == other:
        return Grade.EXACT
    return Grade.SAME if not one or not other else Grade.ELSEWHERE


def _likeness(one: str, other: str) -> int:
    return round(85 * OSA.normalized_similarity(one, other))


def _certain(name: Name, found: list[Known]) -> int | None:
    """The one customer a name can only be: the same name, and nobody else's of the same words."""
    same = [known for known in found if known.grade >= Grade.SAME]
    exact = [known for known in same if known.grade == Grade.EXACT]
    if len(exact) == 1:
        return exact[0].customer
    others = [known for known in found if known.grade in (Grade.NEAR, Grade.SOUND)]
    if len(same) == 1 and not exact and not others and len(name.core) >= SURE_WITHOUT_PLACE:
        return same[0].customer
    return None

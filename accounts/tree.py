"""The team tree: who is below whom, who is away today and who stands in (ORG-1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Person, StandIn
from core import clock

# No company has more levels. A file may: whoever is deeper is shown side by side.
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody, and everybody directly below."""

    person: Person
    below: "Sequence[Node]"
    away: Any
    stand_ins: Sequence[StandIn]

    @property
    def count(self) -> int:
        """How many are below, at any depth."""
        return sum(1 + node.count for node in self.below)


def team_tree(user: Any, *, with_left: bool = False) -> list[Node]:
    """The tops of the tree among those a user may see. As many queries for 10 as for 1,000."""
    today = clock.today()
    seen = Person.objects.visible_to(user)
    people = list(seen if with_left else seen.here_on(today))
    shown = {person.pk for person in people}
    children: dict[int | None, list[Person]] = defaultdict(list)
    for person in people:
        above = person.supervisor_id if person.supervisor_id in shown else None
        children[above].append(person)
    away = away_on(today)
    standing: dict[int, list[StandIn]] = defaultdict(list)
    for stand_in in StandIn.objects.active(today).select_related("absent", "stand_in"):
        standing[stand_in.absent_id].append(stand_in)

    def nodes(above: int | None, depth: int = 1) -> Iterator[Node]:
        among = children[above] if depth < DEEPEST else _all_below(children, above)
        for person in among:
            below = tuple(nodes(person.pk, depth + 1)) if depth < DEEPEST else ()
            yield Node(person, below, away.get(person.pk, ""), standing.get(person.pk, ()))

    # Whoever leads somebody first; whoever stands alone comes after.
    return sorted(nodes(None), key=lambda node: not node.below)


def _all_below(children: Mapping[int | None, Sequence[Person]], top: int | None) -> list[Person]:
    """Everybody below, at any depth, in the order of the tree."""
    found: list[Person] = []
    waiting = list(reversed(children.get(top, ())))
    while waiting:
        person = waiting.pop()
        found.append(person)
        waiting.extend(reversed(children.get(person.pk, ())))
    return found


def away_on(day: date) -> Mapping[int, Any]:
    """Who is away on a day, by `settings.AWAY`: the person's id, and in what way."""
    found: dict[int, Any] = {}
    for path in settings.AWAY:
        found.update(import_string(path)(day))
    return found

"""What a leaver has to hand over: the upper apps hand in what is open (PAY-6)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import HandoverTick, Person


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One thing still with somebody. `key` names it for good (`slip/S0012`)."""

    person: int
    key: str
    group: Any
    label: str
    note: Any = ""


class Doer(Protocol):
    """Hands one thing to a colleague where ticking is not enough, in the caller's transaction.
    Raises `PeopleRefused` for who may not, or to whom it cannot go."""

    def __call__(self, *, actor: Any, key: str, to: Person) -> None: ...


class Provider(Protocol):
    """What is still with people (their ids), in a constant number of queries."""

    def __call__(self, people: Collection[int]) -> Iterable[HandoverItem]: ...


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A thing and whether it was handed over. Without `group` it is settled, or no longer there;
    what stands again after its tick had handed it over is open, and its tick is told no more."""

    key: str
    group: Any
    label: str
    note: Any
    tick: HandoverTick | None

    @property
    def is_done(self) -> bool:
        """Whether ticking handed the thing itself over: nothing to take back."""
        return self.tick is not None and doer_of(self.key) is not None


def handover_items(people: Collection[int]) -> Iterator[HandoverItem]:
    """All that is still with people, by `settings.HANDOVER`."""
    for path in settings.HANDOVER:
        yield from import_string(path)(people)


def doer_of(key: str) -> Doer | None:
    """What hands a thing over, by the first part of its key (`settings.HANDING_OVER`); of most
    things nothing but the tick."""
    path = settings.HANDING_OVER.get(key.partition("/")[0])
    doer: Doer | None = import_string(path) if path else None
    return doer


def stands_again(item: HandoverItem) -> bool:
    """Whether a thing was given back after its tick had handed it over: the tick would have taken
    it off the list."""
    return doer_of(item.key) is not None


def handover_open(people: Collection[int]) -> Counter[int]:
    """How many things of each are not ticked yet, or stand again since. As many queries for one as
    for all."""
    ticked = set(
        HandoverTick.objects.filter(person__in=people).order_by().values_list("person", "item")
    )
    return Counter(
        it.person
        for it in handover_items(people)
        if stands_again(it) or (it.person, it.key[:80]) not in ticked
    )


def handover_lines(person: Person) -> list[HandoverLine]:
    """The hand-over list: what is open, and what was ticked though it is open no longer."""
    ticks = {
        tick.item: tick
        for tick in HandoverTick.objects.filter(person=person).select_related("to", "by__person")
    }
    lines = []
    for it in handover_items([person.pk]):
        tick = ticks.pop(it.key[:80], None)
        tick = None if stands_again(it) else tick
        lines.append(HandoverLine(it.key, it.group, it.label, it.note, tick))
    return lines + [HandoverLine(t.item, "", t.label, "", t) for t in ticks.values()]

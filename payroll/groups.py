"""Salespeople in groups: what a close works on at a time, and what it hands to another worker.

A group is a stretch of ids. It needs no list kept anywhere, a new salesperson falls into one by
herself, and every fact of the group is found by a range (adr/0010).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Person

SIZE = 1000

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Group:
    """The people with ids from `first` to `last`."""

    first: int
    last: int

    @classmethod
    def numbered(cls, number: int) -> "Group":
        return cls(number * SIZE, number * SIZE + SIZE - 1)

    def of(self, rows: Rows, person: str = "person") -> Rows:
        """Those rows that are about these people; `person` names the way to them, "" itself."""
        return rows.filter(self.condition(person))

    def condition(self, person: str) -> Q:
        name = person or "id"
        return Q(**{f"{name}__gte": self.first, f"{name}__lte": self.last})

    def halves(self) -> tuple["Group", "Group"]:
        middle = (self.first + self.last) // 2
        return Group(self.first, middle), Group(middle + 1, self.last)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Certain people by their ids: to look at them, not to close their month."""

    ids: frozenset[int]

    def of(self, rows: Rows, person: str = "person") -> Rows:
        """Those rows that are about these people; `person` names the way to them, "" itself."""
        return rows.filter(self.condition(person))

    def condition(self, person: str) -> Q:
        return Q(**{f"{person or 'id'}__in": self.ids})


def group_numbers() -> list[int]:
    """The groups there are, in order. One query."""
    numbers = Person.objects.order_by().values_list(F("id") / SIZE, flat=True).distinct()
    return sorted({int(number) for number in numbers})


def employee_nos(group: Group) -> Iterator[str]:
    """The people of a group, as messages name them."""
    yield from group.of(Person.objects.order_by("id"), "").values_list("employee_no", flat=True)

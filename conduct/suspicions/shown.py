"""Evidence as its reader is told of it: in their words, with the record behind it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from conduct.models import Suspicion
from conduct.suspicions.rules import Evidence

PEOPLE = ("before", "after", "seller", "owner", "first", "second")
KINDS = {
    "order": gettext_lazy("Order"),
    "customer": gettext_lazy("Customer"),
    "conflict": gettext_lazy("Conflict"),
    "project": gettext_lazy("Project"),
}
ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "order": lambda no: reverse("order", args=[no]),
    "customer": lambda no: reverse("customer", args=[no]),
    "conflict": lambda no: reverse("conflict", args=[no]),
    "project": lambda no: reverse("project", args=[no]),
}


class Seen(NamedTuple):
    """One thing seen: what record, its address, what of it."""

    label: str
    no: str
    url: str
    text: str


def evidence_of(suspicion: Suspicion) -> list[Evidence]:
    """The evidence as it was found."""
    return [Evidence(**each) for each in suspicion.evidence]


def seen_in(suspicion: Suspicion) -> Iterator[Seen]:
    """The evidence with the names of the people in it. One query."""
    evidence = evidence_of(suspicion)
    numbers = {each.values[name] for each in evidence for name in PEOPLE if name in each.values}
    people = Person.objects.filter(employee_no__in=numbers).order_by()
    names: dict[str, str] = dict(people.values_list("employee_no", "name"))
    for each in evidence:
        values: dict[str, Any] = {
            name: names.get(value, value) if name in PEOPLE else value
            for name, value in each.values.items()
        }
        yield Seen(
            label=str(KINDS[each.kind]),
            no=each.no,
            url=ADDRESSES[each.kind](each.no),
            text=_(each.text) % values,
        )

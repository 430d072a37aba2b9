"""Evidence as its reader is told of it: in their words, with the record behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from conduct.models import Suspicion
from conduct.suspicions.rules import Evidence
from customers.models import Conflict, Project

PEOPLE = ("before", "after", "seller", "owner", "first", "second")
KINDS = {
    "order": gettext_lazy("Order"),
    "customer": gettext_lazy("Customer"),
    "conflict": gettext_lazy("Conflict"),
    "project": gettext_lazy("Project"),
}
# Those that an address names by their row, and not by their number.
BY_ROW: Mapping[str, tuple[Any, str]] = {
    "conflict": (Conflict, "conflict_no"),
    "project": (Project, "project_no"),
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
    """The evidence with the names of the people in it. One query, and one for each kind of
    `BY_ROW` among it."""
    evidence = evidence_of(suspicion)
    addresses = _addresses(evidence)
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
            url=addresses[each.kind, each.no],
            text=_(each.text) % values,
        )


def _addresses(evidence: Sequence[Evidence]) -> dict[tuple[str, str], str]:
    """Where the records lie that the evidence names."""
    known = {(kind, no): no for kind, no, _text, _values in evidence}
    for kind, (model, number) in BY_ROW.items():
        numbers = [no for of, no in known if of == kind]
        rows = model.objects.filter(**{f"{number}__in": numbers}) if numbers else ()
        known |= {(kind, getattr(row, number)): row.pk for row in rows}
    return {(kind, no): reverse(kind, args=[row]) for (kind, no), row in known.items()}

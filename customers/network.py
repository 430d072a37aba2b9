"""The relationship network of a customer, drawn and as a list (CUS-1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from customers.models import Contact, Customer, Tie
from customers.rules.network import Layout, Place, laid_out
from customers.services.ties import End, end_of

MOST_PEOPLE = 150
SQUARE = ((0, -28), (28, 0), (0, 28), (-28, 0))
HEXAGON = ((-12, -22), (12, -22), (25, 0), (12, 22), (-12, 22), (-25, 0))


@dataclass(frozen=True)
class Node:
    """Somebody or some company as it is drawn; `mark` says how much they have to say."""

    key: str
    place: Place
    name: str
    below: str
    url: str
    say: str = ""
    is_company: bool = False
    is_middle: bool = False

    @property
    def corners(self) -> str:
        """The shape of whoever decides (a square on its corner) or influences (six corners)."""
        x, y = self.place.x, self.place.y
        points: Sequence[tuple[int, int]] = HEXAGON
        if self.say == Contact.Say.DECIDES:
            points = SQUARE
        return " ".join(f"{x + right},{y + down}" for right, down in points)

    @property
    def first(self) -> str:
        return self.name[:1]

    @property
    def label_at(self) -> int:
        return self.place.y + 42

    @property
    def below_at(self) -> int:
        return self.place.y + 57

    @property
    def text_at(self) -> int:
        return self.place.y + 5

    @property
    def left(self) -> int:
        return self.place.x - 60

    @property
    def top(self) -> int:
        return self.place.y - 18


@dataclass(frozen=True)
class Line:
    """Who is tied to whom, as it is drawn; `said`: of what kind, empty for who belongs where."""

    one: Place
    other: Place
    said: str = ""
    is_directed: bool = False

    @property
    def middle(self) -> Place:
        return Place((self.one.x + self.other.x) // 2, (self.one.y + self.other.y) // 2 - 4)


@dataclass(frozen=True)
class Network:
    nodes: list[Node]
    lines: list[Line]
    ties: list[tuple[Tie, End, End]]
    layout: Layout


def network_of(user: Any, customer: Customer) -> Network:
    """A customer's people, all their ties that the reader may see, and who stands at the other
    ends. Two queries."""
    people = list(customer.contacts.filter(gone=False)[:MOST_PEOPLE])
    rows = Tie.objects.visible_to(user).of(customer).with_ends()
    ties = [(tie, end_of(tie, "from"), end_of(tie, "to")) for tie in rows]
    here = {contact.pk for contact in people}
    others: dict[str, dict[str, End]] = defaultdict(dict)
    named: dict[str, End] = {_key(End(customer)): End(customer)}
    for end in (end for _tie, *ends in ties for end in ends):
        if end.customer.pk == customer.pk:
            if end.contact is not None and end.contact.pk not in here:
                here.add(end.contact.pk)
                people.append(end.contact)
            continue
        company = _key(End(end.customer))
        named[company] = End(end.customer)
        others[company].update({_key(end): end} if end.contact is not None else {})
    mine = {_key(End(customer, contact)): End(customer, contact) for contact in people}
    layout = laid_out(
        _key(End(customer)), list(mine), {company: list(ends) for company, ends in others.items()}
    )
    every = named | mine | {key: end for ends in others.values() for key, end in ends.items()}
    return Network(
        nodes=[_node(key, end, layout, customer) for key, end in every.items()],
        lines=[*_belonging(every, layout), *_tied(ties, layout)],
        ties=ties,
        layout=layout,
    )


def _key(end: End) -> str:
    return f"contact-{end.contact.pk}" if end.contact else f"company-{end.customer.pk}"


def _node(key: str, end: End, layout: Layout, middle: Customer) -> Node:
    page = reverse("customer", args=[end.customer.customer_no])
    is_middle = end.customer.pk == middle.pk
    if end.contact is None:
        return Node(key, layout.places[key], end.customer.name, "", page, "", True, is_middle)
    url = f"{page}#{key}"
    return Node(
        key, layout.places[key], end.contact.name, end.contact.position, url, end.contact.say
    )


def _belonging(every: dict[str, End], layout: Layout) -> list[Line]:
    return [
        Line(layout.places[key], layout.places[_key(End(end.customer))])
        for key, end in every.items()
        if end.contact is not None
    ]


def _tied(ties: list[tuple[Tie, End, End]], layout: Layout) -> list[Line]:
    return [
        Line(
            layout.places[_key(one)],
            layout.places[_key(other)],
            tie.get_kind_display(),
            tie.kind in Tie.DIRECTED,
        )
        for tie, one, other in ties
        if _key(one) != _key(other)
    ]

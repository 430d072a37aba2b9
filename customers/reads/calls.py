"""What the page of a call is put together from (VIS-4)."""

from dataclasses import dataclass
from typing import Any

from customers.models import Call, Customer


@dataclass(frozen=True, slots=True)
class Number:
    """A number to dial: whose it is (empty: the firm's), what they are there."""

    telephone: str
    name: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a script, and whether the call went through it."""

    number: int
    title: str
    text: str
    is_done: bool


def numbers_of(customer: Customer) -> list[Number]:
    """Whom one can reach there: those who decide first, the firm's own number last. One query."""
    there = customer.contacts.filter(gone=False).exclude(telephone="")
    people = sorted(there, key=lambda contact: (contact.say != "decides", contact.pk))
    found = [Number(each.telephone, each.name, each.position) for each in people]
    if customer.telephone:
        found.append(Number(customer.telephone))
    return found


def steps_of(call: Call, ticked: Any = None) -> list[Step]:
    """The steps of the script that a call follows; `ticked`: those ticked in a form that came
    back, as it sent them."""
    if call.script is None:
        return []
    done = {str(n) for n in call.steps_done} if ticked is None else set(ticked)
    return [
        Step(n, title, text, str(n) in done) for n, (title, text) in enumerate(call.script.steps)
    ]

"""Customers with a number, and calls to them."""

from datetime import datetime

from accounts.models import Person
from customers.models import Call, Customer
from customers.services import CallFacts, call_begin, call_end
from customers.tests.conftest import user
from tests.builders import customer

NUMBER = "0574-87654321"


def firm(no: str, owner: Person) -> Customer:
    """A customer who can be called."""
    made = customer(no, owner)
    Customer.objects.filter(pk=made.pk).update(telephone=NUMBER)
    made.refresh_from_db()
    return made


def begun(by: Person, to: Customer) -> Call:
    return call_begin(person=by, customer=to, actor=user(by.employee_no))


def ended(call: Call, outcome: str = "not_reached", **said: object) -> Call:
    facts = CallFacts(outcome, **said)  # type: ignore[arg-type]
    return call_end(call=call, facts=facts, actor=user(call.person.employee_no))


def called(by: Person, to: Customer, times: int = 1) -> None:
    for _time in range(times):
        ended(begun(by, to))


def back(call: Call, at: datetime, note: str = "in the afternoon") -> Call:
    return ended(call, "call_back", note=note, back_at=at)

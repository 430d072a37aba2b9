"""Complaints for tests, of the cast, on Monday, 2 November 2026, 09:00."""

from typing import Any
from uuid import uuid4

from accounts.models import Person, User
from customers.models import Complaint
from customers.services import (
    ComplaintFacts,
    complaint_answer,
    complaint_assign,
    complaint_hear,
    complaint_take,
)
from tests.cast import KEEPER, MANAGER, MATE, SHE, SUPERVISOR


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def person(no: str) -> Person:
    return Person.objects.select_related("supervisor").get(employee_no=no)


def facts(about: str | None = SHE, **said: Any) -> ComplaintFacts:
    usual = {
        "customer_name": "宁波大地",
        "category": "conduct",
        "subject": "电话不接",
        "text": "打了三次电话，没有人接，也没有回。",
        "channel": "telephone",
        "about": person(about) if about else None,
    }
    return ComplaintFacts(**{**usual, **said})


def taken(about: str | None = SHE, *, by: str = KEEPER, **said: Any) -> Complaint:
    """Taken in by the keeper, about her."""
    made = facts(about, **said)
    return complaint_take(facts=made, files=[], token=uuid4(), taken_by=person(by), actor=user(by))


def handled(about: str | None = SHE, *, handler: str = MATE, **said: Any) -> Complaint:
    """Given to her mate by the supervisor."""
    row = taken(about, **said)
    return complaint_assign(row=row, handler=person(handler), actor=user(SUPERVISOR))


def heard(**said: Any) -> Complaint:
    return complaint_hear(row=handled(**said), actor=user(said.get("handler", MATE)))


def answered(**said: Any) -> Complaint:
    actor = user(said.get("handler", MATE))
    return complaint_answer(row=handled(**said), answer="已道歉并换人联系。", actor=actor)


__all__ = ["MANAGER", "answered", "facts", "handled", "heard", "person", "taken", "user"]

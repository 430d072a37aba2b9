"""Whom transfers and margins concern, and which role decides on them (ORG-1, ORD-1, ORD-2)."""

from typing import Any

from accounts.models import Person
from accounts.permissions import roles_deciding
from orders.models import MarginRequest, Transfer


def named_in(transfer: Transfer) -> list[Person]:
    """Whom a transfer concerns: both salespeople, and who asked for it."""
    return [transfer.from_person, transfer.to_person, *_asker(transfer)]


def concerned_by(asked: MarginRequest) -> list[Person]:
    """Whom a margin concerns: the order's salesperson, and who asked that it be approved."""
    return [asked.order.person, *_asker(asked)]


def _asker(asked: Transfer | MarginRequest) -> list[Person]:
    by: Any = asked.asked_by
    return [by.person] if by is not None and by.person is not None else []


def deciding_role(people: list[Person]) -> str:
    """The role that decides what concerns these people: the manager, or who is above them."""
    (role,) = roles_deciding(people, "manager")
    return role

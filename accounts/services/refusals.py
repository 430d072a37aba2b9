"""Why a write about people does not happen; the message is for the reader."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Person


class PeopleRefused(Exception):
    """What was asked does not fit what is known; nothing was changed."""


class ChangedMeanwhile(PeopleRefused):
    """Somebody else was quicker: what the form showed is no longer so."""


def person_locked(pk: int) -> Person:
    """A person read anew, their row held until the transaction ends."""
    return Person.objects.select_for_update().get(pk=pk)


def in_place(actor: Any, *roles: str) -> Mapping[str, str]:
    """What an audit row says besides: for whom the actor, in one of these roles, stands in."""
    return actor.in_place_of(*roles) if actor is not None else {}


def version_of(person: Person, fields: tuple[str, ...]) -> str:
    """A fingerprint of what a form showed: a load changes it as a form does."""
    import hashlib

    said = repr([(name, str(getattr(person, name))) for name in fields])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def values_of(person: Person, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(person, name) for name in fields}

"""Versions beside each other: what differs, since when a figure is what it is, what would be. Pure.

Nothing here is decided: which version counts on a day says `PolicyBook.on` (POL-1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policy.labels import parameter_text
from policy.rules import Policy, PolicyBook, parameter_names

Row = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter that differs, as the policy table writes it before and after."""

    name: str
    before: str
    after: str


def difference(before: Policy, after: Policy) -> list[Change]:
    """The parameters that differ between two versions, in the order of the policy."""
    return [
        Change(name, parameter_text(getattr(before, name)), parameter_text(getattr(after, name)))
        for name in parameter_names()
        if getattr(before, name) != getattr(after, name)
    ]


def history(name: str, book: PolicyBook) -> list[tuple[date | None, Any]]:
    """A parameter's values with the day each began; the documents' own has none."""
    found: list[tuple[date | None, Any]] = []
    for version in book.versions:
        value = getattr(version, name)
        if not found or found[-1][1] != value:
            found.append((version.effective_on, value))
    return found


def book_with(rows: Iterable[Row], changes: Mapping[str, str], effective_on: date) -> PolicyBook:
    """The policy as it would be with a draft put in force."""
    draft = [(effective_on, name, text) for name, text in changes.items()]
    kept = [row for row in rows if row[0] != effective_on or row[1] not in changes]
    return PolicyBook.of([*kept, *draft])


def book_throughout(rows: Iterable[Row], changes: Mapping[str, str], first: date) -> PolicyBook:
    """The policy as it would be had a draft counted from a day on, whatever came after that day.

    What the draft does not speak of stays as it was, changes after that day included.
    """
    draft = [(first, name, text) for name, text in changes.items()]
    kept = [row for row in rows if row[0] < first or row[1] not in changes]
    return PolicyBook.of([*kept, *draft])

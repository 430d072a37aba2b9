"""The invariants of the books (PAY-5): each app says its own, `settings.VERIFICATIONS` lists them.

A check is a function without arguments that yields a `Problem` for each thing wrong. It looks at
the rows themselves, not at what the services would have done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the books: which check found it, where, and what it is."""

    check: str
    where: str
    what: Any

    def __str__(self) -> str:
        return f"{self.check} {self.where}: {self.what}"


def problems() -> Iterator[Problem]:
    """Everything that is wrong with the books; nothing when they balance."""
    for check in map(import_string, settings.VERIFICATIONS):
        yield from check()

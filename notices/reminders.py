"""What people are reminded of: every app hands in its own (`settings.REMINDERS`).

A provider reads the facts: `(now) -> Iterable[Reminder]`. It may yield what was sent long ago, or
what is yet to come: only what is due for saying is said, and once for its key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Reminder:
    """From `at` on somebody is told that something is due; no more once `due` has passed.

    `key` says what it is about, never when it was looked at; `text` is marked with `gettext_noop`.
    """

    person: Person
    key: str
    at: datetime
    text: str
    url: str
    values: dict[str, Any] = field(default_factory=dict)
    due: datetime | None = None

    def is_to_be_said(self, now: datetime) -> bool:
        return self.at <= now and (self.due is None or now < self.due)


def providers() -> Iterator[tuple[str, Any]]:
    for path in settings.REMINDERS:
        yield path, import_string(path)


def reminders_of(provide: Any, now: datetime) -> list[Reminder]:
    return [each for each in provide(now) if each.is_to_be_said(now)]

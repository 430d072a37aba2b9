"""What was asked of the database and what it answered, to know later whether it is still so.

Whoever computes by pure functions from what was read comes to the same as long as the same
questions get the same answers. Asking again costs a part of reading, computing and comparing
again; and every question counts, whoever thought of it (adr/0013).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q

from core.models import Reading

AT_A_TIME = 2_000
KINDS = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "Decimal": Decimal}

Question = tuple[str, Sequence[Any] | None]


@dataclass(frozen=True, slots=True)
class Told:
    """Questions in SQL with their values, and a fingerprint of all that was answered."""

    questions: Sequence[Question]
    answers: str


@contextmanager
def asking() -> Iterator[list[Question]]:
    """Within, every SELECT on this connection is put down in the list that it gives."""
    asked: list[Question] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def told(questions: Sequence[Question]) -> Told:
    """The questions asked again, for a fingerprint of what the database says to them now."""
    answers = blake2b(digest_size=16)
    with connection.cursor() as cursor:
        for sql, params in questions:
            cursor.execute(sql, params)
            answers.update(b"?")
            while rows := cursor.fetchmany(AT_A_TIME):
                answers.update("".join(map(repr, rows)).encode())
    return Told(questions, answers.hexdigest())


def fingerprint(*parts: Any) -> str:
    """One of whatever a reading hangs on besides the database, the program itself included."""
    return blake2b(repr((_program(), *parts)).encode(), digest_size=16).hexdigest()


def reading_keep(
    *, subject: str, given: str, since: datetime, until: datetime | None, told: Sequence[Told]
) -> None:
    """Remember what was read about a subject, in place of what was remembered before.

    It holds for instants from `since` up to `until` (None: for ever), under the same `given`.
    """
    kept = [{**asdict(part), "questions": _plain(part.questions)} for part in told]
    Reading.objects.update_or_create(
        subject=subject, defaults={"given": given, "since": since, "until": until, "told": kept}
    )


def reading_holds(*, subject: str, given: str, at: datetime) -> bool:
    """Whether everything remembered of a subject is still as it was read."""
    reading = Reading.objects.filter(
        Q(until=None) | Q(until__gt=at), subject=subject, given=given, since__lte=at
    ).first()
    return reading is not None and all(
        told(_questions(part["questions"])).answers == part["answers"] for part in reading.told
    )


def _plain(value: Any) -> Any:
    """A value of a question as JSON can keep it. Raises `TypeError` for a kind not known."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    kind = type(value).__name__
    if kind not in KINDS:
        raise TypeError(f"a question with a {kind}")
    return {kind: str(value)}


def _questions(kept: Any) -> list[Question]:
    return [(sql, _valued(params)) for sql, params in kept]


def _valued(value: Any) -> Any:
    if isinstance(value, list):
        return [_valued(each) for each in value]
    if isinstance(value, dict):
        [(kind, text)] = value.items()
        return KINDS[kind](text)  # type: ignore[operator]
    return value


@cache
def _program() -> str:
    """A fingerprint of the program's own files and the libraries it is pinned to: other code may
    come to something else from the same answers."""
    found = blake2b(digest_size=16)
    for path in _files():
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        home = Path(app.path)
        if home.parent == base:
            yield from sorted(p for p in home.rglob("*.py") if "tests" not in p.parts)
    yield from sorted(base.glob("requirements/base.txt"))

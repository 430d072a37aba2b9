"""What was asked of the database and what it answered, to know later whether it is still so.

Whoever computes by pure functions from what was read comes to the same as long as the same
questions get the same answers. Asking again costs a part of reading, computing and comparing
again; and every question counts, whoever thought of it (adr/0013).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
KINDS: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "Decimal": Decimal,
}
"""The kinds of values, beside JSON's own, that a question can have and be asked again."""

Question = tuple[str, Sequence[Any] | None]


@dataclass(frozen=True, slots=True)
class Told:
    """Questions in SQL with their values, and a fingerprint of all that was answered."""

    questions: Sequence[Question]
    answers: str


class _Answer:
    """The rows of an answer, as they are fetched; in how many turns makes no difference."""

    def __init__(self, sql: str, params: Sequence[Any] | None) -> None:
        self.question: Question = (sql, params)
        self.rows = blake2b(digest_size=16)

    def add(self, rows: Iterable[Any]) -> None:
        self.rows.update("".join(map(repr, rows)).encode())


class Asked:
    """What was asked while somebody listened. `is_whole`: nothing but SELECTs, which can be asked
    again; what was told by anything else is never known."""

    def __init__(self) -> None:
        self.answers: list[_Answer] = []
        self.is_whole = True

    def told(self) -> Told:
        if not self.is_whole:
            return Told([], "")
        return Told([answer.question for answer in self.answers], _together(self.answers))


class _Listening:
    """A cursor that puts down each SELECT and what is fetched of its answer."""

    def __init__(self, cursor: Any, asked: Asked) -> None:
        self._cursor, self._asked = cursor, asked
        self._answer = _Answer("", None)

    def execute(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        self._answer = _Answer(sql, params)
        if sql.startswith(("SELECT", "(SELECT")):
            self._asked.answers.append(self._answer)
        else:
            self._asked.is_whole = False
        return self._cursor.execute(sql, params)

    def fetchone(self) -> Any:
        row = self._cursor.fetchone()
        self._answer.add(() if row is None else (row,))
        return row

    def fetchmany(self, *size: int) -> Any:
        rows = self._cursor.fetchmany(*size)
        self._answer.add(rows)
        return rows

    def fetchall(self) -> Any:
        rows = self._cursor.fetchall()
        self._answer.add(rows)
        return rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchone, None)

    def __enter__(self) -> "_Listening":
        return self

    def __exit__(self, *exception: object) -> Any:
        return self._cursor.__exit__(*exception)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def _listening(cursor: Any, asked: Asked) -> _Listening:
    # On SQLite the one kind of cursor is made by way of the other.
    return cursor if isinstance(cursor, _Listening) else _Listening(cursor, asked)


@contextmanager
def asking() -> Iterator[Asked]:
    """Within, every SELECT on this connection is put down, with a fingerprint of its answer."""
    asked = Asked()
    plain = {name: getattr(connection, name) for name in ("cursor", "chunked_cursor")}
    for name, cursor in plain.items():
        setattr(connection, name, lambda cursor=cursor: _listening(cursor(), asked))
    try:
        yield asked
    finally:
        for name, cursor in plain.items():
            setattr(connection, name, cursor)


def _answers_now(questions: Sequence[Question]) -> str:
    answers = [_Answer(*question) for question in questions]
    with connection.cursor() as cursor:
        for answer in answers:
            cursor.execute(*answer.question)
            while rows := cursor.fetchmany(AT_A_TIME):
                answer.add(rows)
    return _together(answers)


def _together(answers: Iterable[_Answer]) -> str:
    return blake2b(b"".join(a.rows.digest() for a in answers), digest_size=16).hexdigest()


def fingerprint(*parts: Any) -> str:
    """One of whatever a reading hangs on besides the database, the program itself included."""
    return blake2b(repr((_program(), *parts)).encode(), digest_size=16).hexdigest()


def reading_keep(
    *, subject: str, given: str, since: datetime, until: datetime | None, told: Sequence[Told]
) -> None:
    """Remember what was read about a subject, in place of what was remembered before.

    It holds for instants from `since` up to `until` (None: for ever), under the same `given`.
    """
    kept = [{"questions": _plain(part.questions), "answers": part.answers} for part in told]
    Reading.objects.update_or_create(
        subject=subject, defaults={"given": given, "since": since, "until": until, "told": kept}
    )


def reading_holds(*, subject: str, given: str, at: datetime) -> bool:
    """Whether everything remembered of a subject is still as it was read."""
    reading = Reading.objects.filter(
        Q(until=None) | Q(until__gt=at), subject=subject, given=given, since__lte=at
    ).first()
    return reading is not None and all(_is_answered_as_before(part) for part in reading.told)


def _is_answered_as_before(part: Mapping[str, Any]) -> bool:
    try:
        questions = _questions(part["questions"])
    except KeyError:  # a value of a kind that cannot be asked with again
        return False
    return bool(questions) and _answers_now(questions) == part["answers"]


def _plain(value: Any) -> Any:
    """A value of a question as JSON can keep it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return {type(value).__name__: str(value)}


def _questions(kept: Any) -> list[Question]:
    return [(sql, _valued(params)) for sql, params in kept]


def _valued(value: Any) -> Any:
    if isinstance(value, list):
        return [_valued(each) for each in value]
    if isinstance(value, dict):
        [(kind, text)] = value.items()
        return KINDS[kind](text)
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

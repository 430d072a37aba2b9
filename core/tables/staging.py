"""Rows of a file on their way in: kept in a temporary table of the database, not in memory.

What a file says can be checked as a whole and compared with what is known, by the set, while
Python holds one batch of it. On SQLite temporary tables lie in a file of their own: filling one
keeps no writer waiting. On PostgreSQL they are filled by COPY.
"""

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, connection, models

from core.db import scratch
from core.tables.rows import CheckedRow, Row

BATCH = 2_000
LINE = "_line"
VALUES_REMEMBERED = 1_024
T = TypeVar("T")
_numbers = itertools.count(1)


def quoted(name: str | None) -> str:
    """A name as SQL has it. (A field's column has one, even if its type is not sure of that.)"""
    return connection.ops.quote_name(str(name))


def by_line() -> str:
    """What staged rows are ordered by. They come in by line: SQLite need not sort them."""
    return "rowid" if connection.vendor == "sqlite" else LINE


class Again(Generic[T]):
    """What can be walked through more than once: every walk is begun anew."""

    def __init__(self, begin: Callable[[], Iterator[T]]) -> None:
        self._begin = begin

    def __iter__(self) -> Iterator[T]:
        return self._begin()


@dataclass(frozen=True)
class StageColumn:
    """One value of a row as the database keeps it: as the model's column, or else as text."""

    name: str
    field: "models.Field[Any, Any] | None"

    @classmethod
    def of(cls, model: type[models.Model], name: str) -> "StageColumn":
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        return cls(name, field if isinstance(field, models.Field) else None)

    @property
    def sql(self) -> str:
        return quoted(self.field.column if self.field else self.name)

    @property
    def like(self) -> str:
        """An expression of the type the column has."""
        return self.sql if self.field else f"CAST('' AS text) AS {self.sql}"

    @cached_property
    def prepare(self) -> Callable[[Any], Any]:
        """From Python's value to the database's."""
        field = self.field
        if field is None:
            return lambda value: value
        if isinstance(field, models.JSONField):
            return lambda value: field.get_db_prep_save(value, connection)
        if isinstance(field, models.DateTimeField):
            return _preparer_of_instants()
        return lru_cache(VALUES_REMEMBERED)(lambda v: field.get_db_prep_save(v, connection))

    @cached_property
    def restore(self) -> Callable[[Any], Any]:
        """From the database's value to Python's."""
        if self.field is None:
            return lambda value: value
        seen_as = self.field.get_col(self.field.model._meta.db_table)
        converters = [
            *connection.ops.get_db_converters(seen_as),
            *seen_as.get_db_converters(connection),
        ]

        def convert(value: Any) -> Any:
            for converter in converters:
                value = converter(value, seen_as, connection)
            return value

        return convert


def _preparer_of_instants() -> Callable[[Any], Any]:
    # Nearly every instant of a file is another one: the long way through the field would cost
    # more than all other work on the row together.
    if connection.vendor == "postgresql":
        return lambda instant: instant
    zone = connection.timezone

    def prepare(instant: datetime | None) -> str | None:
        return str(instant.astimezone(zone).replace(tzinfo=None)) if instant else None

    return prepare


class Stage:
    """The rows of one file, with their lines, in a temporary table that is like the model's.

    `key`: the values that tell one row from another; none stands twice. Made by `staged`.
    """

    def __init__(self, model: type[models.Model], names: Sequence[str], key: Sequence[str]) -> None:
        self.model, self.names, self.key = model, tuple(names), tuple(key)
        self.name = f"stage_{next(_numbers)}"
        self.columns = [StageColumn.of(model, name) for name in self.names]
        self.count = 0

    def column(self, name: str) -> StageColumn:
        return self.columns[self.names.index(name)]

    @property
    def sql_columns(self) -> str:
        return ", ".join(column.sql for column in self.columns)

    def add(self, rows: Sequence[CheckedRow]) -> dict[int, int]:
        """Take rows in. One whose key stands already is left out.

        Gives the line of each that was, and the line that it repeats.
        """
        repeated = self._repeated_among(rows)
        kept = [row for row in rows if row.line not in repeated]
        try:
            self._fill(kept)
        except IntegrityError:
            standing = self._standing(kept)
            kept = [row for row in kept if row.line not in standing]
            self._fill(kept)
            repeated = {line: standing.get(first, first) for line, first in repeated.items()}
            repeated |= standing
        self.count += len(kept)
        return repeated

    def __iter__(self) -> Generator[CheckedRow, None, None]:
        """Every row with its line, in the order of lines; a batch at a time is in memory."""
        restore = [column.restore for column in self.columns]
        for line, *values in stream(f"SELECT {LINE}, {self.sql_columns} FROM {self.name}"):
            restored = (convert(value) for convert, value in zip(restore, values, strict=True))
            yield CheckedRow(line, dict(zip(self.names, restored, strict=True)))

    @property
    def rows(self) -> Again[Row]:
        """The same without their lines."""
        return Again(lambda: (row.values for row in self))

    def create(self) -> None:
        alike = ", ".join(column.like for column in self.columns)
        table = quoted(self.model._meta.db_table)
        run(
            f"CREATE TEMPORARY TABLE {self.name} AS "
            f"SELECT CAST(0 AS integer) AS {LINE}, {alike} FROM {table} WHERE 1 = 0"
        )
        if self.key:
            key = ", ".join(self.column(name).sql for name in self.key)
            run(f"CREATE UNIQUE INDEX {self.name}_key ON {self.name} ({key})")

    def drop(self) -> None:
        run(f"DROP TABLE {self.name}")

    def settle(self) -> None:
        """All rows are in. PostgreSQL would plan for a handful of them if nobody counted."""
        if connection.vendor == "postgresql" and self.count > BATCH:
            run(f"ANALYZE {self.name}")

    def _repeated_among(self, rows: Sequence[CheckedRow]) -> dict[int, int]:
        first: dict[tuple[Any, ...], int] = {}
        if self.key:
            for row in rows:
                first.setdefault(self._key_of(row), row.line)
        if len(first) in (0, len(rows)):
            return {}
        return {
            row.line: first[self._key_of(row)]
            for row in rows
            if first[self._key_of(row)] != row.line
        }

    def _key_of(self, row: CheckedRow) -> tuple[Any, ...]:
        values = row.values
        return tuple([values[name] for name in self.key])

    def _standing(self, rows: Sequence[CheckedRow]) -> dict[int, int]:
        same = " AND ".join(
            f"probe.{sql} = {self.name}.{sql}" for sql in (self.column(n).sql for n in self.key)
        )
        with staged(self.model, self.key) as probe:
            probe.add([CheckedRow(row.line, row.values) for row in rows])
            found = fetch(
                f"SELECT probe.{LINE}, {self.name}.{LINE} "
                f"FROM {probe.name} AS probe JOIN {self.name} ON {same}"
            )
        return dict(found)

    def _fill(self, rows: Sequence[CheckedRow]) -> None:
        """All of the rows or none. Raises `IntegrityError` when a key stands already."""
        prepare = [(column.name, column.prepare) for column in self.columns]
        filled = [
            (row.line, *[convert(row.values[name]) for name, convert in prepare]) for row in rows
        ]
        columns = f"{self.name} ({LINE}, {self.sql_columns})"
        if not filled:
            return
        with scratch(), connection.cursor() as cursor, connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {columns} FROM STDIN") as copy:
                    for values in filled:
                        copy.write_row(values)
            else:
                places = ", ".join(["%s"] * len(filled[0]))
                cursor.executemany(f"INSERT INTO {columns} VALUES ({places})", filled)


@contextmanager
def staged(
    model: type[models.Model], names: Sequence[str], key: Sequence[str] = ()
) -> Iterator[Stage]:
    """An empty stage for rows of these values; gone afterwards."""
    stage = Stage(model, names, key)
    stage.create()
    try:
        yield stage
    finally:
        stage.drop()


def run(statement: str, values: Sequence[Any] = ()) -> int:
    """Run a statement; the number of rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def fetch(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def stream(statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a SELECT over staged rows in the order of lines, a batch in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {by_line()}")
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    walk = iter(rows)
    while batch := list(itertools.islice(walk, size)):
        yield batch

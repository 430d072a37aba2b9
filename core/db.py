"""What the two databases do differently, in one place."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import F, Func, QuerySet

from core import clock

if TYPE_CHECKING:
    _Any = models.Field[Any, Any]
else:
    _Any = models.Field

PASSING = (OperationalError, InterfaceError)
"""What a database says when it is away, full or busy: no fault of the rows, worth another try."""


@contextmanager
def read_snapshot() -> Iterator[None]:
    """Read many tables as they were at one instant, without keeping writers waiting.

    PostgreSQL: a repeatable-read transaction. SQLite: a deferred one (our `atomic()` is
    IMMEDIATE and would take the write lock). Inside a transaction that already runs it adds
    nothing. Writing inside is a mistake; PostgreSQL refuses it.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            plans_steady()
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def plans_steady() -> None:
    """For the rest of a transaction: the same question is answered by the same plan, so that its
    rows come in the same order, whoever asks."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # Several workers share the cores already.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        # A few rows of a large table are found by its index: no disk has a head to move.
        cursor.execute("SET LOCAL random_page_cost = 1.1")


def statistics_ensure() -> None:
    """Let the planner know tables that were filled and never looked at since: PostgreSQL takes
    plans many times slower for them, and its own turn comes a minute later."""
    if connection.vendor != "postgresql":
        return
    tables = [model._meta.db_table for model in apps.get_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' "
            "AND reltuples < 0 AND pg_relation_size(oid) > 0",
            [tables],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def lock_shared(rows: "QuerySet[Any]") -> None:
    """Hold rows so that `select_for_update` waits for us, without waiting for each other.

    Runs in a transaction. On SQLite the transaction itself keeps every other writer out.
    """
    if connection.vendor != "postgresql":
        return
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR KEY SHARE", values)


def rows_insert(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Any]) -> None:
    """Add rows by the shortest way a database has: COPY on PostgreSQL, one prepared INSERT on
    SQLite. The triggers and constraints of the table see each of them.

    `columns` are the table's own and the values as it keeps them: fen, JSON as text.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))


def rows_insert_new(
    *, model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[int]:
    """Add those rows that no constraint knows already, in one statement; gives their ids.

    For some hundreds of rows at a time, their values as the driver takes them. Whoever else is
    adding the same rows is waited for, and then they are known.
    """
    if not rows:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES {places} ON CONFLICT DO NOTHING RETURNING id",
            [value for row in rows for value in row],
        )
        return [pk for (pk,) in cursor.fetchall()]


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _InstantField(_Any):
    """Reads an instant several times as fast as a `DateTimeField` does."""

    def get_internal_type(self) -> str:
        return "TextField"  # no conversion but our own

    def from_db_value(self, value: Any, *_args: Any) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, int):
            return EPOCH + timedelta(microseconds=value)
        return datetime.fromisoformat(value)


class Instant(Func):
    """A DateTimeField's value for reading in bulk: the same aware datetime in UTC."""

    # An expression, for SQLite's driver converts a plain column by its declared type.
    template = "%(expressions)s || '+00:00'"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=_InstantField())

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)


@lru_cache(maxsize=100_000)
def _day_of_hour(hour: str) -> date:
    return clock.local_date(datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC))


class _CompanyDayField(_Any):
    def get_internal_type(self) -> str:
        return "TextField"  # no conversion but our own

    def from_db_value(self, value: Any, *_args: Any) -> date | None:
        return _day_of_hour(value) if isinstance(value, str) else value


class CompanyDay(Func):
    """The company's date of a DateTimeField's value, for reading in bulk.

    SQLite gives the hour: the company's clock is whole hours off, so an hour lies in one day.
    """

    template = "SUBSTR(%(expressions)s, 1, 13)"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=_CompanyDayField())

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"(%(expressions)s AT TIME ZONE '{clock.COMPANY_ZONE.key}')::date"
        return self.as_sql(compiler, connection, template=template, **extra)


class StartOfDay(Func):
    """The instant at which the company's day of a DateField's value begins, to stand beside
    instants in one column (`core.clock.start_of`)."""

    # The company's clock has not been put forward or back since 1992.
    AHEAD = clock.local(datetime(2000, 1, 1, tzinfo=UTC)).hour
    template = f"DATETIME(%(expressions)s, '-{AHEAD} hours')"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=models.DateTimeField())

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"((%(expressions)s)::timestamp AT TIME ZONE '{clock.COMPANY_ZONE.key}')"
        return self.as_sql(compiler, connection, template=template, **extra)


@contextmanager
def scratch() -> Iterator[None]:
    """A transaction that writes temporary tables and nothing else: all of it or none.

    On SQLite our `atomic()` is IMMEDIATE and would keep every other writer waiting for tables
    that are nobody else's.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


@contextmanager
def room_to_write() -> Iterator[None]:
    """Write many rows at once in less time: on SQLite with a cache that holds their indexes.

    With the usual two megabytes the same pages go out and come back in again and again, and
    that for as long as every other writer waits.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute("PRAGMA cache_size = -12000")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")
            cursor.execute("PRAGMA shrink_memory")


def queue_up(name: str) -> None:
    """Wait until no other transaction that queued up under this name runs.

    SQLite has one writer at a time in any case. On PostgreSQL two files with the same rows in
    another order would otherwise wait for each other crosswise.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def share(name: str) -> None:
    """Stand among those in flight under this name, until the transaction ends; none waits for
    another, only `in_flight_pass` waits for all.

    To be said before anything else is locked, and before the clock is read: whoever passes later
    finds what happened up to then. SQLite has one writer at a time in any case.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext(%s))", [name])


def in_flight_pass(name: str) -> None:
    """Wait until all who shared this name before have committed or given up; who comes later
    reads a later clock. Said outside a transaction it keeps nobody waiting afterwards.
    """
    with transaction.atomic():  # on SQLite it waits for the writer by itself
        queue_up(name)


def differ(one: str, other: str) -> str:
    """SQL: whether two expressions differ; NULL is equal to NULL."""
    operator = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return f"({one} {operator} {other})"


def is_busy(error: OperationalError) -> bool:
    """Whether others kept us waiting longer than we wait, or crosswise."""
    cause = error.__cause__
    if connection.vendor == "postgresql":
        return getattr(cause, "sqlstate", "") in ("55P03", "40P01")
    return getattr(cause, "sqlite_errorname", "").startswith("SQLITE_BUSY")


def by_code_point(column: str) -> str:
    """SQL: a text column to sort by as Python sorts, whatever language the database speaks."""
    return f'{column} COLLATE "C"' if connection.vendor == "postgresql" else column

"""What the two databases do differently, in one place."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction


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
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


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

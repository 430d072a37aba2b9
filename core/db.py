"""What the two databases do differently, in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

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
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def lock_shared(rows: "QuerySet[Any]") -> None:
    """Hold rows so that `select_for_update` waits for us, without waiting for each other.

    Runs in a transaction. On SQLite the transaction itself keeps every other writer out.
    """
    if connection.vendor != "postgresql":
        return
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR KEY SHARE", values)

"""What the two databases do differently, in one place."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


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

"""Which migrations the code knows, and which this database has seen."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migrations = frozenset[tuple[str, str]]


@cache
def known() -> Migrations:
    """Every migration of the code this process runs; it cannot change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def applied() -> Migrations:
    """The migrations that this database has seen; none where nothing was ever migrated."""
    return frozenset(MigrationRecorder(connection).applied_migrations())

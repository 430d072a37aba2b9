"""Append-only tables: UPDATE, DELETE (and TRUNCATE) refused by triggers on both databases.

A model says so by being `AppendOnly`. The triggers are (re)made at the end of every `migrate` and
their standing is asserted there, because an SQLite table rebuild drops them silently. SQLite needs
`recursive_triggers=ON` (see settings), or REPLACE slips through.

The same holds for triggers that keep what follows from other rows: `settings.KEPT_BY_TRIGGERS`
names who says them, functions `(vendor) -> triggers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils.module_loading import import_string


class AppendOnly(models.Model):
    """Rows of this table, once written, stay as they are.

    `frozen_when`: for each vendor the SQL condition on `OLD` under which a row is frozen; empty
    means always. `refuse_insert_when`: the SQL condition on `NEW` under which a row may not even
    be added. Both are enforced by the database, whoever writes.
    """

    frozen_when: ClassVar[dict[str, str]] = {}
    refuse_insert_when: ClassVar[str] = ""

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Trigger:
    """`keeps`: the table and column it fills, which an older migration may not have."""

    name: str
    table: str
    create: tuple[str, ...]
    keeps: tuple[str, str] | None = None


class TriggersMissing(Exception):
    """Triggers that should stand do not."""


def append_only_models() -> list[type[AppendOnly]]:
    return [m for m in apps.get_models() if issubclass(m, AppendOnly)]


def _sqlite(model: type[AppendOnly]) -> Iterator[Trigger]:
    table = model._meta.db_table
    when = model.frozen_when.get("sqlite", "")
    for event in ("update", "delete"):
        name = f"{table}_no_{event}"
        yield Trigger(
            name,
            table,
            (
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
                f"{'WHEN ' + when if when else ''} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END",
            ),
        )
    if model.refuse_insert_when:
        name = f"{table}_guard_insert"
        yield Trigger(
            name,
            table,
            (
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {model.refuse_insert_when} "
                f"BEGIN SELECT RAISE(ABORT, 'refused by {name}'); END",
            ),
        )


def _postgresql(model: type[AppendOnly]) -> Iterator[Trigger]:
    table = model._meta.db_table
    when = model.frozen_when.get("postgresql", "")
    events = {"update": "FOR EACH ROW", "delete": "FOR EACH ROW", "truncate": "FOR EACH STATEMENT"}
    for event, each in events.items():
        name = f"{table}_no_{event}"
        condition = f"WHEN ({when})" if when and event != "truncate" else ""
        yield Trigger(
            name,
            table,
            (
                _pg_function(name, f"append-only: {table}"),
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} {each} {condition} "
                f"EXECUTE FUNCTION {name}()",
            ),
        )
    if model.refuse_insert_when:
        name = f"{table}_guard_insert"
        yield Trigger(
            name,
            table,
            (
                _pg_function(name, f"refused by {name}", only_if=model.refuse_insert_when),
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION {name}()",
            ),
        )


def _pg_function(name: str, message: str, only_if: str = "true") -> str:
    # A WHEN clause cannot hold a subquery on PostgreSQL, so an insert guard tests in the body.
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {only_if} THEN RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )


def _triggers() -> list[Trigger]:
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    present = set(connection.introspection.table_names())
    own = [t for m in append_only_models() if m._meta.db_table in present for t in make(m)]
    return own + _keeping(present)


def keeping() -> list[Trigger]:
    """The triggers that keep what follows from other rows, as far as its column is there."""
    return _keeping(set(connection.introspection.table_names()))


def _keeping(present: set[str]) -> list[Trigger]:
    found = [
        trigger
        for path in settings.KEPT_BY_TRIGGERS
        for trigger in import_string(path)(connection.vendor)
    ]
    kept = {trigger.keeps for trigger in found if trigger.keeps}
    there = {each for each in kept if each[0] in present and each[1] in _columns(each[0])}
    return [trigger for trigger in found if trigger.keeps in there]


def _columns(table: str) -> set[str]:
    # Not the introspection: on SQLite it asks once more for every column, and `ready` asks often.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")
        return {column[0] for column in cursor.description}


def install() -> None:
    """Make every trigger anew. Tables not migrated yet are left out."""
    with connection.cursor() as cursor:
        for trigger in _triggers():
            on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")
            for statement in trigger.create:
                cursor.execute(statement)


def set_aside() -> None:
    """Take the triggers off while SQLite's tables are rebuilt; `install` puts them back.

    A rebuild drops a table and puts another in its place. A trigger of a second table that names
    the first would make SQLite refuse that.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for trigger in _triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


def missing() -> list[str]:
    """Names of the triggers that should stand and do not (or are switched off)."""
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        standing = {row[0] for row in cursor.fetchall()}
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA recursive_triggers")
            if not cursor.fetchone()[0]:
                return ["PRAGMA recursive_triggers"]
    return [t.name for t in _triggers() if t.name not in standing]


def assert_standing() -> None:
    """Raise `TriggersMissing` unless every trigger stands."""
    if gone := missing():
        raise TriggersMissing(", ".join(gone))

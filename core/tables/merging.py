"""Staged rows into their table: new ones added, changed ones replaced, equal ones left alone.

What is to be written is worked out beside the table first, audit rows and all, so that the
transaction that writes is nothing but three statements of the database: on SQLite, where one
writer keeps all others waiting, its length is what they wait. Whether somebody came between is
seen by the writing itself, and the difference is then worked out anew.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from core import clock
from core.append_only import keeping
from core.db import differ, queue_up, room_to_write
from core.models import AuditRow
from core.tables.rows import CheckedRow
from core.tables.staging import (
    BATCH,
    LINE,
    Stage,
    StageColumn,
    batched,
    by_line,
    fetch,
    quoted,
    run,
    staged,
    stream,
)
from core.tables.table import Saved
from core.tables.writing import cell_text

ATTEMPTS = 5
_AUDITED = ("at", "actor_id", "action", "subject", "changes")


class Overtaken(Exception):
    """A row to be changed is no longer what it was."""


def merge(stage: Stage, actor: Any, *, then: Callable[[], None] | None = None) -> Saved:
    """Write staged rows, in one transaction: the caller's, or a short one of its own.

    Every changed row leaves an audit row with what it was. `then`: what belongs to the writing,
    done in its transaction once the rows stand, and not where there was nothing to write. Raises
    `IntegrityError` when the database refuses a row.
    """
    stage.settle()
    before: Saved | None = None
    for _attempt in range(ATTEMPTS):
        with _difference(stage, actor) as difference:
            try:
                difference.write(then)
            except Overtaken:
                pass
            except IntegrityError:
                # Somebody added one of our keys meanwhile; or else no row may stand as it is.
                if difference.saved == before:
                    raise
            else:
                return difference.saved
            before = difference.saved
    raise IntegrityError(f"overtaken {ATTEMPTS} times")


def difference_seen(stage: Stage, *, most: int) -> tuple[Saved, list[tuple[str, Any]]]:
    """What merging staged rows would do now, and the first rows that it would change: what the
    audit trail would call each, and its fields before and after. Writes nothing.
    """
    stage.settle()
    with _difference(stage, None) as difference, closing(iter(difference.audit)) as rows:
        changed = [(row.values["subject"], row.values["changes"]) for row in islice(rows, most)]
        return difference.saved, changed


def audit_subject(row: models.Model) -> str:
    """What the audit trail calls a row: its table and its own name."""
    return f"{row._meta.model_name} {row}"[:80]


@dataclass(frozen=True)
class _Difference:
    """What a file changes: the new rows, and the changed ones with their audit rows."""

    stage: Stage
    new: str
    changed: str
    audit: Stage
    saved: Saved

    def write(self, then: Callable[[], None] | None) -> None:
        """Raises `Overtaken` or `IntegrityError` when it no longer fits what is known."""
        if not self.saved.new and not self.saved.changed:
            return
        with room_to_write(), transaction.atomic():
            queue_up(self.stage.model._meta.db_table)
            if self.saved.changed:
                self._hold_kept()
                self._update()
            if self.saved.new:
                self._insert()
            if connection.vendor == "postgresql" and self.saved.new > BATCH:
                # Whoever reads next would plan for the table as it was.
                run(f"ANALYZE {_table(self.stage)}")
            if then:
                then()

    def _hold_kept(self) -> None:
        """Rows on which the database keeps what follows from the changed ones are held first, by
        their ids, as services hold them: nobody waits for us who holds one of them."""
        if connection.vendor != "postgresql":
            return
        table = self.stage.model._meta.db_table
        kept = {t.keeps[0] for t in keeping() if t.keeps and t.table == table} - {table}
        for column in _others(self.stage):
            parent = column.field.related_model if column.field else None
            if parent is None or parent._meta.db_table not in kept:
                continue
            ids = (f"SELECT {name} FROM {self.changed}" for name in (_old(column), _new(column)))
            run(
                f"SELECT 1 FROM {quoted(parent._meta.db_table)} "
                f"WHERE {quoted(parent._meta.pk.column)} IN ({' UNION '.join(ids)}) "
                f"ORDER BY {quoted(parent._meta.pk.column)} FOR NO KEY UPDATE"
            )

    def _insert(self) -> None:
        left_out = _left_out(self.stage)
        columns = ", ".join([*_sql(self.stage.columns), *(quoted(f.column) for f in left_out)])
        values = [f.get_db_prep_save(f.get_default(), connection) for f in left_out]
        chosen = ", ".join([*_sql(self.stage.columns), *["%s"] * len(values)])
        run(
            f"INSERT INTO {_table(self.stage)} ({columns}) "
            f"SELECT {chosen} FROM {self.new} ORDER BY {by_line()}",
            values,
        )

    def _update(self) -> None:
        table, columns = _table(self.stage), _others(self.stage)
        to_new = ", ".join(f"{c.sql} = c.{_new(c)}" for c in columns)
        as_it_was = " AND ".join(
            f"NOT {differ(f'{table}.{c.sql}', f'c.{_old(c)}')}" for c in columns
        )
        written = run(
            f"UPDATE {table} SET {to_new} FROM {self.changed} AS c "
            f"WHERE {table}.{_pk(self.stage)} = c.pk AND {as_it_was}"
        )
        if written != self.saved.changed:
            raise Overtaken
        run(
            f"INSERT INTO {_table(self.audit)} ({self.audit.sql_columns}) "
            f"SELECT {self.audit.sql_columns} FROM {self.audit.name} ORDER BY {by_line()}"
        )


@contextmanager
def _difference(stage: Stage, actor: Any) -> Iterator[_Difference]:
    """What the staged rows change in what is known now."""
    new, changed = f"{stage.name}_new", f"{stage.name}_changed"
    with (
        _selected(new, _new_rows(stage)) as count_new,
        _selected(changed, _changed_rows(stage)) as count_changed,
        staged(AuditRow, _AUDITED) as audit,
    ):
        if count_changed:
            for batch in batched(_audit_rows(stage, changed, actor), BATCH):
                audit.add(batch)
        same = stage.count - count_new - count_changed
        yield _Difference(stage, new, changed, audit, Saved(count_new, count_changed, same))


@contextmanager
def _selected(name: str, select: str) -> Iterator[int]:
    """The rows of a SELECT in a temporary table; how many they are."""
    run(f"CREATE TEMPORARY TABLE {name} AS {select} ORDER BY {LINE}")
    try:
        yield fetch(f"SELECT count(*) FROM {name}")[0][0]
    finally:
        run(f"DROP TABLE {name}")


def _new_rows(stage: Stage) -> str:
    return (
        f"SELECT {LINE}, {stage.sql_columns} FROM {stage.name} AS s "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_table(stage)} AS t WHERE {_same_key(stage)})"
    )


def _changed_rows(stage: Stage) -> str:
    others = _others(stage)
    differing = " OR ".join(differ(f"t.{c.sql}", f"s.{c.sql}") for c in others) or "1 = 0"
    before = [f"t.{c.sql} AS {_old(c)}" for c in _whole(stage)]
    after = [f"s.{c.sql} AS {_new(c)}" for c in others]
    # CROSS JOIN: a few rows are looked up among many, and SQLite would not know which are few.
    return (
        f"SELECT s.{LINE}, t.{_pk(stage)} AS pk, {', '.join([*before, *after])} "
        f"FROM {stage.name} AS s CROSS JOIN {_table(stage)} AS t "
        f"WHERE {_same_key(stage)} AND ({differing})"
    )


def _audit_rows(stage: Stage, changed: str, actor: Any) -> Iterator[CheckedRow]:
    whole, others = _whole(stage), _others(stage)
    columns = ", ".join([*map(_old, whole), *map(_new, others)])
    at = clock.now()
    for line, *values in stream(f"SELECT {LINE}, {columns} FROM {changed}"):
        old = stage.model.from_db(
            connection.alias,
            [c.name for c in whole],
            [c.restore(v) for c, v in zip(whole, values[: len(whole)], strict=True)],
        )
        new = [(c.name, c.restore(v)) for c, v in zip(others, values[len(whole) :], strict=True)]
        changes = {
            name: [cell_text(getattr(old, name)), cell_text(value)]
            for name, value in new
            if getattr(old, name) != value
        }
        for name, value in new:
            setattr(old, name, value)
        yield CheckedRow(
            line,
            {
                "at": at,
                "actor_id": actor and actor.pk,
                "action": "replace",
                "subject": audit_subject(old),
                "changes": changes,
            },
        )


def _table(stage: Stage) -> str:
    return quoted(stage.model._meta.db_table)


def _pk(stage: Stage) -> str:
    return quoted(stage.model._meta.pk.column)


def _same_key(stage: Stage) -> str:
    return " AND ".join(f"t.{stage.column(n).sql} = s.{stage.column(n).sql}" for n in stage.key)


def _others(stage: Stage) -> list[StageColumn]:
    return [c for c in stage.columns if c.name not in stage.key]


def _whole(stage: Stage) -> list[StageColumn]:
    """Every column of the model, whether the file speaks of it or not."""
    return [StageColumn(f.attname, f) for f in stage.model._meta.concrete_fields]


def _left_out(stage: Stage) -> "list[models.Field[Any, Any]]":
    """The model's fields that the file does not speak of: a new row has their defaults, those the
    database knows by itself."""
    said = {c.sql for c in stage.columns}
    return [
        f
        for f in stage.model._meta.concrete_fields
        if not f.primary_key and quoted(f.column) not in said and not f.has_db_default()
    ]


def _sql(columns: Sequence[StageColumn]) -> list[str]:
    return [c.sql for c in columns]


def _old(column: StageColumn) -> str:
    return quoted(f"old_{column.name}")


def _new(column: StageColumn) -> str:
    return quoted(f"new_{column.name}")

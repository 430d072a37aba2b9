"""Writes that know nothing of salespeople: facts from files, the audit trail."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from core.models import AuditRow, TableLoad
from core.tables.folder import Source
from core.tables.table import CheckedRow, Row, Saved, Table, WrongRow, WrongRows, read_table
from core.tables.writing import cell_text

BATCH = 500
log = logging.getLogger(__name__)


def facts_replace(
    *,
    model: type[models.Model],
    key: Sequence[str],
    rows: Sequence[Row],
    actor: Any,
    extra: Row | None = None,
) -> Saved:
    """Write rows of facts: a new key is added, a known one replaced, an equal one left alone.

    Runs in the caller's transaction. Every changed row leaves an audit row with what it was.
    """
    counts = Saved()
    for batch in batches(rows, BATCH):
        known = _known(model, key, batch)
        new, changed, audit = [], [], []
        for row in batch:
            values = {**row, **(extra or {})}
            old = known.get(tuple(values[k] for k in key))
            if old is None:
                new.append(model(**values))
            elif difference := _difference(old, values):
                for name in difference:
                    setattr(old, name, values[name])
                changed.append((old, difference))
        model._default_manager.bulk_create(new)
        for old, difference in changed:
            old.save(update_fields=[_field_name(model, name) for name in difference])
            audit.append(
                AuditRow(
                    actor=actor, action="replace", subject=audit_subject(old), changes=difference
                )
            )
        AuditRow.objects.bulk_create(audit)
        counts = Saved(
            counts.new + len(new),
            counts.changed + len(changed),
            counts.same + len(batch) - len(new) - len(changed),
        )
    return counts


def batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _known(
    model: type[models.Model], key: Sequence[str], batch: Sequence[Row]
) -> dict[tuple[Any, ...], models.Model]:
    # Each key column IN its values: a little more than the batch, and one statement.
    among = {f"{name}__in": {row[name] for row in batch} for name in key}
    return {
        tuple(getattr(found, name) for name in key): found
        for found in model._default_manager.filter(**among)
    }


def _difference(old: models.Model, values: Row) -> dict[str, list[str]]:
    return {
        name: [cell_text(getattr(old, name)), cell_text(value)]
        for name, value in values.items()
        if getattr(old, name) != value
    }


def _field_name(model: type[models.Model], attribute: str) -> str:
    return next(f.name for f in model._meta.concrete_fields if attribute in (f.name, f.attname))


def audit_subject(row: models.Model) -> str:
    """What the audit trail calls a row: its table and its own name."""
    return f"{row._meta.model_name} {row}"[:80]


def audit(*, actor: Any, action: str, subject: str, changes: dict[str, Any]) -> AuditRow:
    """Leave an audit row in the caller's transaction."""
    return AuditRow.objects.create(
        actor=actor, action=action, subject=subject[:80], changes=changes
    )


def table_load(
    *, source: Source, actor: Any = None, tell: Callable[[WrongRow], None] | None = None
) -> TableLoad:
    """Load one file of a table: all of it, or none of it and every reason why.

    Loading a file again changes nothing. What happened is kept as a `TableLoad`.
    """
    wrong = WrongRows(source.name, tell=tell)
    rows = read_table(source.table, source.path, wrong, source.sheet)
    saved = Saved() if wrong else _save(source.table, rows, actor, wrong)
    return _load_keep(source=source, actor=actor, saved=saved, wrong=wrong)


def _load_keep(*, source: Source, actor: Any, saved: Saved, wrong: WrongRows) -> TableLoad:
    return TableLoad.objects.create(
        actor=actor,
        table=source.table.name,
        file=source.name[:200],
        sha256=_sha256(source.path),
        new=saved.new,
        changed=saved.changed,
        same=saved.same,
        wrong=wrong.count,
        reasons=[str(w) for w in wrong.kept],
    )


def _save(table: Table, rows: list[CheckedRow], actor: Any, wrong: WrongRows) -> Saved:
    try:
        with transaction.atomic():
            return table.save(rows=[row.values for row in rows], actor=actor)
    except (IntegrityError, DataError):
        # Checked before, and yet refused: another writer came between, or a constraint knows
        # something the checks do not. Nothing was kept; what it was is for the log.
        log.exception("%s: refused by the database", table.name)
        wrong.add(
            line=None,
            column=None,
            reason=_("the file does not fit what is known by now: look through it, load again"),
        )
        return Saved()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sources_load(
    *,
    sources: Sequence[Source],
    actor: Any = None,
    tell: Callable[[WrongRow], None] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[TableLoad]:
    """Load files in the order in which their tables build on each other.

    A table whose foundations were refused is not tried: its reasons would all be the same one.
    """
    loads: list[TableLoad] = []
    refused: set[str] = set()
    for source in sources:
        if progress:
            progress(source.name)
        if missing := sorted(refused.intersection(source.table.after)):
            load = _load_skip(source=source, missing=missing, actor=actor, tell=tell)
        else:
            load = table_load(source=source, actor=actor, tell=tell)
        if load.wrong:
            refused.add(source.table.name)
        loads.append(load)
    return loads


def _load_skip(
    *, source: Source, missing: list[str], actor: Any, tell: Callable[[WrongRow], None] | None
) -> TableLoad:
    wrong = WrongRows(source.name, tell=tell)
    wrong.add(
        line=None,
        column=None,
        reason=_("not loaded: it builds on %(tables)s, which was refused")
        % {"tables": ", ".join(missing)},
    )
    return _load_keep(source=source, actor=actor, saved=Saved(), wrong=wrong)

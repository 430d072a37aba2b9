"""Writes that know nothing of salespeople: facts from files, the audit trail."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _

from core.db import is_busy
from core.models import AuditRow, TableLoad
from core.tables.folder import Source
from core.tables.merging import audit_subject as audit_subject
from core.tables.merging import merge
from core.tables.staging import BATCH as STAGE_BATCH
from core.tables.staging import Stage, batched, staged
from core.tables.table import (
    CheckedRow,
    Row,
    Saved,
    Table,
    WrongRow,
    WrongRows,
    attributes_in,
    read_table,
)

BATCH = 500
log = logging.getLogger(__name__)


def facts_replace(
    *, model: type[models.Model], key: Sequence[str], rows: Iterable[Row], actor: Any
) -> Saved:
    """Write rows of facts: a new key is added, a known one replaced, an equal one left alone.

    Runs in the caller's transaction. Every changed row leaves an audit row with what it was. All
    rows speak of the same fields, and no key stands twice.
    """
    walk = iter(rows)
    first = next(walk, None)
    if first is None:
        return Saved()
    numbered = (CheckedRow(n, row) for n, row in enumerate(chain([first], walk)))
    with staged(model, tuple(first), key) as stage:
        for batch in batched(numbered, STAGE_BATCH):
            if stage.add(batch):
                raise ValueError("a key stands twice")
        return merge(stage, actor)


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
    saved = _load(source, actor, wrong)
    return _load_keep(source=source, actor=actor, saved=saved, wrong=wrong)


def _load(source: Source, actor: Any, wrong: WrongRows) -> Saved:
    table = source.table
    try:
        attributes = attributes_in(table, source.path, source.sheet)
        with staged(table.model, attributes, table.key) as stage:
            read_table(table, source.path, wrong, stage, source.sheet, actor)
            if wrong:
                return Saved()
            told = table.news(stage.rows) if table.news else None
            return _save(table, stage, actor, partial(told, actor) if told else None)
    except (IntegrityError, DataError):
        # Checked before, and yet refused: another writer came between, or a constraint knows
        # something the checks do not. Nothing was kept; what it was is for the log.
        log.exception("%s: refused by the database", wrong.file)
        wrong.add(
            line=None,
            column=None,
            reason=_("the file does not fit what is known by now: look through it, load again"),
        )
    except OperationalError as error:
        if not is_busy(error):
            raise
        wrong.add(
            line=None,
            column=None,
            reason=_("something else was being written for too long: load the file again"),
        )
    return Saved()


def _save(table: Table, stage: Stage, actor: Any, told: Callable[[], None] | None) -> Saved:
    """Write the rows and tell of them: both, or neither."""
    if table.save is None:
        return merge(stage, actor, then=told)
    with transaction.atomic():
        saved = table.save(rows=stage.rows, actor=actor)
        if told:
            told()
        return saved


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

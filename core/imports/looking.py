"""What loading files would do: what is new, changed, as before and wrong. Nothing is kept of it.

A file is staged and compared as for a load, and then let go. Files that build on each other are
tried out one after the other in a transaction that is taken back, as long as they are small
enough that no other writer waits for it; larger ones are looked at each by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core.models import AuditRow
from core.tables.folder import Source
from core.tables.merging import difference_seen, merge
from core.tables.naming import in_chinese
from core.tables.reading import UnreadableFile, rows_of
from core.tables.staging import Stage, staged
from core.tables.table import Saved, Table, WrongRow, WrongRows, attributes_in, read_table

SHOWN = 20
MOST_WRONG_LINES = 10_000
TRIED_OUT_BYTES = 512 * 1024

Changes = list[tuple[str, Any]]


@dataclass
class Look:
    """What a look at one table of a file found."""

    source: Source
    saved: Saved = field(default_factory=Saved)
    changes: Changes = field(default_factory=list)
    wrong: int = 0
    reasons: list[WrongRow] = field(default_factory=list)
    by_line: dict[int, list[str]] = field(default_factory=dict)
    builds_on: list[str] = field(default_factory=list)

    def tell(self, wrong: WrongRow) -> None:
        self.wrong += 1
        if len(self.reasons) < SHOWN:
            self.reasons.append(wrong)
        if wrong.line is not None and (
            wrong.line in self.by_line or len(self.by_line) < MOST_WRONG_LINES
        ):
            said = f"{wrong.column}: {wrong.reason}" if wrong.column else wrong.reason
            self.by_line.setdefault(wrong.line, []).append(said)

    def as_kept(self) -> dict[str, Any]:
        """As it is kept until somebody decides, in the reader's language."""
        table = self.source.table
        return {
            "table": table.name,
            "file": self.source.name,
            "new": self.saved.new,
            "changed": self.saved.changed,
            "same": self.saved.same,
            "wrong": self.wrong,
            "changes": _readable(table, self.changes),
            "reasons": [
                {"line": each.line, "column": each.column, "reason": each.reason}
                for each in self.reasons
            ],
            "wrong_rows": len(self.by_line),
            "builds_on": self.builds_on,
        }


def look_at(
    sources: Sequence[Source],
    *,
    size: int,
    actor: Any = None,
    advance: Callable[[str], None] | None = None,
) -> list[Look]:
    """Look at files in the order in which they would be loaded, as `actor` may load them."""
    builds = any(_built_on(source, sources) for source in sources)
    if builds and size <= TRIED_OUT_BYTES:
        with _taken_back():
            return _look_at_each(sources, tries=True, actor=actor, advance=advance)
    return _look_at_each(sources, tries=False, actor=actor, advance=advance)


def _built_on(source: Source, sources: Sequence[Source]) -> list[str]:
    """The other tables sent together with this one that its rows may name."""
    sent = {each.table.name for each in sources}
    return sorted(sent.intersection(source.table.after))


def _look_at_each(
    sources: Sequence[Source],
    *,
    tries: bool,
    actor: Any,
    advance: Callable[[str], None] | None,
) -> list[Look]:
    looks: list[Look] = []
    refused: set[str] = set()
    for source in sources:
        if advance:
            advance(source.name)
        look = Look(source)
        if missing := sorted(refused.intersection(source.table.after)):
            look.tell(_waits_for(source, missing))
        else:
            _look(look, keep=tries, actor=actor)
            look.builds_on = [] if tries else _built_on(source, sources)
        if look.wrong and not look.builds_on:
            refused.add(source.table.name)
        looks.append(look)
    return looks


def _waits_for(source: Source, missing: list[str]) -> WrongRow:
    reason = _("builds on %(tables)s, which is wrong: correct that first") % {
        "tables": ", ".join(missing)
    }
    return WrongRow(source.name, None, None, reason)


def _look(look: Look, *, keep: bool, actor: Any) -> None:
    source, table = look.source, look.source.table
    wrong = WrongRows(source.name, tell=look.tell)
    try:
        attributes = attributes_in(table, source.path, source.sheet)
        with staged(table.model, attributes, table.key) as stage:
            read_table(table, source.path, wrong, stage, source.sheet, actor)
            if not wrong:
                look.saved, look.changes = _difference(table, stage, keep=keep)
        look.by_line.pop(_header_line(source) or 0, None)
    except (IntegrityError, DataError):
        reason = _("the file does not fit what is known by now: look through it, load again")
        wrong.add(line=None, column=None, reason=reason)


def _header_line(source: Source) -> int | None:
    """The line that is none of the rows: what is wrong with it is wrong with the whole file."""
    try:
        lines = rows_of(source.path, source.sheet)
        return next((line for line, cells in lines if any(map(str.strip, cells))), None)
    except UnreadableFile:
        return None


def _difference(table: Table, stage: Stage, *, keep: bool) -> tuple[Saved, Changes]:
    if table.save is None:
        seen = difference_seen(stage, most=SHOWN)
        if keep:
            merge(stage, None)
        return seen
    # The service says what it would do by doing it.
    if keep:
        with transaction.atomic():
            return _saved(table.save, stage)
    with _taken_back():
        return _saved(table.save, stage)


def _saved(save: Callable[..., Saved], stage: Stage) -> tuple[Saved, Changes]:
    last = AuditRow.objects.order_by("-id").values_list("id", flat=True).first() or 0
    saved = save(rows=stage.rows, actor=None)
    left = AuditRow.objects.filter(id__gt=last, action="replace").order_by("id")[:SHOWN]
    return saved, [(row.subject, row.changes) for row in left]


@contextmanager
def _taken_back() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _readable(table: Table, changes: Changes) -> list[dict[str, Any]]:
    """Changes with the names people know: of the row, of its columns, of rows that it names."""
    headers = {c.attribute: c.zh if in_chinese() else c.name for c in table.all_columns}
    values: dict[str, list[str]] = {}
    for _subject, said in changes:
        for name, pair in said.items():
            values.setdefault(name, []).extend(pair)
    named = {name: _names(table.model, name, those) for name, those in values.items()}
    return [
        {
            "row": subject.partition(" ")[2],
            "fields": [
                [
                    headers.get(name) or _label(table.model, name),
                    *(named[name].get(value, value) for value in values),
                ]
                for name, values in said.items()
            ],
        }
        for subject, said in changes
    ]


def _label(model: type[models.Model], name: str) -> str:
    """What a field is called that is written and not read, such as the id behind a number."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "verbose_name", name))


def _names(model: type[models.Model], name: str, values: list[str]) -> dict[str, str]:
    """What rows of another table are called, where a field names them by id."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return {}
    if not isinstance(field, models.ForeignKey):
        return {}
    ids = [int(value) for value in values if value.isdigit()]
    rows: Any = field.related_model
    return {str(pk): str(row) for pk, row in rows._default_manager.in_bulk(ids).items()}

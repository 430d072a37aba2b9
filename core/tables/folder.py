"""Which tables lie in a folder: one a file or sheet, known by its English or Chinese name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.tables import fact_tables
from core.tables.reading import UnreadableFile, sheet_names
from core.tables.table import Table, shown

FILE_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Source:
    """One table as it lies in a file; `name` is what the reader knows the file by."""

    table: Table
    path: Path
    name: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file, or a sheet of one, that is no table, and why it was left alone."""

    name: str
    reason: Any

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The tables of a folder in loading order, and the files and sheets that are none."""

    sources: list[Source]
    strangers: list[Stranger]


def contents_of(paths: Iterable[Path]) -> FolderContents:
    """Tell tables from strangers among files, by their names (and their sheets')."""
    by_name = {name: table for table in fact_tables().values() for name in (table.name, table.zh)}
    order = list(fact_tables())
    sources: list[Source] = []
    strangers: list[Stranger] = []
    for path in sorted(paths):
        if path.name.startswith("."):
            continue
        for found in _contents_of_file(path, by_name):
            if isinstance(found, Source):
                sources.append(found)
            else:
                strangers.append(found)
    sources.sort(key=lambda source: order.index(source.table.name))
    return FolderContents(sources, strangers)


def _contents_of_file(path: Path, by_name: dict[str, Table]) -> Iterator[Source | Stranger]:
    name = shown(path.name)
    ending = path.suffix.lower()
    if ending not in FILE_ENDINGS:
        yield Stranger(name, _("neither .csv nor .xlsx; left alone"))
    elif table := by_name.get(path.stem):
        yield Source(table, path, name)
    elif ending == ".xlsx":
        yield from _contents_of_workbook(path, name, by_name)
    else:
        yield Stranger(name, _("no table has this name; left alone"))


def _contents_of_workbook(
    path: Path, name: str, by_name: dict[str, Table]
) -> Iterator[Source | Stranger]:
    try:
        sheets = sheet_names(path)
    except UnreadableFile as unreadable:
        yield Stranger(name, unreadable.reason)
        return
    for sheet in sheets:
        sheet_name = f"{name}[{shown(sheet)}]"
        if table := by_name.get(sheet):
            yield Source(table, path, sheet_name, sheet)
        else:
            yield Stranger(sheet_name, _("no table has this name; left alone"))

"""Which tables lie in a folder: one a file or sheet, known by its English or Chinese name."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.tables import fact_tables
from core.tables.reading import UnreadableFile, sheet_names
from core.tables.table import Table

FILE_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Source:
    """One table as it lies in a file; `name` is what the reader knows the file by."""

    table: Table
    path: Path
    name: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The tables of a folder in loading order, and the files that are no table."""

    sources: list[Source]
    strangers: list[str]


def contents_of(paths: Iterable[Path]) -> FolderContents:
    """Tell tables from strangers among files, by their names (and their sheets')."""
    by_name = {name: table for table in fact_tables().values() for name in (table.name, table.zh)}
    order = list(fact_tables())
    sources: list[Source] = []
    strangers: list[str] = []
    for path in sorted(paths):
        if path.suffix.lower() not in FILE_ENDINGS:
            continue
        found = _sources_in(path, by_name)
        sources += found
        if not found:
            strangers.append(path.name)
    sources.sort(key=lambda source: order.index(source.table.name))
    return FolderContents(sources, strangers)


def _sources_in(path: Path, by_name: dict[str, Table]) -> list[Source]:
    if table := by_name.get(path.stem):
        return [Source(table, path, path.name)]
    if path.suffix.lower() != ".xlsx":
        return []
    try:
        sheets = sheet_names(path)
    except UnreadableFile:
        return []
    return [
        Source(by_name[sheet], path, f"{path.name}[{sheet}]", sheet)
        for sheet in sheets
        if sheet in by_name
    ]

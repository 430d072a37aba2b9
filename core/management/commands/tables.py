"""`tables`: describe every table in and out, as the page docs/tables.md."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from core.tables import exports, fact_tables
from core.tables.columns import Column

INTRODUCTION = """# Tables

Made by `manage.py tables`. A company brings facts in as CSV (UTF-8 with or without BOM, GB18030)
or xlsx, one table a file or sheet, named by the table's English or Chinese name, headers in
English or Chinese. **Bold** columns are the key: a row whose key is known replaces that row.
Columns in *italics* may be left empty; those (in brackets) may be left out, and what is known of
them stays. Local times are ISO 8601 without offset; amounts are plain
yuan with at most two decimals. A file with one wrong row is refused whole, with every reason.

## In
"""


class Command(BaseCommand):
    help = "Describe every table in and out, in Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(lines()))


def lines() -> Iterator[str]:
    yield INTRODUCTION
    yield "| table | 表 | columns |"
    yield "| --- | --- | --- |"
    for table in fact_tables().values():
        columns = ", ".join(
            [*map(_column, table.columns), *(f"({_column(each)})" for each in table.also)]
        )
        yield f"| {table.name} | {table.zh} | {columns} |"
        for layout in table.layouts:
            columns = ", ".join(_column(column) for column in layout.columns)
            yield f"| {table.name}, or | {table.zh} | {columns} |"
    yield "\n## Out\n"
    yield "| table | 表 | columns |"
    yield "| --- | --- | --- |"
    for export in exports().values():
        columns = ", ".join(f"{english} {chinese}" for english, chinese in export.columns)
        yield f"| {export.name} | {export.zh} | {columns} |"


def _column(column: Column) -> str:
    mark = "**" if column.key else "*" if column.optional else ""
    return f"{mark}{column.name}{mark} {column.zh}"

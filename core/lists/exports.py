"""What a list shows, as a file: the same rows in the same order, all pages, the same columns."""

import tempfile
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

from django.http import FileResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRow

from core import clock
from core.db import read_snapshot
from core.lists.asking import normalised
from core.lists.declaring import List
from core.lists.tables import ListTable
from core.services import audit
from core.tables.writing import CONTENT_TYPES, write_table

AT_A_TIME = 1_000
SLICE = 5_000


def list_file(listed: List, table: ListTable, ending: str) -> FileResponse:
    """A sorted table as a file. However many rows there are, a few of them are in memory.

    It is written beside first: what goes wrong is an error and not half a file, and the rows are
    those of one instant.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response
    title = str(listed.title)
    with read_snapshot():
        rows = write_table(
            out,
            ending,
            title=title,
            columns=[str(column.header) for column in table.columns],
            rows=_values(table),
        )
    export_tell(listed, table, ending=ending, rows=rows)
    out.seek(0)
    response = FileResponse(out, content_type=CONTENT_TYPES[ending])
    today = clock.today()
    named = quote(f"{title} {today}.{ending}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{listed.key}-{today}.{ending}\"; filename*=UTF-8''{named}"
    )
    return response


def export_tell(listed: List, table: ListTable, *, ending: str, rows: int) -> None:
    """Leave word of an export. The one place that knows of all of them: what is to be told of the
    confidential lists besides belongs here."""
    try:
        query = normalised(listed.request.GET)
    except ValueError:
        query = ""
    audit(
        actor=listed.user,
        action="export",
        subject=f"list {listed.key}",
        changes={
            "rows": rows,
            "query": query,
            "columns": [column.name for column in table.columns],
            "ending": ending,
            **{name: str(value) for name, value in listed.about.items()},
        },
    )


def _values(table: ListTable) -> Iterator[list[Any]]:
    names = [column.name for column in table.columns]
    for record in _records(table.data):
        row = BoundRow(record, table)
        yield [_plain(row.get_cell_value(name)) for name in names]


def _records(data: Any) -> Iterator[Any]:
    if isinstance(data, TableQuerysetData):
        yield from data.data.iterator(chunk_size=AT_A_TIME)
        return
    for first in range(0, len(data), SLICE):
        yield from data[first : first + SLICE]


def _plain(value: Any) -> Any:
    """A cell without its markup."""
    return unescape(strip_tags(value)).strip() if isinstance(value, SafeString) else value

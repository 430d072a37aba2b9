"""What a list shows, as a file: the same rows in the same order, all pages, the same columns."""

import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponseBase
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRow

from core import clock
from core.confidential import opened
from core.db import read_snapshot
from core.lists.asking import normalised
from core.lists.declaring import List
from core.lists.tables import ListTable
from core.lists.walking import Way, goes_upward, walk
from core.models import Opening
from core.services import audit
from core.tables.writing import CONTENT_TYPES, write_table

IN_MEMORY = 2**20  # bytes of a file; a larger one goes to the disk
AT_A_TIME = 1_000
SLICE = 5_000


def list_file(listed: List, table: ListTable, ending: str) -> HttpResponseBase:
    """A sorted table as a file. However many rows there are, a few of them are in memory.

    It is written beside first: what goes wrong is an error and not half a file, and the rows are
    those of one instant. A confidential list that cannot be written down as taken is not given.
    """
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by the response
    title, mark = str(listed.title), listed.mark()
    with read_snapshot():
        rows = write_table(
            out,
            ending,
            title=title,
            columns=[
                *(str(column.header) for column in table.columns),
                *([gettext("Taken out by")] if mark else []),
            ],
            rows=_marked(_values(listed, table), mark),
        )
    out.seek(0)
    response = FileResponse(out, content_type=CONTENT_TYPES[ending])
    today = clock.today()
    named = quote(f"{title} {today}.{ending}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{listed.key}-{today}.{ending}\"; filename*=UTF-8''{named}"
    )
    return export_tell(listed, table, response, ending=ending, rows=rows)


def export_tell(
    listed: List, table: ListTable, response: FileResponse, *, ending: str, rows: int
) -> HttpResponseBase:
    """The file to hand out, word of it left. The one place that knows of all of them.

    Of a confidential list it is an opening as well (core/confidential.py): without one there is
    a 503 and no file.
    """
    try:
        query = normalised(listed.request.GET)
    except ValueError:
        query = ""
    about = {name: str(value) for name, value in listed.about.items()}
    told = {
        "rows": rows,
        "query": query,
        "columns": [column.name for column in table.columns],
        "ending": ending,
        **about,
    }
    if listed.confidential:
        answer = opened(
            listed.request,
            response,
            way=Opening.Way.EXPORTED,
            kind="list",
            subject=" ".join(["list", listed.key, *about.values()]),
            details={"name": str(listed.title), **told},
        )
        if answer is not response:
            if response.file_to_stream:
                response.file_to_stream.close()
            return answer
    audit(actor=listed.user, action="export", subject=f"list {listed.key}", changes=told)
    return response


def _marked(rows: Iterator[list[Any]], mark: str) -> Iterator[list[Any]]:
    """Each row with the mark at its end, if there is one."""
    return ([*row, mark] for row in rows) if mark else rows


def _values(listed: List, table: ListTable) -> Iterator[list[Any]]:
    names = [column.name for column in table.columns]
    records = _walked(listed) if listed.by_number else _records(table.data)
    for record in islice(records, listed.most_in_file):
        row = BoundRow(record, table)
        yield [_plain(row.get_cell_value(name)) for name in names]


def _records(data: Any) -> Iterator[Any]:
    if type(data) is TableQuerysetData:
        yield from data.data.iterator(chunk_size=AT_A_TIME)
        return
    for first in range(0, len(data), SLICE):
        yield from data[first : first + SLICE]


def _walked(listed: List) -> Iterator[Any]:
    found = Way(listed.records(listed.found, first=0, count=SLICE), by=listed.ways[0].by)
    upward = goes_upward(listed.request, listed.by_number)
    for rows in walk(found, upward=upward, most=listed.most_in_file or sys.maxsize):
        yield from listed.told(rows)


def _plain(value: Any) -> Any:
    """A cell without its markup."""
    return unescape(strip_tags(value)).strip() if isinstance(value, SafeString) else value

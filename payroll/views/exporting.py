"""The month's tables as files."""

from io import BytesIO
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from core.confidential import opened
from core.db import read_snapshot
from core.models import Opening
from core.months import Month
from core.permissions import require
from core.tables import exports
from core.tables.naming import column_names, table_name
from core.tables.writing import to_csv, to_xlsx, write_book
from payroll.book import month_book
from payroll.permissions import can_export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"


@require_GET
def month_export(request: HttpRequest, month: Month, table: str, ending: str) -> HttpResponseBase:
    """One table of the month, of what this user may see, with headers in the reader's language.

    It says what people earn and owe: that it was taken out is written down.
    """
    require(can_export(request.user))
    export = exports().get(table)
    if export is None:
        raise Http404
    columns, rows = column_names(export), export.rows(month, request.user)
    title = table_name(table)
    content = to_xlsx(title, columns, rows) if ending == "xlsx" else to_csv(columns, rows)
    answer = file_response(
        content, name=f"{table}-{month}", shown=f"{title} {month}", ending=ending
    )
    return exported(request, answer, kind="export", subject=f"{table} {month}", ending=ending)


@require_GET
def month_book_file(request: HttpRequest, month: Month) -> HttpResponseBase:
    """All tables of the month in one workbook, of what this user may see."""
    require(can_export(request.user))
    out = BytesIO()
    with read_snapshot():
        write_book(out, month_book(month, request.user))
    shown = f"{gettext('Monthly book')} {month}"
    answer = file_response(out.getvalue(), name=f"book-{month}", shown=shown, ending="xlsx")
    return exported(request, answer, kind="export", subject=f"book {month}", ending="xlsx")


def file_response(content: str | bytes, *, name: str, shown: str, ending: str) -> HttpResponse:
    """A file to keep: `name` in plain letters for old browsers, `shown` as people call it."""
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=XLSX)
    else:
        # Without the mark Excel in China reads UTF-8 as GB18030.
        response = HttpResponse(BOM + content, content_type="text/csv; charset=utf-8")
    named = quote(f"{shown}.{ending}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{name}.{ending}\"; filename*=UTF-8''{named}"
    )
    return response


def exported(
    request: HttpRequest,
    answer: HttpResponse,
    *,
    kind: str,
    subject: str,
    ending: str,
    about: str = "",
) -> HttpResponseBase:
    """The file to hand out, that it was taken written down (core/confidential.py)."""
    return opened(
        request,
        answer,
        way=Opening.Way.EXPORTED,
        kind=kind,
        subject=subject,
        about=about,
        details={"ending": ending},
    )

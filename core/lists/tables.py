"""Tables of lists: any order, any page, whatever the address says; a page or its htmx fragment."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django_tables2.data import TableListData, TableQuerysetData
from django_tables2.rows import BoundRow

from core.lists.walking import Stretch
from core.templatetags.house import moment, yuan

PER_PAGE = 25
MOST_ORDERS = 3


class ListTable(tables.Table):
    """A table of a list. What a column says of its cells holds for each of them: it is worked out
    once, not for every row.

    `chosen_for`: the id of the form that rows can be chosen for; empty where there is none.
    `chosen_as`: the name under which it gets them.
    `stretch`: where rows are too many to be counted, those that are shown.
    """

    chosen_for: str = ""
    chosen_as: str = "row"
    stretch: Stretch | None = None

    def cells(self, row: BoundRow) -> Iterable[Any]:
        """What stands in the cells of a row, in the order of the columns."""
        return [row.get_cell(column.name) for column in self.columns]

    def attributes(self, row: BoundRow) -> SafeString:
        """What the tag of a row says besides."""
        return row.attrs.as_html()  # type: ignore[no-any-return]

    def body(self) -> SafeString:
        """The rows of the page, as HTML."""
        openings = [
            format_html('<td data-label="{}" {}>', column.header, column.attrs["td"].as_html())
            for column in self.columns
        ]
        line = "<tr {}>{}" + "{}{}</td>" * len(openings) + "</tr>"
        return format_html_join(
            "\n", line, (self._line(row, openings) for row in self.paginated_rows)
        )

    def _line(self, row: BoundRow, openings: Sequence[SafeString]) -> list[Any]:
        cells = list(self.cells(row))
        return [
            self.attributes(row),
            self._choice(row, cells) if self.chosen_for else "",
            *chain.from_iterable(zip(openings, cells, strict=True)),
        ]

    def _choice(self, row: BoundRow, cells: Sequence[Any]) -> SafeString:
        """The box by which a row is chosen, for those who only hear it too."""
        return format_html(
            '<td class="cell-choose"><label class="choose">'
            '<input class="form-check-input" type="checkbox" name="{}" value="{}" form="{}">'
            '<span class="visually-hidden">{}</span></label></td>',
            self.chosen_as,
            row.record.pk,
            self.chosen_for,
            gettext("Choose %(row)s") % {"row": strip_tags(str(cells[0]))},
        )


class TableDataWith(TableQuerysetData):
    """Rows of a queryset, a page or a part of a file at a time, each time with what `add` reads
    for them all at once: it is given the rows and gives them back."""

    def __init__(self, rows: "QuerySet[Any]", add: Callable[[list[Any]], list[Any]]) -> None:
        super().__init__(rows)
        self.add = add

    def __getitem__(self, rows: slice) -> list[Any]:
        return self.add(list(self.data[rows]))


class RowsWalked(TableListData):
    """Rows that were read in their order: a table that shows how it is sorted leaves them so."""

    def order_by(self, _aliases: Any) -> None:
        return


class YuanColumn(tables.Column):
    """An amount: right-aligned, tabular figures."""

    def __init__(self, **extra: Any) -> None:
        attrs = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
        super().__init__(attrs=attrs, **extra)

    def render(self, value: Decimal) -> SafeString | str:
        return yuan(value)

    def value(self, value: Any) -> Any:
        """As a file has it: a number."""
        return value


class MomentColumn(tables.Column):
    """An instant on the company's clock."""

    def render(self, value: datetime) -> str:
        return moment(value)

    def value(self, value: Any) -> Any:
        """As a file has it: to the second."""
        return value


def first_row(request: HttpRequest, *, per_page: int = PER_PAGE) -> int:
    """The row that the page asked for begins with, where there are that many."""
    wanted = request.GET.get("page", "")
    number = int(wanted) if re.fullmatch("[0-9]{1,6}", wanted) else 1
    return max(number - 1, 0) * per_page


def sort(request: HttpRequest, table: tables.Table) -> tables.Table:
    """Sort a table by the request. Unknown columns are taken kindly."""
    if order := request.GET.getlist(table.prefixed_order_by_field)[:MOST_ORDERS]:
        table.order_by = order
    return table


def arrange(request: HttpRequest, table: tables.Table, *, per_page: int = PER_PAGE) -> tables.Table:
    """Sort and page a table by the request. Unknown columns and far pages are taken kindly."""
    sort(request, table)
    wanted: Any = request.GET.get(table.prefixed_page_field, 1)
    try:
        table.paginate(page=wanted, per_page=per_page)
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)
    return table


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page, not for the page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request

"""Lists: any order, any page, whatever the address says; a page or its htmx fragment."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django_tables2 import Table

PER_PAGE = 25


def arrange(request: HttpRequest, table: Table, *, per_page: int = PER_PAGE) -> Table:
    """Sort and page a table by the request. Unknown columns and far pages are taken kindly."""
    if order := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = order
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

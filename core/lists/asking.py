"""What the address of a list asks for. Whatever it says, some page comes of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from core.lists.tables import PER_PAGE

PER_PAGE_CHOICES = (PER_PAGE, 50, 100)
LONGEST_VALUE = 200
LONGEST_QUERY = 2_000
# What belongs to one look at a list, not to what is looked at.
_OF_THE_MOMENT = frozenset({"page", "before", "view", "export", "csrfmiddlewaretoken"})
# What changes how rows are shown, and not which.
HOW = frozenset({"sort", "columns", "per_page"})
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def per_page_of(request: HttpRequest) -> int:
    wanted = request.GET.get("per_page", "")
    return next((n for n in PER_PAGE_CHOICES if str(n) == wanted), PER_PAGE)


def columns_of(said: str | None, known: Sequence[str]) -> list[str]:
    """The columns an address or a memory names, of those that there are, in the table's order."""
    named = set((said or "").split(","))
    return [name for name in known if name in named]


def view_of(request: HttpRequest) -> int | None:
    """The saved view that an address names."""
    wanted = request.GET.get("view", "")
    return int(wanted) if re.fullmatch("[0-9]{1,15}", wanted) else None


def export_of(request: HttpRequest) -> str | None:
    """The kind of file that an address asks for."""
    wanted = request.GET.get("export")
    return wanted if wanted in ("csv", "xlsx") else None


def normalised(query: QueryDict | str) -> str:
    """A query as it is kept: by name, without what is empty or of the moment.

    Raises `ValueError` when it is longer than anything the pages make.
    """
    given = QueryDict(query) if isinstance(query, str) else query
    pairs = [
        (name, value)
        for name, values in sorted(given.lists())
        if name not in _OF_THE_MOMENT and not _UNSHOWN.search(name)
        for value in map(str, values)
        if value and len(value) <= LONGEST_VALUE and not _UNSHOWN.search(value)
    ]
    kept = urlencode(pairs)
    if len(kept) > LONGEST_QUERY:
        raise ValueError("longer than any query of a page")
    return kept


def is_filtered(request: HttpRequest, filters: Iterable[str]) -> bool:
    """Whether the address narrows the rows down."""
    return any(request.GET.get(name) for name in filters)


def hidden_fields(request: HttpRequest) -> list[tuple[str, Any]]:
    """What a search keeps of the address: how rows are shown."""
    return [
        (name, value)
        for name in sorted(HOW)
        for value in request.GET.getlist(name)[:3]
        if value and len(value) <= LONGEST_VALUE
    ]

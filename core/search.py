"""The one search box: people, customers, orders and more, each app's own.

`settings.SEARCH` names who finds what, in the order in which it is shown: functions
`(user, words, limit) -> SearchGroup | None`. Each finds within what the user may see, in at most
three queries. What was typed arrives as `core.spelling.words_of` makes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from core.lists import is_fragment
from core.spelling import words_of

WHILE_TYPING, ON_THE_PAGE = 5, 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `exact`: its number is just what was typed. Without `url` it has no page."""

    label: Any
    note: Any = ""
    url: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What one app found. `more_url`: where all of it stands, if there is more than is shown."""

    title: Any
    hits: Sequence[Hit]
    more_url: str = ""
    icon: str = "search"


class Finder(Protocol):
    def __call__(self, user: Any, words: str, limit: int) -> SearchGroup | None: ...


def found(user: Any, words: str, limit: int) -> list[SearchGroup]:
    """Every group with something in it; those with the very number that was typed come first."""
    groups = [group for group in _groups(user, words, limit) if group.hits] if words else []
    return sorted(groups, key=lambda group: not any(hit.exact for hit in group.hits))


def _groups(user: Any, words: str, limit: int) -> Iterator[SearchGroup]:
    for find in map(import_string, settings.SEARCH):
        group = find(user, words, limit)
        if group is not None:
            yield group


def best_first(rows: QuerySet[Any], number: str, words: str, *also: str) -> QuerySet[Any]:
    """The very number first, then numbers and names that begin so, then the rest by number."""
    begins = Q(**{f"{number}__istartswith": words})
    for name in also:
        begins |= Q(**{f"{name}__istartswith": words})
    rank = Case(
        When(**{f"{number}__iexact": words}, then=Value(0)),
        When(begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(rank, number)


def more(found: Sequence[Any], limit: int, name: str, words: str, **asked: str) -> str:
    """Where all of it stands, if more was found than is shown: the list `name`, searched for the
    same. `found`: one more than `limit` where there are so many."""
    address = page_address(name) if len(found) > limit else ""
    return f"{address}?{urlencode({'q': words, **asked})}" if address else ""


def page_address(name: str, *args: Any) -> str:
    """The address of a page, or none where nobody has such a page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What was found, as a page, or under the box while somebody types."""
    typed = request.GET.get("q", "")
    words, fragment = words_of(typed), is_fragment(request)
    limit = WHILE_TYPING if fragment else ON_THE_PAGE
    context = {
        "typed": typed[:60].replace("\0", ""),
        "words": words,
        "groups": found(request.user, words, limit),
    }
    return render(request, "core/_search_found.html" if fragment else "core/search.html", context)

"""What a list says of itself; all else is the same for every list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.lists.bulk import Bulk
from core.lists.tables import ListTable
from core.lists.walking import Way
from core.permissions import ALLOWED, Decision


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a list has no rows, and what to do about it (`url`, `action`)."""

    title: Any
    why: Any
    icon: str = "inbox"
    url: str = ""
    action: Any = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure about all rows found."""

    label: Any
    value: Any


class List:
    """One list of the program: subclass it, and give it to `list_page` in a view.

    `key` names it in saved views and in the audit trail. `fixed`: the columns that a reader cannot
    hide. `about`: what else the page is about, such as a month, as the view handed it in.

    `confidential`: it says what not everybody may know, as pay: whoever takes it out as a file is
    written down as having opened it, or gets none. `by_number`: the column of the row's own number
    (its instant), where rows are too many to be counted: pages go on from row to row, the latest
    first, and nothing else sorts. `most_in_file`: rows of a file, where not all of them go.
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    table: ClassVar[type[ListTable]]
    filterset: ClassVar[Any] = None
    fixed: ClassVar[tuple[str, ...]] = ()
    bulk: ClassVar[tuple[Bulk, ...]] = ()
    confidential: ClassVar[bool] = False
    by_number: ClassVar[str] = ""
    most_in_file: ClassVar[int | None] = None
    page_template: ClassVar[str] = "lists/page.html"
    found_template: ClassVar[str] = "lists/_found.html"
    nothing: ClassVar[Empty] = Empty(_("Nothing here yet"), _("There is nothing you may see."))
    nothing_found: ClassVar[Empty] = Empty(
        _("Nothing found"),
        _("Nothing fits the search. Try fewer letters, or all of them."),
        "search",
    )

    def __init__(self, request: HttpRequest, **about: Any) -> None:
        self.request, self.about = request, about
        self.user: Any = request.user

    def rows(self) -> QuerySet[Any]:
        """Every row this user may see."""
        raise NotImplementedError

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> Any:
        """What the table is made of; the page will ask for `count` rows from the `first` on."""
        return found

    def told(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What the table is made of, from rows read `by_number`: a page, or a part of a file."""
        return rows

    def table_options(self) -> Mapping[str, Any]:
        """What else the table is made with. Columns in `exclude` are not for this reader."""
        return {}

    def filters_left_out(self) -> Iterable[str]:
        """Filters that mean nothing to this reader."""
        return ()

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        """Figures about all rows found, above the table."""
        return ()

    def may_export(self) -> Decision:
        """Whether this reader may take the list out as a file."""
        return ALLOWED

    def mark(self) -> str:
        """What stands in every row of a file besides, so that it is known whose it was; nothing
        for most lists."""
        return ""

    def empty(self) -> Empty:
        """Why there is nothing although nothing was searched for."""
        return self.nothing

    def context(self) -> Mapping[str, Any]:
        """What the templates of this list want to know besides."""
        return {}

    @cached_property
    def ways(self) -> Sequence[Way]:
        """What was found, in the ways it is found in, where rows are walked through `by_number`."""
        return [Way(self.found)]

    @cached_property
    def actions(self) -> list[Bulk]:
        """What this user may do with the rows."""
        return [each for each in self.bulk if each.may(self.user)]

    @cached_property
    def filter(self) -> Any:
        """The filters, filled from the address."""
        if self.filterset is None:
            return None
        return self.filterset(self.request.GET or None, queryset=self.rows(), request=self.request)

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The rows that fit search and filters."""
        return self.rows() if self.filter is None else self.filter.qs

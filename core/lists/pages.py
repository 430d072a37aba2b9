"""A list as a page, as the part of it that htmx asks for, as a file, or as what is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render

from core.lists.asking import (
    PER_PAGE_CHOICES,
    columns_of,
    export_of,
    hidden_fields,
    is_filtered,
    normalised,
    per_page_of,
    view_of,
)
from core.lists.bulk import bulk_answer
from core.lists.declaring import Empty, List
from core.lists.exports import list_file
from core.lists.querysets import Views, views_of
from core.lists.tables import ListTable, RowsWalked, arrange, first_row, is_fragment, sort
from core.lists.walking import stretch_of
from core.permissions import require

BULK_FORM = "bulk"


def list_page(request: HttpRequest, kind: type[List], **about: Any) -> HttpResponseBase:
    """Answer for a list: whoever calls has asked whether the user may see it at all."""
    listed = kind(request, **about)
    if request.method == "POST":
        return bulk_answer(listed) if listed.bulk else HttpResponseNotAllowed(["GET", "HEAD"])
    shown = Shown(listed, views_of(request.user, listed.key))
    if ending := export_of(request):
        return shown.file(ending)
    if address := shown.leads_to:
        return HttpResponseRedirect(address)
    template = listed.found_template if is_fragment(request) else listed.page_template
    return render(request, template, shown.context())


def list_export(
    request: HttpRequest, kind: type[List], *, ending: str, **about: Any
) -> HttpResponseBase:
    """A list as a file, where its file has an address of its own."""
    listed = kind(request, **about)
    return Shown(listed, views_of(request.user, listed.key)).file(ending)


@dataclass
class Shown:
    """A list as one reader sees it now."""

    listed: List
    views: Views

    @property
    def request(self) -> HttpRequest:
        return self.listed.request

    @cached_property
    def columns(self) -> list[tuple[str, Any, bool]]:
        """What the reader may choose from: name, header, whether it is shown."""
        shown = self.names_shown
        return [
            (name, column.verbose_name, name in shown)
            for name, column in self._columns_for_reader.items()
            if name not in self.listed.fixed
        ]

    @cached_property
    def _columns_for_reader(self) -> dict[str, Any]:
        left_out = self.listed.table_options().get("exclude", ())
        table = self.listed.table
        sequence = [*(getattr(table._meta, "sequence", None) or ()), *table.base_columns]
        names = dict.fromkeys(name for name in sequence if name in table.base_columns)
        return {name: table.base_columns[name] for name in names if name not in left_out}

    @cached_property
    def names_shown(self) -> set[str]:
        """The columns shown: those of the address, else those remembered, else all."""
        known = list(self._columns_for_reader)
        for said in (self.request.GET.get("columns"), self.views.columns):
            if chosen := columns_of(said, known):
                return {*chosen, *self.listed.fixed}
        return set(known)

    @cached_property
    def per_page(self) -> int:
        return per_page_of(self.request)

    @cached_property
    def table_made(self) -> ListTable:
        """The table with all that was found, not yet sorted; of rows `by_number` with none."""
        return self._made([] if self.listed.by_number else self._records())

    def _records(self) -> Any:
        first = first_row(self.request, per_page=self.per_page)
        return self.listed.records(self.listed.found, first=first, count=self.per_page)

    def _made(self, records: Any) -> ListTable:
        listed = self.listed
        options = dict(listed.table_options())
        hidden = [name for name in self._columns_for_reader if name not in self.names_shown]
        options["exclude"] = (*options.get("exclude", ()), *hidden)
        table = listed.table(records, **options)
        if listed.actions:
            table.chosen_for = BULK_FORM
        return table

    def file(self, ending: str) -> HttpResponseBase:
        require(self.listed.may_export())
        return list_file(self.listed, sort(self.request, self.table_made), ending)

    @cached_property
    def table(self) -> ListTable:
        if self.listed.by_number:
            return self._walked
        arrange(self.request, self.table_made, per_page=self.per_page)
        return self.table_made

    @property
    def _walked(self) -> ListTable:
        listed = self.listed
        stretch = stretch_of(
            self.request,
            listed.ways,
            column=listed.by_number,
            count=self.per_page,
            records=lambda rows: listed.records(rows, first=0, count=self.per_page),
        )
        table = self._made(RowsWalked(listed.told(stretch.rows)))
        table.stretch = stretch
        sort(self.request, table)
        return table

    @property
    def has_rows(self) -> bool:
        stretch = self.table.stretch
        return bool(stretch.rows if stretch else self.table.paginator.count)

    @property
    def leads_to(self) -> str | None:
        """A saved view named alone, or the reader's first look at the list: where that is."""
        if is_fragment(self.request) or set(self.request.GET) - {"view"}:
            return None
        view = self.views.default if not self.request.GET else self.views.get(view_of(self.request))
        return f"{self.request.path}{view.address}" if view and view.query else None

    @cached_property
    def filters(self) -> list[Any]:
        """The filters as fields of a form, without the search box."""
        if self.listed.filter is None:
            return []
        left_out = {"q", *self.listed.filters_left_out()}
        return [field for field in self.listed.filter.form if field.name not in left_out]

    @property
    def search_box(self) -> Any:
        form = self.listed.filter.form if self.listed.filter is not None else ()
        return next((field for field in form if field.name == "q"), None)

    @property
    def filter_names(self) -> Sequence[str]:
        return [] if self.listed.filter is None else list(self.listed.filter.filters)

    def context(self) -> dict[str, Any]:
        listed, request = self.listed, self.request
        table, has_rows = self.table, self.has_rows
        is_narrow = is_filtered(request, [*self.filter_names, "before"])
        try:
            query = normalised(request.GET)
        except ValueError:
            query = ""
        return {
            "list": listed,
            "table": table,
            "has_rows": has_rows,
            "filter": listed.filter,
            "search_box": self.search_box,
            "filters": self.filters,
            "filters_used": sum(1 for each in self.filters if request.GET.get(each.name)),
            "is_filtered": is_narrow,
            "empty": None if has_rows else self._empty(is_narrow),
            "stats": listed.sums(listed.found, table) if has_rows else (),
            "hidden_fields": hidden_fields(request),
            "columns": self.columns,
            "views": self.views.named,
            "view": self.views.get(view_of(request)),
            "kept_query": query,
            "per_page": self.per_page,
            "per_page_choices": PER_PAGE_CHOICES,
            "bulk_form": table.chosen_for,
            "may_export": listed.may_export(),
            **listed.context(),
        }

    def _empty(self, is_narrow: bool) -> Empty:
        if not is_narrow:
            return self.listed.empty()
        said = self.listed.nothing_found
        return Empty(said.title, said.why, said.icon, f"{self.request.path}?view=all", said.action)

"""Lists of the books."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote

import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData
from django_tables2.rows import BoundRow

from accounts.models import Person
from core.lists import ListTable, MomentColumn, YuanColumn
from core.models import JobRun
from core.months import Month
from core.tables.naming import table_name
from core.templatetags.house import month_name, yuan
from payroll.job_words import job_name, run_says, run_took
from payroll.models import Appeal
from payroll.statements import rule_title
from payroll.sums import Found, StatementRow, statements_found

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class StatementsData(TableData):
    """The statements of a month as their table asks for them: it sorts and counts, and takes a
    page. All of it is one query, where the page begins with the row foreseen (`first`).
    """

    def __init__(self, month: Month, people: QuerySet[Person], *, first: int, count: int) -> None:
        super().__init__(None)
        self.month, self.people, self.first, self.count = month, people, first, count
        self.order: tuple[str, ...] = ()
        self._found: Found | None = None

    @property
    def found(self) -> Found:
        if self._found is None:
            self._found = statements_found(
                self.month, self.people, order=self.order, first=self.first, count=self.count
            )
        return self._found

    def order_by(self, aliases: Iterable[str]) -> None:
        self.order, self._found = tuple(aliases), None

    def __len__(self) -> int:
        return self.found.sums.people

    def __getitem__(self, rows: slice) -> Sequence[StatementRow]:
        count = rows.stop - rows.start
        if rows.start != self.first or count > self.count:
            self.first, self.count, self._found = rows.start, count, None
        return self.found.rows


class StatementTable(ListTable):
    """The statements of a month, one row a person."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(verbose_name=_("Name"), attrs={"td": {"class": "cell-main"}})
    team = tables.Column(verbose_name=_("Team"), attrs={"td": {"class": "cell-side"}})
    plus = YuanColumn(verbose_name=_("Plus"))
    minus = YuanColumn(verbose_name=_("Minus"))
    total = YuanColumn(verbose_name=_("Total"))

    class Meta:
        order_by = ("employee_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def attributes(self, row: BoundRow) -> SafeString:
        return format_html(
            'data-employee="{}" class="{}"', row.record.employee_no, row.get_even_odd_css_class()
        )

    @cached_property
    def address(self) -> str:
        return reverse("statements", args=[self.data.month])

    @cached_property
    def _cell_makers(self) -> list[Callable[[StatementRow], Any]]:
        """What stands in the columns shown. (The usual way to a cell takes several times as long,
        and there are as many cells as people see of a list.)"""
        makers: dict[str, Callable[[StatementRow], Any]] = {
            "employee_no": lambda row: row.employee_no,
            "name": self._link,
            "team": lambda row: row.team or self.default,
            "plus": lambda row: yuan(row.plus),
            "minus": lambda row: yuan(row.minus),
            "total": lambda row: yuan(row.total),
        }
        return [makers[column.name] for column in self.columns]

    def _link(self, row: StatementRow) -> SafeString:
        # A statement's address lies under the list's; to look up each costs as much as its row.
        address = f"{self.address}{quote(row.employee_no, safe='')}/"
        return format_html('<a class="row-link" href="{}">{}</a>', address, row.name)

    def cells(self, row: BoundRow) -> list[Any]:
        return [make(row.record) for make in self._cell_makers]


class AppealTable(ListTable):
    """Appeals: whose, against what, how much, how it stands, by when it is decided."""

    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    employee_no = tables.Column(
        verbose_name=_("No."),
        accessor="person__employee_no",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-no"}},
    )
    charge = tables.Column(verbose_name=_("Line"), accessor="entry", orderable=False)
    amount = YuanColumn(verbose_name=_("Amount"), accessor="entry__on_pay", orderable=False)
    state = tables.Column(
        verbose_name=_("State"), order_by=("state", "id"), attrs={"td": {"class": "cell-side"}}
    )
    filed_at = MomentColumn(verbose_name=_("Filed"), order_by=("filed_at", "id"))
    deadline = MomentColumn(verbose_name=_("To be decided by"), order_by=("deadline", "id"))

    class Meta:
        order_by = ("-filed_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_person(self, record: Appeal, value: str) -> SafeString:
        address = reverse("appeal", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)

    def render_charge(self, record: Appeal) -> str:
        return f"{rule_title(record.entry.rule)} · {month_name(record.for_month)}"

    def render_state(self, record: Appeal) -> SafeString:
        return format_html(
            '<span class="badge state appeal-{}">{}</span>',
            record.state,
            record.get_state_display(),
        )


class RunTable(ListTable):
    """What every list of runs shows: how it stands, what came of it, how long it took."""

    state = tables.Column(verbose_name=_("State"), attrs={"td": {"class": "cell-side"}})
    says = tables.Column(verbose_name=_("Outcome"), empty_values=(), orderable=False)
    attempt = tables.Column(verbose_name=_("Attempts"), attrs={"td": {"class": "text-end"}})
    started_at = MomentColumn(verbose_name=_("Started"))
    took = tables.Column(
        verbose_name=_("Took"),
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "text-end text-nowrap"}, "th": {"class": "text-end"}},
    )

    class Meta:
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_state(self, record: JobRun) -> SafeString:
        return format_html(
            '<span class="badge state job-{}">{}</span>', record.state, record.get_state_display()
        )

    def render_says(self, record: JobRun) -> str:
        return run_says(record)

    def render_took(self, record: JobRun) -> str:
        return run_took(record)


class JobTable(RunTable):
    """The runs, the latest first."""

    kind = tables.Column(verbose_name=_("Job"), attrs={"td": {"class": "cell-main"}})
    subject = tables.Column(verbose_name=_("For"), attrs={"td": {"class": "text-nowrap"}})
    due_at = MomentColumn(verbose_name=_("Due"))

    class Meta(RunTable.Meta):
        sequence = ("kind", "subject", "state", "due_at", "started_at", "took", "attempt", "says")
        order_by = ("-due_at",)

    def render_kind(self, record: JobRun) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>',
            reverse("job", args=[record.pk]),
            job_name(record),
        )


class LoadTable(ListTable):
    """Files that were brought in, the latest first."""

    file = tables.Column(verbose_name=_("File"), attrs={"td": {"class": "cell-main text-break"}})
    table = tables.Column(verbose_name=_("Table"), attrs={"td": {"class": "cell-no"}})
    at = MomentColumn(verbose_name=_("When"), order_by=("id",))
    actor = tables.Column(
        verbose_name=_("By"), accessor="actor__person__name", order_by=("actor__username", "id")
    )
    new = tables.Column(verbose_name=_("New"), attrs=END)
    changed = tables.Column(verbose_name=_("Changed"), attrs=END)
    same = tables.Column(verbose_name=_("As before"), attrs=END)
    wrong = tables.Column(verbose_name=_("Wrong"), attrs=END)

    class Meta:
        order_by = ("-at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_table(self, value: str) -> str:
        return table_name(value)


class PartTable(RunTable):
    """The parts of a run: one a group of salespeople."""

    subject = tables.Column(verbose_name=_("Group"), attrs={"td": {"class": "cell-main"}})
    worker = tables.Column(verbose_name=_("Worker"))

    class Meta(RunTable.Meta):
        sequence = ("subject", "state", "worker", "started_at", "took", "attempt", "says")

    def render_subject(self, value: str) -> str:
        return gettext("group %(number)s") % {"number": value.partition("/")[2]}

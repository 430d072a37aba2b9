"""The lists of the books: the statements of a month, the jobs."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.jobs import job_again
from core.lists import Bulk, Empty, List, ListTable, Stat
from core.models import JobRun, TableLoad
from core.templatetags.house import yuan
from payroll.filters import AppealFilter, JobFilter, LoadFilter, PeopleFilter
from payroll.models import Appeal, PayMonth
from payroll.permissions import can_run_jobs
from payroll.querysets import WORK_ON_BOOKS, pay_visible_people
from payroll.tables import AppealTable, JobTable, LoadTable, StatementsData, StatementTable


class StatementList(List):
    """One row a person. `about`: the month. The sums are of all rows found."""

    key = "statements"
    title = _("Statements")
    table = StatementTable
    filterset = PeopleFilter
    fixed = ("name",)
    confidential = True
    page_template = "payroll/statements.html"
    nothing_found = Empty(
        _("Nobody found"),
        _("No statement of this month fits the search. Try fewer letters, or all teams."),
        "search",
    )

    def rows(self) -> QuerySet[Person]:
        return pay_visible_people(self.user)

    def records(self, found: QuerySet[Person], *, first: int, count: int) -> StatementsData:
        return StatementsData(self.about["month"], found, first=first, count=count)

    def sums(self, found: QuerySet[Person], table: ListTable) -> Sequence[Stat]:
        sums = table.data.found.sums
        return [
            Stat(_("People"), intcomma(sums.people)),
            Stat(_("Plus"), yuan(sums.plus)),
            Stat(_("Minus"), yuan(sums.minus)),
            Stat(_("Total"), yuan(sums.total)),
        ]

    @cached_property
    def pay_month(self) -> PayMonth | None:
        return PayMonth.objects.filter(month=self.about["month"]).first()

    def empty(self) -> Empty:
        if self.pay_month and self.pay_month.closed_at:
            return Empty(
                _("Nobody to show"),
                _("No salesperson whose pay you may see was employed in this month."),
                "users",
            )
        return Empty(
            _("No statements yet"),
            _(
                "The month has not been closed, and nobody on file was employed in it. "
                "Load the people's table and close the month."
            ),
            "wallet",
            reverse("month", args=[self.about["month"]]),
            _("To the month"),
        )

    def context(self) -> Mapping[str, Any]:
        return {"month": self.about["month"], "pay_month": self.pay_month}


class AppealList(List):
    """One's own, and those one may read: state, deadline, amount; the latest first."""

    key = "appeals"
    title = _("Appeals")
    table = AppealTable
    filterset = AppealFilter
    fixed = ("person",)
    confidential = True
    nothing_found = Empty(
        _("No appeal found"),
        _("No appeal fits the search. Try fewer letters, or any state."),
        "search",
    )

    def rows(self) -> QuerySet[Appeal]:
        return Appeal.objects.visible_to(self.user)

    def records(self, found: QuerySet[Appeal], *, first: int, count: int) -> QuerySet[Appeal]:
        return found.select_related("person", "entry")

    @cached_property
    def sees_others(self) -> bool:
        roles = ("supervisor", "manager", "leader", "admin")
        return bool(self.user.is_superuser or self.user.has_role(*roles))

    def empty(self) -> Empty:
        if self.sees_others:
            return Empty(
                _("No appeals"),
                _(
                    "Nobody has objected to a line. Who does so is listed here, with the day by "
                    "which it is decided."
                ),
                "scale",
            )
        return Empty(
            _("No appeals"),
            _(
                "You have not objected to anything. To do so, open a line of your statement and "
                "choose “I object”."
            ),
            "scale",
            reverse("my_statement"),
            _("My statement"),
        )


def _again(*, row: JobRun, actor: Any) -> bool:
    return job_again(run=row, actor=actor, said=actor.in_place_of(*WORK_ON_BOOKS))


class JobList(List):
    """Every run, the latest first; what failed stands before them."""

    key = "jobs"
    title = _("Jobs")
    table = JobTable
    filterset = JobFilter
    fixed = ("kind",)
    bulk = (Bulk("again", _("Run again"), can_run_jobs, _again, "rotate-cw"),)
    page_template = "payroll/jobs.html"
    found_template = "payroll/_jobs_found.html"
    nothing = Empty(
        _("Nothing has run yet"),
        _(
            "The program keeps a month by itself once one was closed, or once the current month "
            "has facts."
        ),
        "timer",
    )
    nothing_found = Empty(
        _("No such run"), _("No run is of this kind and in this state."), "search"
    )

    def rows(self) -> QuerySet[JobRun]:
        return JobRun.objects.filter(parent=None).select_related("requested_by__person")

    def context(self) -> Mapping[str, Any]:
        runs = JobRun.objects.filter(parent=None)
        return {
            "failed": runs.filter(state=JobRun.State.FAILED),
            "under_way": runs.filter(state__in=JobRun.UNDER_WAY).exists(),
            "can_run": can_run_jobs(self.user),
        }


class LoadList(List):
    """Every file that was brought in, the latest first."""

    key = "loads"
    title = _("Loaded files")
    table = LoadTable
    filterset = LoadFilter
    fixed = ("file",)
    page_template = "payroll/loads.html"

    def rows(self) -> QuerySet[TableLoad]:
        return TableLoad.objects.select_related("actor__person")

    def empty(self) -> Empty:
        return Empty(
            _("Nothing was loaded yet"),
            _("Send the company's tables: people first, then what happened."),
            "file-spreadsheet",
            reverse("imports"),
            _("Send files"),
        )

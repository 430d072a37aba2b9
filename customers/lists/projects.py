"""The lists of projects and conflicts (CUS-3, CUS-4)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, ListTable, Stat, TableDataWith
from customers.filters.projects import ConflictFilter, ProjectFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Claim, Conflict, Project
from customers.navigation.projects import project_tabs
from customers.permissions.projects import can_register
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.tables.projects import ConflictTable, ProjectTable
from policy.clauses import clause_of
from policy.querysets import policy_book


class ProjectList(NamesCustomers):
    """The projects one may see, the latest registered first."""

    key = "projects"
    title = _("Projects")
    table = ProjectTable
    filterset = ProjectFilter
    fixed = ("project_no", "name")
    page_template = "lists/chapter.html"
    nothing_found = Empty(
        _("Nothing found"),
        _("No project fits the search. Try fewer letters, or any state."),
        "search",
    )

    def rows(self) -> QuerySet[Project]:
        return Project.objects.visible_to(self.user)

    def records(self, found: QuerySet[Project], *, first: int, count: int) -> QuerySet[Project]:
        return found.select_related("person")

    @cached_property
    def _quiet_days(self) -> int:
        return policy_book().on(clock.today()).project_quiet_days

    def table_options(self) -> Mapping[str, Any]:
        return {"quiet_days": self._quiet_days}

    def _sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_CUSTOMERS, "supervisor"))

    def filters_left_out(self) -> Sequence[str]:
        return () if self._sees_others() else ("whose",)

    def sums(self, found: Any, table: ListTable) -> Sequence[Stat]:
        return [
            Stat(_("Projects"), intcomma(table.paginator.count)),
            Stat(_("Gone quiet"), intcomma(found.stale(clock.now()).count())),
        ]

    def empty(self) -> Empty:
        if can_register(self.user):
            return Empty(
                _("No projects yet"),
                _("Who registers a project first owns it: register what you have heard of."),
                "flag",
                reverse("project_new"),
                _("Register a project"),
            )
        return Empty(
            _("No projects"), _("Nobody whose projects you may see has registered one."), "flag"
        )

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_register(self.user):
            acts.append((reverse("project_new"), _("Register a project"), "flag"))
        return {
            "tabs": project_tabs(self.request),
            "acts": acts,
            "clauses": [clause_of("CUS-3"), clause_of("CUS-4")],
        }


class ConflictList(NamesCustomers):
    """The conflicts of which one sees a side, the latest first."""

    key = "conflicts"
    title = _("Conflicts")
    table = ConflictTable
    filterset = ConflictFilter
    fixed = ("conflict_no", "about")
    page_template = "lists/chapter.html"
    nothing = Empty(
        _("No conflicts"),
        _("Where a project is registered that looks like another's, the case stands here."),
        "swords",
    )

    def rows(self) -> QuerySet[Conflict]:
        return Conflict.objects.visible_to(self.user)

    def records(self, found: QuerySet[Conflict], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_projects)

    def _with_projects(self, conflicts: list[Any]) -> list[Any]:
        """Each with those of its projects whose side one sees."""
        sides: dict[int, list[Project]] = {}
        seen = Claim.objects.visible_to(self.user).filter(conflict__in=conflicts)
        for claim in seen.select_related("project").order_by("project_id"):
            sides.setdefault(claim.conflict_id, []).append(claim.project)
        for conflict in conflicts:
            conflict.projects = sides.get(conflict.pk, [])
        return conflicts

    def context(self) -> Mapping[str, Any]:
        return {"tabs": project_tabs(self.request), "clauses": [clause_of("CUS-3")]}

"""The lists of appraisals, of how far people are, of activities."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.querysets import seen_by
from core.lists import Empty, List, ListTable, Stat, TableDataWith
from core.models import JobRun
from core.money import ZERO, less, total
from core.months import Month
from core.templatetags.house import yuan
from orders.models import Order
from payroll.models import Entry
from payroll.rules import Account
from performance.filters import (
    ActivityFilter,
    AppraisalFilter,
    AttainingFilter,
    EntryFilter,
    PaymentFilter,
)
from performance.forms import QuarterForm
from performance.models import Activity, Appraisal
from performance.navigation import file_acts, periods, tabs
from performance.permissions import can_plan_activity, can_reckon, can_set_targets
from performance.querysets import SEE_ALL
from performance.reads.attaining import attainments, sold_by_in
from performance.reads.department import (
    OverdueDelivery,
    charges_of,
    lines_of,
    overdue_of,
    payments_of,
)
from performance.rules.periods import Period
from performance.tables import (
    ActivityTable,
    AppraisalTable,
    AttainingTable,
    EntryTable,
    OverdueTable,
    PaymentTable,
)
from performance.words import period_name, rule_name
from policy.clauses import clause_of
from receivables.models import Payment

RECKONING = "appraisal"


class PerformanceList(List):
    """A list of this app: with its tabs and clauses."""

    page_template = "lists/chapter.html"
    clauses: tuple[str, ...] = ()

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": tabs(self.request),
            "clauses": [clause_of(rule) for rule in self.clauses],
        }


class AppraisalList(PerformanceList):
    """The appraisals one may see: one's own, of those one leads, all for the heads."""

    key = "appraisals"
    title = _("Appraisals")
    table = AppraisalTable
    filterset = AppraisalFilter
    fixed = ("person", "quarter")
    confidential = True
    clauses = ("KPI-1",)
    page_template = "performance/appraisals.html"
    nothing = Empty(
        _("No appraisals"),
        _("Each quarter is reckoned when it is over. You see yours once it was talked over."),
        "award",
    )

    def rows(self) -> QuerySet[Appraisal]:
        return Appraisal.objects.visible_to(self.user)

    def records(self, found: QuerySet[Appraisal], *, first: int, count: int) -> Any:
        return found.select_related("person")

    def sums(self, found: QuerySet[Appraisal], table: ListTable) -> Sequence[Stat]:
        """How many stand where: how far the quarter's talks have come."""
        counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
        return [
            Stat(label, intcomma(counted.get(state, 0))) for state, label in Appraisal.State.choices
        ]

    def context(self) -> Mapping[str, Any]:
        reckons = bool(can_reckon(self.user))
        return {
            **super().context(),
            "quarter_form": QuarterForm() if reckons else None,
            "run": reckoning_run() if reckons else None,
        }


def reckoning_run() -> JobRun | None:
    """The reckoning under way, or the last one."""
    return JobRun.objects.filter(kind=RECKONING).order_by("-id").first()


class TargetList(PerformanceList):
    """How far people are in a period. `about`: the period."""

    key = "targets"
    title = _("Targets")
    table = AttainingTable
    filterset = AttainingFilter
    fixed = ("name",)
    confidential = True
    clauses = ("TAR-1", "COMM-1")
    page_template = "performance/targets.html"
    nothing = Empty(
        _("Nobody to show"),
        _("No salesperson whose figures you may see is employed in this period."),
        "target",
    )

    @property
    def period(self) -> Period:
        period: Period = self.about["period"]
        return period

    def rows(self) -> QuerySet[Person]:
        return seen_by(sold_by_in(self.period), self.user, everything=SEE_ALL, person="id")

    def records(self, found: QuerySet[Person], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._attained)

    def _attained(self, people: list[Any]) -> list[Any]:
        of = attainments(self.period, people, [person.pk for person in people])
        for person in people:
            person.attained = of[person.pk]
        return people

    def table_options(self) -> Mapping[str, Any]:
        options: dict[str, Any] = {"period": self.period}
        if not can_set_targets(self.user):
            options["exclude"] = ("change",)
        return options

    def context(self) -> Mapping[str, Any]:
        return {
            **super().context(),
            "acts": file_acts(self.period, self.user),
            "period": self.period,
            "period_name": period_name(self.period),
            "periods": periods(self.period, "targets"),
        }


class ActivityList(PerformanceList):
    """The activities one may see: planned, approved, carried out (PLAN-1)."""

    key = "activities"
    title = _("Activities")
    table = ActivityTable
    filterset = ActivityFilter
    fixed = ("title", "starts_on")
    clauses = ("PLAN-1",)
    nothing = Empty(
        _("No activities"), _("Whoever sells plans them; the manager approves."), "calendar-heart"
    )

    def rows(self) -> QuerySet[Activity]:
        return Activity.objects.visible_to(self.user).select_related("planner")

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_plan_activity(self.user):
            acts = [(reverse("activity_new"), gettext("Plan an activity"), "plus")]
        return {**super().context(), "acts": acts}


class DepartmentList(PerformanceList):
    """The records behind a figure of the department's page. `about`: the month."""

    page_template = "performance/department_records.html"
    confidential = True

    @property
    def month(self) -> Month:
        month: Month = self.about["month"]
        return month

    @property
    def what(self) -> Any:
        """What the figure is called."""
        return self.title

    def context(self) -> Mapping[str, Any]:
        return {**super().context(), "month": self.month, "what": self.what}


class MoneyList(DepartmentList):
    """The payments that count in a month."""

    key = "department_money"
    title = _("Money handed in")
    table = PaymentTable
    filterset = PaymentFilter
    fixed = ("slip",)
    clauses = ("CUT-1",)
    nothing = Empty(_("No payments"), _("No money counts in this month."), "banknote")

    def rows(self) -> QuerySet[Payment]:
        return payments_of(self.month).filter(
            pk__in=Payment.objects.visible_to(self.user).order_by().values("pk")
        )

    def records(self, found: QuerySet[Payment], *, first: int, count: int) -> Any:
        return found.select_related("slip__order__customer", "slip__order__person")

    def sums(self, found: QuerySet[Payment], table: ListTable) -> Sequence[Stat]:
        sums = found.aggregate(n=Count("pk"), yuan=Sum(less("amount", "undone"), default=ZERO))
        return [
            Stat(_("Payments"), intcomma(sums["n"])),
            Stat(_("Money handed in"), yuan(sums["yuan"])),
        ]


class OverdueList(DepartmentList):
    """The deliveries that were overdue when a month ended, as the facts are known now."""

    key = "department_overdue"
    title = _("Overdue at the month's end")
    table = OverdueTable
    fixed = ("order_no", "unpaid")
    clauses = ("DUE-1",)
    nothing = Empty(
        _("Nothing overdue"),
        _("Nothing was unpaid for longer than the policy allows."),
        "circle-check-big",
    )

    def rows(self) -> QuerySet[Order]:
        return Order.objects.visible_to(self.user)

    def records(
        self, found: QuerySet[Order], *, first: int, count: int
    ) -> Sequence[OverdueDelivery]:
        """Which days are over says a rule and no query; the heads see every order."""
        return overdue_of(self.month)

    def sums(self, found: QuerySet[Order], table: ListTable) -> Sequence[Stat]:
        rows: Any = table.data
        return [
            Stat(_("Deliveries"), intcomma(len(rows))),
            Stat(_("Unpaid"), yuan(total(each.unpaid for each in rows))),
        ]


class LineList(DepartmentList):
    """What a rule gave and took on the statements of a month. `about`: the rule as well."""

    key = "department_lines"
    title = _("What a rule gave and took")
    table = EntryTable
    filterset = EntryFilter
    fixed = ("person", "on_pay")
    nothing = Empty(_("Nothing posted"), _("The rule moved no pay in this month."), "scale")

    @property
    def rule(self) -> str:
        return str(self.about["rule"])

    @property
    def what(self) -> str:
        return rule_name(self.rule)

    def rows(self) -> QuerySet[Entry]:
        return lines_of(self.month, self.rule).visible_to(self.user)

    def records(self, found: QuerySet[Entry], *, first: int, count: int) -> Any:
        return found.select_related("person")

    def sums(self, found: QuerySet[Entry], table: ListTable) -> Sequence[Stat]:
        taken = Q(source=Account.PAY)
        sums = found.order_by().aggregate(
            n=Count("pk"),
            taken=Sum("amount", filter=taken, default=ZERO),
            given=Sum("amount", filter=~taken, default=ZERO),
        )
        return [
            Stat(_("Entries"), intcomma(sums["n"])),
            Stat(_("On pay"), yuan(sums["given"] - sums["taken"])),
        ]

    def context(self) -> Mapping[str, Any]:
        return {**super().context(), "clauses": [clause_of(self.rule)]}


class ChargeList(LineList):
    """The charges of a rule about a month that stand."""

    key = "department_charges"
    title = _("How often a rule was broken")
    nothing = Empty(_("No charges"), _("No charge of this rule about the month stands."), "scale")

    def rows(self) -> QuerySet[Entry]:
        return charges_of(self.month, self.rule).visible_to(self.user)

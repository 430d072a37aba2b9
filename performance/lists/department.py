"""The records behind each figure of the department."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, ListTable, Stat
from core.money import ZERO, less, total
from core.months import Month
from core.templatetags.house import yuan
from orders.models import Order
from payroll.models import Entry
from payroll.rules import Account
from performance.filters import (
    EntryFilter,
    PaymentFilter,
)
from performance.lists.base import PerformanceList
from performance.reads.department import (
    OverdueDelivery,
    charges_of,
    lines_of,
    overdue_of,
    payments_of,
)
from performance.tables.department import EntryTable, OverdueTable, PaymentTable
from performance.words import rule_name
from policy.clauses import clause_of
from receivables.models import Payment


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

"""Lists of telephone sales: whom to call, calls made, their figures (VIS-4)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core import clock
from core.lists import Empty, List, ListTable, Stat
from customers.filters.calls import CallFigureFilter, CallFilter, ToCallFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Call, Customer
from customers.navigation.calls import call_tabs
from customers.permissions.calls import can_call
from customers.permissions.visits import leads_sellers
from customers.querysets.calls import BACK, to_call
from customers.rules.telephone import REACHED
from customers.tables.calls import CALLING, CallFigureTable, CallTable, ToCallTable
from policy.clauses import clause_of
from policy.querysets import policy_book
from policy.rules import Policy

LATEST = 20  # so many calls back a phone that kept a form is told that it arrived


class CallsList(List):
    """A list about calls: with its tabs and the clause."""

    page_template = "lists/chapter.html"
    whose_column = "person"

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": call_tabs(self.request),
            "acts": (),
            "clauses": [clause_of("VIS-4")],
            **self.more(),
        }

    def more(self) -> Mapping[str, Any]:
        return {}

    def table_options(self) -> Mapping[str, Any]:
        return {} if leads_sellers(self.user) else {"exclude": (self.whose_column,)}

    def filters_left_out(self) -> Iterable[str]:
        return () if leads_sellers(self.user) else ("whose",)


class ToCallList(NamesCustomers, CallsList):
    """The customers one sees who are to be called, in the order of calling."""

    key = "to_call"
    title = _("To call")
    table = ToCallTable
    filterset = ToCallFilter
    fixed = ("name", "why", "call")
    page_template = "customers/call_list.html"
    whose_column = "owner"

    @cached_property
    def policy(self) -> Policy:
        return policy_book().on(clock.today())

    @property
    def interval(self) -> int:
        return self.policy.return_visit_days

    def rows(self) -> QuerySet[Customer]:
        seen = Customer.objects.visible_to(self.user).select_related("owner")
        return to_call(seen, clock.now(), self.interval, self.policy.calls_per_day)

    def empty(self) -> Empty:
        most = self.policy.calls_per_day
        why = ngettext(
            "No call-back time has come, and every customer with a number was called on within "
            "the interval, or was called %(n)s time today already. Whoever is not to be disturbed "
            "is never here.",
            "No call-back time has come, and every customer with a number was called on within "
            "the interval, or was called %(n)s times today already. Whoever is not to be disturbed "
            "is never here.",
            most,
        )
        return Empty(_("Nobody is to be called"), why % {"n": most}, "circle-check-big")

    def table_options(self) -> Mapping[str, Any]:
        options: dict[str, Any] = {**super().table_options(), "interval": self.interval}
        if not can_call(self.user):
            options["exclude"] = (*options.get("exclude", ()), "call")
        return options

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        return [
            Stat(_("To call"), intcomma(table.paginator.count)),
            Stat(_("To call back"), intcomma(found.filter(why=BACK).count())),
        ]

    def more(self) -> Mapping[str, Any]:
        """The own call that is open, which is the latest where one is; and those whose form the
        phone need not keep any longer."""
        own = Call.objects.filter(person=self.user.person_id or 0).select_related("customer")
        latest = list(own.order_by("-pk")[:LATEST])
        return {
            "calling": CALLING,
            "running": next((call for call in latest if call.is_open), None),
            "sent": [call.kept_as for call in latest if not call.is_open],
        }


class CallList(NamesCustomers, CallsList):
    """The calls one may see, the latest first."""

    key = "calls"
    title = pgettext_lazy("telephone", "Calls")
    table = CallTable
    filterset = CallFilter
    fixed = ("customer", "started_at")
    nothing = Empty(
        _("No calls yet"),
        _("Neither you nor those you lead have called a customer from the list."),
        "phone",
    )

    def rows(self) -> QuerySet[Call]:
        return Call.objects.visible_to(self.user).select_related("customer", "person")

    def sums(self, found: QuerySet[Call], table: ListTable) -> Sequence[Stat]:
        reached = found.filter(outcome__in=REACHED).count()
        return [
            Stat(pgettext_lazy("figures", "Calls"), intcomma(table.paginator.count)),
            Stat(pgettext_lazy("figures", "Reached"), intcomma(reached)),
        ]

    def empty(self) -> Empty:
        if can_call(self.user):
            why, go = self.nothing.why, reverse("call_list")
            return Empty(self.nothing.title, why, "phone", go, _("To call"))
        return self.nothing


FIGURES: Mapping[str, Any] = {
    "calls": Count("id"),
    "reached": Count("id", filter=Q(outcome__in=REACHED)),
    "not_reached": Count("id", filter=Q(outcome="not_reached")),
    "call_back": Count("id", filter=Q(outcome="call_back")),
    "not_interested": Count("id", filter=Q(outcome="not_interested")),
    "do_not_disturb": Count("id", filter=Q(outcome="do_not_disturb")),
}


class CallFigureList(CallsList):
    """By person and day, or month: how many calls, and what came of them."""

    key = "call_figures"
    title = _("Calls by person")
    table = CallFigureTable
    filterset = CallFigureFilter
    fixed = ("name", "period", "calls")
    nothing = Empty(
        _("No figures"), _("Neither you nor those you lead have called a customer."), "chart-bar"
    )

    def rows(self) -> QuerySet[Call]:
        return Call.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> Any:
        of = TruncMonth("on") if self.filter.is_by_month else F("on")
        grouped = found.order_by().annotate(period=of)
        by = grouped.values("period", number=F("person__employee_no"), name=F("person__name"))
        return by.annotate(**FIGURES)

    def table_options(self) -> Mapping[str, Any]:
        return {"by_month": self.filter.is_by_month}

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(calls=FIGURES["calls"], reached=FIGURES["reached"])
        return [
            Stat(pgettext_lazy("figures", "Calls"), intcomma(sums["calls"])),
            Stat(pgettext_lazy("figures", "Reached"), intcomma(sums["reached"])),
        ]

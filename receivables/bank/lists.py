"""The lists of the bank: days, and lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List, ListTable, Stat, TableDataWith
from core.money import ZERO
from core.navigation import NavItem
from core.templatetags.house import yuan
from receivables.bank.filters import BankDayFilter, BankLineFilter
from receivables.bank.forms import StatementForm
from receivables.bank.models import BankDay, BankLine, BankMatch, BankStatement
from receivables.bank.services import matching_run
from receivables.bank.tables import BankDayTable, BankLineTable

STATEMENTS = 8
_NONE = {
    "came": 0, "went": 0, "matched": 0, "automatic": 0, "doubtful": 0, "unmatched": 0,
    "aside": 0, "amount_in": ZERO, "amount_left": ZERO,
}  # fmt: skip


def bank_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    pages = [
        NavItem(pgettext("bank", "Days"), reverse("bank"), "calendar-check"),
        NavItem(gettext("Lines"), reverse("bank_lines"), "list"),
    ]
    return [{"item": page, "current": page.url == request.path} for page in pages]


def with_figures(days: list[BankDay]) -> list[BankDay]:
    """Each day with how its lines stand; one query for all."""
    figures = BankLine.objects.filter(day__in=[each.day for each in days]).figures()
    for each in days:
        found = {**_NONE, **figures.get(each.day, {})}
        found["by_hand"] = found["matched"] - found["automatic"]
        for name in (*_NONE, "by_hand"):
            setattr(each, name, found[name] if found[name] is not None else ZERO)
    return days


class BankDayList(List):
    """Every day of the account, the latest first."""

    key = "bank_days"
    title = pgettext_lazy("menu", "Bank")
    table = BankDayTable
    filterset = BankDayFilter
    fixed = ("day", "state")
    page_template = "receivables/bank/days.html"
    nothing = Empty(
        _("No bank statement yet"),
        _("Take the file from the bank's website, CSV or xlsx, and send it above."),
        "landmark",
    )
    nothing_found = Empty(_("Nothing found"), _("No day is in this state."), "search")

    def rows(self) -> QuerySet[BankDay]:
        return BankDay.objects.visible_to(self.user).select_related("reconciled_by__person")

    def records(self, found: QuerySet[BankDay], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, with_figures)

    def context(self) -> Mapping[str, Any]:
        sent = BankStatement.objects.visible_to(self.user).select_related("owner__person")
        return {
            "tabs": bank_tabs(self.request),
            "form": self.about.get("form") or StatementForm(),
            "run": matching_run(),
            "statements": list(sent.exclude(state=BankStatement.State.DROPPED)[:STATEMENTS]),
        }


class BankLineList(List):
    """Every line, the latest first; sums are of all found."""

    key = "bank_lines"
    title = _("Bank lines")
    table = BankLineTable
    filterset = BankLineFilter
    fixed = ("payer",)
    page_template = "receivables/bank/lines.html"
    nothing = Empty(
        _("No bank statement yet"),
        _("Take the file from the bank's website, CSV or xlsx, and send it."),
        "landmark",
    )
    nothing_found = Empty(
        _("Nothing found"), _("No line fits the search, the state and the day."), "search"
    )

    def rows(self) -> QuerySet[BankLine]:
        return BankLine.objects.visible_to(self.user)

    def records(self, found: QuerySet[BankLine], *, first: int, count: int) -> QuerySet[BankLine]:
        standing = BankMatch.objects.standing().select_related("payment__slip")
        return found.select_related("settled_by__person").prefetch_related(
            Prefetch("matches", queryset=standing, to_attr="standing")
        )

    def sums(self, found: QuerySet[BankLine], table: ListTable) -> Sequence[Stat]:
        left = Q(state__in=BankLine.LEFT)
        sums = found.order_by().aggregate(
            lines=Count("id"),
            came=Sum("amount", filter=Q(comes_in=True)),
            left=Count("id", filter=left),
            amount_left=Sum("amount", filter=left),
        )
        return [
            Stat(_("Lines"), intcomma(sums["lines"])),
            Stat(_("Came in"), yuan(sums["came"] or ZERO)),
            Stat(_("Still to look at"), intcomma(sums["left"])),
            Stat(_("Left"), yuan(sums["amount_left"] or ZERO)),
        ]

    def context(self) -> Mapping[str, Any]:
        return {"tabs": bank_tabs(self.request)}

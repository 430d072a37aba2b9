"""Finding among the bank's days and lines."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists.search import choice_filter, day_filter, search_filter
from receivables.bank.models import BankDay, BankLine

WAYS = [
    ("left", _("still to look at")),
    ("doubtful", _("doubtful")),
    ("unmatched", _("unmatched")),
    ("matched", _("matched")),
    ("automatic", _("matched by itself")),
    ("by_hand", _("matched by hand")),
    ("aside", _("not a customer's payment")),
    ("outgoing", pgettext_lazy("bank", "outgoing")),
]


class BankLineFilter(django_filters.FilterSet):
    """By who paid, memo, serial number or slip; by state; by day."""

    q = search_filter(_("Payer, memo, serial or slip no."), method="search")
    state = choice_filter(_("State"), _("Any state"), method="in_state", choices=WAYS)
    day = day_filter(_("Day"))

    class Meta:
        model = BankLine
        fields: list[str] = []

    def search(self, rows: QuerySet[BankLine], _name: str, wanted: str) -> QuerySet[BankLine]:
        wanted = wanted.strip()
        slips = BankLine.objects.filter(
            matches__undone_at=None, matches__payment__slip__slip_no__icontains=wanted
        )
        return rows.filter(
            Q(payer__icontains=wanted)
            | Q(memo__icontains=wanted)
            | Q(serial__icontains=wanted)
            | Q(account__icontains=wanted)
            | Q(pk__in=slips.order_by().values("pk"))
        )

    def in_state(self, rows: Any, _name: str, wanted: str) -> QuerySet[BankLine]:
        if wanted == "left":
            return rows.left()
        if wanted in ("automatic", "by_hand"):
            return rows.filter(state="matched", settled_by__isnull=wanted == "automatic")
        return rows.filter(state=wanted)


class BankDayFilter(django_filters.FilterSet):
    """Days that are open, or reconciled."""

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[("open", pgettext_lazy("bank", "open")), ("reconciled", _("reconciled"))],
    )

    class Meta:
        model = BankDay
        fields: list[str] = []

    def in_state(self, rows: QuerySet[BankDay], _name: str, wanted: str) -> QuerySet[BankDay]:
        return rows.filter(reconciled_at__isnull=wanted == "open")

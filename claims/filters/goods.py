"""Finding goods, loans, requests and damages among many."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Damage, Goods, Loan, LoanRequest
from claims.querysets import GoodsQuerySet, LoanQuerySet
from core import clock
from core.lists.search import choice_filter, found_by, search_filter
from payroll.people_filters import OwnedFilter


class GoodsFilter(django_filters.FilterSet):
    """By code, name, serial number or place; whether it can be lent."""

    TEXTS = ("code", "name", "serial_no", "place")

    q = search_filter(_("Code, name, serial no. or place"), method="search")
    where = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[("here", _("to lend")), ("out", _("lent")), ("retired", _("retired"))],
    )

    class Meta:
        model = Goods
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=self.TEXTS)

    def standing(self, rows: GoodsQuerySet, _name: str, wanted: str) -> GoodsQuerySet:
        if wanted == "retired":
            return rows.filter(retired_on__isnull=False)
        return rows.to_lend() if wanted == "here" else rows.lent()


class LoansFilter(OwnedFilter):
    """By number, goods or whoever has them; how they stand; whose."""

    TEXTS = ("loan_no", "item", "goods__code")
    PLACEHOLDER = _("Loan, goods, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("out", _("out")),
            ("overdue", _("overdue")),
            *Loan.Condition.choices,
        ],
    )

    class Meta:
        model = Loan
        fields: list[str] = []

    def standing(self, rows: LoanQuerySet, _name: str, wanted: str) -> LoanQuerySet:
        if wanted == "out":
            return rows.filter(returned_on=None)
        if wanted == "overdue":
            return rows.overdue(clock.today())
        return rows.filter(condition=wanted)


class RequestFilter(OwnedFilter):
    """By goods or whoever asks; how it stands."""

    TEXTS = ("goods__code", "goods__name", "purpose")
    PLACEHOLDER = _("Goods, name or pinyin")

    state = choice_filter(_("State"), _("Any state"), choices=LoanRequest.State.choices)

    class Meta:
        model = LoanRequest
        fields = ["state"]


class DamageFilter(OwnedFilter):
    """By number, thing or whoever broke it; on purpose or not."""

    TEXTS = ("damage_no", "item", "note")
    PLACEHOLDER = _("Damage, thing, name or pinyin")

    meant = choice_filter(
        _("How"),
        _("By accident or on purpose"),
        method="was_meant",
        choices=[("no", _("by accident")), ("yes", _("on purpose"))],
    )

    class Meta:
        model = Damage
        fields: list[str] = []

    def was_meant(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(on_purpose=wanted == "yes")

"""Lists of claims and loans."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from claims.models import Loan
from claims.rules import due_back_on
from core import clock
from core.lists import ListTable, YuanColumn
from core.templatetags.house import day
from policy.rules import PolicyBook


class LoanTable(ListTable):
    """Goods that should be back, the longest overdue first."""

    loan_no = tables.Column(verbose_name=_("Loan"), attrs={"td": {"class": "cell-no"}})
    item = tables.Column(
        verbose_name=_("Goods"), order_by=("item", "id"), attrs={"td": {"class": "cell-main"}}
    )
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    lent_at = tables.Column(
        verbose_name=_("Lent"), order_by=("lent_at", "id"), attrs={"td": {"class": "wide"}}
    )
    due_back = tables.Column(
        verbose_name=_("Due back"),
        accessor="lent_at",
        order_by=("lent_at", "id"),
        attrs={"td": {"class": "wide"}},
    )
    days = tables.Column(
        verbose_name=_("Days over"),
        accessor="lent_at",
        order_by=("-lent_at", "-id"),
        attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}},
    )
    price = YuanColumn(verbose_name=_("Price"), order_by=("price", "id"))

    class Meta:
        order_by = ("-days",)
        attrs = {"class": "table table-vcenter card-table table-cards table-due"}
        row_attrs = {"data-loan": lambda record: record.loan_no}

    def __init__(self, *args: Any, book: PolicyBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.today = book, clock.today()

    def render_lent_at(self, value: datetime) -> str:
        return day(value)

    def render_due_back(self, record: Loan) -> str:
        return day(self._due_back(record))

    def render_days(self, record: Loan) -> int:
        return (self.today - self._due_back(record)).days

    def _due_back(self, loan: Loan) -> Any:
        return due_back_on(clock.local_date(loan.lent_at), self.today, self.book)

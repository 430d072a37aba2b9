"""The snapshot of a cutoff, as a list."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, YuanColumn


class SnapshotTable(ListTable):
    """A salesperson a row, most money in hand first (CUT-1)."""

    employee_no = tables.Column(
        verbose_name=_("No."),
        accessor="person__employee_no",
        attrs={"td": {"class": "cell-no"}},
    )
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    handed_in = YuanColumn(verbose_name=_("Handed in"), order_by=("handed_in", "id"))
    in_hand = YuanColumn(verbose_name=_("In hand"), order_by=("in_hand", "id"))
    slips_held = tables.Column(
        verbose_name=_("Slips held"),
        order_by=("slips_held", "id"),
        attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}},
    )

    class Meta:
        order_by = ("-in_hand",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

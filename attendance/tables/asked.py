"""Lists of explanations, make-up punches, outings, outages, and of cash handed over."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from attendance.kinds import Kind, kind_of
from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day, moment

MAIN, SIDE, WIDE = ({"td": {"class": name}} for name in ("cell-main", "cell-side", "wide"))
LOOKS = {
    "pending": "asked",
    "accepted": "approved",
    "approved": "approved",
    "rejected": "refused",
    "cancelled": "withdrawn",
    "withdrawn": "withdrawn",
}


def state_badge(row: Any) -> SafeString:
    look = LOOKS[row.status]
    return format_html(
        '<span class="badge state asked-{}">{}</span>', look, row.get_status_display()
    )


class AskedTable(ListTable):
    """What was asked about days, whatever it is."""

    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    status = tables.Column(verbose_name=_("State"), order_by=("status", "id"), attrs=SIDE)
    filed_at = MomentColumn(verbose_name=_("Asked for on"), order_by=("filed_at", "id"), attrs=WIDE)

    class Meta:
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_status(self, record: Any) -> SafeString:
        return state_badge(record)

    def value_status(self, record: Any) -> str:
        return str(record.get_status_display())


def _link(record: Any, text: str) -> SafeString:
    kind: Kind = kind_of(record)
    address = reverse("asked", args=[kind.slug, record.pk])
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


class ExcuseTable(AskedTable):
    date = tables.Column(verbose_name=_("Day"), order_by=("date", "id"), attrs=MAIN)
    side = tables.Column(verbose_name=_("Side"), order_by=("side", "id"))

    class Meta(AskedTable.Meta):
        order_by = ("-date",)
        sequence = ("date", "side", "person", "...")

    def render_date(self, record: Any) -> SafeString:
        return _link(record, day(record.date))

    def value_date(self, value: Any) -> Any:
        return value

    def render_side(self, record: Any) -> str:
        return str(record.get_side_display())


class MakeUpTable(AskedTable):
    at = MomentColumn(verbose_name=_("Time"), order_by=("at", "id"), attrs=MAIN)

    class Meta(AskedTable.Meta):
        order_by = ("-at",)
        sequence = ("at", "person", "...")

    def render_at(self, record: Any) -> SafeString:
        return _link(record, kind_of(record).when(record))


class OutingTable(AskedTable):
    reason = tables.Column(
        verbose_name=_("What for"), accessor="purpose", orderable=False, attrs=WIDE
    )
    start_at = MomentColumn(verbose_name=_("Begins"), order_by=("start_at", "id"), attrs=MAIN)
    end_at = MomentColumn(verbose_name=_("Ends"), order_by=("end_at", "id"), attrs=WIDE)
    whom = tables.Column(verbose_name=_("Whom"), accessor="pk", orderable=False, empty_values=())

    class Meta(AskedTable.Meta):
        order_by = ("-start_at",)
        sequence = ("start_at", "end_at", "person", "whom", "...")

    def render_start_at(self, record: Any) -> SafeString:
        return _link(record, kind_of(record).when(record))

    def render_whom(self, record: Any) -> str:
        return record.customer.name if record.customer else record.whom

    def value_whom(self, record: Any) -> str:
        return self.render_whom(record)


class OutageTable(ListTable):
    start_at = MomentColumn(verbose_name=_("Begins"), order_by=("start_at", "id"), attrs=MAIN)
    end_at = MomentColumn(verbose_name=_("Ends"), order_by=("end_at", "id"), attrs=SIDE)
    team = tables.Column(
        verbose_name=_("Whom it touched"), order_by=("team", "id"), empty_values=()
    )
    reason = tables.Column(verbose_name=_("What failed"), orderable=False)
    state = tables.Column(
        verbose_name=_("State"), accessor="pk", orderable=False, empty_values=(), attrs=WIDE
    )

    class Meta:
        order_by = ("-start_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_start_at(self, record: Any) -> SafeString:
        address = reverse("outage", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, moment(record.start_at))

    def render_team(self, record: Any) -> Any:
        return record.team or _("Everybody")

    def render_state(self, record: Any) -> SafeString:
        look = "withdrawn" if record.taken_back_at else "approved"
        return format_html(
            '<span class="badge state asked-{}">{}</span>', look, self.value_state(record)
        )

    def value_state(self, record: Any) -> str:
        return str(_("taken back") if record.taken_back_at else _("excused"))


class HandoverTable(ListTable):
    made_at = MomentColumn(verbose_name=_("Handed over"), order_by=("made_at", "id"), attrs=MAIN)
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    made_by = tables.Column(verbose_name=_("By"), accessor="pk", orderable=False)
    signed_at = MomentColumn(verbose_name=_("Signed for"), order_by=("signed_at", "id"))
    signed_by = tables.Column(
        verbose_name=_("Signed by"), accessor="pk", orderable=False, attrs=WIDE
    )

    class Meta:
        order_by = ("-made_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_made_by(self, record: Any) -> str:
        return str(record.made_by.get_full_name())

    def value_made_by(self, record: Any) -> str:
        return self.render_made_by(record)

    def render_signed_by(self, record: Any) -> str:
        return str(record.signed_by.get_full_name()) if record.signed_by else ""

    def value_signed_by(self, record: Any) -> str:
        return self.render_signed_by(record)

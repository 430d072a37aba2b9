"""The list of proposed rewards."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.models import RewardProposal
from core.lists import ListTable, MomentColumn
from core.templatetags.house import yuan_text

SHADES = {"proposed": "open", "granted": "done", "refused": "overdue", "withdrawn": "overdue"}


def badge(row: RewardProposal) -> SafeString:
    return format_html(
        '<span class="badge state meet-{}">{}</span>', SHADES[row.state], row.get_state_display()
    )


def what(row: RewardProposal) -> str:
    """The reward in a line: its kind with what it is made of."""
    kind = str(row.get_kind_display())
    if row.amount is not None:
        return f"{kind} {yuan_text(row.amount)}"
    if row.days is not None:
        return _("%(kind)s, %(days)s days") % {"kind": kind, "days": f"{row.days.normalize():f}"}
    return f"{kind} {row.title}" if row.title else kind


class RewardTable(ListTable):
    """Rewards: for whom, which, what for, by whom proposed, how it stands."""

    person = tables.Column(
        verbose_name=gettext_lazy("For whom"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    kind = tables.Column(verbose_name=gettext_lazy("Reward"), order_by=("kind", "id"))
    reason = tables.Column(verbose_name=pgettext_lazy("reward", "What for"), orderable=False)
    proposed_by = tables.Column(
        verbose_name=gettext_lazy("Proposed by"),
        accessor="proposed_by__name",
        order_by=("proposed_by__employee_no", "id"),
    )
    proposed_at = MomentColumn(
        verbose_name=pgettext_lazy("reward", "Proposed"), order_by=("proposed_at", "id")
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        order_by=("state", "id"),
        attrs={"td": {"class": "cell-side"}},
    )

    class Meta:
        order_by = ("-proposed_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_person(self, value: str, record: RewardProposal) -> SafeString:
        address = reverse("reward_proposal", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)

    def value_person(self, value: str) -> str:
        return value

    def render_kind(self, record: RewardProposal) -> str:
        return what(record)

    def value_kind(self, record: RewardProposal) -> str:
        return what(record)

    def render_state(self, record: RewardProposal) -> SafeString:
        return badge(record)

    def value_state(self, record: RewardProposal) -> str:
        return record.get_state_display()

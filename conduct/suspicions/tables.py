"""The list of suspicions."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.models import Suspicion
from core.lists import ListTable, MomentColumn

WAITS = "open"


def standing(row: Suspicion) -> tuple[str, str]:
    """How it stands, for a badge: its state, and what that is called."""
    decision = getattr(row, "decision", None)
    if decision is None:
        return WAITS, _("waits for a decision")
    return decision.outcome, decision.get_outcome_display()


def badge(row: Suspicion) -> SafeString:
    state, label = standing(row)
    shade = {WAITS: "open", "dismissed": "done"}.get(state, "overdue")
    return format_html('<span class="badge state meet-{}">{}</span>', shade, label)


class SuspicionTable(ListTable):
    """Suspicions: what was seen, of whom, since when, how it stands."""

    kind = tables.Column(
        verbose_name=gettext_lazy("Suspicion"),
        order_by=("kind", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    gains = tables.Column(
        verbose_name=gettext_lazy("To whom it came"),
        accessor="gains__name",
        order_by=("gains__employee_no", "id"),
    )
    loses = tables.Column(
        verbose_name=gettext_lazy("Whose it was"),
        accessor="loses__name",
        order_by=("loses__employee_no", "id"),
    )
    found_at = MomentColumn(
        verbose_name=pgettext_lazy("suspicion", "Found"), order_by=("found_at", "id")
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "cell-side"}},
    )

    class Meta:
        order_by = ("-found_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_kind(self, record: Suspicion) -> SafeString:
        address = reverse("suspicion", args=[record.pk])
        return format_html(
            '<a class="row-link" href="{}">{}</a>', address, record.get_kind_display()
        )

    def value_kind(self, record: Suspicion) -> str:
        return record.get_kind_display()

    def render_state(self, record: Suspicion) -> SafeString:
        return badge(record)

    def value_state(self, record: Suspicion) -> str:
        return standing(record)[1]

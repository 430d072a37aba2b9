"""The roster of cleaning as a list (MEET-3)."""

from datetime import date, datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.lists import ListTable
from core.templatetags.house import day
from reports.models import CleaningTurn
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link


class CleaningTable(ListTable):
    """Mornings: who cleans, whether it was owed, how it stands."""

    on = tables.Column(verbose_name=gettext_lazy("Morning"), order_by=("on", "id"), attrs=MAIN)
    person = tables.Column(
        verbose_name=gettext_lazy("Who cleans"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    team = tables.Column(verbose_name=gettext_lazy("Team"), order_by=("team", "id"))
    owed_for = tables.Column(
        verbose_name=gettext_lazy("Why"), orderable=False, empty_values=(), attrs=WIDE
    )
    done_at = tables.Column(
        verbose_name=gettext_lazy("State"), order_by=("done_at", "id"), empty_values=(), attrs=SIDE
    )

    class Meta:
        order_by = ("-on",)
        attrs = CARDS

    def render_on(self, record: CleaningTurn) -> SafeString:
        return link(reverse("cleaning_turn", args=[record.pk]), day(record.on))

    def value_on(self, value: date) -> date:
        return value

    def render_owed_for(self, value: str | None) -> str:
        return _("owed for missing points") if value else _("by turns")

    def render_done_at(self, record: CleaningTurn) -> SafeString:
        return badge(record.standing, standing_word(record))

    def value_done_at(self, value: datetime | None) -> datetime | None:
        return value


def standing_word(turn: CleaningTurn) -> str:
    return {
        "confirmed": _("confirmed"),
        "done": _("done"),
        "missed": _("not done"),
        "planned": pgettext("day", "to come"),
    }[turn.standing]

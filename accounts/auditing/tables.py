"""Lists of what was changed, and of who opened what."""

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.history.reading import name_of
from core.history.words import Change, action_word, subject_words
from core.lists import ListTable, MomentColumn
from core.models import Opening

CARDS = {"class": "table table-vcenter card-table table-cards"}


class ChangeTable(ListTable):
    """Changes, the latest first: when, by whom, what was done to which record."""

    at = MomentColumn(verbose_name=_("When"), order_by=("pk",))
    who = tables.Column(verbose_name=_("By whom"), empty_values=(), orderable=False)
    action = tables.Column(
        verbose_name=_("What was done"), orderable=False, attrs={"td": {"class": "cell-side"}}
    )
    subject = tables.Column(
        verbose_name=_("Record"), orderable=False, attrs={"td": {"class": "cell-main"}}
    )
    changes = tables.Column(
        verbose_name=_("Changes"),
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "cell-changes"}},
    )

    class Meta:
        order_by = ("-at",)
        attrs = CARDS

    def render_who(self, value: str) -> str:
        return value or gettext("the program")

    def value_who(self, value: str) -> str:
        return value

    def render_subject(self, value: str) -> SafeString:
        return format_html('<span class="moment-subject">{}</span>', value)

    def render_changes(self, value: Sequence[Change]) -> SafeString:
        return format_html_join("", "<div>{}: {}</div>", ((c.label, _shown(c)) for c in value))

    def value_changes(self, value: Sequence[Change]) -> str:
        return "; ".join(
            f"{c.label}: {c.after}" if c.before is None else f"{c.label}: {c.before} → {c.after}"
            for c in value
        )


def _shown(change: Change) -> SafeString | str:
    if change.is_hidden:
        return gettext("changed; you may not see what it is")
    if change.before is None:
        return change.after
    return format_html(
        '<del>{}</del> <span class="visually-hidden">{}</span>→ <ins>{}</ins>',
        change.before,
        gettext("became"),
        change.after,
    )


class OpeningTable(ListTable):
    """Openings of confidential records, the latest first."""

    at = MomentColumn(verbose_name=_("When"), order_by=("pk",))
    kind = tables.Column(
        verbose_name=_("Record"), orderable=False, attrs={"td": {"class": "cell-main"}}
    )
    subject = tables.Column(
        verbose_name=_("Which"), orderable=False, attrs={"td": {"class": "cell-side"}}
    )
    actor = tables.Column(verbose_name=_("By whom"), orderable=False)
    way = tables.Column(verbose_name=_("How"), orderable=False)
    about = tables.Column(verbose_name=_("About"), orderable=False)
    address = tables.Column(verbose_name=_("From address"), orderable=False)

    class Meta:
        order_by = ("-at",)
        attrs = CARDS

    def render_kind(self, value: str) -> str:
        return action_word(value)

    def render_subject(self, record: Opening) -> str:
        name = record.details.get("name")
        which = subject_words(record.subject)
        return f"{which} · {name}" if name else which

    def render_actor(self, value: Any) -> str:
        return name_of(value)

"""The bank's days and lines."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day, moment, yuan
from receivables.bank.models import BankDay, BankLine

END = {"td": {"class": "text-end"}, "th": {"class": "text-end"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


def _figure(name: Any) -> tables.Column:
    return tables.Column(verbose_name=name, orderable=False, attrs=END)


class BankDayTable(ListTable):
    """Days, the latest first: how many lines stand how, and whether nothing is left."""

    day = tables.Column(
        verbose_name=_("Day"), order_by=("day",), attrs={"td": {"class": "cell-main"}}
    )
    state = tables.Column(
        verbose_name=_("State"),
        accessor="reconciled_at",
        empty_values=(),
        order_by=("reconciled_at", "day"),
    )
    came = _figure(_("Lines in"))
    automatic = _figure(_("Matched by itself"))
    by_hand = _figure(_("By hand"))
    doubtful = _figure(_("Doubtful"))
    unmatched = _figure(_("Unmatched"))
    aside = _figure(_("Not customers'"))
    went = _figure(_("Lines out"))
    amount_in = YuanColumn(verbose_name=_("Came in"), orderable=False)
    amount_left = YuanColumn(verbose_name=_("Left"), orderable=False)

    class Meta:
        order_by = ("-day",)
        attrs = CARDS
        row_attrs = {"data-day": lambda record: str(record.day)}

    def render_day(self, record: BankDay) -> SafeString:
        address = f"{reverse('bank_lines')}?day={record.day}"
        return format_html('<a class="row-link" href="{}">{}</a>', address, day(record.day))

    def render_state(self, record: Any) -> SafeString:
        if record.reconciled_at:
            return format_html(
                '<span class="badge state bank-reconciled">{}</span> '
                '<span class="cell-note">{}</span>',
                gettext("reconciled"),
                _by_whom(record.reconciled_by, record.reconciled_at),
            )
        left = record.doubtful + record.unmatched
        said = gettext("open: %(n)s left") % {"n": left}
        return format_html('<span class="badge state bank-open">{}</span>', said)

    def value_state(self, record: Any) -> str:
        return gettext("reconciled") if record.reconciled_at else pgettext("bank", "open")


def _by_whom(who: Any, at: Any) -> str:
    name = who.get_full_name() if who else gettext("by itself")
    return f"{name} · {moment(at)}"


class BankLineTable(ListTable):
    """Lines as the bank wrote them, the latest first, and what each was found to be."""

    booked_at = MomentColumn(
        verbose_name=_("Booked"),
        order_by=("booked_at", "id"),
        attrs={"td": {"class": "bank-when"}},
    )
    payer = tables.Column(
        verbose_name=_("Other party"),
        empty_values=(),
        order_by=("payer", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    state = tables.Column(verbose_name=_("State"), order_by=("state", "id"))
    stands_for = tables.Column(
        verbose_name=_("Slips"), empty_values=(), orderable=False, attrs={"td": {"class": "wide"}}
    )
    memo = tables.Column(
        verbose_name=_("Memo"), orderable=False, attrs={"td": {"class": "cell-side"}}
    )
    account = tables.Column(verbose_name=_("Account"), orderable=False)
    serial = tables.Column(verbose_name=_("Serial no."), orderable=False)

    class Meta:
        order_by = ("-booked_at",)
        attrs = CARDS
        row_attrs = {"data-line": lambda record: str(record.pk)}

    def render_booked_at(self, record: BankLine) -> str:
        return moment(record.booked_at) if record.has_time else day(record.day)

    def render_payer(self, record: BankLine) -> SafeString:
        address = reverse("bank_line", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.payer or "—")

    def value_payer(self, record: BankLine) -> str:
        return record.payer

    def render_amount(self, record: BankLine, value: Decimal) -> SafeString | str:
        return yuan(value if record.comes_in else -value)

    def value_amount(self, record: BankLine) -> Decimal:
        return record.amount if record.comes_in else -record.amount

    def render_state(self, record: BankLine) -> SafeString:
        return state_badge(record)

    def value_state(self, record: BankLine) -> str:
        return str(record.get_state_display())

    def render_stands_for(self, record: Any) -> str:
        numbers = dict.fromkeys(match.payment.slip.slip_no for match in record.standing)
        return "、".join(numbers) or record.reason

    def value_stands_for(self, record: Any) -> str:
        return self.render_stands_for(record)


def state_badge(line: BankLine) -> SafeString:
    """How a line stands; of a doubtful one how likely the best proposal is."""
    said = str(line.get_state_display())
    if line.state == BankLine.State.DOUBTFUL and line.proposals:
        said += f" {line.proposals[0]['confidence']} %"
    if line.state == BankLine.State.MATCHED and line.settled_by_id is None:
        said = gettext("matched by itself")
    return format_html('<span class="badge state bank-{}">{}</span>', line.state, said)

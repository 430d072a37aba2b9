"""Transfers and margins: asked for, decided."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms import PersonNoField
from accounts.models import Person
from core import clock
from orders.forms.fields import AmountField, OrdersForm, TokenForm, words_field
from orders.models import Order


class TransferForm(TokenForm):
    """To whom an order is to pass, and why."""

    to_person = PersonNoField(
        label=pgettext_lazy("transfer", "To"),
        help_text=_("The employee number, or a name that one alone has."),
    )
    reason = words_field(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        selling = Person.objects.salespeople().here_on(clock.today())
        self.fields["to_person"].among = selling  # type: ignore[attr-defined]


class MarginForm(TokenForm):
    """The figures with which an order is to be signed: its own, unless others are meant."""

    amount = AmountField(label=_("Amount (yuan)"))
    margin = AmountField(label=_("Gross margin (yuan)"))
    reason = words_field(_("Reason"))

    def __init__(self, order: Order, *args: Any, **kwargs: Any) -> None:
        initial = {"amount": order.amount, "margin": order.margin}
        super().__init__(*args, initial=initial, **kwargs)


class DecisionForm(OrdersForm):
    reply = words_field(_("Reason"))

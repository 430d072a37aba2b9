"""Issuing an invoice, cancelling one (SLIP-5)."""

import unicodedata
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import YuanField
from core import clock
from core.tables.columns import EARLIEST, code

LONGEST_REASON = 1_000


class InvoiceForm(forms.Form):
    """An invoice as finance writes it. `token` is the form's own: sent twice, it issues one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    amount = YuanField(label=_("Amount (yuan)"))
    invoice_no = forms.CharField(
        label=_("Invoice no."),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("As printed on the invoice."),
    )
    issued_on = forms.DateField(
        label=_("Issued on"),
        validators=[MinValueValidator(EARLIEST)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "token": uuid4(),
            "issued_on": clock.today(),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

    def clean_invoice_no(self) -> str:
        """Without blanks between the digits, and as digits are written here."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["invoice_no"])
        return str(code()("".join(typed.split())))


class CancelForm(forms.Form):
    """Why an invoice is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
    )

"""What is typed about a slip: money, a refusal, a lifted block, a late handover (SLIP-2)."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from core.money import parse_yuan
from receivables.models import Payment

LONGEST = 500
MOST_PHOTOS = 3
DAY_AND_TIME = "%Y-%m-%dT%H:%M"


def _now() -> str:
    return f"{clock.local(clock.now()):{DAY_AND_TIME}}"


def _text(label: Any, **more: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 2, "maxlength": LONGEST, **more}
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs))


class OnSlipForm(UploadForm):
    """What every record on a slip carries: a token (sent twice, it is recorded once), and when."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        error_messages={"invalid": _("a day and a time, please")}, initial=_now
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4(), "at": _now()})
        super().__init__(*args, **kwargs)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at.year < 2000:  # before any company's books
            raise ValidationError(_("a day and a time, please"), code="invalid")
        return at


class PaymentForm(OnSlipForm):
    """What a customer paid. A cheque has its number."""

    amount = forms.CharField(max_length=20)
    method = forms.ChoiceField(choices=Payment.Method.choices, initial=Payment.Method.CASH)
    cheque_no = forms.CharField(max_length=32, required=False)
    cheque_bank = forms.CharField(max_length=60, required=False)
    photos = FilesField(required=False, max_files=MOST_PHOTOS)

    def clean_amount(self) -> Decimal:
        amount = parse_yuan(self.cleaned_data["amount"].strip())
        if amount <= 0:
            raise ValidationError(_("more than nothing was paid"), code="nothing")
        return amount

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        is_cheque = cleaned.get("method") == Payment.Method.CHEQUE
        if is_cheque and not cleaned.get("cheque_no"):
            self.add_error("cheque_no", _("a cheque has its number"))
        if not is_cheque:
            cleaned.update(cheque_no="", cheque_bank="")
        return cleaned


class RefusalForm(OnSlipForm):
    """What a customer said who did not pay, and for when it was promised."""

    reason = _text(_("What the customer said"))
    promised_on = forms.DateField(required=False)


class PhotosForm(UploadForm):
    """Photos that come after the payment they are of."""

    photos = FilesField(max_files=MOST_PHOTOS)


class LiftForm(forms.Form):
    """Why somebody gets slips today although money is open."""

    reason = _text(_("Reason"))


class LateForm(forms.Form):
    """Why today's money comes tomorrow. `day`: the one that is on the page."""

    day = forms.DateField(widget=forms.HiddenInput)
    reason = _text(_("Reason"), rows=3)

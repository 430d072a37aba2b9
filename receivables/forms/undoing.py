"""What is undone of a payment or a delivery, and why (SLIP-6)."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import YuanField
from core import clock
from receivables.models import Payment, Undoing

LONGEST = 500
# What the bank's statement takes back, it takes back by itself.
KINDS = [(kind.value, kind.label) for kind in (Undoing.Kind.BOUNCED, Undoing.Kind.REFUND)]


class LookedAtForm(forms.Form):
    """What follows is looked at before it is confirmed: `fingerprint` is of what was looked at."""

    FINGERPRINT: ClassVar[tuple[str, ...]]

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    @property
    def fingerprint(self) -> str:
        """What was looked at and nothing else is confirmed."""
        return "/".join(str(self.cleaned_data[name]) for name in self.FINGERPRINT)

    @property
    def said(self) -> dict[str, Any]:
        """What the service is told."""
        return dict(self.cleaned_data)


class UndoForm(LookedAtForm):
    """`seen`: what was left when the form was made; `token`: sent twice, it is done once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = YuanField(widget=forms.HiddenInput)
    amount = YuanField(label=_("Amount"))
    on = forms.DateField(
        label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    FINGERPRINT = ("token", "seen", "amount", "on")
    field_order = ["amount", "on", "reason"]

    def __init__(self, data: Any = None, *, left: Decimal, **initial: Any) -> None:
        self.left = left
        first = {"token": uuid4(), "seen": left, "amount": left, "on": clock.today()}
        super().__init__(data, initial={**first, **initial})

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("seen") != self.left:
            self.data = {**dict(self.data.items()), "seen": str(self.left)}
            raise ValidationError(
                _("Changed meanwhile: %(left)s is left. Look again, then send it again."),
                code="changed",
                params={"left": f"{self.left:,.2f}"},
            )
        return super().clean()

    @property
    def said(self) -> dict[str, Any]:
        """What the service is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class UndoPaymentForm(UndoForm):
    """A cheque that bounced, or money given back."""

    field_order = ["kind", "amount", "on", "reason"]
    kind = forms.ChoiceField(label=_("What happened"), choices=KINDS, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, left: Decimal, of: str) -> None:
        is_cheque = of == Payment.Method.CHEQUE
        kind = Undoing.Kind.BOUNCED if is_cheque else Undoing.Kind.REFUND
        super().__init__(data, left=left, kind=kind)


class GoodsReturnForm(UndoForm):
    """Goods that came back, at what they were delivered for."""


class ReceiptForm(LookedAtForm):
    """When a payment was received, corrected. `seen`: when it said so when the form was made."""

    FINGERPRINT = ("seen", "received_at")
    field_order = ["received_at", "reason"]

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    received_at = forms.DateTimeField(
        label=_("Received at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, *, received_at: datetime) -> None:
        self.standing = received_at
        super().__init__(
            data, initial={"seen": received_at.isoformat(), "received_at": received_at}
        )

    def clean_received_at(self) -> datetime:
        """The minute is typed; the seconds of the same minute stay as they were."""
        typed: datetime = self.cleaned_data["received_at"]
        standing = clock.local(self.standing)
        same_minute = clock.local(typed) == standing.replace(second=0, microsecond=0)
        return self.standing if same_minute else typed

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("seen") != self.standing.isoformat():
            self.data = {**dict(self.data.items()), "seen": self.standing.isoformat()}
            raise ValidationError(
                _("Changed meanwhile. Look again, then send it again."), code="changed"
            )
        return super().clean()

    @property
    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "seen": self.standing}

"""Shapes of input of the books."""

import re
import unicodedata
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm

LONGEST = 2000

_DIGITS = re.compile(r"[0-9]{8,30}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BETWEEN = re.compile(r"[\s\u00a0-]+")


def no_control(text: str) -> None:
    if _CONTROL.search(text):
        raise ValidationError(_("holds a control character"), code="control")


def passes_luhn(number: str) -> bool:
    """Whether the last digit of a card's number checks the others (ISO/IEC 7812)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


class BankAccountForm(forms.Form):
    """Where somebody's pay is to go."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=60,
        validators=[no_control],
        help_text=_("As the bank writes it."),
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Digits; blanks between them do no harm."),
    )
    bank = forms.CharField(label=_("Bank"), max_length=60, validators=[no_control])
    branch = forms.CharField(
        label=_("Branch"), max_length=100, required=False, validators=[no_control]
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today

    def clean_number(self) -> str:
        number = _BETWEEN.sub("", unicodedata.normalize("NFKC", self.cleaned_data["number"]))
        if not _DIGITS.fullmatch(number):
            raise ValidationError(_("An account number has 8 to 30 digits."), code="digits")
        return number

    @property
    def looks_mistyped(self) -> bool:
        """Whether the check digit is not that of a bank card; other accounts may have none."""
        return not passes_luhn(self.cleaned_data["number"])


class ShortReasonForm(forms.Form):
    """Why something is refused or has failed."""

    reason = forms.CharField(max_length=200, validators=[no_control])


class ShadowForm(forms.Form):
    """As of when a month is reckoned in the shadow, on the company's clock."""

    as_of = forms.DateTimeField(
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "form-control w-auto"},
            format="%Y-%m-%dT%H:%M",
        )
    )


def _text(label: Any, **more: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 4, "maxlength": LONGEST, **more}
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs))


class ReasonForm(forms.Form):
    """A decision's reason."""

    reason = _text(_("Reason"))


class SaidForm(UploadForm):
    """A text with what proves it. `token` is the form's own: sent twice, it is taken once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = _text(_("Text"))
    files = FilesField(required=False)  # type: ignore[assignment]  # the field, not its input

    def __init__(self, *args: Any, draft: str = "", label: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = draft
        if label:
            self.fields["text"].label = label


class DecisionForm(forms.Form):
    """Granted or refused, and why. `version`: the appeal as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    reply = _text(_("Reason"))


class FinalForm(forms.Form):
    """Asking that a month be final: `asked` names the request that is confirmed."""

    asked = forms.IntegerField(required=False, min_value=0, max_value=10**18)
    early_reason = forms.CharField(
        label=_("Why before the time is over"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2, "maxlength": LONGEST}),
    )

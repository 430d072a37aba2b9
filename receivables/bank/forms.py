"""Shapes of input about the bank: a file, its columns, what a line pays, reasons."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import UploadForm
from core.uploads import MAX_FILE_BYTES
from receivables.bank.rules.cells import amount_of
from receivables.bank.rules.statement import COLUMNS
from receivables.bank.services import Pays

ENDINGS = (".csv", ".xlsx")
LONGEST_REASON = 500
MOST_PAYS = 60
LARGEST_ID = 2**63 - 1
PAYS = re.compile(r"pays-([0-9]{1,19})-([0-9]{1,19})")


class StatementForm(UploadForm):
    """A bank's file, CSV or xlsx."""

    file = forms.FileField(
        label=_("Bank statement"),
        max_length=200,
        error_messages={"required": _("Choose the bank's file"), "empty": _("The file is empty")},
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ",".join(ENDINGS),
                "class": "form-control",
                "data-max-bytes": MAX_FILE_BYTES,
                "data-too-large": _("This file is too large"),
            }
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise ValidationError(_("A CSV or xlsx file, as the bank's website gives it."))
        if file.size > MAX_FILE_BYTES:
            raise ValidationError(
                _("%(file)s is larger than %(mb)s MB"),
                params={"file": file.name, "mb": MAX_FILE_BYTES // 2**20},
            )
        return file


class ColumnsForm(forms.Form):
    """Which column of the file is what; those left open are not in it."""

    def __init__(self, *args: Any, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—")] + [
            (str(n), header or f"({n + 1})") for n, header in enumerate(headers)
        ]
        for name, label in COLUMNS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def columns(self) -> dict[str, int]:
        return {name: int(at) for name, at in self.cleaned_data.items() if at != ""}


class ReasonForm(forms.Form):
    """Why, in words, and the line as it was seen."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why.")},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class MatchForm(ReasonForm):
    """What a line pays: an amount beside each slip; the reason is for what is left over."""

    bank_date = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        cleaned["pays"] = self._pays()
        return cleaned

    def _pays(self) -> list[Pays]:
        typed = typed_amounts(self.data)
        if len(typed) > MOST_PAYS:
            raise ValidationError(_("At most %(n)s slips at a time."), params={"n": MOST_PAYS})
        return [
            Pays(slip, _amount(text), payment or None) for (slip, payment), text in typed.items()
        ]


def typed_amounts(data: Any) -> dict[tuple[int, int], str]:
    """What was typed beside slips, by slip and recorded payment (0: none), as it was typed."""
    found = {}
    for name in data:
        match = PAYS.fullmatch(name)
        text = data[name].strip() if match else ""
        if match and text and int(match[1]) <= LARGEST_ID and int(match[2]) <= LARGEST_ID:
            found[int(match[1]), int(match[2])] = text
    return found


def _amount(text: str) -> Decimal:
    amount = amount_of(text)
    if amount is None or amount <= 0:
        raise ValidationError(_("An amount must be more than 0."))
    return amount

"""Cash by notes and coins, and what is handed in with it (SLIP-3)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import parse_yuan
from receivables.rules.counting import DENOMINATIONS, MOST_OF_ONE

MOST_AT_ONCE = 2_000


def fen_of(note: Decimal) -> int:
    return int(note * 100)


def _name(note: Decimal) -> str:
    return f"note_{fen_of(note)}"


class CashForm(forms.Form):
    """Of each note and coin how many; empty is none. `token` is the form's own."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        for note in DENOMINATIONS:
            self.fields[_name(note)] = forms.IntegerField(
                min_value=0,
                max_value=MOST_OF_ONE,
                required=False,
                widget=forms.TextInput(
                    attrs={
                        "class": "form-control",
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "maxlength": 5,
                        "data-note": fen_of(note),
                        "data-next": "",
                        "aria-label": _("how many of ¥ %(note)s") % {"note": note},
                    }
                ),
            )

    needs_fen = True

    def notes(self) -> Iterator[tuple[Decimal, Any]]:
        """Each note with its field, the largest first; the fen where there are any to count."""
        for note in DENOMINATIONS if self.needs_fen else DENOMINATIONS[:-1]:
            yield note, self[_name(note)]

    @property
    def denominations(self) -> dict[Decimal, int]:
        return {note: self.cleaned_data.get(_name(note)) or 0 for note in DENOMINATIONS}


class PaymentsField(forms.Field):
    """The ids of payments that were ticked."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        ids = [str(each) for each in value or []]
        if len(ids) > MOST_AT_ONCE or not all(_is_id(each) for each in ids):
            raise ValidationError(_("Open the page anew and tick again."), code="ids")
        return [int(each) for each in ids]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


class CountForm(CashForm):
    """What somebody brings. `seen`: the difference that is on the page, and taken."""

    payments = PaymentsField(required=False)
    seen = forms.CharField(required=False, max_length=15)

    def clean_seen(self) -> Decimal:
        typed = self.cleaned_data["seen"]
        try:
            return parse_yuan(typed) if typed else Decimal("0.00")
        except ValidationError:
            return Decimal("0.00")  # then it differs, and is asked again

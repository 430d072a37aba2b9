"""Slips that were shown (SLIP-3)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST = 5_000


class NumbersField(forms.Field):
    """Slip numbers, as the page had them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        numbers = [str(each) for each in value or []]
        if len(numbers) > MOST or any("\0" in each or len(each) > 32 for each in numbers):
            raise ValidationError(_("Open the page anew and tick again."), code="numbers")
        return numbers


class SlipCountForm(forms.Form):
    """`seen`: all numbers on the page; `shown`: those ticked."""

    seen = NumbersField(required=False)
    shown = NumbersField(required=False)

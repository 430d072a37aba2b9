"""Shapes of input about fines in cash and about absence. They never save."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.forms.explaining import words
from attendance.models import AbsenceDecision, Side
from core.converters import CodeConverter
from core.money import parse_yuan


class TickForm(forms.Form):
    """Which fine: whose, of which side of which day."""

    employee_no = forms.RegexField(rf"^{CodeConverter.regex}$", max_length=40)
    date = forms.DateField(input_formats=["%Y-%m-%d"])
    side = forms.ChoiceField(choices=Side.choices)


class GiveBackForm(TickForm):
    """Which payment is given back, and where its cash was seen; empty: in hand."""

    handover = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class HandoverForm(forms.Form):
    """All cash in hand, as it was seen. Sent twice it is handed over once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    expected = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_expected(self) -> Any:
        return parse_yuan(self.cleaned_data["expected"])


class AbsenceForm(forms.Form):
    """What is decided. `number`: which of the decisions on this finding it is."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)
    kind = forms.ChoiceField(
        label=_("Decision"),
        choices=AbsenceDecision.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = words(_("Reason"))

"""Spot checks as they are drawn, judged and answered (VIS-3)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from customers.forms.calls import DAY_AND_TIME
from customers.forms.fields import VersionForm, words
from customers.models import SpotCheck
from customers.services import Findings
from customers.services.spot_checks import MOST
from payroll.forms import no_control

USUAL = 3
CHECK = {"class": "form-check-input"}
WHO_ANSWERS = "who-answers"  # the list of contacts on the page


class PersonField(forms.ModelChoiceField):
    """A salesperson, with number and team."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.employee_no} {obj.name} {obj.team}".strip()


class DrawForm(forms.Form):
    """Whose records are looked at, and of how many customers."""

    person = PersonField(
        label=_("Salesperson"),
        queryset=Person.objects.none(),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    size = forms.IntegerField(
        label=_("How many customers"),
        min_value=1,
        max_value=MOST,
        initial=USUAL,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["person"]
        chosen.queryset = people


class JudgeForm(VersionForm):
    """The checklist, the telephone call, and the verdict."""

    records_read = forms.BooleanField(
        label=_("I have read every record below."), widget=forms.CheckboxInput(attrs=CHECK)
    )
    times_compared = forms.BooleanField(
        label=_("I have compared times, places and photos."),
        widget=forms.CheckboxInput(attrs=CHECK),
    )
    phone = forms.ChoiceField(
        label=_("Telephone call to the customer"),
        choices=SpotCheck.Phone.choices,
        widget=forms.RadioSelect(attrs=CHECK),
    )
    spoken_with = forms.CharField(
        label=_("Spoke with"),
        max_length=80,
        required=False,
        validators=[no_control],
        help_text=_("A contact of the file, or whoever answered. Empty if nobody did."),
        widget=forms.TextInput(
            attrs={"class": "form-control", "list": WHO_ANSWERS, "autocomplete": "off"}
        ),
    )
    spoken_at = forms.DateTimeField(
        label=_("Spoke at"),
        required=False,
        input_formats=[DAY_AND_TIME],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "form-control"}, format=DAY_AND_TIME
        ),
    )
    note = words(_("What was found"), required=False, longest=1000)
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=SpotCheck.Verdict.choices,
        widget=forms.RadioSelect(attrs=CHECK),
    )

    def findings(self) -> Findings:
        names = ("records_read", "times_compared", "phone", "note", "spoken_with", "spoken_at")
        return Findings(**{name: self.cleaned_data[name] for name in names})

"""Writing a collection plan: its steps, who does them (DUE-1)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms import YuanField
from accounts.models import Person
from core.money import ZERO
from receivables.services import StepSaid
from receivables.services.plans import MOST_STEPS

ROWS = 4


class PlanForm(forms.Form):
    """The plan itself. `token` is the form's own: sent twice, it is written once; `seen` the plan
    that its writer saw and replaces."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=2**62
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1_000}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class StepForm(forms.Form):
    """One promise. A row left empty is none."""

    due_on = forms.DateField(
        label=pgettext_lazy("a promise", "By"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    what = forms.CharField(
        label=_("What"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    who = forms.ChoiceField(label=_("Who"))
    amount = YuanField(
        label=_("To come in (yuan)"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        who: Any = self.fields["who"]
        who.choices = [(key, each.name) for key, each in self.people.items()]
        who.initial = next(iter(self.people), None)

    def said(self) -> StepSaid:
        given = self.cleaned_data
        amount: Decimal = given["amount"] or ZERO
        return StepSaid(given["due_on"], given["what"], self.people[given["who"]], amount)


StepForms = forms.formset_factory(
    StepForm,
    extra=ROWS,
    min_num=1,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS,
    validate_min=True,
    validate_max=True,
)


def steps_said(forms_sent: Any) -> list[StepSaid]:
    """The steps of rows that were filled in."""
    return [form.said() for form in forms_sent if form.cleaned_data]

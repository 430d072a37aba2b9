"""A call as its outcome is typed on the phone; scripts; do-not-disturb marks (VIS-4)."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from customers.forms.fields import AHEAD, AheadField, words
from customers.forms.files import FilesForm
from customers.models import Call
from customers.services import CallFacts
from payroll.forms import no_control

LONGEST = 2000
MOST_STEPS = 20
DAY_AND_TIME = "%Y-%m-%dT%H:%M"


class CallForm(forms.Form):
    """What came of a call. The outcome is the key that sends the form; `step`: those ticked."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Call.Outcome.choices)
    step = forms.TypedMultipleChoiceField(
        label=_("Steps"),
        required=False,
        coerce=int,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
    )
    skipped_reason = forms.CharField(
        label=_("Why steps were left out"), max_length=200, required=False, validators=[no_control]
    )
    note = words(pgettext_lazy("visit", "What was said"), required=False, longest=LONGEST)
    next_step = forms.CharField(
        label=_("Next step"), max_length=200, required=False, validators=[no_control]
    )
    next_on = AheadField(label=pgettext_lazy("deadline", "By"), required=False)
    back_at = forms.DateTimeField(label=_("Call back at"), required=False)

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = call.script.steps if call.script else []
        ticks: Any = self.fields["step"]
        ticks.choices = [(n, title) for n, (title, _text) in enumerate(self.steps)]

    def clean_back_at(self) -> datetime | None:
        back: datetime | None = self.cleaned_data["back_at"]
        if back is not None and back > clock.now() + AHEAD:
            raise ValidationError(_("The day lies too far ahead."), code="far")
        return back

    @property
    def ticked(self) -> set[str]:
        """The steps that were ticked, as they were sent."""
        return set(self.data.getlist("step")) if self.is_bound else set()  # type: ignore[attr-defined]

    def facts(self) -> CallFacts:
        given = self.cleaned_data
        names = ("outcome", "note", "skipped_reason", "next_step", "next_on", "back_at")
        return CallFacts(**{name: given[name] for name in names}, steps=given["step"])


class StepForm(forms.Form):
    """A step of a script: what it is called, what is said in it. Left empty, it is taken out."""

    title = forms.CharField(
        label=_("Name of the step"), max_length=60, required=False, validators=[no_control]
    )
    text = words(pgettext_lazy("script", "What is said"), required=False, rows=3, longest=1000)


class ScriptForm(forms.Form):
    """`seen`: the number of the version that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)


StepFormSet = forms.formset_factory(
    StepForm, extra=2, max_num=MOST_STEPS, absolute_max=MOST_STEPS, validate_max=True
)


class QuietForm(FilesForm):
    """That a customer is not to be disturbed, or may be again, and why."""

    reason = words(_("Reason"), rows=2, longest=500)

"""Shapes of input about days: explanations, make-up punches, outings, outages. They never save."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from attendance.models import Side
from attendance.services.outages import Failure
from attendance.services.outings import Going
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from customers.models import Customer
from payroll.forms import no_control

LONGEST = 1000
FURTHEST = timedelta(days=366)


def words(label: Any, *, required: bool = True, rows: int = 3, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": rows, "maxlength": LONGEST}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(
        label=label, max_length=LONGEST, required=required, widget=widget, **kwargs
    )


class DayField(forms.DateField):
    """A day within a year of today."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and abs(value - clock.today()) > FURTHEST:
            raise ValidationError(_("The day lies too far away."), code="far")


class HourField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


class TokenForm(forms.Form):
    """`token` is the form's own: sent twice, it is done once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ExcuseForm(UploadForm, TokenForm):
    """What happened, on which side of which day, with photos if there are any."""

    date = DayField(label=_("Day"))
    side = forms.ChoiceField(
        label=_("Side"),
        choices=Side.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = words(_("What happened that day"))
    files = FilesField(label=_("Photos"), required=False)  # type: ignore[assignment]  # the field


class MakeUpForm(TokenForm):
    """When the punch was forgotten, and why it is missing."""

    date = DayField(label=_("Day"))
    time = HourField(label=_("Time"))
    reason = words(_("Why it is missing"))

    def at(self) -> datetime:
        return clock.at(self.cleaned_data["date"], self.cleaned_data["time"])


class OutingForm(TokenForm):
    """From when until when, and whom: one of one's own customers, or somebody else."""

    date = DayField(label=_("Day"))
    start = HourField(label=_("From hour"))
    end = HourField(label=_("Until hour"))
    customer = forms.ModelChoiceField(
        label=_("Customer"),
        queryset=Customer.objects.none(),
        required=False,
        empty_label=_("Somebody else"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    whom = forms.CharField(
        label=_("Whom, if it is no customer of yours"),
        max_length=120,
        required=False,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    purpose = words(_("What for"), required=False, rows=2)

    def __init__(self, *args: Any, customers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("customer") and not given.get("whom", "").strip():
            self.add_error("whom", _("Say whom you are going to see."))
        return given

    def going(self) -> Going:
        given = self.cleaned_data
        return Going(
            clock.at(given["date"], given["start"]),
            clock.at(given["date"], given["end"]),
            given["customer"],
            given["whom"],
            given["purpose"],
        )


class OutageForm(TokenForm):
    """What failed, from when until when, and whom it touched."""

    start_on = DayField(label=_("From day"))
    start = HourField(label=_("From hour"))
    end_on = DayField(label=_("Until day"))
    end = HourField(label=_("Until hour"))
    team = forms.ChoiceField(
        label=_("Whom it touched"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = words(_("What failed"), rows=2)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everybody")), *teams]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        names = ("start_on", "start", "end_on", "end")
        if all(given.get(name) is not None for name in names):
            found = self._span(given)
            if found[1] <= found[0]:
                self.add_error("end", _("It ends before it starts."))
        return given

    def _span(self, given: dict[str, Any]) -> tuple[datetime, datetime]:
        start = clock.at(given["start_on"], given["start"])
        return start, clock.at(given["end_on"], given["end"])

    def failure(self) -> Failure:
        given = self.cleaned_data
        return Failure(*self._span(given), given["reason"], given["team"])


class VersionForm(forms.Form):
    """Something done with what was seen. `version`: what was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class DecisionForm(VersionForm):
    """Approved or refused; a refusal says why."""

    reply = words(_("Reason"), required=False, rows=2)


class UndoForm(VersionForm):
    """An approval taken back, and why."""

    reply = words(_("Why the approval was wrong"), rows=2)


class ReasonForm(forms.Form):
    reason = words(_("Why it is taken back"), rows=2)

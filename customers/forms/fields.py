"""Fields that several forms about visits have."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock

LONGEST = 4000
AHEAD = timedelta(days=366)


def words(
    label: Any, *, required: bool = True, rows: int = 3, longest: int = LONGEST, **attrs: Any
) -> forms.CharField:
    shown = {"class": "form-control", "rows": rows, "maxlength": longest, **attrs}
    widget = forms.Textarea(attrs=shown)
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget)


def version() -> forms.IntegerField:
    """What was seen: changed meanwhile, the form comes back."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class AheadField(forms.DateField):
    """A day from `since` days ago on, of the next year."""

    def __init__(self, *, since: int = 0, **kwargs: Any) -> None:
        self.since = timedelta(days=since)
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date):
            if value < clock.today() - self.since:
                raise ValidationError(_("The day has passed."), code="past")
            if value > clock.today() + AHEAD:
                raise ValidationError(_("The day lies too far ahead."), code="far")


class VersionForm(forms.Form):
    """A record as it was seen."""

    version = version()


class WhyForm(VersionForm):
    """Something decided, with the reason."""

    reason = words(_("Reason"), rows=2, longest=500)


class AnswerForm(VersionForm):
    """What a salesperson says to what was found."""

    text = words(_("What you have to say"), longest=1000)

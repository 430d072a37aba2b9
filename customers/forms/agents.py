"""Prefectures and agents as they are typed (CUS-5)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from customers.forms.fields import VersionForm
from customers.forms.projects import customer_typed, line


class PastField(forms.DateField):
    """A day that has come, of a time in which the company can have books."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, initial=clock.today, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date):
            if value > clock.today():
                raise ValidationError(_("The day lies in the future."), code="future")
            if value.year < 2000:
                raise ValidationError(_("The day lies too far back."), code="old")


class PrefectureForm(forms.Form):
    province = line(_("Province"), 40)
    name = line(_("Prefecture"), 40)


class TalksForm(forms.Form):
    """Which customer is in talks, since when."""

    customer = line(_("Customer"), 120, help_text=_("The number or name of a file of yours."))
    talks_on = PastField(label=_("In talks since"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_customer(self) -> Any:
        found = customer_typed(self.user, self.cleaned_data["customer"])
        if found is None:
            raise ValidationError(_("No file of yours has this number or name."), code="customer")
        return found


class AgencyForm(VersionForm):
    """Agent since a day; or ended on it, and why."""

    on = PastField(label=_("Day"))
    reason = line(_("Why it ended"), 200, required=False)

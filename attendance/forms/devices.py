"""Shapes of input about attendance machines. They never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payroll.forms import no_control


class DeviceForm(forms.Form):
    """A machine: what people call it, and where it stands."""

    name = forms.CharField(
        label=_("Name of the machine"),
        max_length=60,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Where it stands"),
        max_length=120,
        required=False,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class RetireForm(forms.Form):
    """The machine as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

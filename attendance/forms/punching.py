"""Shapes of a tap and of the place that follows it. They never save."""

from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from attendance.services.punching import Place

FARTHEST = 10_000_000  # metres: half way round the earth


class PunchForm(forms.Form):
    """A tap. `token` is the form's own: sent twice, it is one punch."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PlaceForm(forms.Form):
    """Where the browser says the punch of that token was made."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    latitude = forms.FloatField(min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        validators=[MinValueValidator(0), MaxValueValidator(FARTHEST)],
    )

    def place(self) -> Place:
        given = self.cleaned_data
        return Place(given["latitude"], given["longitude"], given["accuracy"])

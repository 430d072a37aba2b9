"""A visit as it is typed on the phone (VIS-1)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from customers.forms.fields import LONGEST, AheadField, words
from customers.forms.picking import LONGEST as LONGEST_CUSTOMER
from customers.forms.picking import customer_meant
from customers.models import Customer, Visit
from customers.services import Place, Told

MOST_PHOTOS = 3
FARTHEST = 10_000_000  # metres: half way round the earth
DAY_AND_TIME = "%Y-%m-%dT%H:%M"
# What was typed without a connection may reach us the next morning; the page shows that it did.
COMES_WITHIN = timedelta(hours=24)


class VisitForm(UploadForm):
    """A visit of just now or of earlier today. `token` is the form's own: sent twice, it is one
    visit. The place is told by the browser if it was asked to; without one it counts the same."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    customer = forms.CharField(label=_("Customer"), max_length=LONGEST_CUSTOMER)
    kind = forms.ChoiceField(label=_("Kind"), choices=Visit.Kind.choices)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[("", _("not chosen")), *Visit.Outcome.choices], required=False
    )
    content = words(pgettext_lazy("visit", "What was said"), longest=LONGEST)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = AheadField(label=pgettext_lazy("deadline", "By"), since=1, required=False)
    at = forms.DateTimeField(label=_("When"), required=False)
    photos = FilesField(label=_("Photos"), required=False, max_files=MOST_PHOTOS)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    accuracy = forms.IntegerField(
        required=False, validators=[MinValueValidator(0), MaxValueValidator(FARTHEST)]
    )

    def __init__(self, data: Any = None, files: Any = None, *, user: Any, **kwargs: Any) -> None:
        now = clock.local(clock.now())
        initial = {
            "token": uuid4(),
            "kind": Visit.Kind.RETURN,
            "at": f"{now:{DAY_AND_TIME}}",
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(data, files, initial=initial, **kwargs)
        self.user = user

    def clean_customer(self) -> Customer:
        return customer_meant(self.user, self.cleaned_data["customer"])

    def clean_at(self) -> datetime:
        """The server's now where nothing was said; else an earlier time, of no more than a day."""
        now = clock.now()
        at: datetime | None = self.cleaned_data["at"]
        if at is None:
            return now.replace(microsecond=0)
        if at > now + timedelta(minutes=1):
            raise ValidationError(_("A visit is recorded once it was made."), code="future")
        if at < now - COMES_WITHIN:
            raise ValidationError(_("A visit is recorded on its day."), code="old")
        # A telephone's clock may go a little fast.
        return min(at, now.replace(microsecond=0))

    def told(self) -> Told:
        given = self.cleaned_data
        names = ("outcome", "next_step", "next_on", "photos")
        return Told(**{name: given[name] for name in names}, place=self._place())

    def _place(self) -> Place | None:
        given = self.cleaned_data
        if given["latitude"] is None or given["longitude"] is None:
            return None
        return Place(given["latitude"], given["longitude"], given["accuracy"])


class PhotosForm(UploadForm):
    """Photos that come after the visit they are of."""

    photos = FilesField(label=_("Photos"), max_files=MOST_PHOTOS)

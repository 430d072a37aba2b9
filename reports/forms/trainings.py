"""Shapes of input of trainings (TRAIN-1)."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from reports.forms.fields import (
    SELECT,
    DayField,
    HourField,
    TeamField,
    VersionForm,
    line,
    number,
    token,
    version,
    words,
)
from reports.models import Enrolment, Training
from reports.permissions import PLANS_TRAININGS
from reports.services import Came, TrainingFacts

CAME = [("", "—"), ("yes", _("came")), ("no", _("did not come"))]
ATTENDED = {"": None, "yes": True, "no": False}


class TrainingForm(forms.Form):
    """A training: what, for whom, when, how many places."""

    token = token()
    version = version()
    title = line(_("Title"), 120)
    topic = words(_("What it is about"), required=False, longest=2000)
    trainer = line(_("Trainer"), 80, required=False)
    team = TeamField()
    on = DayField(label=_("Day"))
    starts = HourField(label=_("Begins at"))
    ends = HourField(label=_("Ends at"))
    place = line(_("Held at"), 120, required=False)
    places = number(_("Places"), 1, 1000, required=False, help_text=_("Empty: as many as come."))
    compulsory = forms.BooleanField(
        label=_("For everybody: all of the team are enrolled"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), "version": 0, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.offer(user, *PLANS_TRAININGS)

    def facts(self) -> TrainingFacts:
        given = self.cleaned_data
        names = ("title", "topic", "trainer", "team", "place", "places", "compulsory")
        return TrainingFacts(
            starts_at=clock.at(given["on"], given["starts"]),
            ends_at=clock.at(given["on"], given["ends"]),
            **{name: given[name] for name in names},
        )


def training_initial(training: Training) -> dict[str, Any]:
    names = ("title", "topic", "trainer", "team", "place", "places", "compulsory", "version")
    starts, ends = clock.local(training.starts_at), clock.local(training.ends_at)
    return {
        **{name: getattr(training, name) for name in names},
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
    }


class ResultsForm(VersionForm):
    """Who came, with what result, and a note: three fields a place."""

    def __init__(self, *args: Any, places: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            self._offer(place)

    def _offer(self, place: Enrolment) -> None:
        known = {attended: key for key, attended in ATTENDED.items()}
        self.fields[f"came_{place.pk}"] = forms.ChoiceField(
            label=_("Came"),
            required=False,
            choices=CAME,
            initial=known[place.attended],
            widget=forms.Select(attrs=SELECT),
        )
        self.fields[f"result_{place.pk}"] = forms.ChoiceField(
            label=_("Result"),
            required=False,
            choices=[("", "—"), *Enrolment.Result.choices],
            initial=place.result,
            widget=forms.Select(attrs=SELECT),
        )
        self.fields[f"note_{place.pk}"] = line(_("Note"), 200, required=False, initial=place.note)

    def rows(self) -> list[tuple[Enrolment, Any, Any, Any]]:
        """Each place with its fields."""
        return [
            (place, self[f"came_{place.pk}"], self[f"result_{place.pk}"], self[f"note_{place.pk}"])
            for place in self.places
        ]

    def came(self) -> dict[int, Came]:
        given = self.cleaned_data
        return {
            place.pk: Came(
                ATTENDED[given[f"came_{place.pk}"]],
                given[f"result_{place.pk}"],
                given[f"note_{place.pk}"],
            )
            for place in self.places
        }


class CertificateForm(UploadForm):
    """Certificates of one place."""

    files = FilesField(label=_("Certificate"))  # type: ignore[assignment]  # the field

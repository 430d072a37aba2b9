"""Shapes of input of series, meetings and what comes of them (MEET-1, MEET-2)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
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
from reports.models import Meeting, MeetingSeries, Presence
from reports.models.meetings import Kind
from reports.querysets import LEADS
from reports.reads.people import members_of, owners_of
from reports.services import MeetingFacts, SeriesFacts

WEEKDAYS = [
    ("", _("each workday")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class _HeldForm(forms.Form):
    """What a series and a single meeting say alike."""

    token = token()
    version = version()
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, widget=forms.Select(attrs=SELECT)
    )
    title = line(_("Title"), 80)
    team = TeamField()
    starts = HourField(label=_("Begins at"))
    minutes = number(_("Length in minutes"), 5, 480)
    place = line(_("Held at"), 120, required=False)
    chair: Any = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Chair"),
        required=False,
        empty_label=_("the team's supervisor"),
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), "version": 0, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.offer(user, *LEADS, kept=self.initial.get("team"))
        chair: Any = self.fields["chair"]
        chair.queryset = _chairs_of(user, self.initial.get("chair"))


def _chairs_of(user: Any, kept: Any) -> Any:
    """Supervisors and heads, the salespeople one may see, and who has the chair now."""
    here = Person.objects.here_on(clock.today())
    theirs = Person.objects.salespeople().visible_to(user).order_by().values("pk")
    wanted = Q(pk__in=theirs) | Q(pk=kept)
    for role in ("supervisor", "manager", "leader"):
        wanted |= Q(roles__contains=role)
    return here.filter(wanted).order_by("employee_no")


class SeriesForm(_HeldForm):
    """A series of meetings."""

    weekday = forms.TypedChoiceField(
        label=_("On"),
        choices=WEEKDAYS,
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs=SELECT),
    )
    from_on = DayField(label=_("From"), past=timedelta(days=3660))
    until_on = DayField(label=_("Until"), required=False, past=timedelta(days=3660))

    field_order = (
        "token", "version", "kind", "title", "team", "weekday", "starts", "minutes", "place",
        "chair", "from_on", "until_on",
    )  # fmt: skip

    def facts(self) -> SeriesFacts:
        given = self.cleaned_data
        return SeriesFacts(**{name: given[name] for name in SeriesFacts.__slots__})


def series_initial(series: MeetingSeries) -> dict[str, Any]:
    names = (*SeriesFacts.__slots__, "version")
    found = {name: getattr(series, name) for name in names}
    return {**found, "chair": series.chair_id}


class SeriesEndForm(VersionForm):
    """The last day of a series, and why."""

    until_on = DayField(label=_("Last day"))
    reason = line(_("Reason"), 200)


class MeetingForm(_HeldForm):
    """A single meeting, or one of a series that differs from the others."""

    on = DayField(label=_("Day"))

    field_order = (
        "token", "version", "kind", "title", "team", "on", "starts", "minutes", "place", "chair",
    )  # fmt: skip

    def facts(self) -> MeetingFacts:
        given = self.cleaned_data
        names = ("kind", "title", "team", "minutes", "place", "chair")
        starts_at = clock.at(given["on"], given["starts"].replace(tzinfo=None))
        return MeetingFacts(starts_at=starts_at, **{name: given[name] for name in names})


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    names = ("kind", "title", "team", "on", "minutes", "place", "version")
    found = {name: getattr(meeting, name) for name in names}
    return {
        **found,
        "starts": clock.local(meeting.starts_at).time(),
        "chair": meeting.chair_id,
    }


class PointForm(forms.Form):
    """A point for the agenda."""

    token = token()
    text = words(_("Point"), rows=2, longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)


class MinutesForm(VersionForm):
    """The minutes: what was typed is kept in the browser until the server has it."""

    record = words(_("Minutes"), required=False, rows=12, longest=20_000)

    def __init__(self, *args: Any, meeting: Meeting, typed: str = "", **kwargs: Any) -> None:
        """`typed`: what the writer had typed before, and not saved."""
        begun = {"version": meeting.version, "record": typed or meeting.record}
        kwargs.setdefault("initial", begun)
        super().__init__(*args, **kwargs)
        self.fields["record"].widget.attrs |= {
            "data-draft": minutes_draft(meeting.pk, meeting.version),
            "data-draft-over": "",
            "hx-post": reverse("meeting_draft", args=[meeting.pk]),
            "hx-trigger": "input changed delay:2s",
            "hx-include": "closest form",
            "hx-target": "#minutes-saved",
            "hx-swap": "outerHTML",
            "hx-sync": "closest form:replace",
        }


def minutes_draft(pk: int, seen: int) -> str:
    """The name of a draft: of the minutes as they were when somebody began to type."""
    return f"minutes-{pk}-{seen}"


class DecisionForm(forms.Form):
    """What was decided, who does it, until when."""

    token = token()
    text = words(_("Decision"), rows=2, longest=1000)
    owner: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who does it"), widget=forms.Select(attrs=SELECT)
    )
    due_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners_of(meeting)


class DecisionChangeForm(DecisionForm):
    """A decision that is still to be done, as it was seen."""

    token = None  # type: ignore[assignment]  # a change is counted by its version
    version = version()


class DoneForm(VersionForm):
    """What came of it."""

    note = words(_("What came of it"), rows=3, longest=1000)


class PraiseForm(forms.Form):
    """Whom the Saturday summary praises, and what for."""

    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Salesperson"), widget=forms.Select(attrs=SELECT)
    )
    reason = words(_("What for"), rows=2, longest=500)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = owners_of(meeting).filter(roles__contains="salesperson")


class AnswerForm(VersionForm):
    """What the meeting says to a problem."""

    answer = words(_("What the meeting says"), rows=4, longest=2000)


class PresencesForm(forms.Form):
    """Who came: one choice a person, empty where the code on the screen is to say.

    What was shown goes along: whoever scans while somebody ticks is not ticked back.
    """

    def __init__(self, *args: Any, meeting: Meeting, there: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = members_of(meeting)
        for person in self.people:
            self.fields[f"who_{person.pk}"] = forms.ChoiceField(
                label=person.name,
                required=False,
                initial=there.get(person.pk, ""),
                show_hidden_initial=True,
                choices=[("", "—"), *Presence.State.choices],
                widget=forms.Select(attrs={"class": "form-select", "aria-label": person.name}),
            )

    def states(self) -> dict[int, str]:
        """What was chosen otherwise than it was shown, by the id of the person."""
        named = {f"who_{person.pk}": person.pk for person in self.people}
        return {named[name]: self.cleaned_data[name] for name in self.changed_data}

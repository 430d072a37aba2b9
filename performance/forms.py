"""Shapes of input of targets and appraisals; they never save."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.money import MAX_YUAN
from performance.models import ActivityPlace
from performance.models.appraisals import MOST_POINTS
from performance.rules.periods import Period
from performance.services.activities import Plan
from performance.words import period_name
from reports.forms.fields import (
    SELECT,
    DayField,
    TeamField,
    VersionForm,
    line,
    number,
    token,
    words,
)

QUARTERS_BACK = 8


def yuan(label: Any, **kwargs: Any) -> forms.DecimalField:
    """An amount in yuan, not below nothing."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MAX_YUAN,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal"}),
        **kwargs,
    )


class TargetForm(VersionForm):
    """What a person or a team is to bring in a period."""

    amount = yuan(
        _("Target in yuan"),
        required=False,
        help_text=_("Empty: nothing is set for this period, the contract counts."),
    )


class TeamTargetForm(TargetForm):
    """The target of one of the teams."""

    team = forms.ChoiceField(label=_("Team"), widget=forms.Select(attrs=SELECT))
    field_order = ("team", "amount")

    def __init__(self, *args: Any, teams: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(team, team) for team in teams]  # type: ignore[attr-defined]


class QuarterForm(forms.Form):
    """Which quarter is reckoned: one that is over."""

    quarter = forms.ChoiceField(label=_("Quarter"), widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [Period.quarter_of(clock.today()).previous()]
        while len(found) < QUARTERS_BACK:
            found.append(found[-1].previous())
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (str(each), period_name(each)) for each in found
        ]


class PointsForm(VersionForm):
    """Points on top of the data's score, and why."""

    points = number(_("Points added (below nothing: taken)"), -MOST_POINTS, MOST_POINTS)
    reason = words(_("Why"), required=False, longest=1000)


class TalkForm(VersionForm):
    """What was talked about."""

    talk = words(_("What was talked about"), longest=2000)


class ObjectionForm(VersionForm):
    """What is wrong with it."""

    objection = words(_("What is wrong with it"), longest=2000)


class DecisionForm(VersionForm):
    """The decision on an objection: the points there are then, and the reason."""

    points = number(_("Points added from now on"), -MOST_POINTS, MOST_POINTS)
    reply = words(_("Reason"), longest=2000)


class EffectForm(forms.Form):
    """What is proposed from an appraisal: a bonus, or a case that may end in a sanction."""

    BONUS, SANCTION = "bonus", "sanction"

    token = token()
    what = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[(BONUS, _("a bonus")), (SANCTION, _("a case, for a sanction"))],
        widget=forms.RadioSelect,
        initial=BONUS,
    )
    amount = yuan(_("Bonus in yuan"), required=False)
    reason = words(_("Why"), longest=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ActivityForm(VersionForm):
    """A plan: what, when, where, for whom, who takes part, what it costs."""

    token = token()
    title = line(_("Activity"), 80)
    plan = words(_("What is planned"), longest=2000)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"))
    place = line(_("Held at"), 120, required=False)
    team = TeamField()
    cost = yuan(_("Cost expected, in yuan"), required=False)
    people = line(
        _("Who takes part"),
        1000,
        required=False,
        help_text=_("Employee numbers, apart by spaces or commas."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), "version": 0, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.offer(user, "manager", "leader")
        self.user = user

    def clean_people(self) -> list[Person]:
        """The people named: whoever sells and works here."""
        named = set(re.split(r"[\s,，、;；]+", self.cleaned_data["people"].strip())) - {""}
        here = Person.objects.here_on(clock.today()).filter(employee_no__in=named)
        found = [
            person for person in here if person.has_role("salesperson", "supervisor", "manager")
        ]
        if missing := named - {person.employee_no for person in found}:
            raise ValidationError(
                gettext("Nobody of the sales department has the number %(no)s.")
                % {"no": min(missing)[:40]},
                code="unknown",
            )
        return found

    def planned(self) -> Plan:
        given = self.cleaned_data
        names = ("title", "plan", "team", "place", "starts_on", "ends_on", "cost", "people")
        return Plan(**{name: given[name] for name in names})


class ActivityDecisionForm(VersionForm):
    """A word on a plan."""

    decision = words(_("Your word on it"), required=False, longest=1000)


class ResultForm(VersionForm):
    """What came of an activity, and who came."""

    result = words(_("What came of it"), longest=2000)
    came = forms.MultipleChoiceField(
        label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, places: list[ActivityPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            (str(place.person_id), place.person.name) for place in places
        ]

    def those(self) -> dict[int, bool]:
        return {int(pk): True for pk in self.cleaned_data["came"]}

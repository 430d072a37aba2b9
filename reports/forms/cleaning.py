"""Giving a turn of cleaning to somebody else (MEET-3)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from reports.forms.fields import SELECT, VersionForm, line
from reports.models import CleaningTurn


class GiveForm(VersionForm):
    """Who cleans instead, of the same team, and why."""

    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who cleans"), widget=forms.Select(attrs=SELECT)
    )
    reason = line(_("Reason"), 200)

    def __init__(self, *args: Any, turn: CleaningTurn, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": turn.version})
        super().__init__(*args, **kwargs)
        mates = Person.objects.salespeople().here_on(turn.on).filter(team=turn.team)
        person: Any = self.fields["person"]
        person.queryset = mates.exclude(pk=turn.person_id).order_by("employee_no")

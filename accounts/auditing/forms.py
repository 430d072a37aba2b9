"""Finding changes and openings among a million. What cannot be understood finds nothing less."""

from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.auditing.querysets import logins_like
from core import clock
from core.history.words import action_word, kinds
from core.models import Opening


class _Select(forms.Select):
    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-select"})


class _Day(forms.DateField):
    """A day of a time in which a company can have books."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))],
            widget=forms.DateInput(
                attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"
            ),
            **kwargs,
        )


def _actions() -> list[tuple[str, str]]:
    called = ((action, action_word(action)) for action in settings.AUDIT_WORDS)
    return [("", gettext("All that was done")), *sorted(called, key=itemgetter(1))]


def _kinds() -> list[tuple[str, str]]:
    return [("", gettext("All records")), *kinds()]


class FindForm(forms.Form):
    """Words, who, and the days from and to."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "placeholder": _("Number or name of the record"),
                "autocomplete": "off",
            }
        ),
    )
    who = forms.CharField(
        label=_("By whom"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "autocomplete": "off"}
        ),
    )
    since = _Day(label=_("From day"))
    until = _Day(label=_("To day"))
    exact: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned_data.values())

    def found_in(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows that fit all that was asked for and understood."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if "q" in asked:
            rows = rows.filter(subject__icontains=asked["q"])
        if "who" in asked:
            rows = rows.filter(actor__in=logins_like(asked["who"]).values("pk"))
        if "since" in asked:
            rows = rows.filter(at__gte=clock.start_of(asked["since"]))
        if "until" in asked:
            rows = rows.filter(at__lt=clock.start_of(asked["until"] + timedelta(days=1)))
        return rows.filter(**{f: asked[name] for name, f in self.exact.items() if name in asked})


class ChangesForm(FindForm):
    """Changes: also by what was done, and to what kind of record."""

    action = forms.ChoiceField(
        label=_("What was done"), required=False, choices=_actions, widget=_Select()
    )
    kind = forms.ChoiceField(
        label=_("Kind of record"), required=False, choices=_kinds, widget=_Select()
    )
    exact = {"action": "action"}

    def found_in(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(subject__startswith=f"{kind} ")
        return super().found_in(rows)


class OpeningsForm(FindForm):
    """Openings: also by how, and by whom they concern."""

    way = forms.ChoiceField(
        label=_("How"),
        required=False,
        choices=[("", _("Opened or taken out")), *Opening.Way.choices],
        widget=_Select(),
    )
    about = forms.CharField(
        label=_("About (employee no.)"),
        required=False,
        max_length=32,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "autocomplete": "off"}
        ),
    )
    exact = {"way": "way", "about": "about"}

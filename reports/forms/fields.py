"""Fields that several forms have."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from payroll.forms import no_control
from reports.querysets import teams_of
from reports.reads.people import teams

LONGEST = 4000
AHEAD = timedelta(days=731)
SELECT = {"class": "form-select"}


def words(
    label: Any, *, required: bool = True, rows: int = 3, longest: int = LONGEST, **kwargs: Any
) -> forms.CharField:
    attrs = {"class": "form-control", "rows": rows, "maxlength": longest}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs=attrs),
        **kwargs,
    )


def line(label: Any, longest: int, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control"}),
        **kwargs,
    )


def number(label: Any, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    attrs = {"class": "form-control", "inputmode": "numeric"}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs=attrs),
        **kwargs,
    )


def version() -> forms.IntegerField:
    """What was seen: changed meanwhile, the form comes back."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


def token() -> forms.UUIDField:
    """Made by the form: sent twice, it is done once."""
    return forms.UUIDField(widget=forms.HiddenInput)


class DayField(forms.DateField):
    """A day that is not over, of the next two years."""

    def __init__(self, *, past: timedelta = timedelta(0), **kwargs: Any) -> None:
        self.past = past
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date):
            if value < clock.today() - self.past:
                raise ValidationError(_("The day has passed."), code="past")
            if value > clock.today() + AHEAD:
                raise ValidationError(_("The day lies too far ahead."), code="far")


class HourField(forms.TimeField):
    """An hour of the company's clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


class TeamField(forms.ChoiceField):
    """A team, or the whole department; who leads one team alone chooses among their own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Team"),
            required=False,
            widget=forms.Select(attrs=SELECT),
            **kwargs,
        )

    def offer(self, user: Any, *everybody: str, kept: str | None = None) -> None:
        """Offer what this user may choose, and the team that it is of now; the roles that may
        choose everybody."""
        if user.is_superuser or user.has_role(*everybody):
            self.choices = [("", _("everybody")), *((team, team) for team in teams())]
            return
        offered = teams_of(user) if kept is None else teams_of(user) | {kept}
        self.choices = [(team, team or _("everybody")) for team in sorted(offered)]


class VersionForm(forms.Form):
    """A record as it was seen."""

    version = version()


class WhyForm(VersionForm):
    """Something ended, with the reason."""

    reason = line(gettext_lazy("Reason"), 200)

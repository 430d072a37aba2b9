"""Shapes of input: leave asked for and decided, reward leave given, leave types. Never saved."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from attendance.leave_facts import LeaveRules
from attendance.leave_words import type_choices
from attendance.models import Half, Leave, LeaveType
from attendance.services.leave import FARTHEST, OLDEST, AskedLeave
from attendance.services.leave_types import TypeFacts
from attendance.services.rewards import MOST_DAYS
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from payroll.forms import no_control

LONGEST = 1000
SELECT = {"class": "form-select"}
HUNDRED = Decimal(100)


class LeaveDayField(forms.DateField):
    """A day near enough for leave to be asked for; the service looks at it again."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = clock.today()
        if isinstance(value, date) and not today - OLDEST <= value <= today + 2 * FARTHEST:
            raise ValidationError(_("The leave lies too far back or too far ahead."), code="far")


def words(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 2, "maxlength": LONGEST}
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs=attrs),
        **kwargs,
    )


def half_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Half.choices, widget=forms.Select(attrs=SELECT))


class CostForm(forms.Form):
    """What is asked while a request is filled in: which leave, from when to when."""

    type = forms.ChoiceField(label=_("Type of leave"), widget=forms.Select(attrs=SELECT))
    start_on = LeaveDayField(label=_("From day"))
    start_half = half_field(_("From half"))
    end_on = LeaveDayField(label=_("To day"))
    end_half = half_field(_("To half"))

    def __init__(self, *args: Any, rules: LeaveRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        retired = {code for code, kind in rules.types.items() if kind.retired_on}
        kinds: Any = self.fields["type"]
        kinds.choices = [each for each in type_choices(rules.names) if each[0] not in retired]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if "start_on" in given and "end_on" in given:
            start = given["start_on"], given.get("start_half", "am")
            if (given["end_on"], given.get("end_half", "pm")) < start:
                self.add_error("end_on", _("The leave ends before it starts."))
        return given

    def leave(self, person: Person) -> Leave:
        """The request as it would be; it is not kept."""
        names = ("type", "start_on", "start_half", "end_on", "end_half")
        return Leave(person=person, **{name: self.cleaned_data[name] for name in names})


class LeaveForm(UploadForm, CostForm):
    """A request. `token` is the form's own: sent twice, it is asked once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    reason = words(_("Reason"))
    files = FilesField(  # type: ignore[assignment]  # the field, not its input
        label=pgettext_lazy("leave", "Evidence"),
        required=False,
        help_text=_("Medical record, certificate. It can be handed in later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = clock.today()
        kwargs["initial"] = {
            "token": uuid4(),
            "type": "personal",
            "start_on": today,
            "start_half": Half.AM,
            "end_on": today,
            "end_half": Half.PM,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)

    def asked(self) -> AskedLeave:
        given = self.cleaned_data
        names = ("type", "start_on", "start_half", "end_on", "end_half", "reason")
        return AskedLeave(**{name: given[name] for name in names})


class EvidenceForm(UploadForm):
    """Evidence handed in later."""

    files = FilesField(label=pgettext_lazy("leave", "Evidence"))  # type: ignore[assignment]


class VersionForm(forms.Form):
    """Something done with what was seen. `version`: what was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class LeaveDecisionForm(VersionForm):
    """Approved or refused; a refusal says why. `step`: the word it waited for when it was seen."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9)
    special = forms.BooleanField(
        label=_("Special case: no day of it counts as absence"), required=False
    )
    reply = words(_("Reason of the decision"), required=False)


class ReasonedForm(VersionForm):
    """An approved leave cancelled, or made a special case; and why."""

    reply = words(_("Reason of the decision"))


class OwnCancelForm(VersionForm):
    """An approved leave one does not take after all."""

    reply = words(_("Reason"), required=False)


class RewardForm(forms.Form):
    """Days of reward leave for somebody. `token` is the form's own."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("For whom"), widget=forms.Select(attrs=SELECT)
    )
    days = forms.DecimalField(
        label=_("Days"),
        min_value=Decimal("0.5"),
        max_value=MOST_DAYS,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.5"}),
    )
    use_by = forms.DateField(
        label=_("To be used by"),
        validators=[MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    reason = words(pgettext_lazy("reward", "What for"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        later = clock.today() + timedelta(days=90)
        kwargs.setdefault("initial", {"token": uuid4(), "days": Decimal(1), "use_by": later})
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        here = Person.objects.visible_to(user).here_on(clock.today())
        people.queryset = here.exclude(pk=user.person_id).order_by("employee_no")

    def clean_use_by(self) -> date:
        use_by: date = self.cleaned_data["use_by"]
        if use_by < clock.today():
            raise ValidationError(_("The last day to use them has passed."), code="passed")
        return use_by


class TakeBackForm(forms.Form):
    """Days taken back, and why."""

    why = words(_("Reason"))


class LeaveTypeForm(forms.Form):
    """What the company says of a type. `version` is empty for a new one; rates in per cent."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9
    )
    code = forms.RegexField(
        r"^[0-9A-Za-z._-]+$",
        label=pgettext_lazy("leave type", "Code"),
        max_length=32,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text=_("As the company's tables write it: annual, marriage."),
    )
    name = forms.CharField(
        label=pgettext_lazy("leave type", "Name"),
        max_length=60,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    percent = forms.DecimalField(
        label=_("Pay in per cent"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(HUNDRED)],
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "decimal"}),
        help_text=_("100: paid in full; 0: not paid."),
    )
    evidence_needed = forms.BooleanField(label=_("Evidence needed"), required=False)
    monthly_cap_days = forms.DecimalField(
        label=_("Days a month at most"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(31),
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.5"}),
        help_text=_("Empty: no limit."),
    )
    past_cap = forms.ChoiceField(
        label=pgettext_lazy("leave type", "Past that limit"),
        choices=LeaveType.PastCap.choices,
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, kind: LeaveType | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._initial(kind))
        super().__init__(*args, **kwargs)
        if kind is not None:  # its leave is found by it
            del self.fields["code"]

    @staticmethod
    def _initial(kind: LeaveType | None) -> dict[str, Any]:
        if kind is None:
            return {"percent": 100, "past_cap": LeaveType.PastCap.ABSENCE}
        names = ("version", "name", "evidence_needed", "monthly_cap_days", "past_cap")
        percent = f"{(kind.pay_rate * 100).normalize():f}"
        return {**{name: getattr(kind, name) for name in names}, "percent": percent}

    def clean_monthly_cap_days(self) -> Decimal | None:
        days: Decimal | None = self.cleaned_data["monthly_cap_days"]
        if days is not None and days * 2 % 1:
            raise ValidationError(_("Days are counted in halves."), code="halves")
        return days

    def facts(self) -> TypeFacts:
        given = self.cleaned_data
        return TypeFacts(
            name=given["name"],
            pay_rate=given["percent"] / 100,
            evidence_needed=given["evidence_needed"],
            monthly_cap_days=given["monthly_cap_days"],
            past_cap=given["past_cap"],
        )

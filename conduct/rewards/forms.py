"""Shapes of input of rewards (REW-1)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Person
from attendance.services.rewards import MOST_DAYS
from conduct.forms import SELECT, day, line, money, person_named, token, words
from conduct.models import RewardProposal
from conduct.rewards.services import Proposed
from core import clock

MOST_YUAN = 1_000_000
AHEAD = timedelta(days=731)


class ProposeForm(forms.Form):
    """A reward for somebody: each kind asks for what it is made of."""

    token = token()
    person = line(gettext_lazy("For whom"), 60, help_text=gettext_lazy("Name or employee number."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Which reward"),
        choices=[("", "—"), *RewardProposal.Kind.choices],
        widget=forms.Select(attrs=SELECT),
    )
    amount = money(
        gettext_lazy("Bonus (yuan)"),
        MOST_YUAN,
        required=False,
        help_text=gettext_lazy("Of a bonus alone."),
    )
    title = line(
        gettext_lazy("Honorary title"),
        60,
        required=False,
        help_text=gettext_lazy("Everybody reads it on the wall of honour."),
    )
    days = forms.DecimalField(
        label=gettext_lazy("Days of reward leave"),
        required=False,
        min_value=Decimal("0.5"),
        max_value=MOST_DAYS,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.5"}),
    )
    use_by = day(gettext_lazy("To be used by"), required=False)
    reason = line(pgettext_lazy("reward", "What for"), 200)

    def clean_person(self) -> Person:
        return person_named(self.cleaned_data["person"])

    def clean_days(self) -> Decimal | None:
        found: Decimal | None = self.cleaned_data["days"]
        if found is not None and found * 2 % 1:
            raise ValidationError(_("Days are given in halves."), code="halves")
        return found

    def clean_use_by(self) -> date | None:
        found: date | None = self.cleaned_data["use_by"]
        if found is not None and found < clock.today():
            raise ValidationError(_("The last day to use them has passed."), code="past")
        if found is not None and found > clock.today() + AHEAD:
            raise ValidationError(_("The day lies too far ahead."), code="far")
        return found

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        needed = {
            "bonus": [("amount", _("a bonus needs its amount"))],
            "title": [("title", _("Say which title."))],
            "leave": [
                ("days", _("Say how many days.")),
                ("use_by", _("Say until when to use them.")),
            ],
        }
        for name, why in needed.get(given.get("kind", ""), []):
            if name in given and not given[name]:
                self.add_error(name, why)
        return given

    def proposed(self) -> Proposed:
        given = self.cleaned_data
        return Proposed(
            kind=given["kind"],
            reason=given["reason"],
            amount=given["amount"],
            title=given["title"],
            days=given["days"],
            use_by=given["use_by"],
        )


class DecideForm(forms.Form):
    """A word on a proposed reward; a refusal needs its reason."""

    reply = words(pgettext_lazy("conduct", "Reason"), longest=1000, required=False)

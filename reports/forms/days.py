"""Shapes of input of today's plan and the learning log. Drafts are kept in the browser."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from reports.forms.fields import VersionForm, token, words
from reports.models import DayPlan
from reports.services.days import NOT_WRITTEN


def plan_draft(user: Any, seen: int) -> str:
    """The name of a draft: whose, of which day, over which version."""
    return f"plan-{user.pk}-{clock.today()}-{seen}"


class PlanForm(forms.Form):
    """What somebody means to do today."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=NOT_WRITTEN, max_value=10**9)
    text = words(_("Today's plan"), rows=5, longest=2000)

    def __init__(self, *args: Any, user: Any, plan: DayPlan | None, **kwargs: Any) -> None:
        seen = NOT_WRITTEN if plan is None else plan.version
        kwargs["initial"] = {"version": seen, "text": plan.text if plan else ""}
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {
            "data-draft": plan_draft(user, seen),
            "data-draft-over": "",
        }


class ProblemForm(forms.Form):
    """A problem met on the road."""

    token = token()
    text = words(_("Problem"), rows=4, longest=2000)

    def __init__(self, *args: Any, draft: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = draft


class ProblemChangeForm(VersionForm):
    text = words(_("Problem"), rows=4, longest=2000)

"""Shapes of input of weekly reports (REP-1). What is typed is kept by server and browser."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from payroll.forms import no_control
from reports.forms.fields import VersionForm, token, words
from reports.models import WeeklyComment, WeeklyPlanLine, WeeklyReport
from reports.services.weekly import NOT_WRITTEN, TEXTS, Ticked, WeeklyText

LONGEST = 8000
LONGEST_NOTE = 200


def kept_as(user: Any, monday: date) -> str:
    """The name under which the browser keeps the form: whose, of which week."""
    return f"weekly-{user.pk}-{monday}"


class WeeklyForm(forms.Form):
    """What the salesperson adds: summary, problems, plan; what became of last week's plan.

    `token`: of the page it is typed on.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=NOT_WRITTEN, max_value=10**9)
    token = token()
    summary = words(_("Summary"), required=False, rows=6, longest=LONGEST)
    problems = words(_("Problems"), required=False, rows=4, longest=LONGEST)
    plan = words(
        _("Plan for next week"),
        required=False,
        rows=5,
        longest=LONGEST,
        help_text=_("A line for each thing: next week it is ticked here."),
    )

    def __init__(
        self,
        *args: Any,
        report: WeeklyReport | None,
        last_plan: list[WeeklyPlanLine],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "version": report.version if report else NOT_WRITTEN,
            "token": uuid4(),
            **({name: getattr(report, name) for name in TEXTS} if report else {}),
        }
        super().__init__(*args, **kwargs)
        self.last_plan = last_plan
        for line in last_plan:
            self.fields[f"done_{line.pk}"] = forms.BooleanField(
                required=False,
                initial=line.done,
                label=line.text,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"note_{line.pk}"] = forms.CharField(
                required=False,
                initial=line.note,
                max_length=LONGEST_NOTE,
                label=_("What came of it"),
                validators=[no_control],
                widget=forms.TextInput(
                    attrs={
                        "class": "form-control form-control-sm",
                        "placeholder": _("What came of it"),
                    }
                ),
            )

    def written(self) -> list[Any]:
        """The fields of what is written, as the page shows them."""
        return [self[name] for name in TEXTS]

    def ticks(self) -> list[tuple[Any, Any]]:
        """A box and a note for each line of last week's plan."""
        return [(self[f"done_{line.pk}"], self[f"note_{line.pk}"]) for line in self.last_plan]

    def text(self) -> WeeklyText:
        given = self.cleaned_data
        return WeeklyText(
            **{name: given[name] for name in TEXTS},
            ticks={
                line.pk: Ticked(given[f"done_{line.pk}"], given[f"note_{line.pk}"])
                for line in self.last_plan
            },
        )

    def page(self) -> dict[str, Any]:
        """The report as the page saw it."""
        return {"seen": self.cleaned_data["version"], "token": self.cleaned_data["token"]}


class WeeklyDecisionForm(VersionForm):
    """Accept it, or return it with a reason."""

    answer = words(_("Answer"), required=False, rows=3, longest=2000)


class WeeklyCommentForm(forms.Form):
    """What somebody says to a line."""

    token = token()
    part = forms.ChoiceField(choices=WeeklyComment.Part.choices, widget=forms.HiddenInput)
    line = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST)
    text = words(_("Comment"), rows=2, longest=1000)

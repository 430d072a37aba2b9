"""Shapes of input of suggestions and their answers (REP-4)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.fields import SELECT, VersionForm, line, token, words
from reports.models import Suggestion
from reports.services.suggestions import ANSWERS


class SuggestionForm(forms.Form):
    """What somebody would have otherwise."""

    token = token()
    title = line(_("In a line"), 80)
    text = words(_("In full"), required=False, rows=6)

    def __init__(self, *args: Any, draft: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        if draft:
            self.fields["text"].widget.attrs["data-draft"] = draft


class SuggestionAnswerForm(VersionForm):
    """What becomes of it, and why."""

    state = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[(state.value, state.label) for state in ANSWERS],
        widget=forms.Select(attrs=SELECT),
    )
    answer = words(_("Answer"), rows=3, longest=2000)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": suggestion.version, "answer": suggestion.answer}
        super().__init__(*args, **kwargs)

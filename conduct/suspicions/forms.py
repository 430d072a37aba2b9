"""Shapes of input of what is decided on a suspicion."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.models import ConductCase


class DecisionForm(forms.Form):
    """The reason; the button says what is decided."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "maxlength": 1000}),
    )


class CaseField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.case_no} · {obj.person.name} · {obj.get_offence_display()}"


class CaseForm(forms.Form):
    """A conduct case of one of both."""

    case = CaseField(
        label=_("Conduct case"),
        queryset=ConductCase.objects.none(),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, cases: QuerySet[ConductCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset = cases

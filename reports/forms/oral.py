"""The tick of an oral report (REP-2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.fields import SELECT, line
from reports.models import OralReport
from reports.services.oral import NOT_TICKED


class OralForm(forms.Form):
    """In what way somebody reported, and a note."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=NOT_TICKED, max_value=10**9)
    way = forms.ChoiceField(
        label=_("Way"), choices=OralReport.Way.choices, widget=forms.Select(attrs=SELECT)
    )
    note = line(_("Note"), 200, required=False)

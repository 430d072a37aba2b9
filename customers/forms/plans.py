"""A visit as it is planned (VIS-5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.fields import AheadField, version
from customers.forms.picking import LONGEST, customer_meant
from customers.models import Customer
from customers.services import PlanFacts
from payroll.forms import no_control

CHECK = {"class": "form-check-input"}
FACTS = ("on", "purpose", "materials", "samples", "appointment")


def _box(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=CHECK))


class PlanForm(forms.Form):
    """When, what for, and the checklist before leaving."""

    on = AheadField(label=_("Day"))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    materials = _box(_("Materials ready"))
    samples = _box(_("Samples borrowed, where needed"))
    appointment = _box(_("Appointment made"))

    def facts(self) -> PlanFacts:
        return PlanFacts(**{name: self.cleaned_data[name] for name in FACTS})


class NewPlanForm(PlanForm):
    """A visit to a customer of those one may see."""

    customer = forms.CharField(label=_("Customer"), max_length=LONGEST)
    field_order = ("customer", *FACTS)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_customer(self) -> Customer:
        return customer_meant(self.user, self.cleaned_data["customer"])


class PlanChangeForm(PlanForm):
    """A plan changed as it was seen."""

    version = version()

"""Fields that several forms of this app have."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from payroll.forms import no_control

LONGEST = 4000
SELECT = {"class": "form-select"}


def words(label: Any, *, longest: int = LONGEST, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 3, "maxlength": longest}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs=attrs), **kwargs
    )


def line(label: Any, longest: int, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "autocomplete": "off"}
    return forms.CharField(
        label=label,
        max_length=longest,
        validators=[no_control],
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def money(label: Any, most: int, **kwargs: Any) -> forms.DecimalField:
    attrs = {"class": "form-control", "inputmode": "decimal"}
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=most,
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def day(label: Any, **kwargs: Any) -> forms.DateField:
    attrs = {"type": "date", "class": "form-control"}
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"), **kwargs
    )


def token() -> forms.UUIDField:
    """Made by the form: sent twice, it is done once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def version() -> forms.IntegerField:
    """What was seen: changed meanwhile, the form comes back."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


def person_named(typed: str) -> Person:
    """The one person of this name or number who works here: typed, so that nobody is offered
    people they do not see. Raises `ValidationError`."""
    wanted = typed.strip()
    here = Person.objects.here_on(clock.today()).select_related("supervisor")
    found = list(here.filter(Q(name=wanted) | Q(employee_no__iexact=wanted)).order_by("pk")[:2])
    if not found:
        raise ValidationError(_("Nobody of this name or number works here."), code="nobody")
    if len(found) > 1:
        raise ValidationError(
            _("Several have this name: type the employee number."), code="several"
        )
    return found[0]

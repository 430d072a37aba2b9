"""Support as it is asked for and given (CUS-6)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms import PersonNoField
from accounts.models import Person
from core import clock
from customers.forms.fields import AheadField, VersionForm, words
from customers.forms.projects import customer_typed, line
from customers.models import SupportRequest
from customers.services import Asked

LONGEST = 2000


def _here() -> Any:
    return Person.objects.here_on(clock.today())


class AskForm(forms.Form):
    """What is needed. `token` is the form's own: sent twice, it is asked once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is needed"),
        choices=SupportRequest.Kind.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    customer = line(
        _("Customer"), 120, required=False, help_text=_("The number or name of a file of yours.")
    )
    colleague = PersonNoField(
        label=_("Colleague"),
        required=False,
        help_text=_(
            "For a mediation: number or name. They learn that somebody mediates, and nothing of "
            "what you write here."
        ),
    )
    wanted_on = AheadField(label=_("Wanted by"))
    text = words(pgettext_lazy("support", "What it is about"), rows=4, longest=LONGEST)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.user = user
        people: Any = self.fields["colleague"]
        people.among = _here().exclude(pk=user.person_id or 0)

    def clean_customer(self) -> Any:
        typed = self.cleaned_data["customer"]
        if not typed.strip():
            return None
        found = customer_typed(self.user, typed)
        if found is None:
            raise ValidationError(_("No file of yours has this number or name."), code="customer")
        return found

    def asked(self) -> Asked:
        given = self.cleaned_data
        names = ("kind", "text", "wanted_on", "customer", "colleague")
        return Asked(**{name: given[name] for name in names})


class TakeForm(VersionForm):
    """Who helps, by when; or why nobody does."""

    helper = PersonNoField(
        label=_("Who helps"), required=False, help_text=_("Number, or a name that one alone has.")
    )
    help_by = AheadField(label=_("By when"), required=False)
    reply = words(_("Answer"), required=False, rows=2, longest=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["helper"]
        people.among = _here()

    def must_name(self) -> bool:
        """Whether it says who helps and by when; what is lacking stands at its field."""
        for name, said in (("helper", _("Say who helps.")), ("help_by", _("Say by when."))):
            if not self.cleaned_data.get(name):
                self.add_error(name, ValidationError(said, code="required"))
        return not self.errors


class EndForm(VersionForm):
    """What came of it."""

    outcome = words(_("What came of it"), rows=3, longest=LONGEST)

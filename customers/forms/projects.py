"""Projects as they are typed (CUS-3, CUS-4)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from customers.forms.fields import VersionForm, version, words
from customers.models import Conflict, Customer, Project, Requirement
from customers.services import Needed, ProjectFacts
from payroll.forms import no_control

SELECT = {"class": "form-select"}
LONGEST = 2000
MOST = 100_000


def line(
    label: Any, longest: int, *, required: bool = True, help_text: Any = "", **attrs: Any
) -> forms.CharField:
    shown = {"class": "form-control", "autocomplete": "off", **attrs}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        validators=[no_control],
        help_text=help_text,
        widget=forms.TextInput(attrs=shown),
    )


class LookForm(forms.Form):
    """What look-alikes are found by, complete or not."""

    name = line(_("Project"), 120, required=False)
    customer_name = line(_("Customer"), 120, required=False)
    prefecture = line(_("Prefecture"), 40, required=False)
    address = line(_("Address"), 200, required=False)


class ProjectForm(forms.Form):
    """A project to register. `token` is the form's own: sent twice, it is registered once.

    The customer is a file where what was typed is the number or name of one that one may see.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    name = line(_("Project"), 120)
    customer_name = line(
        _("Customer"),
        120,
        help_text=_("The number or name of the file, or the name alone where there is none yet."),
    )
    prefecture = line(_("Prefecture"), 40, placeholder="宁波市")
    address = line(_("Address"), 200, required=False)
    purpose = words(_("What for"), rows=3, longest=LONGEST)
    anyway = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.user = user

    def facts(self) -> ProjectFacts:
        given = self.cleaned_data
        file = customer_typed(self.user, given["customer_name"])
        return ProjectFacts(
            name=given["name"],
            customer=file,
            customer_name=file.name if file else given["customer_name"],
            prefecture=given["prefecture"],
            address=given["address"],
            purpose=given["purpose"],
        )


def customer_typed(user: Any, typed: str) -> Customer | None:
    """The file of this number, else the only one of this very name, among those that one may see.
    Two queries at the most."""
    seen, words = Customer.objects.visible_to(user), typed.strip()
    if found := seen.filter(customer_no__iexact=words).first():
        return found
    named = list(seen.filter(name=words)[:2])
    return named[0] if len(named) == 1 else None


class NeededForm(forms.Form):
    """A line of a requirement list; an empty one is none."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=Requirement.Kind.choices, widget=forms.Select(attrs=SELECT)
    )
    what = line(_("What"), 120, required=False)
    spec = line(_("How large, which model"), 120, required=False)
    quantity = forms.IntegerField(
        label=_("Quantity"),
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.is_empty(given):
            return given
        if not given.get("what"):
            self.add_error("what", ValidationError(_("Say what it is."), code="required"))
        if not given.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", ValidationError(_("Say how many."), code="required"))
        return given

    @staticmethod
    def is_empty(given: dict[str, Any]) -> bool:
        return not any(given.get(name) for name in ("what", "spec", "quantity"))

    def needed(self) -> Needed:
        given = self.cleaned_data
        return Needed(given["kind"], given["what"], given["spec"], given["quantity"])


NeededLines = forms.formset_factory(NeededForm, extra=3, max_num=40, absolute_max=60)


class ListForm(VersionForm):
    """What else the requirement list says."""

    no_equipment = forms.BooleanField(label=_("No equipment goes with it"), required=False)


class AssignForm(VersionForm):
    """Who pursues it; of another than who registered it, why."""

    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Salesperson"), widget=forms.Select(attrs=SELECT)
    )
    reason = words(_("Reason"), required=False, rows=2, longest=500)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        here = Person.objects.salespeople().here_on(clock.today())
        people.queryset = here.exclude(pk=user.person_id or 0).order_by("employee_no")
        self.fields["reason"].help_text = _("Needed for another than who registered it.")


class MoveForm(VersionForm):
    stage = forms.ChoiceField(choices=Project.Stage.choices)


class NoteForm(forms.Form):
    """What happened. `token` is the form's own: sent twice, it is noted once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = words(pgettext_lazy("project", "What happened"), rows=2, longest=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class LoseForm(VersionForm):
    """Lost, and why."""

    reason = words(_("Why it is lost"), rows=2, longest=500)


class ReopenForm(VersionForm):
    """Why a lost project is taken up again; although it looks like another."""

    reason = words(_("Why it is taken up again"), rows=3, longest=500)
    anyway = forms.BooleanField(required=False)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = line(_("Reason"), 200)


class SayForm(UploadForm):
    """One's side, with evidence."""

    version = version()
    text = words(_("What speaks for you"), rows=4, longest=LONGEST)
    files = FilesField(label=_("Evidence"), required=False)  # type: ignore[assignment]


class RuleForm(VersionForm):
    """Whose the project is, and why."""

    ruling = forms.ChoiceField(
        label=_("Ruling"),
        choices=Conflict.Ruling.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = words(
        _("Reason"), rows=3, longest=LONGEST, placeholder=_("Both sides read it: name no secrets.")
    )

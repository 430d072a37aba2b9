"""Signing in; and the shapes of what is kept about people."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.logins.forms import wait_text
from accounts.models import Channel, Person, Role
from accounts.rules import roles_passed_on
from accounts.services.people import FACTS
from accounts.services.positions import POSITION, SHOWN, kinds_by_hand
from accounts.services.refusals import version_of
from core import clock
from core.money import MAX_YUAN
from core.tables.columns import code


class LoginForm(AuthenticationForm):
    """Employee number or e-mail, and password. Whatever is wrong, it says the same."""

    error_messages = {
        "invalid_login": _("The employee number and the password do not go together."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        username = self.fields["username"]
        username.label = _("Employee number or e-mail")
        username.max_length = username.widget.attrs["maxlength"] = 254  # type: ignore[attr-defined]
        username.validators = [
            *(v for v in username.validators if not isinstance(v, MaxLengthValidator)),
            MaxLengthValidator(254),
        ]
        username.widget.attrs.update(
            {"autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "next"}
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("username", "password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip()

    def get_invalid_login_error(self) -> ValidationError:
        if wait := getattr(self.request, "sign_in_wait", None):
            return ValidationError(wait_text(wait), code="wait")
        return super().get_invalid_login_error()


def _day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class YuanField(forms.DecimalField):
    """An amount in yuan, not negative."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MAX_YUAN, decimal_places=2, **options)


class PersonNoField(forms.CharField):
    """Somebody named by their employee number, or by a name that one alone has."""

    def __init__(self, **options: Any) -> None:
        self.among: QuerySet[Person] = Person.objects.none()
        super().__init__(max_length=60, **options)

    def prepare_value(self, value: Any) -> Any:
        return value.employee_no if isinstance(value, Person) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = list(self.among.filter(employee_no=text)[:1]) or list(
            self.among.filter(name=text)[:2]
        )
        if len(found) != 1:
            raise ValidationError(
                _("“%(text)s” is no employee number, nor a name that one alone has."),
                code="person",
                params={"text": text},
            )
        return found[0]


class PeopleForm(forms.Form):
    """A form of these pages: its tags and buttons stand in the template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template has it
        for field in self.fields.values():
            if isinstance(field, PersonNoField):
                field.among = Person.objects.here_on(clock.today())


class VersionForm(PeopleForm):
    """A form that changes a person: it carries what it showed."""

    SHOWS: tuple[str, ...] = ()
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        self.person = person
        initial = {
            **{name: getattr(person, name) for name in self.base_fields if hasattr(person, name)},
            "seen": version_of(person, self.SHOWS),
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)


class FactsForm(VersionForm):
    """Name, phone, contract target."""

    SHOWS = FACTS
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.RegexField(
        r"^[0-9+\- ()]{5,32}$",
        label=_("Phone"),
        required=False,
        error_messages={"invalid": _("Digits, spaces, + and - alone.")},
    )
    contract_target = YuanField(label=_("Contract target a year (yuan)"), required=False)


class PlaceForm(PeopleForm):
    """A place in the company."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    team = forms.CharField(label=_("Team"), max_length=60, required=False)
    supervisor = PersonNoField(
        label=_("Direct supervisor"), required=False, help_text=_("Employee number")
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", "—"), *Channel.choices], required=False
    )
    base_salary = YuanField(label=_("Base salary (yuan a month)"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "salesperson" in values.get("roles", []) and not values.get("channel"):
            self.add_error("channel", _("a salesperson works in the field or by telephone"))
        return values

    @property
    def place(self) -> dict[str, Any]:
        """The place as `POSITION` has it."""
        given = self.cleaned_data
        supervisor = given["supervisor"]
        return {
            "roles": "+".join(role for role in Role.values if role in given["roles"]),
            "team": given["team"],
            "supervisor_id": supervisor and supervisor.pk,
            "channel": given["channel"],
            "base_salary": given["base_salary"],
        }


class PersonForm(PlaceForm):
    """Somebody new."""

    employee_no = forms.CharField(label=_("Employee number"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=60)
    hired_on = _day_field(_("Hired on"))
    phone = FactsForm.base_fields["phone"]
    field_order = ("employee_no", "name", "phone", "hired_on")

    def clean_employee_no(self) -> str:
        return code()(self.cleaned_data["employee_no"])  # as files have it


class PositionForm(PlaceForm, VersionForm):
    """A change of place from a day on."""

    SHOWS = SHOWN
    kind = forms.ChoiceField(label=_("Kind"), choices=kinds_by_hand)
    from_on = _day_field(_("Takes effect on"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = ("kind", "from_on", *POSITION)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        initial = {"roles": person.roles.split("+"), "from_on": clock.today()}
        super().__init__(person, *args, initial=initial, **kwargs)


class LeavingForm(VersionForm):
    """The last day."""

    SHOWS = SHOWN
    left_on = _day_field(_("Last day employed"), required=False)


class StandInForm(PeopleForm):
    """Who stands in, for which roles, from when until when."""

    stand_in = PersonNoField(label=_("Stand-in"), help_text=_("Employee number"))
    roles = forms.MultipleChoiceField(
        label=_("Roles taken over"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )
    from_on = _day_field(_("From"))
    until_on = _day_field(_("Until (that day included)"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, absent: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passed_on = roles_passed_on(absent.role_set)
        choices = [(role.value, role.label) for role in Role if role in passed_on]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]
        self.fields["from_on"].initial = clock.today()


class QualificationForm(PeopleForm):
    """A certificate, its number, until when it is valid."""

    name = forms.CharField(label=_("Qualification"), max_length=60)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    valid_until = _day_field(_("Valid until"), required=False)


class TickForm(PeopleForm):
    """To whom a thing was handed over."""

    item = forms.CharField(max_length=300, widget=forms.HiddenInput)
    to = PersonNoField(label=_("Handed over to"))

"""Forms of signing in. They say what is wrong; they save nothing."""

import math
from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.logins.limiter import guess_charge, guesses_forget
from accounts.logins.permissions import ASKABLE_ROLES
from accounts.logins.rules import CODE
from accounts.logins.second_factor import factor_check, step_of
from accounts.models import Role, User

PASSWORD_LENGTH = 128


def wait_text(wait: timedelta) -> str:
    """What somebody is told who has to wait."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return ngettext(
        "Too many tries. Wait %(minutes)d minute, then try again.",
        "Too many tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def _helper(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


def _secret(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )


class SecondFactorForm(AuthenticateForm):
    """The code at sign-in: of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("code")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        wait = guess_charge(request=context.request, account=self.user.username, kind=CODE)
        if wait:
            raise ValidationError(wait_text(wait), code="wait")
        found = factor_check(user=self.user, code=code)
        if found is None:
            raise ValidationError(_("This code is not right, or was used before."), code="wrong")
        self.authenticator = found
        return code


class NewPasswordForm(forms.Form):
    """A password, twice."""

    new_password = _secret(_("New password"), "new-password")
    again = _secret(_("Once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = _helper(*self.fields)

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if "new_password" in data and "again" in data and data["new_password"] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        return data


class LinkForm(NewPasswordForm):
    """What the holder of a one-time link says: a password, and an e-mail for signing in."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Can be left empty. With it you can set a new password by yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CurrentPasswordForm(forms.Form):
    """Asks for the password again before something about signing in changes."""

    current_password = _secret(_("Current password"), "current-password")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.helper = _helper(*self.fields)

    def clean_current_password(self) -> str:
        user: Any = self.request.user
        password = str(self.cleaned_data["current_password"])
        found = authenticate(self.request, username=user.username, password=password)
        if wait := getattr(self.request, "sign_in_wait", None):
            raise ValidationError(wait_text(wait), code="wait")
        if found is None or found.pk != user.pk:
            raise ValidationError(_("This is not your current password."), code="wrong")
        guesses_forget(request=self.request, user=user)
        return password


class PasswordForm(CurrentPasswordForm, NewPasswordForm):
    """A new password instead of the current one."""

    field_order = ("current_password", "new_password", "again")


class EmailForm(CurrentPasswordForm):
    """The address one signs in with, or none."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "current_password")


class ForgottenForm(forms.Form):
    """To which address a letter is wanted."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("email")


class SetUpForm(forms.Form):
    """The first code of the app proves that it holds the key."""

    code = forms.CharField(
        label=_("Code the app shows"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret
        self.helper = _helper("code")

    def clean_code(self) -> int:
        """The half minute the code belongs to: it counts as used."""
        step = step_of(self.secret, str(self.cleaned_data["code"]))
        if step is None:
            raise ValidationError(
                _("This code is not right. Is the clock of the phone right? Type the next one."),
                code="wrong",
            )
        return step


class SecondFactorRuleForm(forms.Form):
    """Which roles cannot do without a second factor."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role, Role(role).label) for role in ASKABLE_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("roles", "version")


class LinksForm(forms.Form):
    """For whom links are wanted, unless the rows say so: for everybody without an account."""

    everybody = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1)


class LinksFileForm(forms.Form):
    """A file of employee numbers, each with an e-mail or without."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "form-control"}),
    )
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

"""Signing in."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.logins.forms import wait_text


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

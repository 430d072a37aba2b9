"""Signing in."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Employee number and password."""

    error_messages = {
        "invalid_login": _("The employee number and the password do not go together."),
        "inactive": _("This login has been switched off."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        username = self.fields["username"]
        username.label = _("Employee number")
        username.widget.attrs.update(
            {"autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "next"}
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("username", "password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip()

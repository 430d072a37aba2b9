"""How allauth does its part in this house: it lets in, in steps; it never signs anybody up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.logins.devices import device_keep
from accounts.logins.limiter import guesses_forget
from accounts.logins.middleware import SECOND_FACTOR
from core.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by personnel alone."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page one lands on says enough."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Signed in, with all steps behind: the device is known from now on."""
        response = super().post_login(request, user, **kwargs)
        records = get_authentication_records(request, user)
        if any(record["method"] == "mfa" for record in records):
            request.session[SECOND_FACTOR] = True
        device_keep(request=request, user=user, response=response)
        guesses_forget(request=request, user=user)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_totp_issuer(self) -> str:
        return _("Sales force")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The audit trail and the page of one's sign-in say it."""

"""The letter to whoever has forgotten the password."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.logins.links import letter_link


def letter_send(*, email: str, address: str, language: str) -> bool:
    """Send a link to an e-mail address, where somebody who works here has it; says whether.

    `address` is where the program's pages are, as in `https://sales.example.com`.
    """
    slip = letter_link(email=email)
    if slip is None:
        return False
    with override(language):
        send_mail(
            _("Set a new password"),
            _(
                "Open this address within one hour to set a new password:\n\n%(url)s\n\n"
                "If you did not ask for it, nothing needs to be done: your password is as before."
            )
            % {"url": address + reverse("one_time_link", args=[slip.token])},
            settings.DEFAULT_FROM_EMAIL,
            [email],
        )
    return True

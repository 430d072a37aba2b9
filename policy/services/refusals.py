"""What the policy's writes refuse."""

from django.utils.translation import gettext as _


class PolicyRefused(Exception):
    """It cannot be done; the message says why, in the reader's language."""


class ChangedMeanwhile(PolicyRefused):
    """Somebody else was quicker."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("This was changed meanwhile. Look again before you go on."))

"""Why a write about customers does not happen; the message is for the reader."""

from typing import Any

from django.utils.translation import gettext as _

from core import clock


class FileRefusal(Exception):
    """What was asked does not fit what is known; nothing was changed.

    `field`: the field of a form beside which that is said, if it is about one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class VisitRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ComplaintRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(FileRefusal, VisitRefused, ComplaintRefused):
    """Somebody else was quicker."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Somebody else changed it meanwhile: look again."))


class LooksAlike(FileRefusal):
    """A file stands that looks like the one to be opened: whoever opens it says it is another."""

    def __init__(self) -> None:
        super().__init__(_("A firm like this one is on file already: say whether it is another."))


def refuse_who_does_not_sell(person: Any, *, field: str) -> None:
    """A file is kept by somebody who sells here, or leads those who do."""
    has_left = person.left_on and person.left_on < clock.today()
    if has_left or not person.has_role("salesperson", "supervisor"):
        raise FileRefusal(_("%(person)s does not sell here.") % {"person": person}, field=field)

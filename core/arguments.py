"""Command-line arguments as values, refused in the reader's language."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from core import clock
from core.months import Month


def month_argument(text: str) -> Month:
    """Read `YYYY-MM`. Raises `CommandError`."""
    try:
        return Month.parse(text)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from None


def instant_argument(text: str) -> datetime:
    """Read an ISO instant; without an offset it is the company's clock. Raises `CommandError`."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("“%(text)s” is not an instant (YYYY-MM-DDTHH:MM:SS)") % {"text": text}
        ) from None
    return read if read.tzinfo else clock.from_local(read)

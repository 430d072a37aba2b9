"""Whether a day is one that somebody can ask something about."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.services.months import month_must_be_open
from attendance.services.refusals import AttendanceRefused
from core.months import Month


def day_must_be_theirs(person: Person, day: date) -> None:
    """Raise `AttendanceRefused` where they were not employed, or the month of the day is final."""
    if day < person.hired_on or (person.left_on is not None and day > person.left_on):
        raise AttendanceRefused(_("You were not employed on that day."))
    month_must_be_open(Month.of(day))

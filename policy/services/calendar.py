"""The company's own word on a day (TIME-4): said, changed, taken back."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.services import audit
from policy.models import CalendarDay
from policy.querysets import EDIT_CALENDAR, settled_through
from policy.services.refusals import ChangedMeanwhile, PolicyRefused

Seen = tuple[bool, str] | None
"""What a form saw of the company's word: workday or not, and the note; None: no word."""


@transaction.atomic
def day_say(
    *, actor: Any, day: date, is_workday: bool, note: str, seen: Seen, reason: str = ""
) -> None:
    """Say whether a day is a workday, over weekends and holidays. Open months follow at their next
    close.

    Raises `PolicyRefused` (the day's month is final, or it has passed and there is no reason),
    `ChangedMeanwhile`.
    """
    _check(day, reason)
    if seen == (is_workday, note):
        return
    if seen is None:
        try:
            with transaction.atomic():
                CalendarDay.objects.create(date=day, is_workday=is_workday, note=note)
        except IntegrityError:
            raise ChangedMeanwhile from None
    elif not _as_seen(day, seen).update(is_workday=is_workday, note=note):
        raise ChangedMeanwhile
    _audit(actor, day, seen, (is_workday, note), reason)


@transaction.atomic
def day_forget(*, actor: Any, day: date, seen: Seen, reason: str = "") -> None:
    """Take the company's word back: the day is again what the calendar of the country says.

    Raises as `day_say` does.
    """
    _check(day, reason)
    if seen is None or not _as_seen(day, seen).delete()[0]:
        raise ChangedMeanwhile
    _audit(actor, day, seen, None, reason)


def _as_seen(day: date, seen: tuple[bool, str]) -> Any:
    return CalendarDay.objects.filter(date=day, is_workday=seen[0], note=seen[1])


def _check(day: date, reason: str) -> None:
    settled = settled_through()
    if settled and day <= settled:
        raise PolicyRefused(_("The month of this day is final: its days stay as they are."))
    if day < clock.today() and not reason.strip():
        raise PolicyRefused(_("The day has passed: write the reason."))


def _audit(actor: Any, day: date, before: Seen, after: Seen, reason: str) -> None:
    changes: dict[str, Any] = {
        "is_workday": [_word(before), _word(after)],
        "note": [before[1] if before else "", after[1] if after else ""],
    }
    if reason.strip():
        changes["reason"] = ["", reason.strip()]
    changes |= in_place(actor, *EDIT_CALENDAR)
    audit(actor=actor, action="calendar", subject=f"calendarday {day}", changes=changes)


def _word(seen: Seen) -> str:
    if seen is None:
        return ""
    return "yes" if seen[0] else "no"

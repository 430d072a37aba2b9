"""Numbers that the program gives to records: one after the other in a month, none twice."""

from django.db import models
from django.db.models import Max

from core import clock
from core.db import queue_up
from core.months import Month

DIGITS = 4


def next_no(model: type[models.Model], field: str, letter: str) -> str:
    """The next free number of a month, such as `C2611-0007`.

    Runs in the caller's transaction, which keeps all others waiting who want one of this kind.
    """
    queue_up(f"number {letter}")
    month = Month.of(clock.today()).first_day
    stem = f"{letter}{month:%y%m}-"
    made = model._default_manager.filter(**{f"{field}__regex": rf"^{stem}[0-9]{{{DIGITS}}}$"})
    last: str | None = made.aggregate(last=Max(field))["last"]
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1:0{DIGITS}}"

"""The way to punch, on top of the desk: the page itself may ask for the place."""

from collections.abc import Iterator
from typing import Any

from attendance.models import Punch
from attendance.permissions.punching import can_punch
from core import clock
from core.panels import Panel

BEFORE_ALL = -1


def desk(user: Any) -> Iterator[Panel]:
    if not can_punch(user):
        return
    today = clock.today()
    punches = Punch.objects.filter(
        person=user.person, at__gte=clock.start_of(today), at__lt=clock.end_of(today)
    )
    yield Panel(
        key="punch",
        order=BEFORE_ALL,
        title="",
        template="attendance/_desk_punch.html",
        context={"punches": list(punches.order_by("at"))},
    )

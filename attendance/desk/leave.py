"""What leave puts on the desk: requests that wait for one's word, and one's own (LEA-1)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.leave_steps import DECIDES_LEAVE, leaves_to_decide
from attendance.leave_words import leave_words
from attendance.models import Leave, LeaveType, Status
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel

NEWS = timedelta(days=7)  # so long a decision stands on the desk


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role(*DECIDES_LEAVE):
        yield from _to_decide(user)
    if user.person is not None:
        yield from _own(user)


def _names(rows: list[Leave]) -> dict[str, str]:
    """The company's names of types, where one of its own is among them."""
    return dict(LeaveType.objects.values_list("code", "name")) if rows else {}


def _to_decide(user: Any) -> Iterator[Panel]:
    """The first day first; none where nothing waits."""
    waiting = leaves_to_decide(user)
    rows = list(waiting.select_related("person").order_by("start_on", "id")[: SHOWN + 1])
    names = _names(rows)
    if rows:
        yield card(
            key="leaves",
            title=_("Leave to decide"),
            icon="calendar-off",
            url=reverse("leaves_to_decide"),
            waiting=[
                Waiting(
                    text=each.person.name,
                    url=reverse("leave_one", args=[each.pk]),
                    note=leave_words(each, names),
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _own(user: Any) -> Iterator[Panel]:
    """One's own requests that wait, and those decided of late."""
    decided = Q(status__in=(Status.APPROVED, Status.REJECTED), decided_at__gte=clock.now() - NEWS)
    waiting = Q(status=Status.PENDING, end_on__gte=clock.today() - 4 * NEWS)
    found = Leave.objects.filter(waiting | decided, person=user.person)
    rows = list(found.order_by("-start_on", "-pk")[: SHOWN + 1])
    names = _names(rows)
    if rows:
        yield card(
            key="own-leaves",
            title=_("My leave"),
            icon="calendar-off",
            url=reverse("leaves"),
            waiting=[
                Waiting(
                    text=leave_words(each, names),
                    url=reverse("leave_one", args=[each.pk]),
                    note=_note(each),
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )


def _note(leave: Leave) -> str:
    if leave.status == Status.PENDING:
        if leave.type == "sick" and not leave.evidence:
            return _("waits for the medical record")
        return _("waits for a decision")
    if leave.status == Status.REJECTED:
        return _("refused: %(reason)s") % {"reason": leave.reply}
    return str(leave.get_status_display())

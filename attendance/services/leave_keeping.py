"""How a request for leave is held and changed: one write at a time for each person's leave."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.leave_facts import fact_of
from attendance.models import Leave
from attendance.rules.leave_cost import months_of
from core import clock
from core.db import lock_shared, queue_up
from core.files.models import StoredFile
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.templatetags.house import moment
from payroll.models import PayMonth
from payroll.services import close_follow

LEAVE = "leave"
LONGEST_NAME = 180


class LeaveRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(LeaveRefused):
    """Somebody else was first; the message says what came of it."""


def leave_hold(person: Person | int) -> None:
    """Until the transaction ends nobody else writes about this person's leave: overlaps and the
    balance of reward leave are looked at and written as one."""
    pk = person if isinstance(person, int) else person.pk
    queue_up(f"leave {pk}")


def leave_change(leave: Leave, **values: Any) -> None:
    """Change a request that is still as it was seen, or say what it has become.

    A file of the company's counts no version up: what it can change is compared besides.
    """
    seen = Leave.objects.filter(
        pk=leave.pk,
        version=leave.version,
        status=leave.status,
        end_on=leave.end_on,
        end_half=leave.end_half,
        special_case=leave.special_case,
    )
    if seen.update(version=leave.version + 1, **values) != 1:
        raise ChangedMeanwhile(what_it_became(leave.pk))


def leave_reread(leave: Leave, *statuses: str) -> Leave:
    """The request as it is now, held; or what it has become, where it is not as it was seen."""
    leave_hold(leave.person_id)
    now: Leave = Leave.objects.select_related("person__supervisor").get(pk=leave.pk)
    if now.version != leave.version or now.status not in statuses:
        raise ChangedMeanwhile(what_it_became(leave.pk))
    return now


def what_it_became(pk: int) -> str:
    """Who was first, and what came of it."""
    now = Leave.objects.select_related("decided_by__person").get(pk=pk)
    if now.decided_at is None or now.status == "pending":
        if now.status == "pending":
            return _("The request was changed meanwhile; look again.")
        return _("The request is %(status)s already.") % {"status": now.get_status_display()}
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.get_status_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }


def months_hold(leave: Leave) -> bool:
    """Keep a final from coming between while the transaction runs; says whether any month of the
    leave is final already."""
    rows = PayMonth.objects.filter(month__in=list(months_of(fact_of(leave))))
    lock_shared(rows)
    return rows.filter(state=PayMonth.State.FINAL).exists()


def closes_follow(leave: Leave, actor: Any) -> None:
    """Every month it touches that was closed before is reckoned again."""
    for month in months_of(fact_of(leave)):
        close_follow(month=month, actor=actor)


def evidence_keep(leave: Leave, files: Iterable[ReadFile], actor: Any) -> str:
    """Keep files with a request; gives what `Leave.evidence` says of all of them."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=LEAVE, owner=str(leave.pk))
    names = StoredFile.objects.filter(kind=LEAVE, owner=str(leave.pk)).order_by("position")
    return ", ".join(names.values_list("name", flat=True))[:LONGEST_NAME]


def is_before(leave: Leave) -> bool:
    """Whether its first day has not come."""
    return bool(clock.today() < leave.start_on)

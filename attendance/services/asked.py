"""What was asked about a day: approved, refused, withdrawn, an approval taken back (ORG-1).

What it does to the month is the close's business: asked for here, where the month was closed.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.kinds import MAKE_UPS, Kind, kind_of
from attendance.services.asked_telling import decided_tell
from attendance.services.make_ups import punch_make, punch_take_back
from attendance.services.months import month_must_be_open
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.months import Month
from core.services import audit, audit_subject
from core.templatetags.house import moment
from payroll.services import close_follow


@transaction.atomic
def asked_approve(*, row: Any, reply: str = "", actor: Any = None) -> Any:
    """Approve what waits, as it was seen. Raises `ChangedMeanwhile` for who comes second."""
    kind = kind_of(row)
    _must_wait(row)
    _decide(row, kind, "day approved", kind.approved, reply, actor)
    if kind is MAKE_UPS:
        punch_make(row=row, actor=actor)
    close_follow(month=Month.of(kind.day_of(row)), actor=actor)
    return _told(row, kind, actor)


@transaction.atomic
def asked_refuse(*, row: Any, reply: str, actor: Any = None) -> Any:
    """Refuse what waits, as it was seen, with the reason. Raises `ChangedMeanwhile`."""
    kind = kind_of(row)
    _must_say_why(reply)
    _must_wait(row)
    _decide(row, kind, "day refused", "rejected", reply, actor)
    return _told(row, kind, actor)


@transaction.atomic
def asked_undo(*, row: Any, reply: str, actor: Any = None) -> Any:
    """Take an approval back, with the reason, while the month of its day is not final."""
    kind = kind_of(row)
    _must_say_why(reply)
    if row.status != kind.approved:
        raise ChangedMeanwhile(what_it_became(row))
    month = Month.of(kind.day_of(row))
    month_must_be_open(month)
    _decide(row, kind, "approval taken back", kind.over, reply, actor)
    if kind is MAKE_UPS:
        punch_take_back(row=row, actor=actor)
    close_follow(month=month, actor=actor)
    return _told(row, kind, actor)


@transaction.atomic
def asked_withdraw(*, row: Any, actor: Any = None) -> Any:
    """Whoever asked lets it be. Raises `ChangedMeanwhile` where it was decided before."""
    kind = kind_of(row)
    _must_wait(row)
    change(row, status=kind.withdrawn)
    _audited(row, "day withdrawn", {"status": [row.status, kind.withdrawn]}, actor)
    return kind.model.objects.get(pk=row.pk)


def change(row: Any, **values: Any) -> None:
    """Change what is still as it was seen, or say what it has become."""
    kind = kind_of(row)
    as_seen = {name: getattr(row, name) for name in kind.seen}
    seen = kind.model.objects.filter(pk=row.pk, version=row.version, **as_seen)
    if seen.update(version=row.version + 1, **values) != 1:
        raise ChangedMeanwhile(what_it_became(row))


def what_it_became(row: Any) -> str:
    """Who was first, and what came of it."""
    kind = kind_of(row)
    now = kind.model.objects.select_related("decided_by__person").get(pk=row.pk)
    if now.status == "pending":
        return _("It was changed meanwhile; look again.")
    if now.decided_at is None:
        return _("It is %(state)s already.") % {"state": now.get_status_display()}
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": now.decided_by.get_full_name() if now.decided_by else "—",
        "state": now.get_status_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }


def _must_wait(row: Any) -> None:
    if row.status != "pending":
        raise ChangedMeanwhile(what_it_became(row))


def _must_say_why(reply: str) -> None:
    if not reply.strip():
        raise AttendanceRefused(_("A decision needs its reason."))


def _decide(row: Any, kind: Kind, action: str, status: str, reply: str, actor: Any) -> None:
    said = reply.strip()
    change(row, status=status, reply=said, decided_by=actor, decided_at=clock.now())
    changes: dict[str, Any] = {"status": [row.status, status]}
    if said:
        changes["reply"] = [row.reply, said]
    changes |= in_place(actor, *deciding_roles(row.person.role_set))
    _audited(row, action, changes, actor)


def _audited(row: Any, action: str, changes: dict[str, Any], actor: Any) -> None:
    audit(actor=actor, action=action, subject=audit_subject(row), changes=changes)


def _told(row: Any, kind: Kind, actor: Any) -> Any:
    decided = kind.model.objects.select_related("person").get(pk=row.pk)
    decided_tell(row=decided, kind=kind, actor=actor)
    return decided

"""A machine or network that failed: excused in one decision for all it touched (ATT-6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from attendance.models import Outage
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.months import Month
from core.services import audit, audit_subject
from payroll.models import PayMonth
from payroll.services import close_follow

DECIDE_OUTAGES = ("manager", "admin")
LONGEST_DAYS = 28  # so that it lies in two months at the most


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed from when until when; `team`: whom alone it touched, empty: everybody."""

    start_at: datetime
    end_at: datetime
    reason: str
    team: str = ""


@transaction.atomic
def outage_decide(*, failure: Failure, token: UUID, actor: Any = None) -> Outage:
    """Excuse all that an outage touched. One form sent twice decides once."""
    if sent := Outage.objects.filter(token=token).first():
        return sent
    _check(failure)
    try:
        with transaction.atomic():
            outage = Outage.objects.create(
                start_at=failure.start_at,
                end_at=failure.end_at,
                team=failure.team,
                reason=failure.reason.strip(),
                decided_by=actor,
                token=token,
            )
    except IntegrityError:
        return Outage.objects.get(token=token)
    changes: dict[str, Any] = {
        "start_at": [None, outage.start_at.isoformat()],
        "end_at": [None, outage.end_at.isoformat()],
        "team": [None, outage.team],
        "reason": [None, outage.reason],
        **in_place(actor, *DECIDE_OUTAGES),
    }
    audit(actor=actor, action="record", subject=audit_subject(outage), changes=changes)
    _months_follow(outage, actor)
    return outage


@transaction.atomic
def outage_take_back(*, outage: Outage, reason: str, actor: Any = None) -> Outage:
    """Take the decision back, with the reason: what it excused counts again.

    Only while no month it touched is final. Raises `AttendanceRefused`, `ChangedMeanwhile`.
    """
    if not reason.strip():
        raise AttendanceRefused(_("A decision needs its reason."))
    for month in months_of(outage):
        if PayMonth.objects.filter(month=month, state=PayMonth.State.FINAL).exists():
            raise AttendanceRefused(_("%(month)s is final.") % {"month": month})
    standing = Outage.objects.filter(pk=outage.pk, taken_back_at=None)
    if standing.update(taken_back_at=clock.now(), taken_back_why=reason.strip()) != 1:
        raise ChangedMeanwhile(_("It is taken back already."))
    audit(
        actor=actor,
        action="cancel",
        subject=audit_subject(outage),
        changes={
            "taken_back_why": ["", reason.strip()],
            **in_place(actor, *DECIDE_OUTAGES),
        },
    )
    _months_follow(outage, actor)
    return Outage.objects.get(pk=outage.pk)


def months_of(outage: Outage) -> list[Month]:
    """The months an outage lies in."""
    first, last = (Month.of(clock.local_date(at)) for at in (outage.start_at, outage.end_at))
    return [first] if first == last else [first, last]


def _check(failure: Failure) -> None:
    if failure.end_at <= failure.start_at:
        raise AttendanceRefused(_("It ends before it starts."))
    if failure.end_at > clock.now():
        raise AttendanceRefused(_("Say it once it is over."))
    if (failure.end_at - failure.start_at).days >= LONGEST_DAYS:
        raise AttendanceRefused(
            _("An outage lasts less than %(days)s days.") % {"days": LONGEST_DAYS}
        )
    if not failure.reason.strip():
        raise AttendanceRefused(_("Say what failed."))


def _months_follow(outage: Outage, actor: Any) -> None:
    for month in months_of(outage):
        close_follow(month=month, actor=actor)

"""Waivers: a charge forgiven, and its forgiveness taken back. The ledger follows at the close."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.jobs import job_request
from core.models import JobRun
from core.months import Month
from core.services import audit
from payroll.charging import party_of
from payroll.models import Entry, PayMonth, Waiver
from payroll.rules.appeals import decider_of


class CannotWaive(Exception):
    """The charge cannot be forgiven; the message says why, in the reader's language."""


@transaction.atomic
def waiver_grant(*, key: str, reason: str, actor: Any = None) -> Waiver:
    """Forgive the charge under a key. Granting what is granted changes nothing.

    Raises `CannotWaive` without a reason, or where no such charge stands.
    """
    if not reason.strip():
        raise CannotWaive(_("a waiver needs its reason"))
    if standing := Waiver.objects.filter(key=key, withdrawn_at=None).first():
        return standing
    if not Entry.objects.standing().filter(key=key).exists():
        raise CannotWaive(_("no charge stands under %(key)s") % {"key": key})
    # Of two at the same moment the index lets one in; the other finds that it stands.
    waiver, new = Waiver.objects.get_or_create(
        key=key, withdrawn_at=None, defaults={"reason": reason.strip(), "granted_by": actor}
    )
    if new:
        audit(
            actor=actor,
            action="waive",
            subject=f"charge {key}",
            changes={"reason": [None, reason.strip()], **_in_place(actor, key)},
        )
    return waiver


@transaction.atomic
def waiver_withdraw(*, key: str, reason: str, actor: Any = None) -> bool:
    """Take a waiver back; says whether one stood. Raises `CannotWaive` without a reason."""
    if not reason.strip():
        raise CannotWaive(_("a waiver needs its reason"))
    standing = Waiver.objects.filter(key=key, withdrawn_at=None)
    was = standing.values_list("reason", flat=True).first()
    withdrawn = standing.update(
        withdrawn_at=clock.now(), withdrawn_by=actor, withdrawal_reason=reason.strip()
    )
    if withdrawn:
        changes = {
            "reason": [was, None],
            "withdrawal_reason": [None, reason.strip()],
            **_in_place(actor, key),
        }
        audit(actor=actor, action="unwaive", subject=f"charge {key}", changes=changes)
    return bool(withdrawn)


def _in_place(actor: Any, key: str) -> Mapping[str, str]:
    """For whom they stand in who decide on this charge in somebody's place (ORG-1)."""
    charged = Entry.objects.filter(key=key, person__isnull=False).select_related("person").first()
    if charged is None or charged.person is None:
        return {}
    return in_place(actor, decider_of(party_of(charged.person)).value)


def close_follow(*, month: Month, actor: Any = None) -> JobRun | None:
    """Ask that a month's statements follow what was decided, where it has been closed before.

    One that is still open and was never closed follows by its own close: None.
    """
    closed = PayMonth.objects.filter(month=month).exclude(state=PayMonth.State.OPEN)
    if not closed.exists():
        return None
    return job_request(kind="close", subject=str(month), actor=actor)

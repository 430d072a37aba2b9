"""Waivers: a charge forgiven, and its forgiveness taken back. The ledger follows at the close."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit
from payroll.models import Entry, Waiver


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
    waiver = Waiver.objects.create(key=key, reason=reason.strip(), granted_by=actor)
    audit(actor=actor, action="waive", subject=f"charge {key}", changes={"reason": reason.strip()})
    return waiver


@transaction.atomic
def waiver_withdraw(*, key: str, actor: Any = None) -> bool:
    """Take a waiver back; says whether one stood."""
    reason = Waiver.objects.filter(key=key, withdrawn_at=None).values_list("reason", flat=True)
    changes = {"reason": [reason.first(), None]}
    withdrawn = Waiver.objects.filter(key=key, withdrawn_at=None).update(withdrawn_at=clock.now())
    if withdrawn:
        audit(actor=actor, action="unwaive", subject=f"charge {key}", changes=changes)
    return bool(withdrawn)

"""Whoever does not want to be disturbed: marked by who hears it, lifted by the manager (S6.20)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from customers.models import Call, Customer, QuietMark
from customers.services.files import file_locked
from customers.services.refusals import ChangedMeanwhile, VisitRefused


@transaction.atomic
def quiet_mark(*, customer: Customer, reason: str, actor: Any) -> QuietMark:
    """Mark a customer as not to be disturbed: from now on nobody calls them (VIS-4). Marked twice,
    the first mark stands. Raises `VisitRefused` without a reason."""
    if not reason.strip():
        raise VisitRefused(_("A decision needs its reason."))
    held = file_locked(customer.pk)
    if standing := QuietMark.objects.standing().filter(customer=held).first():
        return standing  # type: ignore[no-any-return]
    made = QuietMark.objects.create(
        customer=held, reason=reason.strip()[:500], marked_by=actor, marked_at=clock.now()
    )
    Customer.objects.filter(pk=held.pk).update(do_not_disturb=True)
    # Nobody calls back who may not call.
    waiting = Call.objects.filter(customer=held, back_at__isnull=False, back_done_at=None)
    waiting.update(back_done_at=clock.now())
    audit(
        actor=actor,
        action="not to be disturbed",
        subject=audit_subject(held),
        changes={"do_not_disturb": [False, True], "reason": [None, made.reason]},
    )
    return made


@transaction.atomic
def quiet_lift(*, customer: Customer, reason: str, actor: Any) -> None:
    """Lift the mark, with the reason; it stays as history. Raises `VisitRefused`, and
    `ChangedMeanwhile` where none stands."""
    if not reason.strip():
        raise VisitRefused(_("A decision needs its reason."))
    held = file_locked(customer.pk)
    standing = QuietMark.objects.standing().filter(customer=held)
    said = {"lifted_by": actor, "lifted_at": clock.now(), "lift_reason": reason.strip()}
    if standing.update(**said) != 1:
        raise ChangedMeanwhile(_("The mark was lifted meanwhile."))
    Customer.objects.filter(pk=held.pk).update(do_not_disturb=False)
    audit(
        actor=actor,
        action="may be disturbed again",
        subject=audit_subject(held),
        changes={
            "do_not_disturb": [True, False],
            "reason": [None, said["lift_reason"]],
            **actor.in_place_of("manager"),
        },
    )

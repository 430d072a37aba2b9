"""What is decided about more absent days than the regulation bears (ATT-5): by people, never by
the program."""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from attendance.models import AbsenceDecision
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core.months import Month
from core.services import audit, audit_subject
from payroll.models import Finding

DECIDE_ABSENCE = ("manager", "admin")


@transaction.atomic
def absence_decide(
    *, person: Person, month: Month, number: int, kind: str, reason: str, actor: Any
) -> AbsenceDecision:
    """Record a decision on a finding, as the `number`th: who decides at the same time is told.

    It ends no contract. Raises `AttendanceRefused` where there is no finding any more.
    """
    if not reason.strip():
        raise AttendanceRefused(_("A decision needs its reason."))
    days = days_found(person, month)
    if days is None:
        raise AttendanceRefused(_("There is no such finding any more."))
    if AbsenceDecision.objects.filter(person=person, month=month).count() != number - 1:
        raise _overtaken()
    try:
        with transaction.atomic():
            decision = AbsenceDecision.objects.create(
                person=person,
                month=month,
                number=number,
                days=days,
                kind=kind,
                reason=reason.strip(),
                decided_by=actor,
            )
    except IntegrityError:
        raise _overtaken() from None
    audit(
        actor=actor,
        action="absence decided",
        subject=audit_subject(person),
        changes={
            "month": ["", str(month)],
            "kind": ["", kind],
            "reason": ["", decision.reason],
            **in_place(actor, *DECIDE_ABSENCE),
        },
    )
    return decision


def days_found(person: Person, month: Month) -> Decimal | None:
    """The absent days of a finding that stands, as the last close found it."""
    found = Finding.objects.filter(person=person, month=month, rule="ATT-5").first()
    return found.days if found else None


def _overtaken() -> ChangedMeanwhile:
    return ChangedMeanwhile(_("Somebody decided meanwhile: look again."))

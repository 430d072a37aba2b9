"""The company's own leave types, and its word on the regulation's (LEA-4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attendance.models import Leave, LeaveType, Status
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused
from core import clock
from core.services import audit, audit_subject

# What a close reckons with: a month reckoned again gives the same yuan (POL-1).
RECKONED = ("pay_rate", "monthly_cap_days")


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the company says of a type. `pay_rate` as a share of one."""

    name: str
    pay_rate: Decimal
    evidence_needed: bool
    monthly_cap_days: Decimal | None
    past_cap: str

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.name.strip(),
            "pay_rate": self.pay_rate,
            "evidence_needed": self.evidence_needed,
            "monthly_cap_days": self.monthly_cap_days,
            "past_cap": self.past_cap,
        }


@transaction.atomic
def leave_type_make(*, code: str, facts: TypeFacts, actor: Any = None) -> LeaveType:
    """Define a type. Raises `LeaveRefused` where its code is taken."""
    try:
        with transaction.atomic():
            kind = LeaveType.objects.create(code=code, **facts.fields())
    except IntegrityError:
        raise LeaveRefused(_("There is a type with this code already.")) from None
    changes = {name: [None, str(value)] for name, value in facts.fields().items()}
    audit(actor=actor, action="add", subject=audit_subject(kind), changes=changes)
    return kind


@transaction.atomic
def leave_type_change(*, kind: LeaveType, facts: TypeFacts, actor: Any = None) -> LeaveType:
    """Change a type as it was seen. Pay rate and limit stay once leave of the type was approved:
    months that are over would come to something else."""
    fields = facts.fields()
    changes = {
        name: [str(getattr(kind, name)), str(value)]
        for name, value in fields.items()
        if getattr(kind, name) != value
    }
    used = Leave.objects.filter(type=kind.code, status=Status.APPROVED)
    if changes.keys() & set(RECKONED) and used.exists():
        raise LeaveRefused(
            _(
                "Leave of this type was approved: pay rate and limit stay. Define another type, "
                "and retire this one."
            )
        )
    _change(kind, **fields)
    if changes:
        audit(actor=actor, action="edit", subject=audit_subject(kind), changes=changes)
    return LeaveType.objects.get(pk=kind.pk)


@transaction.atomic
def leave_type_retire(*, kind: LeaveType, actor: Any = None) -> LeaveType:
    """Retire a type as it was seen: it is not asked for any more; a retired one, it is again."""
    retired_on = None if kind.retired_on else clock.today()
    _change(kind, retired_on=retired_on)
    audit(
        actor=actor,
        action="leave type retired" if retired_on else "leave type again",
        subject=audit_subject(kind),
        changes={"retired_on": [_text(kind.retired_on), _text(retired_on)]},
    )
    return LeaveType.objects.get(pk=kind.pk)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _change(kind: LeaveType, **values: Any) -> None:
    seen = LeaveType.objects.filter(pk=kind.pk, version=kind.version)
    if seen.update(version=kind.version + 1, **values) != 1:
        raise ChangedMeanwhile(_("The type was changed meanwhile; look again."))

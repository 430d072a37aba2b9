"""A record that is not genuine: voided with its reason, answered, and decided by another (VIS-1).

Points and charges follow by convergence: the month of the visit is closed again where it was.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from core import clock
from core.months import Month
from customers.models import Visit
from customers.services.changing import change_audited
from customers.services.refusals import ChangedMeanwhile, VisitRefused
from customers.services.telling import void_answered_tell, void_decided_tell, void_tell
from payroll.services import close_follow

NOBODY: dict[str, Any] = {
    "reply": "",
    "replied_at": None,
    "settled_by": None,
    "settled_at": None,
    "settled_reason": "",
}


@transaction.atomic
def visit_void(*, visit: Visit, reason: str, actor: Any) -> Visit:
    """Void a visit that is not genuine, as it was seen, with the reason; its points follow.

    Raises `VisitRefused`, `ChangedMeanwhile` for who comes second.
    """
    if not reason.strip():
        raise VisitRefused(_("A decision needs its reason."))
    if visit.void:
        raise ChangedMeanwhile(_("The visit is void already."))
    said = {"voided_by": actor, "voided_at": clock.now(), "void_reason": reason.strip()}
    voided: Visit = _changed(visit, "visit voided", actor, void=True, **said, **NOBODY)
    void_tell(visit=voided, actor=actor)
    return voided


@transaction.atomic
def void_answer(*, visit: Visit, text: str, actor: Any) -> Visit:
    """What the salesperson says to it, once; somebody else than who voided it decides then."""
    if not text.strip():
        raise VisitRefused(_("Write what you have to say."))
    if not visit.void or visit.settled_at:
        raise ChangedMeanwhile(_("It was decided meanwhile; look again."))
    if visit.replied_at:
        raise ChangedMeanwhile(_("You have answered already."))
    answered: Visit = change_audited(
        visit, action="void answered", actor=actor, reply=text.strip(), replied_at=clock.now()
    )
    void_answered_tell(visit=answered, actor=actor)
    return answered


@transaction.atomic
def void_decide(*, visit: Visit, restore: bool, reason: str, actor: Any) -> Visit:
    """Restore a void visit, or let it stay void, with the reason. That it is another than who
    voided it says whoever calls (`can_settle_void`)."""
    if not reason.strip():
        raise VisitRefused(_("A decision needs its reason."))
    if not visit.void or visit.settled_at:
        raise ChangedMeanwhile(_("It was decided meanwhile; look again."))
    said = {"settled_by": actor, "settled_at": clock.now(), "settled_reason": reason.strip()}
    action = "visit restored" if restore else "visit stays void"
    decided: Visit = _changed(visit, action, actor, void=not restore, **said)
    void_decided_tell(visit=decided, actor=actor)
    return decided


def _changed(visit: Visit, action: str, actor: Any, **values: Any) -> Visit:
    more = in_place(actor, *deciding_roles(visit.person.role_set))
    changed: Visit = change_audited(visit, action=action, actor=actor, more=more, **values)
    close_follow(month=Month.of(clock.local_date(visit.at)), actor=actor)
    return changed

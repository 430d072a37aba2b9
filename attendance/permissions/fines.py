"""Who takes the cash of fines, who signs for it, who sees the pool and absence (ATT-2 to ATT-5)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from attendance.models import FineHandover, FinePayment
from attendance.services.absence import DECIDE_ABSENCE
from attendance.services.fines import SIGN_FOR_IT, TAKE_CASH
from core.permissions import ALLOWED, Decision

SEE_CASH = ("manager", "leader", "finance", "cashier")
SEE_POOL = ("salesperson", "supervisor", "manager", "leader", "finance", "cashier", "admin")
SEE_FINED = (*SEE_CASH, "admin")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_take_cash(user: Any) -> Decision:
    if _holds(user, *TAKE_CASH):
        return ALLOWED
    return Decision(False, _("Cash of fines is taken by the manager."))


def can_take_cash_of(user: Any, person: Person) -> Decision:
    """The manager's own fine is taken by somebody else (ORG-1)."""
    allowed = can_take_cash(user)
    return may_decide(user, person, *TAKE_CASH) if allowed else allowed


def can_see_fines(user: Any) -> Decision:
    """The page of fines: who takes the cash, and who gives it back out of the till."""
    return ALLOWED if _holds(user, *SIGN_FOR_IT) else can_take_cash(user)


def can_give_back(user: Any, payment: FinePayment) -> Decision:
    """Whoever has the cash: the manager who took it, or the cashier who signed for it."""
    if user.person_id == payment.person_id:
        return Decision(False, _("Nobody decides on what is their own."))
    handover = payment.handover
    if handover is None and payment.taken_by_id is not None:
        if payment.taken_by_id == user.pk:
            return can_take_cash(user)
        return Decision(False, _("It is given back by whoever took it."))
    if handover is not None and handover.signed_at is None:
        return Decision(False, _("It is on its way: the cashier signs for it first."))
    if _holds(user, *SIGN_FOR_IT):
        return ALLOWED
    return Decision(False, _("It is given back by the cashier."))


def can_see_cash(user: Any) -> Decision:
    if _holds(user, *SEE_CASH):
        return ALLOWED
    return Decision(False, _("Cash of fines is for the manager, the leader and those of money."))


def can_sign(user: Any, handover: FineHandover) -> Decision:
    if not _holds(user, *SIGN_FOR_IT):
        return Decision(False, _("The cashier signs for cash."))
    if handover.made_by_id == user.pk:
        return Decision(False, _("Who hands cash over does not sign for it."))
    return ALLOWED


def can_see_pool(user: Any) -> Decision:
    if _holds(user, *SEE_POOL):
        return ALLOWED
    return Decision(False, _("The pool is for salespeople, those who lead and those of money."))


def can_see_absence(user: Any) -> Decision:
    if _holds(user, *DECIDE_ABSENCE, "leader"):
        return ALLOWED
    return Decision(False, _("Findings of absence are for personnel and the manager."))


def can_decide_absence(user: Any, person: Person) -> Decision:
    """Personnel and the manager, on nobody they stand in for and never on themselves."""
    if not _holds(user, *DECIDE_ABSENCE):
        return Decision(False, _("Personnel and the manager decide on it."))
    return may_decide(user, person, *DECIDE_ABSENCE)

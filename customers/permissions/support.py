"""Who asks for support, who answers (CUS-6, ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide
from core.permissions import ALLOWED, Decision
from customers.models import SupportRequest


def can_see_support(user: Any) -> Decision:
    """Whoever belongs to the company may be asked to help."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Support is for people on the company's file."))


def can_ask_support(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Support is asked for by salespeople."))


def can_answer(user: Any, request: SupportRequest) -> Decision:
    """The ladder of ORG-1; never who asked, nor the colleague whom it is about."""
    if not request.is_waiting:
        return Decision(False, _("The request does not wait any more."))
    if user.person_id is not None and user.person_id == request.colleague_id:
        return Decision(False, _("Nobody decides on what is their own."))
    return may_decide(user, request.person)


def can_end(user: Any, request: SupportRequest) -> Decision:
    """What came of it tells who helps; or who answered, if they do not."""
    if not request.is_taken:
        return Decision(False, _("Nobody helps at the moment."))
    if user.person_id is not None and user.person_id == request.helper_id:
        return ALLOWED
    if request.answered_by_id == user.pk and user.person_id != request.person_id:
        return ALLOWED
    return Decision(False, _("What came of it is told by who helps."))


def can_withdraw(user: Any, request: SupportRequest) -> Decision:
    if user.person_id is None or user.person_id != request.person_id:
        return Decision(False, _("It is withdrawn by whoever asked for it."))
    if not request.is_waiting:
        return Decision(False, _("The request does not wait any more."))
    return ALLOWED

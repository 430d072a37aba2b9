"""Who may do what with the books (ORG-1). Whose pay one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.months import Month
from core.permissions import ALLOWED, Decision

WORK_ON_BOOKS = ("manager", "finance")
SEE_MONTHS = (*WORK_ON_BOOKS, "cashier", "leader", "supervisor")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_months(user: Any) -> Decision:
    """The pages about a whole month; what they show is still each one's own people."""
    if _holds(user, *SEE_MONTHS):
        return ALLOWED
    return Decision(
        False,
        _(
            "The pages of a month are for the manager, finance, the cashier, the leader "
            "and supervisors."
        ),
    )


def can_export(user: Any) -> Decision:
    return can_see_months(user)


def can_load(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("Facts are loaded by the manager or finance."))


def can_close(user: Any, month: Month) -> Decision:
    if not _holds(user, *WORK_ON_BOOKS):
        return Decision(False, _("A month is closed by the manager or finance."))
    if month.first_day > clock.today():
        return Decision(False, _("The month has not begun yet."))
    return ALLOWED


def can_see_jobs(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS, "leader", "admin"):
        return ALLOWED
    return Decision(
        False, _("The jobs are for the manager, finance, personnel and the company leader.")
    )


def can_run_jobs(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("A failed job is run again by the manager or finance."))


def can_final(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("A month is made final by the manager or finance."))

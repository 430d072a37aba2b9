"""Who may do what with the books (ORG-1). Whose pay one may see is in `querysets`."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.months import Month
from core.permissions import ALLOWED, Decision
from payroll.payouts import SEE_ACCOUNTS
from payroll.querysets import SEE_ALL_PAY

if TYPE_CHECKING:
    from payroll.models import BankAccount

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


def can_see_payout(user: Any) -> Decision:
    """The list of what a month pays out: whoever sees everybody's pay."""
    if _holds(user, *SEE_ALL_PAY):
        return ALLOWED
    return Decision(
        False, _("The payout list is for finance, the cashier, the manager and the leader.")
    )


def can_pay_out(user: Any) -> Decision:
    if _holds(user, "finance"):
        return ALLOWED
    return Decision(False, _("Pay is paid out by finance."))


def can_see_accounts(user: Any) -> Decision:
    if _holds(user, *SEE_ACCOUNTS):
        return ALLOWED
    return Decision(False, _("The list of bank accounts is for finance and personnel."))


def can_enter_account(user: Any, person: Person) -> Decision:
    """One's own, or anybody's for personnel and finance."""
    if _holds(user, *SEE_ACCOUNTS) or user.person_id == person.pk:
        return ALLOWED
    return Decision(False, _("A bank account is entered by its owner, personnel or finance."))


def can_decide_account(user: Any, account: "BankAccount") -> Decision:
    """Finance or personnel, but neither the owner nor whoever entered it."""
    if not _holds(user, *SEE_ACCOUNTS):
        return Decision(False, _("Bank accounts are confirmed by finance or personnel."))
    if user.pk == account.entered_by_id or user.person_id == account.person_id:
        return Decision(
            False, _("Somebody else confirms it: not the owner, and not who entered it.")
        )
    return ALLOWED


def can_reveal_account(user: Any, account: "BankAccount") -> Decision:
    if _holds(user, "finance") or user.person_id == account.person_id:
        return ALLOWED
    return Decision(False, _("The whole number is for its owner and finance."))

"""Who calls, who keeps the scripts, who lifts a do-not-disturb mark (VIS-4, ORG-1). Whose calls
one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide
from core.permissions import ALLOWED, Decision
from customers.models import Call, Customer
from customers.permissions.files import can_keep
from customers.permissions.visits import is_own, leads_sellers


def can_see_calls(user: Any) -> Decision:
    if leads_sellers(user) or user.has_role("salesperson"):
        return ALLOWED
    return Decision(
        False,
        _("Telephone sales are for salespeople, supervisors, the manager and the company leader."),
    )


def can_call(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Customers are called by salespeople."))


def can_end_call(user: Any, call: Call) -> Decision:
    if not is_own(user, call.person_id):
        return Decision(False, _("What came of a call tells whoever made it."))
    if not call.is_open:
        return Decision(False, _("What came of this call is told already."))
    return ALLOWED


def can_write_scripts(user: Any) -> Decision:
    """The company's: nobody changes it for themselves (S6.18)."""
    if user.is_superuser or user.has_role("manager"):
        return ALLOWED
    return Decision(False, _("Telephone scripts are written by the manager."))


def can_mark_quiet(user: Any, customer: Customer) -> Decision:
    if customer.do_not_disturb:
        return Decision(False, _("The customer is marked already."))
    return can_keep(user, customer)


def can_lift_quiet(user: Any, customer: Customer) -> Decision:
    """The manager alone: a supervisor's team has figures to gain by one more call. Of a customer
    of the manager's own decides the leader (ORG-1)."""
    if not customer.do_not_disturb:
        return Decision(False, _("The customer is not marked."))
    if user.is_superuser:
        return ALLOWED
    if customer.owner is not None:
        found = may_decide(user, customer.owner, "manager")
        return found if found else Decision(False, _lifts())
    return ALLOWED if user.has_role("manager") else Decision(False, _lifts())


def sees_numbers_of_before(user: Any) -> bool:
    """Who reads in a file's history what its numbers were: the manager, who lifts marks too."""
    return bool(user.is_superuser or user.has_role("manager"))


def _lifts() -> str:
    return _("A do-not-disturb mark is lifted by the manager, never for a customer of their own.")

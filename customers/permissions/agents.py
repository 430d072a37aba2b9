"""Who keeps prefectures and agents (CUS-5). Which agents one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.querysets import led_ids
from core.permissions import ALLOWED, Decision
from customers.models import Agency, Customer


def can_add_prefecture(user: Any) -> Decision:
    if user.is_superuser or user.has_role("manager"):
        return ALLOWED
    return Decision(False, _("Prefectures are put on the list by the manager."))


def can_talk(user: Any) -> Decision:
    """Talks are written down by who sells, leads those who do, or the manager."""
    if user.is_superuser or user.has_role("salesperson", "supervisor", "manager"):
        return ALLOWED
    return Decision(False, _("Talks are written down by who holds them, or the manager."))


def can_keep_agency(user: Any, agency: Agency) -> Decision:
    return can_keep_agent(user, agency.customer)


def can_keep_agent(user: Any, customer: Customer) -> Decision:
    """Whose customer it is, who leads them, the manager."""
    is_own = user.person_id is not None and user.person_id == customer.owner_id
    if user.is_superuser or user.has_role("manager") or is_own:
        return ALLOWED
    if customer.owner_id in led_ids(user):
        return ALLOWED
    return Decision(
        False, _("An agent is kept by whose customer it is, who leads them, and the manager.")
    )

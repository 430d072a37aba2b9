"""Who looks at suspicions and decides on them (DIS-3, ORG-1). Which ones is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide_on
from conduct.models import Suspicion
from core.permissions import ALLOWED, Decision


def can_see_suspicions(user: Any) -> Decision:
    """The list: the manager's alone; whoever is above them comes in where one names the manager,
    and by that one is decided by them."""
    if user.is_superuser or user.has_role("manager"):
        return ALLOWED
    if user.has_role("leader", "admin") and Suspicion.objects.visible_to(user).exists():
        return ALLOWED
    return Decision(False, _("This list is for the manager alone."))


def can_decide_suspicion(user: Any, suspicion: Suspicion) -> Decision:
    """Dismiss it or take it up: never who is named in it."""
    return may_decide_on(user, [suspicion.gains, suspicion.loses], "manager")

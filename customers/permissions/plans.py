"""Who plans visits (VIS-5)."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from customers.models import VisitPlan
from customers.permissions.visits import is_own


def can_change_plan(user: Any, plan: VisitPlan) -> Decision:
    """Whoever goes plans; their supervisor sees the week."""
    if not is_own(user, plan.person_id):
        return Decision(False, _("A visit is planned by whoever makes it."))
    if plan.dropped_at:
        return Decision(False, _("It was dropped."))
    return ALLOWED

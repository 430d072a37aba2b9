"""Who may simulate a draft (ORG-1): it shows everybody's pay."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from payroll.simulation.models import SEE_SIMULATIONS


def can_simulate(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_SIMULATIONS):
        return ALLOWED
    return Decision(
        False, _("Simulations show pay: they are for the manager, finance and the company leader.")
    )

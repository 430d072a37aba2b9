"""What the books hand in to the page of a draft policy: its simulations, and asking for one."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.panels import Panel
from payroll.models import PayMonth
from payroll.simulation.models import PolicySimulation
from payroll.simulation.permissions import can_simulate
from policy.models import PolicyDraft

SHOWN = 10
MONTHS = 24


def draft(user: Any, *, draft: PolicyDraft) -> Iterator[Panel]:
    if not can_simulate(user):
        return
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).order_by("-month")
    simulations = PolicySimulation.objects.visible_to(user).filter(draft=draft)
    yield Panel(
        key="simulations",
        title=_("Simulation"),
        template="payroll/simulation/_panel.html",
        context={
            "draft": draft,
            "months": list(closed.values_list("month", flat=True)[:MONTHS]),
            "simulations": list(
                simulations.select_related("draft", "requested_by__person")[:SHOWN]
            ),
        },
    )

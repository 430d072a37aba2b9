"""A draft of the policy, and what last month would have been under it (POL-1)."""

from datetime import time

from core import clock
from core.months import Month
from payroll.simulation.services import simulation_request
from policy.models import PolicyDraft
from policy.services import draft_change, draft_make
from salesforce.demo.played.stage import ago, jobs_work_off, user

NAME = "迟到罚款与拜访积分调整"
CHANGES = {"late_fine": "8.00", "points_min": "28", "meal_rate": "0.50"}


def draft_play(*, closed: Month) -> None:
    """The manager drafts it for the month after next, and has last month reckoned under it."""
    manager = user("M001")
    effective_on = Month.of(clock.today()).next().next().first_day
    with ago(2, time(14, 10)):
        draft = draft_make(actor=manager, name=NAME, effective_on=effective_on)
        draft_change(
            actor=manager,
            draft=draft,
            seen_version=draft.version,
            name=NAME,
            effective_on=effective_on,
            changes=CHANGES,
        )
    drafted = PolicyDraft.objects.get(pk=draft.pk)
    simulation_request(actor=manager, draft=drafted, month=closed, whole_month=True)
    jobs_work_off()

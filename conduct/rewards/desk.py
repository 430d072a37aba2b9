"""What rewards put on the desk: to decide, and promotions that personnel plans (REW-1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.models import RewardProposal
from conduct.rewards.tables import what
from core.desk import SHOWN, Waiting, card
from core.panels import Panel


def desk(user: Any) -> Iterator[Panel]:
    """A query for those who decide, another for personnel."""
    if user.person is None or not user.has_role("manager", "leader", "admin"):
        return
    rows = RewardProposal.objects.decided_by_role(user).select_related("person").order_by("pk")
    waiting = [
        Waiting(
            text=f"{row.person.name} · {what(row)}",
            url=reverse("reward_proposal", args=[row.pk]),
            note=row.reason,
        )
        for row in rows[: SHOWN + 1]
    ]
    if waiting:
        yield card(
            key="reward-proposals",
            title=_("Rewards to decide"),
            icon="gift",
            url=reverse("reward_proposals") + "?state=proposed",
            waiting=waiting,
        )
    if user.has_role("admin"):
        yield from _promotions(user)


def _promotions(user: Any) -> Iterator[Panel]:
    rows = RewardProposal.objects.to_carry_out().exclude(person=user.person_id)
    waiting = [
        Waiting(
            text=str(row.person),
            url=reverse("person_position", args=[row.person.employee_no]),
            note=row.reason,
        )
        for row in rows.select_related("person").order_by("pk")[:SHOWN]
    ]
    if waiting:
        yield card(
            key="promotions",
            title=_("Promotions to plan"),
            icon="trending-up",
            waiting=waiting,
        )

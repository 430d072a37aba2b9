"""The list of proposed rewards (REW-1)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models import RewardProposal
from conduct.navigation import tabs
from conduct.rewards.filters import RewardFilter
from conduct.rewards.permissions import can_propose
from conduct.rewards.tables import RewardTable
from core.lists import Empty, List
from policy.clauses import clause_of


class RewardList(List):
    """What one proposed, of one's team, and one's own granted ones; the latest first."""

    key = "reward_proposals"
    title = _("Rewards")
    table = RewardTable
    filterset = RewardFilter
    fixed = ("person", "state")
    page_template = "lists/chapter.html"
    nothing = Empty(
        _("No rewards yet"),
        _("Supervisors and the manager propose them, the manager decides."),
        "gift",
    )

    def rows(self) -> QuerySet[RewardProposal]:
        return RewardProposal.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("person", "proposed_by")

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_propose(self.user):
            acts = [(reverse("reward_propose"), _("Propose a reward"), "plus")]
        return {"tabs": tabs(self.request), "acts": acts, "clauses": [clause_of("REW-1")]}

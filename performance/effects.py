"""What followed from an appraisal, as far as its reader may know (KPI-1, REW-1, DIS-1)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.models import Proceeding, RewardProposal
from performance.models import Appraisal, AppraisalEffect


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that was proposed: what, where it stands, how it stands."""

    label: Any
    url: str
    state: Any


def effects_of(user: Any, appraisal: Appraisal) -> list[Effect]:
    """What was proposed from it. A case is told to those alone whom it concerns."""
    rows = list(AppraisalEffect.objects.filter(appraisal=appraisal))
    rewards = RewardProposal.objects.visible_to(user).in_bulk([row.reward_id for row in rows])
    cases = Proceeding.objects.visible_to(user).in_bulk([row.proceeding_id for row in rows])
    found = []
    for row in rows:
        if reward := rewards.get(row.reward_id):
            url = reverse("reward_proposal", args=[reward.pk])
            found.append(Effect(_("Bonus proposed"), url, reward.get_state_display()))
        elif case := cases.get(row.proceeding_id):
            url = reverse("proceeding", args=[case.pk])
            found.append(Effect(_("Case reported"), url, case.get_state_display()))
    return found

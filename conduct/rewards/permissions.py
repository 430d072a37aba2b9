"""Who proposes rewards and decides on them (REW-1, ORG-1). Which ones one sees: `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import led_ids
from conduct.models import RewardProposal
from core.permissions import ALLOWED, Decision

PROPOSES = ("supervisor", "manager", "leader")


def can_see_rewards(user: Any) -> Decision:
    """The list, where each sees their own, and the wall of honour: whoever works here."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Rewards are for whoever works here."))


def can_propose(user: Any) -> Decision:
    if user.person is not None and user.has_role(*PROPOSES):
        return ALLOWED
    return Decision(False, _("Rewards are proposed by supervisors, the manager and the leader."))


def can_propose_for(user: Any, person: Person) -> Decision:
    """Of one's team, the manager and the leader everybody; never oneself."""
    other = person.pk != user.person_id
    if other and (user.has_role("manager", "leader") or person.pk in led_ids(user)):
        return ALLOWED
    return Decision(False, _("You propose rewards for those you lead, and not for yourself."))


def can_decide_reward(user: Any, row: RewardProposal) -> Decision:
    """The manager; the manager's own the leader, the leader's personnel (ORG-1)."""
    return may_decide(user, row.person, "manager")


def can_withdraw(user: Any, row: RewardProposal) -> Decision:
    if user.person_id is not None and user.person_id == row.proposed_by_id:
        return ALLOWED
    return Decision(False, _("A proposal is withdrawn by whoever made it."))

"""Days of reward leave given, and taken back where they are not used (LEA-3)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.leave_facts import grant_fact, grants_of, leave_rules, rewards_taken
from attendance.leave_steps import SECOND
from attendance.models import RewardGrant
from attendance.rules.rewards import reward_balance
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused, leave_hold
from attendance.services.leave_telling import grant_tell
from core import clock
from core.services import audit, audit_subject

MOST_DAYS = Decimal(30)


@transaction.atomic
def reward_give(
    *, person: Person, days: Decimal, use_by: date, reason: str, token: UUID, actor: Any
) -> RewardGrant:
    """Give somebody days of reward leave from today on. The same form sent twice gives once."""
    leave_hold(person)
    sent: RewardGrant | None = RewardGrant.objects.filter(token=token).first()
    if sent is not None:
        if sent.person_id != person.pk:
            raise LeaveRefused(_("Open the form anew and send it again."))
        return sent
    if not 0 < days <= MOST_DAYS or days * 2 % 1:
        raise LeaveRefused(_("Days are given in halves, at most %(most)s.") % {"most": MOST_DAYS})
    if use_by < clock.today():
        raise LeaveRefused(_("The last day to use them has passed."))
    if not reason.strip():
        raise LeaveRefused(_("Reward leave needs its reason."))
    grant: RewardGrant = RewardGrant.objects.create(
        person=person,
        days=days,
        granted_on=clock.today(),
        use_by=use_by,
        reason=reason.strip(),
        granted_by=actor,
        token=token,
    )
    changes = {"days": [None, str(days)], "use_by": [None, str(use_by)]}
    _audit(grant, "reward given", changes, actor)
    grant_tell(grant=grant, actor=actor)
    return grant


@transaction.atomic
def reward_take_back(*, grant: RewardGrant, why: str, actor: Any) -> RewardGrant:
    """Take days back that no approved leave uses. Raises `LeaveRefused`."""
    if not why.strip():
        raise LeaveRefused(_("A decision needs its reason."))
    leave_hold(grant.person_id)
    now: RewardGrant = RewardGrant.objects.select_related("person").get(pk=grant.pk)
    if now.taken_back_at is not None:
        raise ChangedMeanwhile(_("These days were taken back already."))
    if _is_used(now):
        raise LeaveRefused(_("Some of these days are used by approved leave."))
    now.taken_back_at, now.taken_back_why = clock.now(), why.strip()
    now.save(update_fields=["taken_back_at", "taken_back_why"])
    _audit(now, "reward taken back", {"days": [str(now.days), None]}, actor)
    grant_tell(grant=now, actor=actor)
    return now


def _is_used(grant: RewardGrant) -> bool:
    """Whether approved leave would lie uncovered without it."""
    grants = [grant_fact(each) for each in grants_of([grant.person_id])[grant.person_id]]
    taken = rewards_taken(grant.person, leave_rules())
    without = [each for each in grants if each.key != grant.pk]
    uncovered = reward_balance(grants, taken).uncovered
    return len(reward_balance(without, taken).uncovered) > len(uncovered)


def _audit(grant: RewardGrant, action: str, changes: dict[str, Any], actor: Any) -> None:
    roles = deciding_roles(grant.person.role_set, frozenset(SECOND))
    audit(
        actor=actor,
        action=action,
        subject=audit_subject(grant),
        changes={**changes, **in_place(actor, *roles)},
    )

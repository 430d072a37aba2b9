"""Doors of cases and rewards (DIS-1, REW-1, ORG-1). Her case was reported by her mate; it goes to
the manager. Closed to all but those concerned: her own supervisor is none of them.

The wall of honour is for everybody.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.urls import reverse

from conduct.models import Objection, Proceeding, Proposal, RewardProposal, Verdict
from tests.access.door import Door, plain, those
from tests.access.world import (
    EVERYBODY,
    HER_DEED,
    HER_PRIZE,
    World,
)
from tests.builders import person as somebody
from tests.cast import (
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    SUPERVISOR,
)

CONCERNED = those(SHE, MATE, MANAGER, LEADER)
SIDES = those(SHE, MANAGER, LEADER)  # who reported her finds the case, and not her side of it
# Her mate reads whom she reported.
HER_NAME = (next(member.name for member in MEMBERS if member.employee_no == SHE),)
PROPOSED = those(SUPERVISOR, MANAGER, LEADER, PERSONNEL)


def at(name: str, pk: Callable[[World], int]) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[pk(world)])


def prize(name: str) -> Callable[[World], str]:
    return at(name, lambda world: world.her_prize.pk)


def seen(world: World) -> dict[str, Any]:
    return {"version": 0, "dismiss-version": 0, "dismiss-why": "hearsay"}


def state(world: World) -> Any:
    return list(Proceeding.objects.order_by("pk").values_list("state", "version"))


def word(of: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {f"{of}-reply": "so it is", "do": "refuse"}


def prizes(world: World) -> Any:
    return list(RewardProposal.objects.order_by("pk").values_list("state", flat=True))


def reported(world: World) -> dict[str, Any]:
    """About somebody who is none of those who come."""
    return {
        "token": str(uuid4()),
        "offence": "dress",
        "about": somebody("Y077").employee_no,
        "happened_on": "2026-11-02",
        "facts": "sandals",
    }


def decided(world: World) -> dict[str, Any]:
    side = world.her_side
    said = {"version": 0, "proven": "yes", "sanction": "warning", "reason": "sandals"}
    return {f"s{side.pk}-{name}": value for name, value in said.items()}


DOORS = {
    "proceedings": Door(plain("proceedings"), get=EVERYBODY, tells=HER_NAME),
    "proceeding_new": Door(
        plain("proceeding_new"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=reported,
        effect=lambda world: Proceeding.objects.count(),
    ),
    # Its files, and the page of one that is decided: tests/access/test_cases.py.
    "proceeding": Door(
        at("proceeding", lambda world: world.her_case.pk),
        get=CONCERNED,
        hidden=True,
        shows=lambda world: HER_DEED,
        tells=HER_NAME,
    ),
    "proceeding_hearing": Door(
        at("proceeding_hearing", lambda world: world.her_reported_case.pk),
        post=those(MANAGER),
        hidden=True,
        sees=those(MATE, LEADER),
        data=seen,
        effect=state,
    ),
    "proceeding_end": Door(
        at("proceeding_end", lambda world: world.her_reported_case.pk),
        post=those(MANAGER),
        hidden=True,
        sees=those(MATE, LEADER),
        data=seen,
        effect=state,
    ),
    "proceeding_reply": Door(
        at("proceeding_reply", lambda world: world.her_unanswered_side.pk),
        post=those(SHE),
        hidden=True,
        sees=SIDES,
        data=lambda world: {"token": str(uuid4()), "text": "they were shoes"},
        effect=state,
    ),
    "proceeding_verdict": Door(
        at("proceeding_verdict", lambda world: world.her_side.pk),
        post=those(MANAGER),
        hidden=True,
        sees=SIDES,
        data=decided,
        effect=lambda world: Verdict.objects.count(),
    ),
    "proceeding_object": Door(
        at("proceeding_object", lambda world: world.her_verdict.pk),
        post=those(SHE),
        hidden=True,
        sees=CONCERNED,
        data=lambda world: {"text": "not so"},
        effect=lambda world: Objection.objects.count(),
    ),
    "proceeding_objection": Door(
        at("proceeding_objection", lambda world: world.her_objection.pk),
        post=those(LEADER),
        hidden=True,
        sees=CONCERNED,
        data=word("objection"),
        effect=lambda world: Objection.objects.get().state,
    ),
    "proceeding_proposal": Door(
        at("proceeding_proposal", lambda world: world.her_verdict.proposal.pk),
        post=those(LEADER),
        hidden=True,
        sees=CONCERNED,
        data=word("proposal"),
        effect=lambda world: Proposal.objects.get().state,
    ),
    "suspicion_proceeding": Door(
        at("suspicion_proceeding", lambda world: world.her_suspicion_taken_up.pk),
        post=those(MANAGER),
        hidden=True,
        data=lambda world: {"offence": "poaching"},
        effect=lambda world: Proceeding.objects.count(),
    ),
    "honour": Door(plain("honour"), get=EVERYBODY),
    "reward_proposals": Door(plain("reward_proposals"), get=EVERYBODY),
    "reward_propose": Door(
        plain("reward_propose"),
        get=those(SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER),
        # For those one leads.
        post=those(SUPERVISOR, MANAGER, LEADER),
        data=lambda world: {
            "token": str(uuid4()),
            "person": SHE,
            "kind": "praise",
            "reason": "well done",
        },
        effect=prizes,
    ),
    "reward_proposal": Door(
        prize("reward_proposal"), get=PROPOSED, hidden=True, shows=lambda world: HER_PRIZE
    ),
    "reward_proposal_decision": Door(
        prize("reward_proposal_decision"),
        post=those(MANAGER),
        hidden=True,
        sees=PROPOSED,
        data=lambda world: {"do": "approve", "reply": ""},
        effect=prizes,
    ),
    "reward_proposal_withdrawal": Door(
        prize("reward_proposal_withdrawal"),
        post=those(SUPERVISOR),
        hidden=True,
        sees=PROPOSED,
        effect=prizes,
    ),
}

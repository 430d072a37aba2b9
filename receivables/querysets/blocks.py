"""Who gets no new slips today, and why (SLIP-3, SLIP-4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.house import day
from receivables.models import BlockLift, Discrepancy
from receivables.querysets.custody import InHand, money_in_hand


@dataclass(slots=True)
class Block:
    """What stands between somebody and new slips; `lift`: the manager's word for today."""

    person_id: int
    name: str = ""
    earlier: list[InHand] = field(default_factory=list)
    differences: int = 0
    lift: BlockLift | None = None

    @property
    def stands(self) -> bool:
        return self.lift is None

    @property
    def since(self) -> date | None:
        return self.earlier[0].day if self.earlier else None

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        if self.differences:
            return _("a difference at the counter is not settled yet")
        return _("money received on %(day)s is not handed in yet") % {"day": day(self.since)}


def blocks_of(people: Iterable[Any] | None = None) -> dict[int, Block]:
    """By person, with those whose block is lifted today; `people`: of whom, none is of everybody.
    Four queries."""
    today = clock.today()
    found: dict[int, Block] = {}
    for held in money_in_hand(people):
        if held.day < today:
            block = found.setdefault(held.person_id, Block(held.person_id, held.name))
            block.earlier.append(held)
    differences = Discrepancy.objects.unsettled()
    lifts = BlockLift.objects.filter(date=today).select_related("lifted_by__person")
    if people is not None:
        people = list(people)
        differences = differences.filter(handover__person__in=people)
        lifts = lifts.filter(person__in=people)
    for pk, name in differences.values_list("handover__person_id", "handover__person__name"):
        found.setdefault(pk, Block(pk, name)).differences += 1
    if found:
        for lift in lifts:
            if lift.person_id in found:
                found[lift.person_id].lift = lift
    return found

"""How far it is to the next tier of commission (COMM-1). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from policy.rules import Tier, marginal


@dataclass(frozen=True, slots=True)
class Standing:
    """Commission as it stands: yuan handed in, what it earns, the rate of the next yuan.

    `missing`, `next_rate`: so many yuan more, and what is above them earns that rate; None in the
    last tier. Money that is undone takes its commission back by itself (PAY-1).
    """

    handed_in: Decimal
    due: Decimal
    rate: Decimal
    missing: Decimal | None = None
    next_rate: Decimal | None = None


def standing(handed_in: Decimal, tiers: Sequence[Tier]) -> Standing:
    """Where somebody stands. A tier's own bound still belongs to it; with it reached, the next
    yuan earns the next rate."""
    due = marginal(handed_in, tiers)
    for tier, following in zip(tiers, [*tiers[1:], None], strict=True):
        if tier.up_to is None or following is None:
            return Standing(handed_in, due, tier.rate)
        if handed_in < tier.up_to:
            missing = tier.up_to - handed_in
            return Standing(handed_in, due, tier.rate, missing, following.rate)
    raise ValueError("tiers have an end")

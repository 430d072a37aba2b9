"""The lawful limits of what a month may bear for losses (PAY-4). Pure.

The source is article 16 of the Provisional Regulations on Payment of Wages (工资支付暂行规定):
compensation for a loss that the worker caused may be taken from pay, but of a month's wage no more
than 20 %, and what remains must not fall under the local minimum wage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.money import ZERO, round_down, round_half_up, total
from policy.rules import Policy

LOSS_RULES = frozenset({"GOOD-1", "GOOD-2", "RES-4", "RES-6"})
"""Compensation for a loss: goods damaged or lost, property broken, half the cost of a lawsuit, a
dead debt. A fine (late, absent, without a record, past the cutoff) compensates nothing; the reserve
is the salesperson's own money; what an earlier statement left owing was judged on it."""

WAGE_RULES = frozenset({"BASE", "COMM-1", "REW-1", "LEA-4", "DIS-2"})
"""What was earned: base salary, commission and bonus, less leave without pay and what a decided
case forfeits. Reimbursements, refunds of the reserve and shares of the pool are no wage."""

NO_DEDUCTION = frozenset({"PAY-4", "PAY-6"})
"""What settles another month is neither wage nor deduction of this one."""

SOURCE = "工资支付暂行规定 第十六条"


@dataclass(frozen=True, slots=True)
class MonthLimit:
    """What a month may bear for losses, in yuan, and the figures behind it.

    `losses`: what this month's lines take for losses, net of what they give back. `others`: all
    else that is taken. `minimum`: the local minimum wage for the part of the month employed; 0 is
    not checked.
    """

    wage: Decimal
    losses: Decimal
    others: Decimal
    rate: Decimal
    minimum: Decimal

    @property
    def by_rate(self) -> Decimal:
        """The share of the wage that losses may take, parts of a fen left to the salesperson."""
        return round_down(max(self.wage, ZERO) * self.rate)

    @property
    def rest(self) -> Decimal:
        """The wage after all that is taken for anything but losses."""
        return self.wage - self.others

    @property
    def bearable(self) -> Decimal:
        """The most that losses may take in this month; never less than nothing."""
        if not self.minimum:
            return self.by_rate
        return min(self.by_rate, max(self.rest - self.minimum, ZERO))

    def is_over_rate(self, taken: Decimal) -> bool:
        return taken > self.by_rate

    def is_under_minimum(self, taken: Decimal) -> bool:
        """Whether the wage that is left falls under the minimum; never where that is unchecked."""
        return bool(self.minimum) and self.rest - max(taken, ZERO) < self.minimum


def month_limit(by_rule: Mapping[str, Decimal], policy: Policy, employed: Decimal) -> MonthLimit:
    """The limit of a month from its lines, summed by rule (plus: what the salesperson gets).

    `employed`: the share of the month's workdays the salesperson was employed; the minimum wage is
    that of the same share.
    """
    return MonthLimit(
        wage=total(amount for rule, amount in by_rule.items() if rule in WAGE_RULES),
        losses=-total(amount for rule, amount in by_rule.items() if rule in LOSS_RULES),
        others=-total(_others(by_rule)),
        rate=policy.deduction_cap_rate,
        minimum=round_half_up(policy.minimum_wage * employed),
    )


def _others(by_rule: Mapping[str, Decimal]) -> Iterable[Decimal]:
    looked_at = LOSS_RULES | WAGE_RULES | NO_DEDUCTION
    return (min(amount, ZERO) for rule, amount in by_rule.items() if rule not in looked_at)


@dataclass(frozen=True, slots=True)
class Carrying:
    """What a limit makes of a month: `over` goes on to later months, `taken` comes from earlier
    ones; one of them is always nothing. In yuan."""

    over: Decimal
    taken: Decimal


def carry(losses: Decimal, owed: Decimal, bearable: Decimal | None) -> Carrying:
    """Split losses between this month and later ones (PAY-4).

    `losses`: this month's own, net of what is given back; `owed`: carried over before. This month's
    come first, then what was carried, as far as `bearable` goes (None: no limit is in force, and
    all that was carried is taken). What is taken in all, `losses` − `over` + `taken`, is never more
    than `bearable`, and nothing vanishes: owed afterwards is `owed` + `over` − `taken`.
    """
    if bearable is None:
        return Carrying(ZERO, owed)
    if losses > bearable:
        return Carrying(losses - bearable, ZERO)
    return Carrying(ZERO, min(owed, bearable - losses))

"""What a forfeit takes, and a cut bonus (DIS-1, DIS-2, S9-2.2 to 2.7). Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.money import ZERO
from payroll.rules import BASE, Charge

WAGES_AND_BONUSES = (BASE, "COMM-1", "REW-1")
BONUS, FORFEIT = "REW-1", "DIS-2"


def forfeitable(charges: Iterable[Charge]) -> dict[str, dict[str, Decimal]]:
    """Base salary, commission and bonus of each salesperson's month, by rule, in yuan."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for charge in charges:
        if charge.rule in WAGES_AND_BONUSES:
            found[charge.employee_no][charge.rule] += charge.on_pay
    return found


def bonuses_left(charges: Iterable[Charge]) -> dict[str, Decimal]:
    """The bonuses of each salesperson's month, in yuan; none where a forfeit took them."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    gone = set()
    for charge in charges:
        if charge.rule == BONUS:
            found[charge.employee_no] += charge.on_pay
        elif charge.rule == FORFEIT:
            gone.add(charge.employee_no)
    return {no: amount for no, amount in found.items() if no not in gone}


def cuts(bonus: Decimal, wanted: Sequence[Decimal]) -> list[Decimal]:
    """What each cut takes of a month's bonuses, one after the other: never more than is left."""
    taken = []
    for amount in wanted:
        taken.append(min(amount, bonus))
        bonus -= taken[-1]
    return taken

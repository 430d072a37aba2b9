"""What a forfeit takes: all wages and bonuses of the month (DIS-2, S9-2.2 to 2.7). Pure."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from core.money import ZERO
from payroll.rules import BASE, Charge

WAGES_AND_BONUSES = (BASE, "COMM-1", "REW-1")


def forfeitable(charges: Iterable[Charge]) -> dict[str, dict[str, Decimal]]:
    """Base salary, commission and bonus of each salesperson's month, by rule, in yuan."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for charge in charges:
        if charge.rule in WAGES_AND_BONUSES:
            found[charge.employee_no][charge.rule] += charge.on_pay
    return found

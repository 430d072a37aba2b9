"""Where a statement meets a lawful limit, with the figures and the source (PAY-4). Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Person
from core.money import ZERO
from core.months import Month
from payroll.rules import PersonFacts, employed_share
from payroll.rules.limits import SOURCE, MonthLimit, month_limit
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook


@dataclass(frozen=True, slots=True)
class LimitMark:
    """A limit that a statement meets. `taken`: for losses in all, what was carried included."""

    limit: MonthLimit
    taken: Decimal
    in_force: bool
    source: str = SOURCE

    @property
    def is_over_rate(self) -> bool:
        return self.limit.is_over_rate(self.taken)

    @property
    def is_under_minimum(self) -> bool:
        return self.limit.is_under_minimum(self.taken)

    @property
    def percent(self) -> Decimal:
        return self.limit.rate * 100

    @property
    def left(self) -> Decimal:
        """The wage that is left after all deductions."""
        return self.limit.rest - max(self.taken, ZERO)


def mark_of(
    person: Person,
    month: Month,
    by_rule: Mapping[str, Decimal],
    book: PolicyBook | None = None,
) -> LimitMark | None:
    """The limit that these lines of a month that is over meet; None where they meet none."""
    if not by_rule:
        return None
    policy = (book or policy_book()).on(month.last_day)
    limit = month_limit(by_rule, policy, _share(person, month) if policy.minimum_wage else ZERO)
    taken = limit.losses - by_rule.get("PAY-4", ZERO)
    mark = LimitMark(limit, taken, policy.deduction_cap_on)
    return mark if mark.is_over_rate or mark.is_under_minimum else None


def _share(person: Person, month: Month) -> Decimal:
    on_file = PersonFacts(
        person.employee_no, person.channel, person.hired_on, person.left_on, person.base_salary
    )
    if on_file.employed_all(month):
        return Decimal(1)
    return employed_share(on_file, workdays().of(month))

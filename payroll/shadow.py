"""A month in the shadow: its statements as they would be, with nothing posted (PAY-2).

What stands on them already, as a correction of a final month, is a line of them as well.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from core.money import ZERO, total
from payroll.assessment import Assessment


def shadow_rows(assessment: Assessment, *, total_name: str) -> Iterator[tuple[str, str, Decimal]]:
    """Statement rows (employee no., rule, yuan) of an assessed month."""
    context = assessment.context
    lines: dict[str, dict[str, Decimal]] = {
        p.employee_no: defaultdict(lambda: ZERO)
        for p in context.people
        if p.employed_in(context.month)
    }
    for employee_no, rule, amount in _all_lines(assessment):
        lines.setdefault(employee_no, defaultdict(lambda: ZERO))[rule] += amount
    for employee_no in sorted(lines):
        rows = [(rule, amount) for rule, amount in lines[employee_no].items() if amount]
        rows.append((total_name, total(lines[employee_no].values())))
        for rule, amount in sorted(rows):
            yield employee_no, rule, amount


def _all_lines(assessment: Assessment) -> Iterator[tuple[str, str, Decimal]]:
    for employee_no, by_rule in assessment.context.corrections.items():
        for rule, amount in by_rule.items():
            yield employee_no, rule, amount
    for charge in assessment.charges:
        if charge.on_pay:
            yield charge.employee_no, charge.rule, charge.on_pay

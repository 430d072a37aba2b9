"""A month in the shadow: its statements as they would be, with nothing posted (PAY-2)."""

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
    for charge in assessment.charges:
        if charge.on_pay:
            by_rule = lines.setdefault(charge.employee_no, defaultdict(lambda: ZERO))
            by_rule[charge.rule] += charge.on_pay
    for employee_no in sorted(lines):
        rows = [(rule, amount) for rule, amount in lines[employee_no].items() if amount]
        rows.append((total_name, total(lines[employee_no].values())))
        for rule, amount in sorted(rows):
            yield employee_no, rule, amount

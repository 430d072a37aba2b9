"""What a month's close gives, as tables: statements, duties, findings (`formats.md`)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from accounts.models import Person
from core.money import total
from core.months import Month
from core.tables.writing import Export
from payroll.models import Duty, Finding, PayMonth
from payroll.querysets import pay_visible_people, statement_lines

TOTAL = "TOTAL"


def is_closed(month: Month) -> bool:
    return PayMonth.objects.filter(month=month).exclude(state=PayMonth.State.OPEN).exists()


def statement_people(month: Month, lines: dict[str, Any]) -> list[str]:
    """Employee numbers of a month's statements: salespeople employed in it, or with lines.

    None before the month is closed: zeros would look like a result.
    """
    if not is_closed(month):
        return []
    employed = Person.objects.salespeople().employed_in(month).values_list("employee_no", flat=True)
    return sorted({*employed, *(no for no, by_rule in lines.items() if any(by_rule.values()))})


def statement_rows(month: Month, user: Any = None) -> Iterator[tuple[str, str, Decimal]]:
    """The month's entries summed by rule, zero rows left out, a TOTAL a person (PAY-2)."""
    lines = statement_lines(month)
    for employee_no in seen_by(user, statement_people(month, lines)):
        by_rule = lines.get(employee_no, {})
        rows = [(rule, amount) for rule, amount in by_rule.items() if amount]
        rows.append((TOTAL, total(by_rule.values())))
        for rule, amount in sorted(rows):
            yield employee_no, rule, amount


def seen_by(user: Any, employee_nos: list[str]) -> list[str]:
    """Those of these whose pay a user may see; None: the command line, which sees all."""
    if user is None:
        return employee_nos
    allowed = set(pay_visible_people(user).values_list("employee_no", flat=True))
    return [no for no in employee_nos if no in allowed]


def duty_rows(month: Month, user: Any = None) -> Iterator[tuple[Any, ...]]:
    duties = Duty.objects.filter(month=month)
    if user is not None:
        duties = duties.visible_to(user)
    rows = duties.values_list("person__employee_no", "rule", "points")
    for employee_no, rule, points in sorted(rows):
        yield employee_no, rule, month, points


def finding_rows(month: Month, user: Any = None) -> Iterator[tuple[Any, ...]]:
    findings = Finding.objects.filter(month=month).to_decide()
    if user is not None:
        findings = findings.visible_to(user)
    rows = findings.values_list("person__employee_no", "rule", "days")
    for employee_no, rule, days in sorted(rows):
        yield employee_no, rule, f"{days.normalize():f}"


statements = Export(
    name="statements",
    zh="工资单",
    rows=statement_rows,
    columns=(("employee_no", "工号"), ("rule", "条款"), ("amount", "金额")),
)
duties = Export(
    name="duties",
    zh="值日",
    rows=duty_rows,
    columns=(("employee_no", "工号"), ("rule", "条款"), ("month", "月份"), ("points", "积分")),
)
findings = Export(
    name="findings",
    zh="待定事项",
    rows=finding_rows,
    columns=(("employee_no", "工号"), ("rule", "条款"), ("days", "天数")),
)

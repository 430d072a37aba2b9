"""Files of a month's new customers that its end finds incomplete (CUS-1, S3.10)."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count

from customers.models import Customer
from payroll.context import CloseContext
from payroll.rules import Finding, StepResult


def files(context: CloseContext) -> StepResult:
    """Listed once the month is over: until then they can be completed."""
    return StepResult(findings=list(_incomplete(context)))


def _incomplete(context: CloseContext) -> Iterator[Finding]:
    if not context.is_over:
        return
    new = context.among(Customer.objects.standing().new_in(context.month).incomplete(), "owner")
    owners = new.order_by().values_list("owner__employee_no").annotate(n=Count("id"))
    for employee_no, count in sorted(owners.filter(owner__isnull=False)):
        if employee_no in context.by_no:
            yield Finding(
                key=f"CUS-1/{employee_no}/{context.month}",
                employee_no=employee_no,
                rule="CUS-1",
                days=Decimal(count),
            )

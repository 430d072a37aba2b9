"""What visits come to: the cleaning duty (VIS-2) and the fine for no records (VIS-3)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop

from core.db import CompanyDay
from customers.models import SpotCheck, Visit
from customers.rules.points import owes_cleaning, points
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Duty, Evidence, StepResult

NO = "person__employee_no"


def visits(context: CloseContext) -> StepResult:
    """Duties, once the month is over; spot checks as they happen."""
    return StepResult(charges=list(_spot_checks(context)), duties=list(_duties(context)))


def _duties(context: CloseContext) -> Iterator[Duty]:
    if not context.is_over:
        return
    visited = _visited(context)
    for person in context.people:
        got = points(visited.get(person.employee_no, ()))
        if owes_cleaning(person, context.month, got, context.last_version):
            yield Duty(
                key=f"VIS-2/{person.employee_no}/{context.month}",
                employee_no=person.employee_no,
                rule="VIS-2",
                points=got,
            )


def _visited(context: CloseContext) -> dict[str, set[tuple[int, date]]]:
    """Customer and day of every genuine visit in person (every kind but telephone)."""
    found: dict[str, set[tuple[int, date]]] = defaultdict(set)
    rows = (
        context.among(
            Visit.objects.filter(at__gte=context.month.start, at__lt=context.month.end, void=False)
        )
        .exclude(kind=Visit.Kind.TELEPHONE)
        .values_list(NO, "customer_id", CompanyDay("at"))
    )
    for employee_no, customer, day in rows:
        found[employee_no].add((customer, day))
    return found


def _spot_checks(context: CloseContext) -> Iterator[Charge]:
    """200 yuan once a person and day of inspection, however many customers (VIS-3, S9-5.3)."""
    missing: dict[tuple[str, date], list[str]] = defaultdict(list)
    rows = context.among(
        SpotCheck.objects.charged().filter(
            checked_on__gte=context.month.first_day,
            checked_on__lte=context.month.last_day,
        )
    )
    for employee_no, day, customer_no in rows.values_list(
        NO, "checked_on", "customer__customer_no"
    ):
        if context.is_due(day) and employee_no in context.by_no:
            missing[employee_no, day].append(customer_no)
    for (employee_no, day), customers in sorted(missing.items()):
        fine = context.book.on(day).no_record_fine
        if fine:
            yield Charge(
                key=f"VIS-3/{employee_no}/{day}",
                employee_no=employee_no,
                rule="VIS-3",
                source=Account.PAY,
                target=Account.COMPANY,
                amount=fine,
                policy_on=day,
                arithmetic=Arithmetic(
                    gettext_noop("once a day of inspection, however many customers: {fine}"),
                    {"fine": str(fine)},
                ),
                evidence=tuple(
                    Evidence(
                        "spot_checks",
                        f"{employee_no} {customer_no} {day}",
                        gettext_noop("no record of a return visit to {customer}"),
                        {"customer": customer_no},
                    )
                    for customer_no in sorted(customers)
                ),
            )

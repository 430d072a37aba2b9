"""A person's page: statements, duties and findings (PAY-2, VIS-2, ATT-5)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import SEE_EVERYBODY, led_ids
from core.panels import Panel
from payroll.models import Duty, Finding, PayoutLine
from payroll.querysets import sees_all_pay
from payroll.statements import month_sums

MONTHS_SHOWN = 12
PAYMENTS_SHOWN = 3


def person(user: Any, person: Person) -> Iterator[Panel]:
    near = user.person_id == person.pk or person.pk in led_ids(user)
    if person.has_role("salesperson") and (near or sees_all_pay(user)):
        yield Panel(
            key="statements",
            title=_("Statements"),
            template="payroll/_person_statements.html",
            context={
                "person": person,
                "months": partial(_statements, person),
                "payments": partial(_payments, person),
            },
        )
    if near or user.is_superuser or user.has_role(*SEE_EVERYBODY):
        yield Panel(
            key="duties",
            title=_("Duties and findings"),
            template="payroll/_person_duties.html",
            context={
                "duties": partial(_latest, Duty, user, person),
                "findings": partial(_latest, Finding, user, person),
            },
        )


def handover(user: Any, *, person: Person) -> Iterator[Panel]:
    """From a leaver's hand-over list to the final settlement, for whoever may see it (PAY-6)."""
    near = user.person_id == person.pk or person.pk in led_ids(user)
    if person.left_on and person.has_role("salesperson") and (near or sees_all_pay(user)):
        yield Panel(
            key="settlement",
            title=_("Final settlement"),
            template="payroll/_handover_settlement.html",
            context={"person": person},
        )


def _payments(person: Person) -> list[PayoutLine]:
    """The latest payments to the bank. One query."""
    return list(PayoutLine.objects.filter(person=person).order_by("-id")[:PAYMENTS_SHOWN])


def _statements(person: Person) -> list[dict[str, Any]]:
    """The latest months with lines. Two queries."""
    sums = month_sums(Person.objects.filter(pk=person.pk))
    latest = sorted(sums, reverse=True)[:MONTHS_SHOWN]
    return [{"month": month, "total": sums[month][1]} for month in latest]


def _latest(model: Any, user: Any, person: Person) -> list[Any]:
    rows = model.objects.visible_to(user).filter(person=person)
    return list(rows.order_by("-month", "-id")[:MONTHS_SHOWN])

"""How the evidence of charges names the customers' facts."""

from core.services import audit_subject
from customers.models import SpotCheck


def spot_check_subject(row: str) -> str:
    """What the audit trail calls a spot check that evidence names by people's and customers'
    numbers; empty where there is none any more. One query."""
    parts = row.split(" ")
    if len(parts) != 3:
        return ""
    employee_no, customer_no, day = parts
    found = SpotCheck.objects.filter(
        person__employee_no=employee_no, customer__customer_no=customer_no, checked_on=day
    ).first()
    return audit_subject(found) if found else ""

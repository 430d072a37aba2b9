"""The books' items of the main menu."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import JobRun
from core.navigation import NavItem
from payroll.permissions import (
    can_see_accounts,
    can_see_appeals,
    can_see_jobs,
    can_see_months,
)


def failed_jobs() -> Any:
    """How many jobs have failed: read in the query that reads the login (`settings.LOGIN_EXTRAS`),
    so that the alarm in the menu costs no page a query."""
    failed = JobRun.objects.filter(parent=None, state=JobRun.State.FAILED).order_by()
    counted = failed.values("state").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def items(user: Any) -> Iterator[NavItem]:
    if can_see_months(user):
        yield NavItem(_("Months"), reverse("months"), "calendar-days")
    if can_see_jobs(user):
        alarm = getattr(user, "failed_jobs", 0)
        yield NavItem(_("Jobs"), reverse("jobs"), "timer", alarm=alarm, minor=True)
    if user.has_role("salesperson"):
        yield NavItem(_("My statement"), reverse("my_statement"), "wallet")
        yield NavItem(_("My month so far"), reverse("my_month"), "calendar-clock")
    if can_see_appeals(user):
        yield NavItem(_("Appeals"), reverse("appeals"), "scale")
    if can_see_accounts(user):
        yield NavItem(_("Bank accounts"), reverse("bank_accounts"), "landmark", minor=True)
    elif user.has_role("salesperson"):
        yield NavItem(_("My bank account"), reverse("my_bank_account"), "landmark", minor=True)

"""Reads of the policy and the calendar as the values the rules take."""

from datetime import date

from policy.models import CalendarDay, PolicyFreeze, PolicyParameter
from policy.rules import PolicyBook
from policy.workdays import Workdays


def policy_book() -> PolicyBook:
    """All versions of the policy, in one query."""
    return PolicyBook.of(PolicyParameter.objects.values_list("effective_on", "parameter", "value"))


def workdays() -> Workdays:
    """The company's calendar, in one query."""
    return Workdays(dict(CalendarDay.objects.values_list("date", "is_workday")))


def settled_through() -> date | None:
    """The last day whose policy is settled by a final month, or None."""
    return PolicyFreeze.objects.order_by("-through").values_list("through", flat=True).first()

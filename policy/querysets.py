"""Reads of the policy and the calendar as the values the rules take."""

from datetime import date

from django.db.models import QuerySet

from core.once import once
from policy.models import CalendarDay, PolicyDraft, PolicyFreeze, PolicyParameter
from policy.rules import PolicyBook
from policy.workdays import Workdays

DRAFT_POLICY = ("manager", "finance", "admin")
PUT_IN_FORCE = ("manager", "leader")
EDIT_CALENDAR = ("manager", "admin")


@once
def policy_book() -> PolicyBook:
    """All versions of the policy, in one query."""
    return PolicyBook.of(PolicyParameter.objects.values_list("effective_on", "parameter", "value"))


@once
def workdays() -> Workdays:
    """The company's calendar, in one query."""
    return Workdays(dict(CalendarDay.objects.values_list("date", "is_workday")))


def settled_through() -> date | None:
    """The last day whose policy is settled by a final month, or None."""
    return PolicyFreeze.objects.order_by("-through").values_list("through", flat=True).first()


def policy_rows() -> list[tuple[date, str, str]]:
    """Every value of every version: since when, which parameter, what. One query."""
    return list(PolicyParameter.objects.values_list("effective_on", "parameter", "value"))


def own_days(first: date, last: date) -> dict[date, CalendarDay]:
    """The company's own words on days. One query."""
    return {word.date: word for word in CalendarDay.objects.filter(date__range=(first, last))}


def drafts_open() -> QuerySet[PolicyDraft]:
    """The drafts that wait for a decision, the first to count first."""
    return PolicyDraft.objects.filter(state=PolicyDraft.State.DRAFT).order_by("effective_on", "id")

"""Leave in words: its type, its days, what it costs and why."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from attendance.leave_facts import days_between
from attendance.models import Half, Leave
from attendance.rules import REGULATION_LEAVE_TYPES
from attendance.rules.leave_cost import MonthCost
from core.templatetags.house import day as day_words
from core.templatetags.house import month_name, yuan_text
from policy.workdays import Workdays
from policy.yearly import DayRead, Kind, Word, day_read

NAMED = 6  # days of one kind, before the rest are left out
REGULATIONS_OWN = {
    "personal": lambda: _("personal leave"),
    "sick": lambda: _("sick leave"),
    "reward": lambda: _("reward leave"),
}


def type_name(kind: str, names: Mapping[str, str]) -> str:
    if kind in names:
        return names[kind]
    return REGULATIONS_OWN[kind]() if kind in REGULATIONS_OWN else kind


def type_choices(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The regulation's types first, then the company's own."""
    codes = [*REGULATION_LEAVE_TYPES, *(c for c in names if c not in REGULATION_LEAVE_TYPES)]
    return [(code, type_name(code, names)) for code in codes]


def days_text(days: Decimal) -> str:
    """A number of days without trailing zeros."""
    return f"{days.normalize():f}"


def days_words(days: Decimal) -> str:
    """`1 day`, `2.5 days`."""
    return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": days_text(days)}


def span_words(leave: Any) -> str:
    """From when to when; a half is named where it is not the day's own end."""
    start, end = day_words(leave.start_on), day_words(leave.end_on)
    first, last = (Half(half).label for half in (leave.start_half, leave.end_half))
    if leave.start_on == leave.end_on:
        return start if leave.start_half != leave.end_half else f"{start} {first}"
    begins = start if leave.start_half == Half.AM else f"{start} {first}"
    ends = end if leave.end_half == Half.PM else f"{end} {last}"
    return f"{begins} – {ends}"


def leave_words(leave: Leave, names: Mapping[str, str]) -> str:
    return f"{type_name(leave.type, names)} · {span_words(leave)}"


def cost_words(cost: MonthCost, *, refused: bool) -> Iterator[str]:
    """What a month of a request comes to, a sentence each. `refused`: past the allowance nothing
    is approved."""
    month = month_name(cost.month)
    if cost.cap is None or cost.left is None:
        yield _("%(month)s: %(days)s of leave.") % {
            "month": month,
            "days": days_words(cost.days),
        }
    else:
        yield _("%(month)s: %(days)s of leave; %(left)s of %(cap)s left before it.") % {
            "month": month,
            "days": days_words(cost.days),
            "left": days_text(cost.left),
            "cap": days_words(cost.cap),
        }
    if cost.excess and refused:
        yield _("%(days)s too many: past the limit nothing is approved.") % {
            "days": days_words(cost.excess)
        }
    elif cost.excess:
        yield _("%(days)s past the limit: counts as absence, %(fine)s yuan.") % {
            "days": days_words(cost.excess),
            "fine": yuan_text(cost.fine),
        }
    if cost.unpaid:
        yield _("Not paid in full: %(unpaid)s yuan less.") % {"unpaid": yuan_text(cost.unpaid)}


def days_read(first: date, last: date, workdays: Workdays) -> list[DayRead]:
    """The days of a span as the calendar has them, holidays named in the reader's language."""
    own = {day: Word(is_workday) for day, is_workday in workdays.own.items()}
    chinese = (get_language() or "").startswith("zh")
    return [day_read(each, own.get(each), chinese=chinese) for each in days_between(first, last)]


def noteworthy(days: list[DayRead]) -> Iterator[str]:
    """The days of a span that do not count, and those that count against their weekday; why."""
    alike: dict[tuple[Kind, str], list[str]] = {}
    for each in days:
        if each.kind != Kind.WORKDAY:
            alike.setdefault((each.kind, each.name), []).append(day_words(each.date))
    for (kind, name), when in alike.items():
        more = "…" if len(when) > NAMED else ""
        yield _said_of(kind) % {"days": ", ".join(when[:NAMED]) + more, "name": name}


def _said_of(kind: Kind) -> str:
    return {
        Kind.WEEKEND: _("%(days)s: weekend, does not count"),
        Kind.HOLIDAY: _("%(days)s: %(name)s, does not count"),
        Kind.OWN_DAY_OFF: _("%(days)s: the company's day off, does not count"),
        Kind.MAKEUP: _("%(days)s: make-up workday, counts"),
        Kind.OWN_WORKDAY: _("%(days)s: the company's workday, counts"),
    }[kind]

"""How far the people of a month are with their drafts: windows, acknowledgements, appeals (PAY-2).

Reads only.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Max, Sum
from django.utils.translation import gettext as _

from core.money import ZERO
from core.months import Month
from core.templatetags.house import day
from payroll.models import Appeal, Entry, FinalRequest, PayMonth, StatementReview
from payroll.rules import Account
from payroll.rules.appeals import Window, workday_after
from policy.querysets import policy_book, workdays


def objections_from(day: date) -> date:
    """The last day to acknowledge or object, counted from a day in workdays (PAY-2). Two queries.

    As long as that is appeals are given to be decided, too.
    """
    count = policy_book().on(day).objection_workdays
    return workday_after(day, count=count, workdays=workdays())


def last_moment(window: Window) -> datetime:
    """The last minute of a window, as people say it: until the end of a day."""
    return window.ends - timedelta(minutes=1)


def objecting_refused(pay_month: PayMonth | None, now: datetime) -> str:
    """Why a line of a month's statement cannot be objected to any more; empty while it can."""
    if pay_month is None:
        return ""
    if pay_month.is_final:
        return _("The month is final: it cannot be objected to any more.")
    window = pay_month.window
    if window and window.is_over(now):
        return _("The time to object ended at the end of %(day)s.") % {"day": day(window.last_day)}
    return ""


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is not what was acknowledged any more, and by how much."""

    rule: str
    key: str
    for_month: Month
    amount: Decimal


Changes = Mapping[int, list[Change]]


def changed_since_acknowledged(month: Month, people: Iterable[int] | None = None) -> Changes:
    """For each person id whose acknowledgement of a month has lapsed: what changed. One query.

    What was posted since counts where it comes to something: an entry taken back and posted again
    with a better explanation leaves the statement as it was acknowledged.
    """
    entries = Entry.objects.lines().filter(
        pay_month=month,
        person__reviews__month=month,
        person__reviews__state=StatementReview.State.ACKNOWLEDGED,
        id__gt=F("person__reviews__seen_entry"),
    )
    if people is not None:
        entries = entries.filter(person__in=people)
    sums: dict[tuple[int, str, str, Month], Decimal] = defaultdict(lambda: ZERO)
    rows = entries.order_by().values_list("person", "rule", "key", "for_month", "source")
    for *line, source, yuan in rows.annotate(yuan=Sum("amount")):
        sums[tuple(line)] += -yuan if source == Account.PAY else yuan
    found: dict[int, list[Change]] = defaultdict(list)
    for (person, rule, key, for_month), yuan in sorted(sums.items(), key=lambda item: item[0][2]):
        if yuan:
            found[person].append(Change(rule, key, for_month, yuan))
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """What a statement says at a moment: its newest entry, and the fingerprint of its lines."""

    newest: int
    digest: str


def seen_of(month: Month, person_id: int) -> Seen:
    """What there is to acknowledge now. Two queries."""
    lines = Entry.objects.lines().filter(pay_month=month, person=person_id).order_by()
    newest = lines.aggregate(newest=Max("id"))["newest"] or 0
    sums: dict[tuple[Month, str], Decimal] = defaultdict(lambda: ZERO)
    rows = lines.filter(id__lte=newest).values_list("for_month", "key", "source")
    for for_month, key, source, yuan in rows.annotate(yuan=Sum("amount")):
        sums[for_month, key] += -yuan if source == Account.PAY else yuan
    return Seen(newest, digest_of_lines((*line, yuan) for line, yuan in sums.items()))


def digest_of_lines(lines: Iterable[tuple[Month, str, Decimal]]) -> str:
    """A fingerprint of what a statement's lines come to, whatever order they are in."""
    said = sorted(f"{for_month} {key} {yuan:.2f}" for for_month, key, yuan in lines if yuan)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class MonthReview:
    """How far the people of a month are."""

    window: Window | None
    people: int
    acknowledged: int
    lapsed: int
    open_appeals: int

    @property
    def waiting_for(self) -> int:
        """How many have not acknowledged what their statements say now."""
        return self.people - self.acknowledged


def month_review(pay_month: PayMonth) -> MonthReview:
    """How many acknowledged, how many objections are open. Four queries."""
    month = pay_month.month
    people = set(
        Entry.objects.lines()
        .filter(pay_month=month)
        .order_by()
        .values_list("person", flat=True)
        .distinct()
    )
    acknowledged = people & set(
        StatementReview.objects.filter(
            month=month, state=StatementReview.State.ACKNOWLEDGED
        ).values_list("person", flat=True)
    )
    lapsed = acknowledged & changed_since_acknowledged(month).keys()
    return MonthReview(
        window=pay_month.window,
        people=len(people),
        acknowledged=len(acknowledged - lapsed),
        lapsed=len(lapsed),
        open_appeals=Appeal.objects.undecided().filter(pay_month=month).count(),
    )


def final_asked(month: Month) -> FinalRequest | None:
    """What one of finance and the manager asks of a month now. One query."""
    return (
        FinalRequest.objects.filter(month=month, state=FinalRequest.State.ASKED)
        .select_related("asked_by__person")
        .first()
    )

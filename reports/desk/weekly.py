"""What reports put on the desk: one's own that is due, those to read, the day's oral reports
(REP-1, REP-2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.deciding import to_decide_by
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import moment
from policy.querysets import workdays
from reports.models import WeeklyReport
from reports.permissions import can_read_team, can_write_weekly
from reports.reads.oral import oral_counts
from reports.reads.weekly_mine import to_write
from reports.rules.weekly import due_at
from reports.tables.weekly import week_said

State = WeeklyReport.State


def desk(user: Any) -> Iterator[Panel]:
    if can_write_weekly(user):
        yield from _mine(user)
    if can_read_team(user):
        yield from _to_read(user)
    if user.has_role("supervisor"):
        yield from _oral(user)


def _mine(user: Any) -> Iterator[Panel]:
    """What is due and not handed in, and what was returned. One query."""
    open_yet, calendar = to_write(user.person), workdays()
    if open_yet:
        yield card(
            key="weekly-report",
            title=_("My weekly report"),
            icon="file-pen",
            url=reverse("weekly_mine"),
            waiting=[
                Waiting(
                    text=_("Returned: write it again")
                    if returned
                    else _("Hand in the weekly report"),
                    url=reverse("weekly_write", args=[week]),
                    note=week_said(week),
                    due=None if returned else due_at(week, calendar) - timedelta(seconds=1),
                )
                for week, returned in open_yet
            ],
        )


def _to_read(user: Any) -> Iterator[Panel]:
    """What was handed in and waits for one's own word, the oldest first. Two queries."""
    waiting = to_decide_by(WeeklyReport.objects.filter(state=State.HANDED_IN), user)
    rows = list(waiting.select_related("person").order_by("handed_in_at", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="weekly-to-read",
            title=_("Weekly reports to read"),
            icon="file-text",
            url=reverse("weekly_reports") + "?state=handed_in",
            waiting=[
                Waiting(
                    text=row.person.name,
                    url=reverse("weekly_report", args=[row.pk]),
                    note=f"{week_said(row.monday)} · {moment(row.handed_in_at)}",
                )
                for row in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _oral(user: Any) -> Iterator[Panel]:
    """How many of one's people have reported today. Two queries."""
    today = clock.today()
    if today not in workdays():
        return
    ticked, people = oral_counts(user, today)
    if ticked < people:
        yield card(
            key="oral-reports",
            title=_("Oral reports today"),
            icon="mic",
            url=reverse("oral_day", args=[today]),
            waiting=[
                Waiting(
                    text=_("%(ticked)s of %(people)s have reported")
                    % {"ticked": ticked, "people": people},
                    url=reverse("oral_day", args=[today]),
                    note=_("Tick whom you have heard."),
                )
            ],
        )

"""What the books put on the desk: months to close and to make final, failed jobs."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.models import JobRun
from core.money import ZERO
from core.months import Month
from core.panels import Panel
from core.templatetags.house import month_name, yuan_text
from payroll.job_words import job_name, run_says
from payroll.models import PayMonth
from payroll.permissions import can_final, can_see_jobs
from payroll.querysets import sees_all_pay
from payroll.statements import month_sums


def desk(user: Any) -> Iterator[Panel]:
    if can_final(user):
        yield _months()
    elif user.has_role("leader", "cashier") and sees_all_pay(user):
        yield _last_month()
    if can_see_jobs(user):
        yield from _failed_jobs()


def _months() -> Panel:
    """Months that are over and not final yet, the first first (PAY-2)."""
    today = clock.today()
    waiting = list(
        PayMonth.objects.exclude(state=PayMonth.State.FINAL)
        .filter(month__lt=Month.of(today))
        .order_by("month")
    )
    return card(
        key="months",
        title=_("Months to settle"),
        icon="calendar-check",
        url=reverse("months"),
        waiting=[
            Waiting(
                text=month_name(each.month),
                url=reverse("month", args=[each.month]),
                note=_("draft: look through it, then make it final")
                if each.state == PayMonth.State.CLOSED
                else _("not closed yet"),
            )
            for each in waiting
        ],
        empty=_("Every month that is over is final."),
    )


def _last_month() -> Panel:
    """What the latest closed month comes to."""
    sums = month_sums(None)
    latest = max(sums, default=None)
    people, amount = sums[latest] if latest else (0, ZERO)
    return card(
        key="last-month",
        title=_("Statements"),
        icon="wallet",
        url=reverse("statements", args=[latest]) if latest else "",
        figures=[
            Figure(_("Latest month"), month_name(latest) if latest else "—"),
            Figure(_("People"), people),
            Figure(_("In all"), yuan_text(amount) if latest else "—"),
        ],
        empty="" if latest else _("No month has been closed yet."),
    )


def _failed_jobs() -> Iterator[Panel]:
    failed = JobRun.objects.filter(parent=None, state=JobRun.State.FAILED).order_by("-id")
    rows = list(failed[: SHOWN + 1])
    if rows:
        yield card(
            key="failed-jobs",
            title=_("Jobs that failed"),
            icon="triangle-alert",
            url=reverse("jobs"),
            waiting=[
                Waiting(
                    text=f"{job_name(run)} {run.subject}",
                    url=reverse("job", args=[run.pk]),
                    note=run_says(run),
                )
                for run in rows
            ],
            count=failed.count() if len(rows) > SHOWN else len(rows),
        )

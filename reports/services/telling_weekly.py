"""Who is told of weekly reports and suggestions (REP-1, REP-4)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_of
from accounts.models import Person
from core.templatetags.house import day
from notices.services import notice_send
from reports.models import Suggestion, WeeklyComment, WeeklyReport


def handed_in_tell(*, report: WeeklyReport, actor: Any) -> None:
    """Whoever decides on it hears that it waits, each time it is handed in; not whose it is nor
    what it says: an inbox is seen over a shoulder."""
    mine = getattr(actor, "person_id", None)
    notice_send(
        people=[each for each in deciders_of(report.person) if each.pk != mine],
        key=f"weekly/{report.pk}/{report.version}",
        text=gettext_noop("A weekly report waits to be read"),
        values={},
        url=reverse("weekly_report", args=[report.pk]),
        actor=actor,
    )


def decided_tell(*, report: WeeklyReport, actor: Any) -> None:
    """Whoever wrote it hears that it is accepted, or why it is returned."""
    returned = report.state == WeeklyReport.State.RETURNED
    notice_send(
        people=[report.person],
        key=f"weekly/{report.pk}/{report.version}",
        text=gettext_noop("Your weekly report from %(day)s is returned: %(answer)s")
        if returned
        else gettext_noop("Your weekly report from %(day)s is accepted"),
        values={"day": day(report.monday), "answer": report.answer},
        url=reverse("weekly_write", args=[report.monday])
        if returned
        else reverse("weekly_report", args=[report.pk]),
        actor=actor,
    )


def comment_tell(*, comment: WeeklyComment, actor: Any) -> None:
    """Whoever wrote the report, and who has said something to it before; not who says it now."""
    spoke = WeeklyComment.objects.filter(report=comment.report_id).order_by().values("by__person")
    own = Person.objects.filter(weekly_reports=comment.report_id)
    people = (Person.objects.filter(pk__in=spoke) | own.order_by()).distinct()
    notice_send(
        people=[each for each in people if each.pk != actor.person_id],
        key=f"weekly/{comment.report_id}/comment/{comment.pk}",
        text=gettext_noop("Said to a weekly report: %(text)s"),
        values={"text": comment.text},
        url=reverse("weekly_report", args=[comment.report_id]),
        actor=actor,
    )


def suggestion_tell(*, suggestion: Suggestion, actor: Any) -> None:
    """Whoever suggested it hears the answer."""
    notice_send(
        people=[] if suggestion.person_id == actor.person_id else [suggestion.person],
        key=f"suggestion/{suggestion.pk}/{suggestion.version}",
        text=gettext_noop("Your suggestion is answered: %(title)s"),
        values={"title": suggestion.title},
        url=reverse("suggestion", args=[suggestion.pk]),
        actor=actor,
    )

"""Doors of weekly and oral reports and of suggestions: whose they are, and those who lead them
(REP-1, REP-2, REP-4)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.urls import reverse

from reports.models import OralReport, Suggestion, WeeklyComment, WeeklyReport
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import EVERYBODY, HER_IDEA, HER_REPORT, World
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR

WEEK, THIS_WEEK, TODAY = date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 2)
DEPARTMENT = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER)
HEADS = SUPERVISORS | those(MANAGER, LEADER)
HER_HEADS = those(SUPERVISOR, MANAGER, LEADER)
HERS = HER_HEADS | those(SHE)


def of(name: str, *about: object) -> Callable[[World], str]:
    return lambda world: reverse(name, args=about)


def her_report(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_report.pk])


def written(world: World) -> dict[str, object]:
    page = {"version": -1, "token": str(uuid4())}
    return {**page, "summary": "eight visits", "problems": "", "plan": "call", "do": "save"}


def reports(world: World) -> int:
    return WeeklyReport.objects.count()


DOORS = {
    "weekly_reports": Door(plain("weekly_reports"), get=DEPARTMENT),
    "weekly_mine": Door(plain("weekly_mine"), get=SALESPEOPLE, lands=302),
    "weekly_write": Door(
        of("weekly_write", THIS_WEEK),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=written,
        effect=reports,
    ),
    "weekly_draft": Door(
        of("weekly_draft", THIS_WEEK),
        post=SALESPEOPLE,
        is_page=False,
        data=written,
        effect=reports,
    ),
    "weekly_board": Door(plain("weekly_board"), get=HEADS, lands=302),
    "weekly_board_of": Door(of("weekly_board_of", WEEK), get=HEADS),
    "weekly_digest": Door(plain("weekly_digest"), get=HEADS, lands=302),
    "weekly_digest_of": Door(of("weekly_digest_of", WEEK), get=HEADS),
    "weekly_report": Door(
        her_report("weekly_report"), get=HERS, hidden=True, shows=lambda world: HER_REPORT
    ),
    "weekly_decide": Door(
        her_report("weekly_decide"),
        post=HER_HEADS,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "answer": "well done", "do": "accept"},
        effect=lambda world: WeeklyReport.objects.get(pk=world.her_report.pk).state,
    ),
    "weekly_comment_new": Door(
        her_report("weekly_comment_new"),
        post=HERS,
        hidden=True,
        sees=HERS,
        data=lambda world: {
            "token": str(uuid4()),
            "part": "summary",
            "line": HER_REPORT,
            "text": "how so?",
        },
        effect=lambda world: WeeklyComment.objects.count(),
    ),
    "oral_reports": Door(plain("oral_reports"), get=DEPARTMENT),
    "oral_today": Door(plain("oral_today"), get=HEADS, lands=302),
    "oral_day": Door(of("oral_day", TODAY), get=HEADS),
    "oral_ticked": Door(
        of("oral_ticked", TODAY, SHE),
        post=HER_HEADS,
        hidden=True,
        data=lambda world: {"version": -1, "way": "in_person", "note": "two visits"},
        effect=lambda world: OralReport.objects.count(),
    ),
    "suggestions": Door(plain("suggestions"), get=EVERYBODY),
    "suggestion_new": Door(
        plain("suggestion_new"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=lambda world: {"token": str(uuid4()), "title": "a lamp", "text": ""},
        effect=lambda world: Suggestion.objects.count(),
    ),
    "suggestion": Door(
        lambda world: reverse("suggestion", args=[world.her_idea.pk]),
        get=HERS,
        post=HER_HEADS,
        hidden=True,
        sees=HERS,
        shows=lambda world: HER_IDEA,
        data=lambda world: {"version": 0, "state": "kept", "answer": "next year"},
        effect=lambda world: Suggestion.objects.get(pk=world.her_idea.pk).state,
    ),
}

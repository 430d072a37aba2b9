"""Meetings and trainings in the search box by their title, information, weekly reports and
suggestions by their words (MEET-1, TRAIN-1, INFO-1, REP-1, REP-4)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, more
from core.templatetags.house import moment
from reports.filters.information import named_by
from reports.models import Information, Meeting, Suggestion, Training, WeeklyReport
from reports.permissions import can_see_information, can_see_weekly, can_suggest
from reports.tables.weekly import week_said


def meetings(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first. One query."""
    rows = Meeting.objects.visible_to(user).filter(title__icontains=words)
    found = list(rows.order_by("-starts_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Meetings"),
        icon="users-round",
        hits=[
            Hit(
                label=row.title,
                note=moment(row.starts_at),
                url=reverse("meeting", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "meetings", words),
    )


def trainings(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first. One query."""
    rows = Training.objects.visible_to(user).filter(title__icontains=words)
    found = list(rows.order_by("-starts_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Trainings"),
        icon="graduation-cap",
        hits=[
            Hit(
                label=row.title,
                note=moment(row.starts_at),
                url=reverse("training", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "trainings", words),
    )


def information(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first, by line, text, tag, customer or pinyin. One query."""
    if not can_see_information(user):
        return None
    rows = Information.objects.visible_to(user).filter(named_by(words))
    found = list(rows.order_by("-filed_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Information"),
        icon="newspaper",
        hits=[
            Hit(
                label=row.title,
                note=f"{row.get_kind_display()} · {moment(row.filed_at)}",
                url=reverse("information_one", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "information", words),
    )


def weekly_reports(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first. One query."""
    if not can_see_weekly(user):
        return None
    said = Q(summary__icontains=words) | Q(problems__icontains=words) | Q(plan__icontains=words)
    rows = WeeklyReport.objects.visible_to(user).filter(said).select_related("person")
    found = list(rows.order_by("-monday", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Weekly reports"),
        icon="file-text",
        hits=[
            Hit(
                label=f"{row.person.name} · {week_said(row.monday)}",
                note=str(row.get_state_display()),
                url=reverse("weekly_report", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "weekly_reports", words),
    )


def suggestions(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first. One query."""
    if not can_suggest(user):
        return None
    said = Q(title__icontains=words) | Q(text__icontains=words) | Q(answer__icontains=words)
    rows = Suggestion.objects.visible_to(user).filter(said)
    found = list(rows.order_by("-made_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Suggestions"),
        icon="lightbulb",
        hits=[
            Hit(
                label=row.title,
                note=f"{row.get_state_display()} · {moment(row.made_at)}",
                url=reverse("suggestion", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "suggestions", words),
    )

"""What the pages of weekly reports are put together from (REP-1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext

from accounts.models import Person
from core.templatetags.house import yuan
from reports.models import WeeklyComment, WeeklyPlanLine, WeeklyReport
from reports.rules.facts import FactLine, read_back
from reports.rules.weekly import WEEK
from reports.services.weekly import TEXTS, lines_in

Part = WeeklyComment.Part


@dataclass(frozen=True, slots=True)
class FactShown:
    """A figure as it is read."""

    key: str
    label: str
    value: Any
    note: str
    url: str
    records: tuple[tuple[str, str], ...]


def shown(fact: FactLine) -> FactShown:
    note = gettext(fact.note) % fact.values if fact.note else ""
    value = yuan(Decimal(fact.value)) if fact.is_yuan else fact.value
    return FactShown(fact.key, gettext(fact.label), value, note, fact.url, fact.records)


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a report, and what was said to it. `token`: for what is said next."""

    part: str
    line: str
    fact: FactShown | None = None
    comments: list[WeeklyComment] = field(default_factory=list)
    token: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report line by line. `gone`: what was said to lines that are not there any more."""

    facts: list[LineShown]
    parts: list[tuple[Any, list[LineShown]]]
    gone: list[WeeklyComment]


def report_shown(report: WeeklyReport, comments: Iterable[WeeklyComment]) -> ReportShown:
    """A report that was handed in, with what was said to it. No query."""
    said: dict[tuple[str, str], list[WeeklyComment]] = {}
    for comment in comments:
        said.setdefault((comment.part, comment.line), []).append(comment)
    facts = [
        LineShown(Part.FACTS, fact.key, shown(fact), said.pop((Part.FACTS, fact.key), []))
        for fact in read_back(report.facts)
    ]
    parts = [(Part(name).label, _lines(report, name, said)) for name in TEXTS]
    gone = [comment for left in said.values() for comment in left]
    return ReportShown(facts, parts, sorted(gone, key=lambda comment: comment.pk))


def _lines(
    report: WeeklyReport, part: str, said: dict[tuple[str, str], list[WeeklyComment]]
) -> list[LineShown]:
    return [
        LineShown(part, line, comments=said.pop((part, line), []))
        for line in lines_in(report, part)
    ]


def last_plan(person: Person | int, monday: date) -> list[WeeklyPlanLine]:
    """The plan that somebody made for a week, in the report of the week before; once that was
    handed in. One query."""
    rows = WeeklyPlanLine.objects.filter(report__person=person, report__monday=monday - WEEK)
    return list(rows.exclude(report__state=WeeklyReport.State.DRAFT))

"""The weekly report: written, handed in, read, accepted or returned (REP-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from policy.querysets import workdays
from reports.models import WeeklyComment, WeeklyPlanLine, WeeklyReport
from reports.reads.weekly_facts import facts_of
from reports.rules.facts import kept, read_back
from reports.rules.weekly import WEEK, due_at, lines_of, monday_of, opens_on, sunday_of
from reports.services.keeping import change, changes_of
from reports.services.refusals import ChangedMeanwhile, ReportsRefused
from reports.services.telling_weekly import comment_tell, decided_tell, handed_in_tell

NOT_WRITTEN = -1  # what is seen where there is no report yet
TEXTS = ("summary", "problems", "plan")
MOST_LINES = 40  # of a plan
State = WeeklyReport.State


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of a line of last week's plan."""

    done: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyText:
    """What the salesperson adds. `ticks`: last week's plan, by the id of its line."""

    summary: str = ""
    problems: str = ""
    plan: str = ""
    ticks: Mapping[int, Ticked] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name).strip() for name in TEXTS}


@transaction.atomic
def weekly_save(
    *, person: Person, monday: date, text: WeeklyText, seen: int, token: UUID
) -> WeeklyReport:
    """Keep what is typed as a draft. `seen`: its version, or `NOT_WRITTEN`; `token`: of the page it
    is typed on, which may have saved it since.

    No audit row: nothing has left the writer's hands. Raises `ChangedMeanwhile` where another
    page wrote it, `ReportsRefused` where there is nothing to write.
    """
    _check(person, monday, text)
    report = _begun(person, monday, seen, token)
    _must_be_open(report)
    change(report, **text.texts(), saved_at=clock.now(), token=token, due_at=_due(report))
    _plan_keep(report, text)
    _ticks_keep(person, monday, text)
    found: WeeklyReport = WeeklyReport.objects.get(pk=report.pk)
    return found


def _check(person: Person, monday: date, text: WeeklyText) -> None:
    if monday != monday_of(monday) or monday > clock.today():
        raise ReportsRefused(_("There is no such week to report on."))
    if person.hired_on > sunday_of(monday) or (person.left_on and person.left_on < monday):
        raise ReportsRefused(_("There is no such week to report on."))
    if len(lines_of(text.plan)) > MOST_LINES:
        raise ReportsRefused(_("At most %(n)s lines.") % {"n": MOST_LINES})


def _begun(person: Person, monday: date, seen: int, token: UUID) -> WeeklyReport:
    """The report as it was seen or as the same page left it, or a new one; locked."""
    begun = {"due_at": due_at(monday, workdays()), "token": token}
    report: WeeklyReport
    rows = WeeklyReport.objects.select_for_update()
    report, new = rows.get_or_create(person=person, monday=monday, defaults=begun)
    if not new and seen != report.version and report.token != token:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
    return report


def _due(report: WeeklyReport) -> Any:
    """By when it is due as the calendar stands; once handed in, what stood then stays."""
    return report.due_at if report.handed_in_at else due_at(report.monday, workdays())


def _must_be_open(report: WeeklyReport) -> None:
    if not report.is_open:
        raise ReportsRefused(_("It was handed in: it can be written again once it is returned."))


def _plan_keep(report: WeeklyReport, text: WeeklyText) -> None:
    """The lines of the plan as rows: those that stay keep what was ticked."""
    wanted = list(dict.fromkeys(lines_of(text.plan)))
    there = {line.text: line for line in report.plan_lines.all()}
    gone = [line.pk for said, line in there.items() if said not in wanted]
    WeeklyPlanLine.objects.filter(pk__in=gone).delete()
    new, moved = [], []
    for position, said in enumerate(wanted):
        line = there.get(said)
        if line is None:
            new.append(WeeklyPlanLine(report=report, position=position, text=said))
        elif line.position != position:
            line.position = position
            moved.append(line)
    WeeklyPlanLine.objects.bulk_create(new)
    WeeklyPlanLine.objects.bulk_update(moved, ["position"])


def _ticks_keep(person: Person, monday: date, text: WeeklyText) -> None:
    """What became of last week's plan: of their own lines alone."""
    lines = WeeklyPlanLine.objects.filter(
        report__person=person, report__monday=monday - WEEK, pk__in=text.ticks
    )
    ticked = []
    for line in lines:
        said = text.ticks[line.pk]
        if (line.done, line.note) != (said.done, said.note.strip()):
            line.done, line.note = said.done, said.note.strip()
            ticked.append(line)
    WeeklyPlanLine.objects.bulk_update(ticked, ["done", "note"])


@transaction.atomic
def weekly_hand_in(
    *,
    person: Person,
    monday: date,
    text: WeeklyText,
    seen: int,
    token: UUID,
    actor: Any,
) -> WeeklyReport:
    """Hand the report in, with what the program knows of the week as it stands now (REP-1).

    The same form sent twice hands it in once. The hour of the first time counts, whatever is
    returned and handed in again. Whoever decides on it is told each time. Raises
    `ChangedMeanwhile`, `ReportsRefused`.
    """
    sent = WeeklyReport.objects.filter(person=person, monday=monday, token=token)
    if found := sent.filter(state=State.HANDED_IN).first():
        return found
    _check(person, monday, text)
    if clock.today() < opens_on(monday, workdays()):
        raise ReportsRefused(_("A week is handed in from its last workday on."))
    if not text.summary.strip():
        raise ReportsRefused(_("Write a summary of the week."))
    if not lines_of(text.plan):
        raise ReportsRefused(_("Write what you plan for next week."))
    report = _begun(person, monday, seen, token)
    _must_be_open(report)
    now = clock.now()
    values: dict[str, Any] = {
        **text.texts(),
        "state": State.HANDED_IN,
        "saved_at": now,
        "handed_in_at": report.handed_in_at or now,
        "due_at": _due(report),
        "token": token,
    }
    change(report, facts=kept(facts_of(person, monday)), **values)
    _plan_keep(report, text)
    _ticks_keep(person, monday, text)
    audit(
        actor=actor,
        action="weekly report handed in",
        subject=audit_subject(report),
        changes=changes_of(report, {name: values[name] for name in (*TEXTS, "state")}),
    )
    handed_in: WeeklyReport = WeeklyReport.objects.select_related("person__supervisor").get(
        pk=report.pk
    )
    handed_in_tell(report=handed_in, actor=actor)
    return handed_in


def weekly_accept(*, report: WeeklyReport, answer: str, actor: Any) -> WeeklyReport:
    """Whoever leads them accepts it as it was seen: that ends it. Who wrote it is told."""
    return _decide(report, State.ACCEPTED, answer, actor)


def weekly_return(*, report: WeeklyReport, reason: str, actor: Any) -> WeeklyReport:
    """Give it back with a reason: it is written again. Who wrote it is told."""
    if not reason.strip():
        raise ReportsRefused(_("Say what is missing."))
    return _decide(report, State.RETURNED, reason, actor)


@transaction.atomic
def _decide(report: WeeklyReport, state: str, answer: str, actor: Any) -> WeeklyReport:
    held: WeeklyReport = WeeklyReport.objects.select_for_update().get(pk=report.pk)
    if held.state == state and held.decided_by_id == actor.pk:
        return held  # sent twice
    if held.version != report.version or held.state != State.HANDED_IN:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
    change(
        held,
        state=state,
        answer=answer.strip(),
        decided_at=clock.now(),
        decided_by=actor,
    )
    audit(
        actor=actor,
        action=f"weekly report {state}",
        subject=audit_subject(held),
        changes={
            **changes_of(held, {"state": state, "answer": answer.strip()}),
            **actor.in_place_of("supervisor", "manager", "leader"),
        },
    )
    decided: WeeklyReport = WeeklyReport.objects.select_related("person").get(pk=held.pk)
    decided_tell(report=decided, actor=actor)
    return decided


@transaction.atomic
def weekly_comment(
    *, report: WeeklyReport, part: str, line: str, text: str, token: UUID, actor: Any
) -> WeeklyComment:
    """Say something to a line of a report; the others who speak of it are told. The same form sent
    twice says it once. Raises `ReportsRefused`, `ChangedMeanwhile` where the line is gone."""
    if not text.strip():
        raise ReportsRefused(_("Write what you say to it."))
    held: WeeklyReport = WeeklyReport.objects.select_for_update().get(pk=report.pk)
    if held.state == State.DRAFT:
        raise ReportsRefused(_("It has not been handed in yet."))
    if line not in lines_in(held, part):
        raise ChangedMeanwhile(_("This line was changed meanwhile; look again."))
    said = {"report": held, "part": part, "line": line, "text": text.strip(), "by": actor}
    made: WeeklyComment
    made, new = WeeklyComment.objects.get_or_create(token=token, defaults=said)
    if made.by_id != actor.pk or made.report_id != held.pk:
        raise ReportsRefused(_("Open the form anew and send it again."))
    if new:
        audit(
            actor=actor,
            action="weekly report commented",
            subject=audit_subject(held),
            changes={"comment": [None, made.text], "line": [None, line]},
        )
        comment_tell(comment=made, actor=actor)
    return made


def lines_in(report: WeeklyReport, part: str) -> list[str]:
    """The lines of a part of a report to which something can be said; a figure by its key."""
    if part == WeeklyComment.Part.FACTS:
        return [fact.key for fact in read_back(report.facts)]
    return lines_of(getattr(report, part)) if part in TEXTS else []

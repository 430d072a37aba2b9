"""A case as its reader is shown it: whole, or their own part alone (DIS-1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from conduct.cases.forms import (
    DismissForm,
    ObjectForm,
    ReplyForm,
    SeenForm,
    VerdictForm,
    WordForm,
)
from conduct.cases.permissions import (
    can_decide_objection,
    can_decide_proposal,
    can_judge,
    can_object,
    can_reply,
    sees_whole,
)
from conduct.cases.reads import stood_before
from conduct.cases.rules import CATALOGUE, is_second, may_be_decided
from conduct.cases.services.keeping import EVIDENCE, HEARING
from conduct.models import ConductCase, Proceeding, Subject, Verdict
from core import clock
from core.files.models import StoredFile
from core.files.querysets import files_of
from policy.clauses import clause_of

State = Proceeding.State


@dataclass
class Side:
    """One of those a case is about, as its reader is shown them, with what they may do."""

    subject: Subject
    person: Person
    is_mine: bool
    shows: bool  # what they said and what was decided of them
    verdict: Verdict | None = None
    files: list[StoredFile] = field(default_factory=list)
    before: list[ConductCase] = field(default_factory=list)
    second: bool = False
    waits: bool = False  # for their reply, or the end of their time
    reply_form: Any = None
    verdict_form: Any = None
    object_form: Any = None
    objection_form: Any = None
    proposal_form: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: when, what, by whom (empty: by the program, or not told)."""

    at: datetime
    what: Any
    who: str = ""


def context_of(user: Any, row: Proceeding, **forms: Any) -> dict[str, Any]:
    """What a case's page is put together from, in a constant number of queries for a case of two.

    `forms`: a form that came back, by `name_subject`, such as `verdict_17`.
    """
    whole = sees_whole(user, row)
    subjects = list(
        row.subjects.select_related(
            "person",
            "verdict__by__person",
            "verdict__case",
            "verdict__proposal__decided_by__person",
            "verdict__objection__decided_by__person",
        )
    )
    mine = any(each.person_id == user.person_id for each in subjects)
    judging = bool(whole and row.is_open and can_judge(user, row))
    replies = files_of(HEARING, [each.pk for each in subjects if whole or _is_of(each, user)])
    sides = [_side(user, row, each, whole, judging, replies, forms) for each in subjects]
    prescribed = CATALOGUE[row.offence]
    first = row.state == State.REPORTED
    return {
        "row": row,
        "whole": whole,
        "mine": mine,
        "reported_only": not (whole or mine),
        "sides": sides,
        "files": files_of(EVIDENCE, [row.pk])[str(row.pk)],
        "prescribed": prescribed,
        "besides": [_(each) for each in prescribed.besides],
        "steps": list(_steps(row, sides, whole)),
        "seen_form": SeenForm(initial={"version": row.version}) if judging and first else None,
        "dismiss_form": forms.get("dismiss")
        or (DismissForm(initial={"version": row.version}, prefix="dismiss"))
        if judging and first
        else None,
        "clauses": [clause_of("DIS-1"), clause_of("DIS-2")],
    }


def _is_of(subject: Subject, user: Any) -> bool:
    return user.person_id is not None and subject.person_id == user.person_id


def _side(
    user: Any,
    row: Proceeding,
    subject: Subject,
    whole: bool,
    judging: bool,
    replies: dict[str, list[StoredFile]],
    forms: dict[str, Any],
) -> Side:
    subject.proceeding = row
    verdict: Verdict | None = getattr(subject, "verdict", None)
    side = Side(
        subject=subject,
        person=subject.person,
        is_mine=_is_of(subject, user),
        shows=whole or _is_of(subject, user),
        verdict=verdict,
        files=replies.get(str(subject.pk), []),
    )
    if side.is_mine and can_reply(user, subject):
        side.reply_form = forms.get(f"reply_{subject.pk}") or ReplyForm()
    if judging and row.state == State.HEARING and verdict is None:
        _judge(side, row, forms)
    if verdict is not None and side.shows:
        _after(user, side, verdict, forms)
    return side


def _judge(side: Side, row: Proceeding, forms: dict[str, Any]) -> None:
    """Whoever decides sees what stood against them before, and the form once they were heard."""
    side.before = list(stood_before(side.person))
    side.second = is_second(row.offence, len(side.before))
    heard = may_be_decided(
        replied=side.subject.replied_at is not None,
        until=row.hearing_until or clock.today(),
        today=clock.today(),
    )
    side.waits = not heard
    if heard:
        name = f"verdict_{side.subject.pk}"
        side.verdict_form = forms.get(name) or verdict_form(row, side.subject, side.second)


def verdict_form(row: Proceeding, subject: Subject, second: bool, data: Any = None) -> VerdictForm:
    return VerdictForm(data, row=row, second=second, prefix=f"s{subject.pk}")


def _after(user: Any, side: Side, verdict: Verdict, forms: dict[str, Any]) -> None:
    """What can be done once it is decided."""
    verdict.subject = side.subject
    objection = getattr(verdict, "objection", None)
    proposal = getattr(verdict, "proposal", None)
    if side.is_mine and can_object(user, verdict):
        side.object_form = forms.get(f"object_{verdict.pk}") or ObjectForm()
    asked = objection if objection is not None and objection.state == "open" else None
    if asked is not None and can_decide_objection(user, asked):
        side.objection_form = forms.get(f"objection_{asked.pk}") or WordForm(prefix="objection")
    if proposal is not None and proposal.state == "open" and can_decide_proposal(user, proposal):
        side.proposal_form = forms.get(f"proposal_{proposal.pk}") or WordForm(prefix="proposal")


def _steps(row: Proceeding, sides: list[Side], whole: bool) -> Iterator[Step]:
    """What happened, in the order of time; of others than oneself only for who sees the whole."""
    found = [Step(row.reported_at, _("reported"), _reporter(row) if whole else "")]
    if row.hearing_at is not None:
        found.append(Step(row.hearing_at, _("hearing begun")))
    for side in sides:
        if side.shows:
            found.extend(_steps_of(side))
    if row.ended_at is not None:
        found.append(Step(row.ended_at, row.get_state_display()))
    yield from sorted(found, key=lambda each: each.at)


def _reporter(row: Proceeding) -> str:
    return row.reporter.name if row.reporter else _("the program")


def _steps_of(side: Side) -> Iterator[Step]:
    name = side.person.name
    if side.subject.replied_at:
        yield Step(side.subject.replied_at, _("replied"), name)
    verdict = side.verdict
    if verdict is None:
        return
    yield Step(verdict.at, _("decided on: %(name)s") % {"name": name}, _who(verdict.by))
    objection = getattr(verdict, "objection", None)
    if objection is not None:
        yield Step(objection.filed_at, _("objected"), name)
        if objection.decided_at:
            said = _("objection: %(state)s") % {"state": objection.get_state_display()}
            yield Step(objection.decided_at, said, _who(objection.decided_by))
    proposal = getattr(verdict, "proposal", None)
    if proposal is not None and proposal.decided_at:
        said = f"{proposal.get_kind_display()}: {proposal.get_state_display()}"
        yield Step(proposal.decided_at, said, _who(proposal.decided_by))


def _who(login: Any) -> str:
    return login.get_full_name() or login.username if login else ""

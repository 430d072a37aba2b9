"""Who is told of cases, without a name or a word of what is in them: an inbox is seen over a
shoulder."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from conduct.cases.reads import barred_from
from conduct.models import Objection, Proceeding, Proposal, Subject, Verdict
from core import clock
from core.templatetags.house import day
from notices.services import notice_send


def acting(role: str, but: Iterable[int] = ()) -> list[Person]:
    """Who holds a role today, or stands in for it, without these."""
    people = Person.objects.acting_as(role, clock.today())
    return list(people.exclude(pk__in=[each for each in but if each]))


def out_of(row: Proceeding) -> list[int]:
    """Who is told of nothing that is to be decided in a case: those named in it, and those who take
    no part in deciding."""
    named = [each.person_id for each in row.subjects.all()]
    return [*named, *(each.pk for each in barred_from(row))]


def reported_tell(*, row: Proceeding, actor: Any) -> None:
    people = acting(row.goes_to, out_of(row))
    _tell(row, people, "reported", gettext_noop("A case waits for you: %(no)s"), actor)


def hearing_tell(*, row: Proceeding, actor: Any) -> None:
    """Each of those it is about hears until when they can say their side."""
    text = gettext_noop("You are heard in a case: say your side by %(due)s")
    people = [each.person for each in row.subjects.select_related("person")]
    _tell(row, people, "hearing", text, actor, due=row.reply_until)


def reply_tell(*, subject: Subject, actor: Any) -> None:
    row = subject.proceeding
    people = acting(row.goes_to, out_of(row))
    text = gettext_noop("Somebody has replied in the case %(no)s")
    _tell(row, people, f"reply/{subject.pk}", text, actor)


def verdict_tell(*, verdict: Verdict, actor: Any) -> None:
    subject = verdict.subject
    text = gettext_noop("Your case %(no)s is decided: read it; you may object")
    _tell(subject.proceeding, [subject.person], f"verdict/{verdict.pk}", text, actor)


def ended_tell(*, row: Proceeding, actor: Any) -> None:
    """Who reported it hears that it is ended, and not how."""
    if row.reporter is not None:
        text = gettext_noop("What you reported is decided: %(no)s")
        _tell(row, [row.reporter], "ended", text, actor)


def proposal_tell(*, proposal: Proposal, actor: Any) -> None:
    row = proposal.verdict.subject.proceeding
    text = gettext_noop("A demotion or dismissal is proposed to you: %(no)s")
    _tell(row, acting(proposal.goes_to, out_of(row)), f"proposal/{proposal.pk}", text, actor)


def proposal_decided_tell(*, proposal: Proposal, actor: Any) -> None:
    """Whom it is about hears it; personnel carries out what was accepted."""
    subject = proposal.verdict.subject
    row = subject.proceeding
    text = gettext_noop("What was proposed about you is decided: %(no)s")
    _tell(row, [subject.person], f"proposal/{proposal.pk}/{proposal.state}", text, actor)
    if proposal.state == Proposal.State.ACCEPTED:
        notice_send(
            people=acting("admin", [subject.person_id]),
            key=f"proceeding/{row.pk}/carry/{proposal.pk}",
            text=gettext_noop("A change of position is to be carried out"),
            values={},
            url=reverse("person", args=[subject.person.employee_no]),
            actor=actor,
        )


def objection_tell(*, objection: Objection, actor: Any) -> None:
    verdict = objection.verdict
    row = verdict.subject.proceeding
    by = getattr(verdict.by, "person_id", None) or 0
    text = gettext_noop("An objection in a case waits for you: %(no)s")
    people = acting(objection.goes_to, [*out_of(row), by])
    _tell(row, people, f"objection/{objection.pk}", text, actor)


def objection_decided_tell(*, objection: Objection, actor: Any) -> None:
    """Whom it is about, and who decided before."""
    verdict = objection.verdict
    before: Any = verdict.by
    people = [verdict.subject.person, *([before.person] if before.person else [])]
    text = gettext_noop("The objection in the case %(no)s is decided")
    row = verdict.subject.proceeding
    _tell(row, people, f"objection/{objection.pk}/{objection.state}", text, actor)


def _tell(
    row: Proceeding, people: Iterable[Person], about: str, text: str, actor: Any, due: Any = None
) -> None:
    """Nobody is told of what they did themselves, nor twice."""
    mine = getattr(actor, "person_id", None)
    notice_send(
        people=[each for each in people if each.pk != mine],
        key=f"proceeding/{row.pk}/{about}",
        text=text,
        values={"no": row.proceeding_no, "due": day(row.hearing_until)},
        url=reverse("proceeding", args=[row.pk]),
        due=due,
        actor=actor,
    )

"""Who is told of meetings and trainings: the one place from which word of it goes out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core.templatetags.house import day, moment
from notices.services import notice_send
from reports.models import Enrolment, Learning, Meeting, MeetingDecision, Praise, Training
from reports.reads.people import members_of


def meeting_tell(*, meeting: Meeting, actor: Any) -> None:
    """Who is to come hears of a single meeting, or that it was moved."""
    notice_send(
        people=_others(members_of(meeting), actor),
        key=f"meeting/{meeting.pk}/{meeting.version}",
        text=gettext_noop("%(title)s is held at %(when)s"),
        values={"title": meeting.title, "when": moment(meeting.starts_at)},
        url=reverse("meeting", args=[meeting.pk]),
        actor=actor,
    )


def called_off_tell(*, meeting: Meeting, actor: Any) -> None:
    notice_send(
        people=_others(members_of(meeting), actor),
        key=f"meeting/{meeting.pk}/off",
        text=gettext_noop("%(title)s on %(day)s is called off: %(reason)s"),
        values={
            "title": meeting.title,
            "day": day(meeting.on),
            "reason": meeting.called_off_why,
        },
        url=reverse("meeting", args=[meeting.pk]),
        actor=actor,
    )


def decision_tell(*, decision: MeetingDecision, actor: Any) -> None:
    """Whoever has to do it hears what, and until when."""
    notice_send(
        people=_others([decision.owner], actor),
        key=f"decision/{decision.pk}/{decision.version}",
        text=gettext_noop("The meeting gave you something to do by %(day)s: %(text)s"),
        values={"day": day(decision.due_on), "text": decision.text},
        url=reverse("decision", args=[decision.pk]),
        actor=actor,
    )


def decision_done_tell(*, decision: MeetingDecision, actor: Any) -> None:
    """The chair hears what came of it."""
    chair = decision.meeting.chair
    if chair is None:
        return
    notice_send(
        people=_others([chair], actor),
        key=f"decision/{decision.pk}/done",
        text=gettext_noop("%(name)s has done: %(text)s"),
        values={"name": decision.owner.name, "text": decision.text},
        url=reverse("decision", args=[decision.pk]),
        actor=actor,
    )


def praise_tell(*, praise: Praise, actor: Any) -> None:
    notice_send(
        people=[praise.person],
        key=f"praise/{praise.pk}",
        text=gettext_noop("You were praised in the Saturday summary: %(reason)s"),
        values={"reason": praise.reason},
        url=reverse("meeting_minutes", args=[praise.meeting_id]),
        actor=actor,
    )


def problem_tell(*, problem: Learning, actor: Any) -> None:
    notice_send(
        people=_others([problem.person], actor),
        key=f"problem/{problem.pk}/{problem.version}",
        text=gettext_noop("The meeting has answered your problem: %(answer)s"),
        values={"answer": problem.answer},
        url=reverse("problem", args=[problem.pk]),
        actor=actor,
    )


def training_tell(*, training: Training, people: list[Person], actor: Any) -> None:
    """Who is to come to a training that is for everybody, or whose hour was moved."""
    notice_send(
        people=_others(people, actor),
        key=f"training/{training.pk}/{training.version}",
        text=gettext_noop("Training %(title)s at %(when)s: you are enrolled"),
        values={"title": training.title, "when": moment(training.starts_at)},
        url=reverse("training", args=[training.pk]),
        actor=actor,
    )


def training_off_tell(*, training: Training, people: list[Person], actor: Any) -> None:
    notice_send(
        people=_others(people, actor),
        key=f"training/{training.pk}/off",
        text=gettext_noop("Training %(title)s is called off: %(reason)s"),
        values={"title": training.title, "reason": training.called_off_why},
        url=reverse("training", args=[training.pk]),
        actor=actor,
    )


def result_tell(*, enrolment: Enrolment, actor: Any) -> None:
    notice_send(
        people=_others([enrolment.person], actor),
        key=f"enrolment/{enrolment.pk}/{enrolment.version}",
        text=gettext_noop("Your result in the training %(title)s is on record"),
        values={"title": enrolment.training.title},
        url=reverse("training", args=[enrolment.training_id]),
        actor=actor,
    )


def _others(people: list[Person], actor: Any) -> list[Person]:
    """Nobody is told of what they did themselves."""
    mine = getattr(actor, "person_id", None)
    return [person for person in people if person.pk != mine]

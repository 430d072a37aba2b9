"""Who is told of leave: the one place from which word of it goes out. Never why one is ill."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from attendance.leave_steps import whose_word
from attendance.leave_words import days_text
from attendance.models import Leave, RewardGrant
from core.templatetags.house import day
from notices.services import notice_send


def _tell(
    people: Iterable[Person], leave: Leave, key: str, text: str, actor: Any, **values: str
) -> None:
    notice_send(
        people=people,
        key=f"leave/{leave.pk}/{key}",
        text=text,
        values={"from": day(leave.start_on), "to": day(leave.end_on), **values},
        url=reverse("leave_one", args=[leave.pk]),
        actor=actor,
    )


def leave_asked_tell(*, leave: Leave, step: int, actor: Any) -> None:
    """Whoever decides hears that a request waits for their word."""
    _tell(
        whose_word(leave, step),
        leave,
        f"asked/{leave.version}/{step}",
        gettext_noop("%(name)s asks for leave from %(from)s to %(to)s"),
        actor,
        name=leave.person.name,
    )


def leave_decided_tell(*, leave: Leave, actor: Any) -> None:
    """Whoever asked hears what was decided; of a refusal with its reason."""
    approved = leave.status == "approved"
    _tell(
        [leave.person],
        leave,
        f"decided/{leave.version}",
        gettext_noop("Your leave from %(from)s to %(to)s is approved")
        if approved
        else gettext_noop("Your leave from %(from)s to %(to)s is refused: %(reason)s"),
        actor,
        reason=leave.reply,
    )


def leave_special_tell(*, leave: Leave, actor: Any) -> None:
    _tell(
        [leave.person],
        leave,
        f"special/{leave.version}",
        gettext_noop("Your leave from %(from)s to %(to)s is a special case: no day is absence"),
        actor,
    )


def leave_withdrawn_tell(*, leave: Leave, actor: Any) -> None:
    """Whoever was to decide hears that nothing waits any more."""
    _tell(
        whose_word(leave, 1),
        leave,
        f"withdrawn/{leave.version}",
        gettext_noop("%(name)s withdrew the request for leave from %(from)s to %(to)s"),
        actor,
        name=leave.person.name,
    )


def leave_cancelled_tell(*, leave: Leave, by_own: bool, actor: Any) -> None:
    """The other side hears that an approved leave does not take place."""
    people = whose_word(leave, 1) if by_own else [leave.person]
    text = (
        gettext_noop("%(name)s does not take the leave from %(from)s to %(to)s")
        if by_own
        else gettext_noop("The leave from %(from)s to %(to)s is cancelled: %(reason)s")
    )
    values = {"name": leave.person.name, "reason": leave.reply}
    _tell(people, leave, f"cancelled/{leave.version}", text, actor, **values)


def grant_tell(*, grant: RewardGrant, actor: Any) -> None:
    """Whoever was given days of reward leave hears of it; or that they were taken back."""
    taken = grant.taken_back_at is not None
    notice_send(
        people=[grant.person],
        key=f"rewardgrant/{grant.pk}/{'taken' if taken else 'given'}",
        text=gettext_noop("Your reward leave (days: %(days)s) was taken back: %(reason)s")
        if taken
        else gettext_noop("Reward leave for you, days: %(days)s, to be used by %(day)s"),
        values={
            "days": days_text(grant.days),
            "day": day(grant.use_by),
            "reason": grant.taken_back_why,
        },
        url=reverse("rewards"),
        actor=actor,
    )

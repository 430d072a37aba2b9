"""Whom an appeal is told to: the one place from which word of it goes to the inboxes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from notices.services import notice_send
from payroll.models import Appeal, AppealMessage
from payroll.querysets import deciders_of


def filed_tell(*, appeal: Appeal, actor: Any) -> None:
    """Those who decide hear that one was filed, with its deadline."""
    notice_send(
        people=deciders_of(appeal),
        key=f"appeal/{appeal.pk}/filed",
        text=gettext_noop("%(name)s has objected to a line of the statement"),
        values={"name": appeal.person.name},
        url=_page(appeal),
        due=appeal.deadline,
        actor=actor,
    )


def message_tell(*, appeal: Appeal, message: AppealMessage, actor: Any) -> None:
    """The other side hears that something was said."""
    is_hers = actor is not None and actor.person_id == appeal.person_id
    people: list[Person] = list(deciders_of(appeal)) if is_hers else [appeal.person]
    notice_send(
        people=people,
        key=f"appeal/{appeal.pk}/said/{message.pk}",
        text=gettext_noop("There is an answer to the appeal of %(name)s"),
        values={"name": appeal.person.name},
        url=_page(appeal),
        due=appeal.deadline,
        actor=actor,
    )


def decision_tell(*, appeal: Appeal, actor: Any) -> None:
    """The salesperson hears what was decided."""
    granted = appeal.state == Appeal.State.GRANTED
    notice_send(
        people=[appeal.person],
        key=f"appeal/{appeal.pk}/decided",
        text=gettext_noop("Your appeal was granted")
        if granted
        else gettext_noop("Your appeal was refused"),
        values={},
        url=_page(appeal),
        actor=actor,
    )


def _page(appeal: Appeal) -> str:
    return reverse("appeal", args=[appeal.pk])

"""Who is told of complaints: the one place from which word of it goes out (COM-1)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_of
from accounts.models import Person
from core.templatetags.house import day
from customers.models import Complaint
from notices.services import notice_send


def assigners_of(row: Complaint) -> list[Person]:
    """Who is to say who handles it: who decides about whom it is about, else about who took it
    in; never the one it is about."""
    people = deciders_of(row.about or row.taken_by)
    return [person for person in people if person.pk != row.about_id]


def opened_tell(*, row: Complaint, actor: Any) -> None:
    _tell(
        row,
        assigners_of(row),
        "opened",
        gettext_noop("A complaint of %(customer)s waits to be assigned: %(subject)s"),
        actor,
    )


def assigned_tell(*, row: Complaint, actor: Any) -> None:
    if row.handler is not None:
        _tell(
            row,
            [row.handler],
            f"assigned/{row.version}",
            gettext_noop("You handle a complaint of %(customer)s by %(due)s: %(subject)s"),
            actor,
        )


def hearing_tell(*, row: Complaint, actor: Any) -> None:
    """Whom it is about hears that they can say their side."""
    if row.about is not None:
        text = gettext_noop("A customer complains about you: say your side. %(subject)s")
        _tell(row, [row.about], "hearing", text, actor)


def reply_tell(*, row: Complaint, actor: Any) -> None:
    people = [row.handler] if row.handler else assigners_of(row)
    text = gettext_noop("Whom a complaint is about has said their side: %(subject)s")
    _tell(row, people, f"reply/{row.steps.count()}", text, actor)


def customer_tell(*, row: Complaint, solved: bool, actor: Any) -> None:
    """Whoever handles it hears what the customer says; of what is not solved those above too."""
    people = [row.handler] if row.handler else []
    if solved:
        text = gettext_noop("%(customer)s says it is solved: %(subject)s")
    else:
        text = gettext_noop("%(customer)s says it is not solved: %(subject)s")
        people += assigners_of(row)
    _tell(row, people, f"customer/{row.version}", text, actor)


def _tell(row: Complaint, people: Iterable[Person], about: str, text: str, actor: Any) -> None:
    """Nobody is told of what they did themselves, nor twice."""
    mine = getattr(actor, "person_id", None)
    told = {person.pk: person for person in people if person.pk != mine}
    notice_send(
        people=list(told.values()),
        key=f"complaint/{row.pk}/{about}",
        text=text,
        values={
            "customer": row.customer_name,
            "subject": row.subject,
            "due": day(row.due_on),
        },
        url=reverse("complaint", args=[row.pk]),
        actor=actor,
    )

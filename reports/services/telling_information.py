"""Who is told of information from the road: the manager at once, whoever filed it of an answer
(INFO-1)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.services import notice_send
from reports.models import Information, InformationNote


def information_tell(*, information: Information, actor: Any) -> None:
    """The manager hears of it, once however often it is corrected; not of their own."""
    own = {information.person_id, getattr(actor, "person_id", None) or 0}
    notice_send(
        people=Person.objects.acting_as("manager", clock.today()).exclude(pk__in=own),
        key=f"information/{information.pk}",
        text=gettext_noop("Urgent: %(title)s (%(name)s)")
        if information.urgent
        else gettext_noop("Key customer: %(title)s (%(name)s)"),
        values={"title": information.title, "name": information.person.name},
        url=reverse("information_one", args=[information.pk]),
        actor=actor,
    )


def answer_tell(*, note: InformationNote, actor: Any) -> None:
    """Whoever filed it hears that it was answered, if they may still read it: a customer's news is
    for whom the customer is."""
    about = note.information
    customer = about.customer
    if customer is not None and not _is_in_line(about.person, customer.owner_id):
        return
    notice_send(
        people=[] if about.person_id == actor.person_id else [about.person],
        key=f"information/{about.pk}/answer/{note.pk}",
        text=gettext_noop("Answered: %(title)s"),
        values={"title": about.title},
        url=reverse("information_one", args=[about.pk]),
        actor=actor,
    )


def _is_in_line(person: Person, owner: int | None) -> bool:
    if person.pk == owner or person.has_role("manager", "leader"):
        return True
    return owner is not None and Person.objects.below(person).filter(pk=owner).exists()

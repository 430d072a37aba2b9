"""Who is told of visits and spot checks: the one place from which word of it goes out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from customers.models import SpotCheck, Visit
from notices.services import notice_send


def others_deciding(person: Person, first: int | None) -> list[Person]:
    """Who decides on what somebody led (the login `first`) has found about a person: the manager,
    else the leader; neither of the two themselves (ORG-1)."""
    today = clock.today()
    for role in ("manager", "leader"):
        acting = Person.objects.acting_as(role, today).exclude(pk=person.pk)
        if found := list(acting.exclude(user=first) if first else acting):
            return found
    return []


def void_tell(*, visit: Visit, actor: Any) -> None:
    """Whoever made the visit hears that it is void, and why."""
    notice_send(
        people=[visit.person],
        key=f"visit/{visit.pk}/void/{visit.version}",
        text=gettext_noop("Your visit to %(customer)s on %(day)s is void: %(reason)s"),
        values={**_named(visit), "reason": visit.void_reason},
        url=_address(visit),
        actor=actor,
    )


def void_answered_tell(*, visit: Visit, actor: Any) -> None:
    """Who decides hears what the salesperson says to it."""
    notice_send(
        people=others_deciding(visit.person, visit.voided_by_id),
        key=f"visit/{visit.pk}/answer/{visit.version}",
        text=gettext_noop("%(name)s answers to the void visit at %(customer)s of %(day)s"),
        values={**_named(visit), "name": visit.person.name},
        url=_address(visit),
        actor=actor,
    )


def void_decided_tell(*, visit: Visit, actor: Any) -> None:
    """Whoever made the visit hears what was decided."""
    notice_send(
        people=[visit.person],
        key=f"visit/{visit.pk}/decided/{visit.version}",
        text=gettext_noop("Your visit to %(customer)s on %(day)s stays void: %(reason)s")
        if visit.void
        else gettext_noop("Your visit to %(customer)s on %(day)s counts again: %(reason)s"),
        values={**_named(visit), "reason": visit.settled_reason},
        url=_address(visit),
        actor=actor,
    )


def _named(visit: Visit) -> dict[str, Any]:
    return {"customer": visit.customer.name, "day": f"{clock.local_date(visit.at):%F}"}


def _address(visit: Visit) -> str:
    return reverse("visit", args=[visit.pk])


def check_tell(*, check: SpotCheck, actor: Any) -> None:
    """Whoever was checked hears of "no record", until when to reply, and what it costs."""
    if check.verdict != SpotCheck.Verdict.NONE or check.reply_until is None:
        return
    notice_send(
        people=[check.person],
        key=f"spotcheck/{check.pk}/judged/{check.version}",
        text=gettext_noop("Spot check: no record of a return visit to %(customer)s; you may reply"),
        values={"customer": check.customer.name},
        url=reverse("spot_check", args=[check.pk]),
        due=clock.end_of(check.reply_until),
        actor=actor,
    )


def check_replied_tell(*, check: SpotCheck, actor: Any) -> None:
    """Who decides hears what the salesperson says to it."""
    notice_send(
        people=others_deciding(check.person, check.checked_by_id),
        key=f"spotcheck/{check.pk}/replied",
        text=gettext_noop("%(name)s replies to the spot check at %(customer)s"),
        values={"name": check.person.name, "customer": check.customer.name},
        url=reverse("spot_check", args=[check.pk]),
        actor=actor,
    )


def check_answered_tell(*, check: SpotCheck, actor: Any) -> None:
    """Whoever was checked hears what came of the reply."""
    notice_send(
        people=[check.person],
        key=f"spotcheck/{check.pk}/answered",
        text=gettext_noop("Your reply about %(customer)s is accepted: no fine. %(reason)s")
        if check.answer == SpotCheck.Answer.ACCEPTED
        else gettext_noop("Your reply about %(customer)s is rejected: the fine stays. %(reason)s"),
        values={"customer": check.customer.name, "reason": check.answered_reason},
        url=reverse("spot_check", args=[check.pk]),
        actor=actor,
    )

"""Whom the counter tells: the one place from which word of it goes to the inboxes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.templatetags.house import yuan_text
from notices.services import notice_send
from receivables.models import Discrepancy, SlipCount


def difference_tell(*, discrepancy: Discrepancy, actor: Any) -> None:
    """Who brought the money, and finance, hear that it differs."""
    person = discrepancy.handover.person
    finance = Person.objects.acting_as("finance", clock.today())
    notice_send(
        people=[person, *finance],
        key=f"difference/{discrepancy.pk}/opened",
        text=gettext_noop("The cash %(name)s handed in differs by %(yuan)s"),
        values={"name": person.name, "yuan": yuan_text(discrepancy.amount)},
        url=_difference(discrepancy),
        actor=actor,
    )


def explained_tell(*, discrepancy: Discrepancy, actor: Any) -> None:
    """Finance hears the explanation."""
    person = discrepancy.handover.person
    notice_send(
        people=Person.objects.acting_as("finance", clock.today()).exclude(pk=person.pk),
        key=f"difference/{discrepancy.pk}/explained/{discrepancy.version}",
        text=gettext_noop("%(name)s has explained a difference at the counter"),
        values={"name": person.name},
        url=_difference(discrepancy),
        actor=actor,
    )


def settled_tell(*, discrepancy: Discrepancy, actor: Any) -> None:
    """Who brought the money hears how it was settled."""
    notice_send(
        people=[discrepancy.handover.person],
        key=f"difference/{discrepancy.pk}/settled",
        text=gettext_noop("The difference of %(yuan)s at the counter is settled"),
        values={"yuan": yuan_text(discrepancy.amount)},
        url=_difference(discrepancy),
        actor=actor,
    )


def _difference(discrepancy: Discrepancy) -> str:
    return reverse("difference", args=[discrepancy.pk])


def slips_tell(*, count: SlipCount, actor: Any) -> None:
    """Who holds the slips is asked to confirm the count."""
    notice_send(
        people=[count.person],
        key=f"slip-count/{count.pk}",
        text=gettext_noop("Finance has counted your slips: please confirm"),
        values={},
        url=reverse("slip_count", args=[count.pk]),
        actor=actor,
    )

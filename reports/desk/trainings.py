"""What trainings put on the desk: one's own, and those with places left (TRAIN-1)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from reports.models import Enrolment, Training


def desk(user: Any) -> Iterator[Panel]:
    """The next trainings one is enrolled in, or can be. One query."""
    if user.person is None or not user.person.has_role("salesperson", "supervisor"):
        return
    mine = Enrolment.objects.filter(training=OuterRef("pk"), person=user.person, withdrawn_at=None)
    coming = Training.objects.visible_to(user).filter(
        state=Training.State.PLANNED, starts_at__gt=clock.now()
    )
    taken = Count("enrolments", filter=Q(enrolments__withdrawn_at=None))
    open_yet = Q(places=None) | Q(taken__lt=F("places"))
    found = coming.annotate(mine=Exists(mine), taken=taken).filter(Q(mine=True) | open_yet)
    rows = list(found.order_by("-mine", "starts_at", "pk")[:SHOWN])
    if rows:
        yield card(
            key="trainings",
            title=_("Trainings"),
            icon="graduation-cap",
            url=reverse("trainings"),
            waiting=[
                Waiting(
                    text=row.title,
                    url=reverse("training", args=[row.pk]),
                    note=_("you are enrolled") if row.mine else _("places left"),
                    due=row.starts_at,
                )
                for row in rows
            ],
            count=sum(1 for row in rows if row.mine),
        )

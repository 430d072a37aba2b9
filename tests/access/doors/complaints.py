"""Doors of complaints (COM-1). Hers is about her, taken in by her supervisor and handled by the
manager; the hearing has begun.

Taken in by anybody who works here; a customer's link is for whoever has it.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.urls import reverse

from customers.models import Complaint, ComplaintLink, ComplaintStep, Visit
from customers.services.complaint_links import token_of
from tests.access.door import Door, plain, those
from tests.access.world import EVERYBODY, HER_COMPLAINT, World
from tests.builders import customer
from tests.cast import LEADER, MANAGER, MEMBERS, SHE, SUPERVISOR

SEES = those(SHE, SUPERVISOR, MANAGER, LEADER)
HEADS = those(SUPERVISOR, MANAGER, LEADER)
HER_NAME = (next(member.name for member in MEMBERS if member.employee_no == SHE),)


def hers(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_complaint.pk])


def answered(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_answered_complaint.pk])


def state(world: World) -> Any:
    names = ("state", "handler", "hearing_at", "times_opened")
    return list(Complaint.objects.order_by("pk").values_list(*names))


def steps(world: World) -> int:
    return ComplaintStep.objects.count()


def taken(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "customer_name": "宁波大地",
        "channel": "telephone",
        "category": "delivery",
        "subject": "late",
        "text": "three days late",
        "goods": "D1",
    }


def seen(world: World) -> dict[str, object]:
    return {"version": 0}


def said(world: World) -> dict[str, object]:
    return {"token": str(uuid4()), "text": "called"}


def another_file(world: World) -> dict[str, object]:
    """A file of hers that the complaint was not put to."""
    return {"file-version": 0, "file-customer": customer("DOOR-F", world.her).customer_no}


DOORS = {
    "complaints": Door(plain("complaints"), get=EVERYBODY),
    "complaint_rates": Door(plain("complaint_rates"), get=EVERYBODY),
    "complaint_new": Door(
        plain("complaint_new"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=taken,
        effect=lambda world: Complaint.objects.count(),
    ),
    "complaint": Door(hers("complaint"), get=SEES, hidden=True, shows=lambda world: HER_COMPLAINT),
    "complaint_give": Door(
        hers("complaint_give"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {**seen(world), "handler": world.her.supervisor_id},
        effect=state,
    ),
    "complaint_hearing": Door(
        lambda world: reverse("complaint_hearing", args=[world.her_unheard_complaint.pk]),
        post=HEADS,
        hidden=True,
        data=seen,
        effect=state,
    ),
    "complaint_say": Door(
        hers("complaint_say"), post=those(SHE), hidden=True, sees=SEES, data=said, effect=steps
    ),
    "complaint_step": Door(
        hers("complaint_step"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {**said(world), "on": "2026-11-02"},
        effect=steps,
    ),
    "complaint_file": Door(
        hers("complaint_file"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=another_file,
        effect=lambda world: Complaint.objects.get(pk=world.her_complaint.pk).customer_id,
    ),
    "complaint_visited": Door(
        hers("complaint_visited"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {"at": "2026-11-02T08:30", "content": "changed the part"},
        effect=lambda world: Visit.objects.count(),
    ),
    "complaint_reply_customer": Door(
        hers("complaint_reply_customer"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {**seen(world), "answer": "changed"},
        effect=state,
    ),
    "complaint_close": Door(
        answered("complaint_close"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {"confirm-version": 0, "confirm-satisfaction": "4"},
        effect=state,
    ),
    "complaint_again": Door(
        answered("complaint_again"),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=lambda world: {"reopen-version": 0, "reopen-why": "broken again"},
        effect=state,
    ),
    "complaint_link": Door(
        lambda world: reverse("complaint_link", args=[world.her_unasked_complaint.pk]),
        post=HEADS,
        hidden=True,
        sees=SEES,
        data=seen,
        effect=lambda world: ComplaintLink.objects.count(),
    ),
    # For the customer: of the complaint its one line, and of hers nothing.
    "feedback": Door(
        lambda world: reverse("feedback", args=[token_of(world.her_link)]),
        get=EVERYBODY,
        post=EVERYBODY,
        is_open=True,
        data=lambda world: {"solved": "yes", "satisfaction": "5"},
        effect=lambda world: list(ComplaintLink.objects.values_list("state", flat=True)),
    ),
}

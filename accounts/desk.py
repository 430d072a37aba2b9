"""Cards of the desk: who leaves with things still to hand over, what runs out, who stands in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.handing_over import handover_open
from accounts.models import Person, Qualification, StandIn
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day

LEAVING_WITHIN = timedelta(days=14)
ENDING_WITHIN = timedelta(days=30)


def desk(user: Any) -> Iterator[Panel]:
    """Personnel: leavers and qualifications; whoever stands in, or is stood in for: until when."""
    if user.is_superuser or user.has_role("admin"):
        yield from _leavers()
        yield from _qualifications()
    if user.person is not None:
        yield from _stand_ins(user)


def _until(last: date) -> datetime:
    """The last minute of a day, as people say it."""
    return clock.end_of(last) - timedelta(minutes=1)


def _page(person: Person, name: str = "person") -> str:
    return reverse(name, args=[person.employee_no])


def _leavers() -> Iterator[Panel]:
    """Who leaves within a fortnight, or left in the last month, and has things still with them."""
    today = clock.today()
    about = Person.objects.filter(
        left_on__gte=today - ENDING_WITHIN, left_on__lte=today + LEAVING_WITHIN
    )
    people = list(about.order_by("left_on", "employee_no"))
    counts = handover_open([person.pk for person in people]) if people else {}
    waiting = [
        Waiting(
            text=str(person),
            url=_page(person, "person_handover"),
            note=ngettext("%(n)s thing to hand over", "%(n)s things to hand over", n) % {"n": n},
            due=_until(person.left_on),
        )
        for person in people
        if person.left_on and (n := counts.get(person.pk, 0))
    ]
    if waiting:
        yield card(key="leavers", title=_("Who leaves"), icon="door-open", waiting=waiting)


def _qualifications() -> Iterator[Panel]:
    """What ends within a month or has ended, of people who are here."""
    soon = clock.today() + ENDING_WITHIN
    ending = (
        Qualification.objects.filter(valid_until__lte=soon)
        .filter(Q(person__left_on=None) | Q(person__left_on__gte=clock.today()))
        .order_by("valid_until", "id")
    )
    count = ending.count()
    if count:
        yield card(
            key="qualifications",
            title=_("Qualifications that end"),
            icon="award",
            count=count,
            waiting=[
                Waiting(
                    text=f"{row.person} · {row.name}",
                    url=_page(row.person),
                    due=_until(row.valid_until) if row.valid_until else None,
                )
                for row in ending.select_related("person")[:SHOWN]
            ],
        )


def _stand_ins(user: Any) -> Iterator[Panel]:
    mine = StandIn.objects.filter(
        Q(absent=user.person_id) | Q(stand_in=user.person_id),
        ended_at=None,
        until_on__gte=clock.today(),
    ).order_by("from_on", "id")
    waiting = [
        Waiting(
            text=_says(row, user), url=_page(user.person), note=_days(row.from_on, row.until_on)
        )
        for row in mine.select_related("absent", "stand_in")[:SHOWN]
    ]
    if waiting:
        yield card(key="stand-ins", title=_("Stand-ins"), icon="users", waiting=waiting)


def _says(row: StandIn, user: Any) -> str:
    roles = "、".join(row.role_names)
    if row.stand_in_id == user.person_id:
        return _("You stand in for %(person)s (%(roles)s)") % {
            "person": row.absent.name,
            "roles": roles,
        }
    return _("%(person)s stands in for you (%(roles)s)") % {
        "person": row.stand_in.name,
        "roles": roles,
    }


def _days(first: date, last: date) -> str:
    return f"{day(first)} – {day(last)}"

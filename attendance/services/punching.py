"""Punching on the phone or in the browser (ATT-1): the server's time, the place if it was given."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.models import Punch
from core import clock

SAME_TAP = timedelta(minutes=1)  # so soon after one's last punch another tap is the same one
PLACE_COMES_WITHIN = timedelta(minutes=2)


class PunchRefused(Exception):
    """It was not taken; nothing was changed. The message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a browser says it is: degrees, and within how many metres."""

    latitude: float
    longitude: float
    accuracy: int | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """The punch that stands after a tap. `made`: by this very tap."""

    punch: Punch
    made: bool


@transaction.atomic
def punch_make(*, person: Person, token: UUID) -> Tapped:
    """Punch now, by the server's clock, to the second as machines do.

    The same tap sent twice is one punch; and within a minute of one's last punch here no other is
    made. Raises `PunchRefused` for who has left, and for a token that is somebody else's.
    """
    # One after the other: the second tap finds the punch of the first.
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if held.has_left:
        raise PunchRefused(_("Who has left the company punches no more."))
    if sent := Punch.objects.filter(token=token).first():
        if sent.person_id != held.pk:
            raise PunchRefused(_("Open the page anew and punch again."))
        return Tapped(sent, made=False)
    now = clock.now().replace(microsecond=0)
    own = Punch.objects.filter(person=held, source=Punch.Source.WEB)
    if last := own.filter(at__gt=now - SAME_TAP, at__lte=now).order_by("-at").first():
        return Tapped(last, made=False)
    # A machine may have seen them in the very same second.
    punch, made = Punch.objects.get_or_create(
        person=held,
        at=now,
        defaults={"source": Punch.Source.WEB, "came_at": now, "token": token},
    )
    return Tapped(punch, made)


def punch_place(*, person: Person, token: UUID, place: Place) -> bool:
    """Note where one's punch of just now was made. False: it is too late, or it is noted already.

    It comes after the punch, so that nobody is late for having allowed it.
    """
    changes: dict[str, Any] = {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "accuracy": place.accuracy,
    }
    just_made = Punch.objects.filter(
        person=person, token=token, latitude=None, came_at__gt=clock.now() - PLACE_COMES_WITHIN
    )
    return just_made.update(**changes) == 1

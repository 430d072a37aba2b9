"""Who came to a meeting: by the code on the chair's screen, by tick, excused by itself (MEET-1)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from reports.models import Meeting, Presence
from reports.reads.people import away_from, members_of
from reports.rules.meetings import is_late
from reports.services.refusals import ReportsRefused

State, Way = Presence.State, Presence.Way
CAME = (State.PRESENT, State.LATE)


@transaction.atomic
def presence_scan(*, meeting: Meeting, person: Person, actor: Any) -> Presence:
    """Somebody is in the room: present, or late after five minutes. A second scan does no harm.

    Only while the meeting runs: from a quarter before it begins until it is closed.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    there = Presence.objects.filter(meeting=held, person=person).first()
    if there is not None and there.state in CAME:
        return there
    if not held.is_running:
        raise ReportsRefused(_why_not(held))
    now = clock.now()
    state = State.LATE if is_late(held.starts_at, now) else State.PRESENT
    said = {"state": state, "way": Way.QR, "at": now, "by": actor}
    came, _made = Presence.objects.update_or_create(meeting=held, person=person, defaults=said)
    return came


def _why_not(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.CALLED_OFF:
        return _("The meeting was called off.")
    if meeting.is_planned and clock.now() < meeting.opens_at:
        return _("It is too early: come back a quarter of an hour before it begins.")
    return _("The meeting is over.")


@transaction.atomic
def presences_tick(*, meeting: Meeting, states: Mapping[int, str], actor: Any) -> int:
    """Tick who came, by the id of the person; an empty state leaves it to the code. Returns how
    many were changed, each with an audit row.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state == Meeting.State.CALLED_OFF:
        raise ReportsRefused(_("The meeting was called off."))
    if held.is_planned and clock.now() < held.opens_at:
        raise ReportsRefused(_("Who came is ticked when the meeting begins."))
    there = dict(Presence.objects.filter(meeting=held).values_list("person_id", "state"))
    changed = {
        person: state for person, state in states.items() if state and there.get(person) != state
    }
    numbers = dict(Person.objects.filter(pk__in=changed).values_list("pk", "employee_no"))
    for person, state in changed.items():
        said = {"state": state, "way": Way.TICK, "at": clock.now(), "by": actor}
        Presence.objects.update_or_create(meeting=held, person_id=person, defaults=said)
    if changed:
        audit(
            actor=actor,
            action="presence ticked",
            subject=audit_subject(held),
            changes={numbers[who]: [there.get(who), state] for who, state in changed.items()},
        )
    return len(changed)


def presences_settle(*, meeting: Meeting, actor: Any) -> None:
    """Of whom nothing is said: excused who is away, absent all others. In the caller's
    transaction."""
    known = set(Presence.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    away = away_from(meeting)
    Presence.objects.bulk_create(
        [
            Presence(
                meeting=meeting,
                person=person,
                state=State.EXCUSED if person.pk in away else State.ABSENT,
                way=Way.TICK,
                by=actor,
            )
            for person in members_of(meeting)
            if person.pk not in known
        ],
        ignore_conflicts=True,
    )

"""One meeting: planned, changed, called off, written down, closed (MEET-1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from reports.models import AgendaItem, Meeting, MinutesDraft
from reports.reads.agenda import agenda_filled
from reports.services.keeping import change, change_audited, made_audited
from reports.services.presence import presences_settle
from reports.services.refusals import ChangedMeanwhile, ReportsRefused
from reports.services.telling import called_off_tell, meeting_tell

State = Meeting.State


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A single meeting as its form says it."""

    kind: str
    title: str
    team: str
    starts_at: datetime
    minutes: int
    place: str
    chair: Person | None

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def meeting_plan(*, facts: MeetingFacts, token: UUID, actor: Any = None) -> Meeting:
    """Plan a single meeting; who is to come is told. The same form sent twice plans one."""
    _must_come(facts.starts_at)
    told = {"on": clock.local_date(facts.starts_at), "door": uuid4(), **facts.fields()}
    made, new = Meeting.objects.get_or_create(token=token, defaults=told)
    if new:
        made_audited(made, action="meeting planned", actor=actor, **facts.fields())
        meeting_tell(meeting=made, actor=actor)
    return made


def _must_come(starts_at: datetime) -> None:
    if starts_at <= clock.now():
        raise ReportsRefused(_("A meeting is planned for an hour to come."))


@transaction.atomic
def meeting_change(*, meeting: Meeting, facts: MeetingFacts, actor: Any = None) -> Meeting:
    """Change a planned meeting as it was seen. One of a series stays on its day."""
    _must_be_planned(meeting)
    on = clock.local_date(facts.starts_at)
    if facts.starts_at != meeting.starts_at:
        _must_come(facts.starts_at)
    if meeting.series_id is not None and on != meeting.on:
        raise ReportsRefused(
            _("A meeting of a series stays on its day: call it off, plan another.")
        )
    changed: Meeting = change_audited(
        meeting, action="meeting changed", actor=actor, on=on, **facts.fields()
    )
    if facts.starts_at != meeting.starts_at or facts.place != meeting.place:
        meeting_tell(meeting=changed, actor=actor)
    return changed


def _must_be_planned(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise ChangedMeanwhile(
            _("The meeting is %(state)s.") % {"state": meeting.get_state_display()}
        )


@transaction.atomic
def meeting_call_off(*, meeting: Meeting, reason: str, actor: Any = None) -> Meeting:
    """Call a planned meeting off, with the reason; who was to come is told."""
    if not reason.strip():
        raise ReportsRefused(_("Say why."))
    _must_be_planned(meeting)
    gone: Meeting = change_audited(
        meeting,
        action="meeting called off",
        actor=actor,
        state=State.CALLED_OFF,
        called_off_why=reason.strip(),
    )
    called_off_tell(meeting=gone, actor=actor)
    return gone


@transaction.atomic
def point_add(*, meeting: Meeting, text: str, token: UUID, actor: Any = None) -> AgendaItem:
    """Put a point on the agenda by hand; the same form sent twice puts it there once."""
    held = meeting_locked(meeting.pk)
    sent: AgendaItem | None = AgendaItem.objects.filter(token=token, meeting=held).first()
    if sent is not None:
        return sent
    _must_be_planned(held)
    point = AgendaItem.objects.create(
        meeting=held,
        sort=AgendaItem.Sort.POINT,
        text=text.strip(),
        person=getattr(actor, "person", None),
        token=token,
    )
    audit(
        actor=actor,
        action="point added",
        subject=audit_subject(held),
        changes={"text": [None, point.text]},
    )
    return point


@transaction.atomic
def minutes_write(*, meeting: Meeting, record: str, actor: Any = None) -> Meeting:
    """Write the minutes as they were seen. Of a meeting called off there are none.

    What the writer had typed before is saved with it.
    """
    minutes_must_be_open(meeting)
    written: Meeting = change_audited(
        meeting, action="minutes written", actor=actor, record=record.strip()
    )
    MinutesDraft.objects.filter(meeting=written, by=actor).delete()
    return written


def minutes_must_be_open(meeting: Meeting) -> None:
    """Raise `ReportsRefused` where there are no minutes to write."""
    if meeting.state == State.CALLED_OFF:
        raise ReportsRefused(_("The meeting was called off: there are no minutes."))
    if meeting.is_planned and clock.now() < meeting.opens_at:
        raise ReportsRefused(_("The minutes are written when the meeting begins."))


@transaction.atomic
def meeting_close(*, meeting: Meeting, actor: Any = None) -> Meeting:
    """Close a meeting that was held: agenda and who came stand from now on as they are.

    What whoever closes it has typed and not saved becomes its minutes, if nobody has changed it
    since. Raises `ChangedMeanwhile` for who comes second, `ReportsRefused` before it begins.
    """
    held = meeting_locked(meeting.pk)
    _must_be_planned(held)
    if clock.now() < held.opens_at:
        raise ReportsRefused(_("It has not begun yet."))
    typed = MinutesDraft.objects.filter(meeting=held, by=actor, of_version=held.version).first()
    if typed is not None:
        held = minutes_write(meeting=held, record=typed.text, actor=actor)
    presences_settle(meeting=held, actor=actor)
    _freeze(held)
    change(held, state=State.HELD, held_at=clock.now(), held_by=actor)
    audit(
        actor=actor,
        action="meeting closed",
        subject=audit_subject(held),
        changes={"state": [State.PLANNED.value, State.HELD.value]},
    )
    return Meeting.objects.get(pk=held.pk)


def _freeze(meeting: Meeting) -> None:
    """What the agenda has filled itself with becomes its points, each thing once."""
    points = [
        AgendaItem(
            meeting=meeting,
            sort=item.sort,
            source=item.source,
            person_id=item.person_id,
            text=item.text,
            note=item.note,
            position=position,
        )
        for position, item in enumerate(agenda_filled(meeting), start=1)
    ]
    AgendaItem.objects.bulk_create(points, ignore_conflicts=True)


def meeting_locked(pk: int) -> Meeting:
    """A meeting read anew, its row held until the transaction ends."""
    held: Meeting = Meeting.objects.select_for_update().get(pk=pk)
    return held

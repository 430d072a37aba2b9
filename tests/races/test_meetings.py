"""A meeting is closed while somebody scans the code at the door (MEET-1)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import Person, User
from core import clock
from reports.models import Meeting, Presence
from reports.services import presence as coming
from reports.services.meetings import meeting_close
from reports.services.presence import presence_scan
from tests.builders import at, day
from tests.races.at_once import at_once, elsewhere

ROUNDS = 5
NOW = "2026-11-10 09:01"
STARTS = "2026-11-10 09:00"


def people() -> tuple[Person, User]:
    """Somebody who scans, and the chair; a team of their own."""
    made = [
        Person.objects.get_or_create(
            employee_no=no,
            defaults={"name": no, "roles": role, "team": "RACE", "hired_on": day("2024-01-01")},
        )[0]
        for no, role in (("Y998", "salesperson"), ("Z998", "supervisor"))
    ]
    user, _new = User.objects.get_or_create(username="Z998", defaults={"person": made[1]})
    return made[0], user


def meeting() -> Meeting:
    return Meeting.objects.create(
        kind="other", title="RACE", team="RACE", on=day("2026-11-10"), starts_at=at(STARTS)
    )


def now(does: Callable[[], Any]) -> Callable[[], Any]:
    def done() -> Any:
        with clock.set_to(at(NOW)):
            return does()

    return done


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_closed_while_somebody_scans_they_came_or_are_told(books, turn):
    row = meeting()
    who, chair = people()
    scanned, closed = at_once(
        books,
        now(lambda: presence_scan(meeting=row, person=who, actor=chair)),
        now(lambda: meeting_close(meeting=row, actor=chair)),
    )
    assert isinstance(closed, Meeting), closed
    # What they were told is what stands: in the room, or too late.
    stands = Presence.objects.get(meeting=row, person=who).state
    if isinstance(scanned, Presence):
        assert stands == scanned.state == "present"
    else:
        assert type(scanned).__name__ == "ReportsRefused", scanned
        assert stands == "absent"


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_closed_twice_at_once_it_is_closed_once(books, turn):
    row = meeting()
    _who, chair = people()
    close = now(lambda: meeting_close(meeting=row, actor=chair))
    came = at_once(books, close, close)
    assert sorted(type(each).__name__ for each in came) == ["ChangedMeanwhile", "Meeting"], came
    assert Presence.objects.filter(meeting=row).count() == 2


def test_control_without_the_lock_whoever_scans_is_told_they_came_and_is_absent(books, monkeypatch):
    """The scan looks at the meeting while it runs, and writes once it is closed."""
    row = meeting()
    who, chair = people()

    def get(*, pk: int) -> Meeting:
        """The meeting read without its lock; by the time it is looked at it is closed."""
        seen = Meeting.objects.get(pk=pk)
        elsewhere(books, now(lambda: meeting_close(meeting=row, actor=chair)))
        return seen

    unlocked = SimpleNamespace(select_for_update=lambda: SimpleNamespace(get=get))
    monkeypatch.setattr(coming, "Meeting", SimpleNamespace(objects=unlocked))
    # Without its transaction, in which SQLite would let nobody else write.
    now(lambda: presence_scan.__wrapped__(meeting=row, person=who, actor=chair))()
    assert Meeting.objects.get(pk=row.pk).state == "held"
    assert Presence.objects.get(meeting=row, person=who).state == "present"

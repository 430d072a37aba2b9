"""Who is excused from a meeting: of leave in its half, of what an outing covers (MEET-1)."""

import pytest
from django.urls import reverse

from attendance.models import Leave, Outing, Trip
from core import clock
from reports.services import meeting_close
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import MANAGER, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db


def state_of(meeting, no: str) -> str:
    return meeting.presences.get(person__employee_no=no).state


@pytest.mark.parametrize(
    ("starts", "on_leave", "state"),
    [
        ("09:10", ("02", "am", "02", "am"), "excused"),
        ("09:10", ("02", "pm", "02", "pm"), "absent"),
        ("15:00", ("02", "am", "02", "am"), "absent"),
        ("15:00", ("02", "pm", "02", "pm"), "excused"),
        # From one afternoon to a morning: at the ends their halves, between them the whole day.
        ("09:10", ("01", "pm", "02", "am"), "excused"),
        ("15:00", ("01", "pm", "02", "am"), "absent"),
        ("15:00", ("01", "pm", "03", "am"), "excused"),
        # It begins before lunch and lasts into the afternoon, or until it.
        ("11:50", ("02", "pm", "02", "pm"), "excused"),
        ("11:40", ("02", "pm", "02", "pm"), "absent"),
    ],
)
def test_half_a_day_of_leave_excuses_in_its_half_alone(meeting, people, starts, on_leave, state):
    row = meeting(f"2026-11-02 {starts}")
    first, first_half, last, last_half = on_leave
    Leave.objects.create(
        person=people[SHE],
        type="personal",
        start_on=f"2026-11-{first}",
        start_half=first_half,
        end_on=f"2026-11-{last}",
        end_half=last_half,
        status="approved",
    )
    with clock.set_to(at(f"2026-11-02 {starts}")):
        page = client_of(SUPERVISOR).get(reverse("meeting_presence", args=[row.pk])).text
        assert ("on leave" in page) == (state == "excused")
        meeting_close(meeting=row, actor=user(MANAGER))
    assert state_of(row, SHE) == state


@pytest.mark.parametrize(
    ("start", "end", "status", "state"),
    [
        ("08:00", "09:10", "approved", "absent"),
        ("08:00", "09:11", "approved", "excused"),
        ("09:20", "12:00", "approved", "excused"),
        ("09:30", "12:00", "approved", "absent"),
        ("09:00", "12:00", "pending", "absent"),
    ],
)
def test_an_outing_excuses_of_what_it_covers_in_part(meeting, people, start, end, status, state):
    row = meeting()
    Outing.objects.create(
        person=people[SHE],
        start_at=at(f"2026-11-02 {start}"),
        end_at=at(f"2026-11-02 {end}"),
        status=status,
    )
    meeting_close(meeting=row, actor=user(MANAGER))
    assert state_of(row, SHE) == state


@pytest.mark.parametrize(("last", "state"), [("02", "excused"), ("01", "absent")])
def test_a_trip_excuses_all_day(meeting, people, last, state):
    row = meeting()
    Trip.objects.create(
        person=people[SHE], start_on="2026-11-01", end_on=f"2026-11-{last}", status="approved"
    )
    meeting_close(meeting=row, actor=user(MANAGER))
    assert state_of(row, SHE) == state

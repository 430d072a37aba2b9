"""What came of a machine's messages is forgotten after 90 days; its punches stay (ATT-1)."""

from datetime import timedelta

import pytest

from attendance.models import Device, DevicePush, Punch
from attendance.schedule import days
from attendance.services.devices import device_add
from attendance.services.pushing import pushes_sweep
from attendance.tasks import pushes_run
from core.jobs import job_request
from core.models import JobRun
from tests.builders import at
from tests.cast import SHE

pytestmark = pytest.mark.django_db
NOW = at("2026-11-02 09:00")


@pytest.fixture
def device(people) -> Device:
    made, _token = device_add(name="gate", place="", actor=None)
    return made


def pushed(device: Device, *ages: timedelta) -> None:
    DevicePush.objects.bulk_create(DevicePush(device=device, at=NOW - age) for age in ages)


def test_older_than_90_days_it_goes(device, people):
    second, ninety = timedelta(seconds=1), timedelta(days=90)
    pushed(device, timedelta(0), ninety, ninety + second, timedelta(days=400))
    Punch.objects.create(person=people[SHE], at=NOW - timedelta(days=400), device=device)
    assert pushes_sweep() == 2
    assert [NOW - at for at in DevicePush.objects.order_by("-at").values_list("at", flat=True)] == [
        timedelta(0),
        ninety,
    ]
    assert Punch.objects.count() == 1
    assert pushes_sweep() == 0


def test_many_go_part_by_part(device, django_assert_num_queries):
    pushed(device, *(timedelta(days=100 + n) for n in range(5)))
    with django_assert_num_queries(7):  # three parts, each found and taken away, and a last look
        assert pushes_sweep(most=2) == 5


def test_it_is_due_at_night_where_there_is_something_to_take_away(device):
    night = at("2026-11-03 04:00")
    assert list(days(night)) == []
    pushed(device, timedelta(days=91))
    assert [each.at for each in days(night)] == [
        at("2026-11-03 03:50"),
        at("2026-11-04 03:50"),
    ]


def test_the_job_says_how_many(device):
    pushed(device, timedelta(days=91))
    job_request(kind="pushes", subject="2026-11-03")
    run = JobRun.objects.get(kind="pushes")
    for _twice in range(2):
        pushes_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.outcome["swept"]) == ("done", 1)

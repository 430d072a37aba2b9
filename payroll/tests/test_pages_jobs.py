"""The jobs' page: alarms first, runs, what comes next; and a failed run tried again."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.jobs import coming
from core.models import AuditRow, JobRun
from tests.cast import CASHIER, FINANCE, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.usefixtures("closed")

State = JobRun.State


def run(state: str = State.FAILED, **values: object) -> JobRun:
    now = clock.now()
    return JobRun.objects.create(
        **{
            "kind": "cutoff",
            "subject": "2026-11",
            "state": state,
            "due_at": now,
            "started_at": now - timedelta(seconds=3),
            "finished_at": now,
            "attempt": 5,
            **values,
        }
    )


def page(who: str = MANAGER, query: str = "") -> str:
    client = client_of(who)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("jobs") + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "sees", "runs"),
    [
        (MANAGER, 200, 302),
        (FINANCE, 200, 302),
        (LEADER, 200, 403),
        (PERSONNEL, 200, 403),
        (CASHIER, 403, 403),
        (SUPERVISOR, 403, 403),
        (SHE, 403, 403),
    ],
)
def test_who_sees_and_who_runs(who, sees, runs):
    failed = run()
    client = client_of(who)
    assert client.get(reverse("jobs")).status_code == sees
    assert client.get(reverse("job", args=[failed.pk])).status_code == sees
    assert client.post(reverse("job_run_again", args=[failed.pk])).status_code == runs
    failed.refresh_from_db()
    assert (failed.state == State.FAILED) is (runs == 403)


def test_a_failed_run_stands_above_with_its_reason_and_a_button():
    run(error="WorkerLost")
    found = page()
    assert "The worker stopped in the middle of it." in found
    assert "Run again" in found
    assert 'class="nav-alarm">1<' in found
    assert "Run again" not in page(LEADER)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"state": State.DONE, "outcome": {"posted": 3, "reversed": 1}}, "3 posted, 1 reversed"),
        ({"state": State.DONE, "outcome": {"already": True}}, "A later close had done it already."),
        (
            {
                "state": State.DONE,
                "outcome": {"posted": 3, "reversed": 0, "set_aside": {"Y007": "ValueError"}},
            },
            "Y007 could not be reckoned and was set aside",
        ),
        ({"error": "2 / 7"}, "2 of its 7 parts failed."),
        ({"error": "KeyError"}, "An error of the program (KeyError); the log has the rest."),
        ({"error": "nobody is employed"}, "nobody is employed"),
        ({"state": State.WAITING, "done": 3, "steps": 8}, "3 / 8"),
    ],
)
def test_what_is_said_of_a_run(values, says):
    run(**values)
    assert says in page()


def test_a_run_is_found_by_kind_and_state():
    run(state=State.DONE, outcome={"posted": 41, "reversed": 0})
    run(kind="close", subject="2026-10")
    assert "41 posted" in page(query="?state=done")
    assert "41 posted" not in page(query="?state=failed")
    assert "41 posted" in page(query="?kind=nonsense&state=%00")
    assert "No such run" in page(query="?state=running")


def test_a_run_shows_its_parts_in_as_many_queries_however_many(django_assert_max_num_queries):
    whole = run(state=State.WAITING, details={})
    JobRun.objects.bulk_create(
        JobRun(kind="close_group", subject=f"2026-11/{n}", parent=whole, state=State.DONE)
        for n in range(40)
    )
    client = client_of(MANAGER)
    client.get(reverse("jobs"))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("job", args=[whole.pk]))
    assert answer.content.decode().count("job-done") == 40


def test_what_comes_next_is_fetched_afterwards(django_assert_max_num_queries):
    address, client = reverse("jobs_coming"), client_of(MANAGER)
    assert f'hx-get="{address}"' in page()
    with django_assert_max_num_queries(12):
        client.get(reverse("jobs"))
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    labels = {job.label for job, _due in coming(now=clock.now())}
    assert labels
    for shown in (whole, part):
        assert all(label in unescape(shown) for label in labels)
    assert client_of(CASHIER).get(address).status_code == 403


def test_what_several_schedules_want_to_know_is_asked_once():
    now = clock.now()
    with CaptureQueriesContext(connection) as asked:
        coming(now=now)
    months = [query for query in asked if "EXISTS (SELECT" in query["sql"][:40]]
    assert len(months) == 2  # the month that is closed and the one that runs
    with CaptureQueriesContext(connection) as again:
        coming(now=now)
    assert len(again) == len(asked)  # and anew whenever they are asked


def test_running_again_twice_happens_once():
    failed = run()
    client = client_of(MANAGER)
    for _time in range(2):
        client.post(reverse("job_run_again", args=[failed.pk]))
    assert AuditRow.objects.filter(action="run again").count() == 1

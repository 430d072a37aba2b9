"""Runs of jobs: taken once, tried again with growing pauses, taken back, joined, and due once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from core import clock, jobs
from core.jobs import Due, JobRefused, job_again, job_join, job_request, job_running
from core.models import JobRun

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
State = JobRun.State


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The messages that went out, by the run they were about."""
    messages: list[int] = []
    monkeypatch.setattr(
        jobs.current_app, "send_task", lambda _task, *, args, expires: messages.append(args[0])
    )
    monkeypatch.setattr(jobs, "_send_on_commit", jobs.jobs_send)  # a test never commits
    return messages


@pytest.fixture(autouse=True)
def at() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def asked(subject: str = "2026-10") -> JobRun:
    return job_request(kind="close", subject=subject)


def done(run: JobRun) -> None:
    with job_running(run.pk) as running:
        assert running
        running.finish(outcome={"posted": 1})


def stumbles(run: JobRun, error: type[Exception] = ValueError) -> None:
    with job_running(run.pk) as running:
        assert running
        raise error("Li Lei 3000.00")


def state(run: JobRun) -> str:
    return JobRun.objects.get(pk=run.pk).state


def test_a_run_is_taken_once_and_its_message_may_come_twice(sent):
    run = asked()
    assert sent == [run.pk]
    with job_running(run.pk) as first, job_running(run.pk) as second:
        assert first is not None
        assert second is None
        first.finish(outcome={"posted": 3})
    with job_running(run.pk) as third:
        assert third is None
    run.refresh_from_db()
    assert (run.state, run.outcome, run.attempt) == (State.DONE, {"posted": 3}, 1)


def test_who_asks_for_what_is_under_way_gets_that_run():
    run = asked()
    assert asked() == run
    done(run)
    with clock.set_to(NOW + timedelta(seconds=1)):
        assert asked() != run


def test_a_failing_run_waits_longer_each_time_and_then_alarms(caplog):
    run = asked()
    pauses = []
    now = NOW
    for attempt in range(1, 6):
        with clock.set_to(now):
            stumbles(run)
            run.refresh_from_db()
            assert run.attempt == attempt
            if attempt < 5:
                assert run.state == State.QUEUED
                pauses.append(run.next_try_at - now)
                with job_running(run.pk) as too_soon:
                    assert too_soon is None
                now = run.next_try_at
    assert pauses == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert (run.state, run.error) == (State.FAILED, "ValueError")
    [alarm] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "job failed" in alarm.getMessage()
    assert "Li Lei" not in alarm.getMessage()


def test_a_refusal_is_not_tried_again():
    run = asked()
    with job_running(run.pk):
        raise JobRefused("nobody is employed")
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, "nobody is employed")


def test_a_run_that_is_not_heard_of_goes_back_into_the_queue(sent):
    run = asked()
    JobRun.objects.update(state=State.RUNNING, attempt=1, alive_at=NOW, worker="a@host")
    jobs.jobs_resume(now=NOW + timedelta(seconds=59))
    assert state(run) == State.RUNNING
    jobs.jobs_resume(now=NOW + timedelta(seconds=61))
    assert state(run) == State.QUEUED
    assert sent == [run.pk, run.pk]


def test_what_is_taken_back_is_sent_by_the_same_tick(sent):
    """On a clock that goes on while the tick is at work."""
    run = asked()
    JobRun.objects.update(state=State.RUNNING, attempt=1, alive_at=NOW, worker="a@host")
    now = NOW + timedelta(minutes=2)
    with clock.set_to(now + timedelta(milliseconds=1)):
        jobs.jobs_resume(now=now)
    assert sent == [run.pk, run.pk]


def test_a_worker_that_starts_takes_up_what_one_of_its_name_left(sent):
    run = asked()
    JobRun.objects.update(state=State.RUNNING, attempt=1, alive_at=NOW, worker="a@host")
    jobs.jobs_take_up(worker="b@host")
    assert state(run) == State.RUNNING
    jobs.jobs_take_up(worker="a@host")
    assert state(run) == State.QUEUED
    done(run)


def test_a_run_that_kills_its_worker_every_time_is_given_up():
    run = asked()
    JobRun.objects.update(state=State.RUNNING, attempt=5, alive_at=NOW, worker="a@host")
    jobs.jobs_take_up(worker="a@host")
    assert state(run) == State.FAILED


def test_whoever_lost_a_run_cannot_end_it():
    run = asked()
    with job_running(run.pk) as slow:
        assert slow
        jobs.jobs_resume(now=NOW + timedelta(minutes=2))
        with job_running(run.pk) as fast:
            assert fast
            fast.finish(outcome={"posted": 7})
        slow.finish(outcome={"posted": 8})
    run.refresh_from_db()
    assert run.outcome == {"posted": 7}


def test_what_waits_is_sent_again_but_not_at_every_tick(sent):
    run = asked()
    jobs.jobs_resume(now=NOW + timedelta(minutes=1))
    assert sent == [run.pk]
    jobs.jobs_resume(now=NOW + timedelta(minutes=2))
    assert sent == [run.pk, run.pk]


def test_a_broker_that_is_away_loses_nothing(monkeypatch):
    def away(*_args: object, **_named: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(jobs.current_app, "send_task", away)
    run = asked()
    assert state(run) == State.QUEUED
    jobs.jobs_resume(now=NOW + timedelta(minutes=5))
    assert state(run) == State.QUEUED
    sent: list[int] = []
    monkeypatch.setattr(
        jobs.current_app, "send_task", lambda _task, *, args, expires: sent.append(args[0])
    )
    jobs.jobs_resume(now=NOW)  # the next tick, not two minutes later
    assert sent == [run.pk]


# A database that is away for a moment.


def away(times: int, step: Callable[..., object]) -> Callable[..., object]:
    """The step, failing that many times first as when there is nobody to connect to."""
    left = iter(range(times))

    def tried(*args: object, **named: object) -> object:
        if next(left, None) is not None:
            raise OperationalError
        return step(*args, **named)

    return tried


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LOOK_AGAIN_AFTER", 0.0)


@pytest.mark.usefixtures("short_pauses")
@pytest.mark.parametrize("step", ["_claim", "_close"])
def test_who_holds_a_run_or_its_message_waits_for_the_database(monkeypatch, step):
    run = asked()
    monkeypatch.setattr(jobs, step, away(3, getattr(jobs, step)))
    stumbles(run)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.error) == (State.QUEUED, 1, "ValueError")


@pytest.mark.usefixtures("short_pauses")
def test_nobody_waits_for_the_database_longer_than_others_wait_for_him(monkeypatch):
    run = asked()
    monkeypatch.setattr(jobs, "LOST_AFTER", timedelta(0))
    monkeypatch.setattr(jobs, "_claim", away(10**6, jobs._claim))
    with pytest.raises(OperationalError):
        done(run)


def test_a_sign_of_life_that_failed_is_given_on_another_connection(monkeypatch):
    """One that is broken stays so; the run would be taken for dead though somebody works on it."""
    said = []
    pulse = jobs._Pulse(asked())

    def write() -> None:
        said.append("write")
        if said.count("write") == 1:
            raise OperationalError
        pulse._ended = True

    monkeypatch.setattr(jobs, "ALIVE_EVERY", 0.0)
    monkeypatch.setattr(pulse, "_write", write)
    monkeypatch.setattr(pulse, "_let_go", lambda: said.append("let go"))
    pulse.run()
    assert said == ["write", "let go", "write", "let go"]


# A clock that was set back.

BEFORE = NOW - timedelta(days=2)


def test_a_run_heard_of_in_time_to_come_is_taken_back(sent):
    run = asked()
    JobRun.objects.update(state=State.RUNNING, attempt=1, alive_at=NOW, worker="a@host")
    jobs.jobs_resume(now=NOW - timedelta(seconds=59))  # clocks that differ a little
    assert state(run) == State.RUNNING
    jobs.jobs_resume(now=BEFORE)
    assert state(run) == State.QUEUED


def test_a_pause_does_not_last_until_the_clock_comes_by_again(sent):
    run = asked()
    stumbles(run)
    jobs.jobs_resume(now=NOW - timedelta(seconds=30))
    assert sent == [run.pk]
    with clock.set_to(BEFORE):
        jobs.jobs_resume(now=BEFORE)
        assert sent == [run.pk, run.pk]
        done(run)


# Parts.


def in_parts(subject: str = "2026-10") -> tuple[JobRun, list[JobRun]]:
    run = asked(subject)
    with job_running(run.pk) as running:
        assert running
        running.split(
            kind="close_group", subjects=[f"{subject}/0", f"{subject}/1"], details={"as_of": "x"}
        )
    return run, list(JobRun.objects.filter(parent=run).order_by("subject"))


def test_a_run_goes_on_when_its_last_part_is_done(sent):
    run, parts = in_parts()
    assert state(run) == State.WAITING
    done(parts[1])
    assert state(run) == State.WAITING
    done(parts[0])
    assert state(run) == State.QUEUED
    assert sent == [run.pk, parts[0].pk, parts[1].pk, run.pk]
    done(run)


def test_a_join_that_was_lost_is_made_up_for(sent):
    run, parts = in_parts()
    JobRun.objects.filter(parent=run).update(state=State.DONE)  # and then the worker died
    jobs.jobs_resume(now=NOW)
    assert state(run) == State.QUEUED
    assert sent.count(run.pk) == 2
    job_join(run.pk)
    assert sent.count(run.pk) == 2
    assert len(parts) == 2


def test_a_part_that_fails_for_good_fails_the_whole_and_both_are_tried_again_together(sent):
    run, parts = in_parts()
    done(parts[0])
    JobRun.objects.filter(pk=parts[1].pk).update(attempt=4)
    stumbles(parts[1])
    assert (state(parts[1]), state(run)) == (State.FAILED, State.FAILED)
    job_again(run=JobRun.objects.get(pk=run.pk))
    assert (state(parts[0]), state(parts[1]), state(run)) == ("done", "queued", "waiting")
    done(parts[1])
    done(run)


def test_a_failed_run_is_tried_again_as_if_for_the_first_time():
    run = asked()
    JobRun.objects.update(attempt=4)
    stumbles(run)
    job_again(run=run)
    stumbles(run)
    assert state(run) == State.QUEUED


# The schedule.


def schedules(monkeypatch: pytest.MonkeyPatch, **found: object) -> None:
    kinds = [jobs.Job(kind, "task", kind, schedule) for kind, schedule in found.items()]
    monkeypatch.setattr(jobs, "jobs", lambda: kinds)


def test_what_is_due_becomes_one_run_however_many_beats_ask(monkeypatch):
    late, coming = NOW - timedelta(days=3), NOW + timedelta(minutes=1)
    schedules(monkeypatch, cutoff=lambda _now: [Due("2026-11", late), Due("2026-11", coming)])
    assert [(r.kind, r.due_at) for r in jobs.jobs_due(now=NOW)] == [("cutoff", late)]
    assert jobs.jobs_due(now=NOW) == []
    assert JobRun.objects.count() == 1


def test_a_schedule_that_cannot_be_read_stops_no_other(monkeypatch):
    def broken(_now: datetime) -> list[Due]:
        raise ValueError

    schedules(monkeypatch, attendance=broken, cutoff=lambda _now: [Due("2026-11", NOW)])
    assert [run.kind for run in jobs.jobs_due(now=NOW)] == ["cutoff"]

"""What the program looks at by itself each day: unpaid deliveries, goods on loan (adr/0011)."""

from datetime import date

import pytest

from claims.tasks import loans_run
from core import clock
from core.jobs import coming, job_request
from core.models import JobRun
from core.tasks import tick
from payroll.job_words import run_says
from receivables.models import UnpaidDelivery
from receivables.services import unpaid as service
from receivables.tasks import unpaid_run
from tests.builders import at, loan, order, person

pytestmark = pytest.mark.django_db

TASKS = {"receivables.tasks.unpaid_run": unpaid_run, "claims.tasks.loans_run": loans_run}
KINDS = ("loans", "unpaid")


@pytest.fixture(autouse=True)
def messages(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The messages that went out for these jobs; nobody has taken them yet."""
    sent: list[tuple[str, int]] = []

    def send(task: str, *, args: list[int], expires: float) -> None:
        if task in TASKS:
            sent.append((task, args[0]))

    monkeypatch.setattr("core.jobs.current_app.send_task", send)
    return sent


@pytest.fixture
def company() -> None:
    she = person()
    order(she, delivered={"2026-11-02": "100.00"})
    loan(she, lent="2026-11-02 09:00", returned=None, condition="")


def works(messages: list[tuple[str, int]]) -> None:
    """A worker takes every message there is."""
    while messages:
        task, run = messages.pop(0)
        TASKS[task](run)


def runs(kind: str = "unpaid") -> list[str]:
    found = JobRun.objects.filter(kind=kind).order_by("due_at")
    return [f"{r.subject} {clock.local(r.due_at):%d %H:%M} {r.state}" for r in found]


def outcome(kind: str) -> dict[str, object]:
    return JobRun.objects.filter(kind=kind).latest("due_at").outcome


def reminded() -> date | None:
    return UnpaidDelivery.objects.get().reminded_on


@pytest.mark.parametrize("kind", KINDS)
def test_due_at_twenty_past_midnight_once_however_often_it_is_asked(company, messages, kind):
    with clock.set_to(at("2026-11-13 00:19:59")):
        tick()
    assert runs(kind) == []
    for when in ("2026-11-13 00:20", "2026-11-13 00:21", "2026-11-13 23:59"):
        with clock.set_to(at(when)):
            tick()
            works(messages)
    assert runs(kind) == ["2026-11-13 13 00:20 done"]


def test_what_came_of_it(company, messages):
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
        works(messages)
    assert outcome("unpaid") == {
        "open": 1, "new": 1, "escalated": 1, "settled": 0, "kept": 0, "broken": 0,
        "set_aside": {},
    }  # fmt: skip
    assert outcome("loans") == {"overdue": 1}
    says = {run.kind: run_says(run) for run in JobRun.objects.filter(kind__in=KINDS)}
    assert says == {
        "unpaid": "1 unpaid: 1 new, 1 newly escalated; 0 settled",
        "loans": "1 loan overdue",
    }


def test_days_that_were_missed_need_no_run_of_their_own(company, messages):
    for day in (4, 13):
        with clock.set_to(at(f"2026-11-{day:02} 08:00")):
            tick()
            works(messages)
    assert runs() == ["2026-11-04 04 00:20 done", "2026-11-13 13 00:20 done"]
    assert UnpaidDelivery.objects.get().escalated_on == date(2026, 11, 13)


def test_a_run_that_comes_days_late_looks_at_today(company, messages):
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
    with clock.set_to(at("2026-11-16 09:00")):
        works(messages)
    assert reminded() == date(2026, 11, 16)
    assert UnpaidDelivery.objects.get().escalated_on == date(2026, 11, 13)


def test_yesterdays_run_after_todays_takes_nothing_back(company, messages):
    with clock.set_to(at("2026-11-12 00:20")):
        tick()
    late, messages[:] = list(messages), []
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
        works(messages)
        works(late)
    assert runs() == ["2026-11-12 12 00:20 done", "2026-11-13 13 00:20 done"]
    assert reminded() == date(2026, 11, 13)


def test_a_message_that_comes_twice_does_it_once(company, messages, monkeypatch):
    calls = []
    right = service.unpaid_converge

    def counted(**asked):
        calls.append(asked)
        return right(**asked)

    monkeypatch.setattr(service, "unpaid_converge", counted)
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
        works([*messages, *messages])
    assert len(calls) == 1


def test_asked_for_again_it_finds_nothing_to_do(company, messages):
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
        works(messages)
    with clock.set_to(at("2026-11-13 10:00")):
        job_request(kind="unpaid", subject="2026-11-13")
        tick()
        works(messages)
    assert outcome("unpaid") == {
        "open": 1, "new": 0, "escalated": 0, "settled": 0, "kept": 0, "broken": 0,
        "set_aside": {},
    }  # fmt: skip


def test_an_order_that_was_set_aside_is_named(company, messages, monkeypatch):
    order(person("Y2"), "O2", delivered={"2026-11-03": "100.00"})
    right = service.delivery_states

    def poisoned(money, *more):
        if money.delivered[0][0] == date(2026, 11, 3):
            raise ValueError
        return right(money, *more)

    monkeypatch.setattr(service, "delivery_states", poisoned)
    with clock.set_to(at("2026-11-13 00:20")):
        tick()
        works(messages)
    assert "O2 could not be reckoned" in run_says(JobRun.objects.get(kind="unpaid"))
    assert outcome("unpaid")["open"] == 1


def test_a_company_without_deliveries_and_loans_has_nothing_to_look_at():
    person()
    with clock.set_to(at("2026-11-13 08:00")):
        tick()
    assert runs("unpaid") == runs("loans") == []


def test_what_comes_next_is_told(company):
    for now, wanted in (("2026-11-13 00:10", "13 00:20"), ("2026-11-13 00:20", "14 00:20")):
        found = coming(now=at(now))
        told = {job.kind: f"{clock.local(due.at):%d %H:%M}" for job, due in found}
        assert told == told | dict.fromkeys(KINDS, wanted)

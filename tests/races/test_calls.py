"""The third call of a day is begun by two at once: one of them gets it (VIS-4)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person, User
from core import clock
from customers.models import Call, Customer, Visit
from customers.services import calls as calling
from customers.services import quiet_mark, telephone, visit_record
from customers.services.calls import CallFacts, call_begin, call_end
from tests.builders import at, day
from tests.races.at_once import at_once, elsewhere

ROUNDS = 5
NOW = "2026-11-10 09:00"
MOST = 3


def seller(no: str) -> Person:
    found, _new = Person.objects.get_or_create(
        employee_no=no,
        defaults={"name": no, "roles": "salesperson", "hired_on": day("2024-01-01")},
    )
    User.objects.get_or_create(username=no, defaults={"person": found})
    return found


def firm(owner: Person) -> Customer:
    return Customer.objects.create(
        customer_no=f"RACE{uuid4().hex[:8]}",
        name="RACE",
        owner=owner,
        telephone="0574-1",
        created_on=day("2024-01-01"),
    )


def now(does: Callable[[], Any]) -> Callable[[], Any]:
    def done() -> Any:
        with clock.set_to(at(NOW)):
            return does()

    return done


def begin(who: Person, to: Customer) -> Callable[[], Any]:
    return now(lambda: call_begin(person=who, customer=to, actor=None))


def called(who: Person, to: Customer, times: int) -> None:
    for _time in range(times):
        call = begin(who, to)()
        now(lambda made=call: call_end(call=made, facts=CallFacts("not_reached"), actor=None))()


def kinds(came: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in came)


def free(*people: Person) -> None:
    """Nobody of them is on the telephone: each round begins so."""
    for call in Call.objects.running().filter(person__in=people):
        now(lambda made=call: call_end(call=made, facts=CallFacts("not_reached"), actor=None))()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_last_call_of_a_day_is_had_by_one(books, turn):
    people = [seller(no) for no in ("Y991", "Y992", "Y993")]
    free(*people)
    to = firm(people[0])
    called(people[0], to, MOST - 1)
    came = at_once(books, *(begin(who, to) for who in people))
    assert kinds(came) == ["Call", "CallRefused", "CallRefused"], came
    assert Call.objects.filter(customer=to).count() == MOST


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_tapped_twice_at_once_it_is_one_call(books, turn):
    who = seller("Y991")
    free(who)
    to = firm(who)
    first, second = at_once(books, begin(who, to), begin(who, to))
    assert isinstance(first, Call), first
    assert first == second
    assert Call.objects.filter(customer=to).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_visit_by_telephone_and_a_call_at_once_are_no_more_than_enough(books, turn):
    her, mate = seller("Y991"), seller("Y992")
    free(her, mate)
    to = firm(her)
    called(her, to, MOST - 1)
    record = now(
        lambda: visit_record(
            person=mate, customer=to, at=at(NOW), kind="telephone", content="x", actor=None
        )
    )
    came = at_once(books, begin(her, to), record)
    assert "CallRefused" in kinds(came), came
    visits = Visit.objects.filter(customer=to).count()
    assert Call.objects.filter(customer=to).count() + visits == MOST


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_marked_while_somebody_calls_the_call_stands_or_is_refused(books, turn):
    who = seller("Y991")
    free(who)
    to = firm(who)
    mark = now(lambda: quiet_mark(customer=to, reason="asked for it", actor=None))
    call, marked = at_once(books, begin(who, to), mark)
    assert type(marked).__name__ == "QuietMark", marked
    assert type(call).__name__ in ("Call", "CallRefused"), call
    with pytest.raises(calling.CallRefused):
        begin(seller("Y992"), to)()


def test_control_without_the_lock_there_is_a_call_too_many(books, monkeypatch):
    """Somebody else begins a call between the counting and the call."""
    her, mate = seller("Y991"), seller("Y992")
    free(her, mate)
    to = firm(her)
    called(her, to, MOST - 1)
    count, turns = telephone.calls_until, iter([True])

    def counted(customer: int, until: Any) -> int:
        """Counted, and by the time that is looked at another call has begun."""
        found = count(customer, until)
        if next(turns, False):
            elsewhere(books, begin(mate, to))
        return found

    monkeypatch.setattr(telephone, "calls_until", counted)
    monkeypatch.setattr(telephone, "file_locked", lambda pk: Customer.objects.get(pk=pk))
    unlocked = SimpleNamespace(select_for_update=lambda **_how: Person.objects)
    monkeypatch.setattr(calling, "Person", SimpleNamespace(objects=unlocked))
    # Without its transaction, in which SQLite would let nobody else write.
    now(lambda: call_begin.__wrapped__(person=her, customer=to, actor=None))()
    assert Call.objects.filter(customer=to).count() == MOST + 1

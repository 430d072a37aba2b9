"""Two decide on one explanation; a fine ticked, its cash handed over, twice at once (ATT-1, 2)."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import Person, User
from attendance.lists.asked import ExcuseWaitingList
from attendance.models import Excuse, FineHandover, FinePayment, MakeUpPunch, Punch
from attendance.services import asked
from attendance.services.asked import asked_approve, asked_refuse
from attendance.services.excuses import excuse_ask
from attendance.services.fines import fine_tick, fine_untick, fines_hand_over
from attendance.services.make_ups import make_up_ask
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.lists import RowRefused
from core.models import AuditRow
from tests.races.at_once import at_once, elsewhere

ROUNDS = 4
DAY = date(2026, 9, 7)  # a Monday in no month that the books have closed


def user_of(person: Person) -> User:
    return User.objects.get_or_create(username=person.employee_no, defaults={"person": person})[0]


def heads() -> list[User]:
    """Two who may decide, each with a login of their own."""
    hired = date(2024, 1, 1)
    return [
        user_of(Person.objects.create(employee_no=no, name=no, roles="manager", hired_on=hired))
        for no in ("RM1", "RM2")
    ]


def late(no: str = "RS1") -> Person:
    """Somebody who came at half past nine on that day."""
    person = Person.objects.create(
        employee_no=no, name=no, roles="salesperson", hired_on=date(2024, 1, 1)
    )
    for hour in ((9, 30), (18, 0)):
        at = clock.from_local(datetime(2026, 9, 7, *hour))  # noqa: DTZ001
        Punch.objects.create(person=person, at=at)
    return person


def explained(person: Person) -> Excuse:
    return excuse_ask(person=person, day=DAY, side="in", reason="metro", token=uuid4())


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    waiting = explained(late())
    one, other = heads()
    came = at_once(
        books,
        lambda: asked_approve(row=waiting, actor=one),
        lambda: asked_refuse(row=waiting, reply="no", actor=other),
    )
    decided = [each for each in came if isinstance(each, Excuse)]
    told = [each for each in came if isinstance(each, ChangedMeanwhile)]
    assert (len(decided), len(told)) == (1, 1), came
    standing = Excuse.objects.get(pk=waiting.pk)
    assert standing.decided_by is not None
    assert standing.decided_by.get_full_name() in str(told[0])
    assert standing.status == decided[0].status
    assert AuditRow.objects.filter(action__in=("day approved", "day refused")).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_many_refused_and_approved_at_once(books, turn):
    """What one list refuses and another approves: of each row one says so already."""
    waiting = [explained(late()), explained(late("RS2"))]
    approve, refuse = (partial(each.does, **said(each)) for each in ExcuseWaitingList.bulk)

    def decide(does: Any, by: User) -> list[Any]:
        rows = ExcuseWaitingList.kind.model.objects.to_decide_by(by).select_related("person")
        return [outcome(partial(does, row=row, actor=by)) for row in rows.filter(pk__in=ids)]

    ids = [row.pk for row in waiting]
    one, other = heads()
    came = at_once(books, lambda: decide(approve, one), lambda: decide(refuse, other))
    told = [each for both in came for each in both]
    assert told.count(True) == 2, came
    assert all(each is True or isinstance(each, RowRefused) for each in told), came
    assert AuditRow.objects.filter(action__in=("day approved", "day refused")).count() == 2


def said(action: Any) -> dict[str, str]:
    return {"said": "no"} if action.asks else {}


def outcome(does: Any) -> Any:
    try:
        with transaction.atomic():
            return does()
    except RowRefused as refusal:
        return refusal


def test_control_without_the_condition_both_decide(books, monkeypatch):
    """Who comes second overwrites."""

    def change(of: Any, **values: Any) -> None:
        Excuse.objects.filter(pk=of.pk).update(**values)

    monkeypatch.setattr(asked, "change", change)
    waiting = explained(late())
    one, other = heads()
    asked_approve(row=waiting, actor=one)
    elsewhere(books, lambda: asked_refuse(row=waiting, reply="no", actor=other))
    assert AuditRow.objects.filter(action__in=("day approved", "day refused")).count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_make_up_punch_approved_twice_at_once(books, turn):
    at = clock.from_local(datetime(2026, 9, 7, 8, 55))  # noqa: DTZ001
    waiting = make_up_ask(person=late(), at=at, reason="x", token=uuid4())
    came = at_once(books, *(lambda: asked_approve(row=waiting) for _ in range(2)))
    assert sorted(type(each).__name__ for each in came) == ["ChangedMeanwhile", "MakeUpPunch"]
    assert MakeUpPunch.objects.get().status == "approved"
    assert Punch.objects.filter(at=at).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_same_day_explained_twice_at_once(books, turn):
    person = late()
    came = at_once(books, *(lambda: explained(person) for _ in range(2)))
    assert any(isinstance(each, Excuse) for each in came), came
    assert all(isinstance(each, (Excuse, AttendanceRefused)) for each in came), came
    assert Excuse.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_fine_ticked_by_two_at_once_is_paid_once(books, turn):
    person = late()
    came = at_once(
        books,
        *(lambda by=by: fine_tick(person=person, day=DAY, side="in", actor=by) for by in heads()),
    )
    assert came[0] == came[1] == FinePayment.objects.get(person=person), came


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_handed_over_twice_or_unticked_at_once_the_sum_is_exact(books, turn):
    person, (boss, _other) = late(), heads()
    payment = fine_tick(person=person, day=DAY, side="in", actor=boss)
    five = Decimal("5.00")
    came = at_once(
        books,
        lambda: fines_hand_over(expected=five, token=uuid4(), actor=boss),
        lambda: fines_hand_over(expected=five, token=uuid4(), actor=boss),
        lambda: fine_untick(payment=payment, actor=boss),
    )
    made = [each for each in came if isinstance(each, FineHandover)]
    assert FineHandover.objects.count() == len(made) <= 1, came
    unticked = came[2] is None
    assert unticked != bool(made), came
    assert FinePayment.objects.filter(handover__in=made).count() == len(made)
    assert FinePayment.objects.filter(person=person).exists() != unticked

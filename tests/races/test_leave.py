"""Two who decide on one leave, two approvals that want the same days given, one form sent twice
(LEA-1, LEA-3, ORG-1)."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Person, User
from attendance.leave_balances import rewards_of
from attendance.leave_facts import leave_rules
from attendance.models import Leave, LeaveStep
from attendance.services import leave as asking
from attendance.services import leave_deciding, leave_keeping
from attendance.services.leave import AskedLeave, leave_ask
from attendance.services.leave_deciding import leave_approve, leave_cancel, leave_refuse
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused
from attendance.services.rewards import reward_give
from core import clock
from core.models import AuditRow
from notices.models import Notice
from tests.builders import at
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she

ROUNDS = 4
NOW = at("2026-11-02 09:00")


@pytest.fixture(autouse=True)
def november():
    with clock.set_to(NOW):
        yield


def heads() -> list[User]:
    """Two who may decide, each with a login of their own."""
    hired = date(2024, 1, 1)
    people = [
        Person.objects.create(employee_no=no, name=no, roles="manager", hired_on=hired)
        for no in ("RM1", "RM2")
    ]
    return [User.objects.create(username=each.employee_no, person=each) for each in people]


def her() -> Person:
    return Person.objects.select_related("supervisor").get(pk=she().pk)


def ask(day: int, kind: str = "personal", *, token=None) -> Leave:
    on = date(2026, 11, day)
    asked = AskedLeave(kind, on, "am", on, "pm", "a wedding")
    return leave_ask(person=her(), asked=asked, token=token or uuid4())


def give(days: int, head: User) -> None:
    """Days given, and nothing that the company's tables took from them."""
    Leave.objects.filter(person=her(), type="reward").update(status="cancelled")
    reward_give(
        person=her(),
        days=Decimal(days),
        use_by=date(2026, 12, 31),
        reason="best of October",
        token=uuid4(),
        actor=head,
    )


def approve(leave: Leave, head: User) -> Leave:
    with clock.set_to(NOW):
        return leave_approve(leave=leave, step=1, actor=head)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    waiting = ask(9)
    one, other = heads()
    came = at_once(
        books,
        lambda: approve(waiting, one),
        lambda: leave_refuse(leave=waiting, step=1, reply="no", actor=other),
    )
    decided = [each for each in came if isinstance(each, Leave)]
    told = [each for each in came if isinstance(each, ChangedMeanwhile)]
    assert (len(decided), len(told)) == (1, 1), came
    standing = Leave.objects.get(pk=waiting.pk)
    assert standing.decided_by is not None
    assert standing.decided_by.get_full_name() in str(told[0])
    assert standing.status == decided[0].status
    assert LeaveStep.objects.filter(leave=waiting).count() == 1
    assert AuditRow.objects.filter(action__in=("leave approved", "leave refused")).count() == 1
    decisions = Notice.objects.filter(key__startswith=f"leave/{waiting.pk}/decided")
    assert decisions.count() == 1


def test_control_without_reading_again_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and approved all the same."""

    def change(of: Leave, **values: object) -> None:
        Leave.objects.filter(pk=of.pk).update(**values)

    monkeypatch.setattr(leave_deciding, "leave_change", change)
    monkeypatch.setattr(leave_deciding, "leave_reread", lambda leave, *statuses: leave)
    monkeypatch.setattr(leave_deciding, "_say", lambda *args, **kwargs: None)
    waiting = ask(9)
    one, other = heads()
    approve(Leave.objects.select_related("person").get(pk=waiting.pk), one)
    stale = Leave.objects.select_related("person").get(pk=waiting.pk)
    elsewhere(books, lambda: leave_refuse(leave=stale, step=1, reply="no", actor=other))
    assert AuditRow.objects.filter(action__in=("leave approved", "leave refused")).count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_approvals_do_not_overdraw(books, turn):
    one, other = heads()
    give(1, one)
    first, second = ask(9, "reward"), ask(10, "reward")
    came = at_once(books, lambda: approve(first, one), lambda: approve(second, other))
    kinds = sorted(type(each).__name__ for each in came)
    assert kinds == ["Leave", "LeaveRefused"], came
    standing = rewards_of(her(), leave_rules())
    assert (standing.left, standing.beyond) == (0, 0)


def test_control_without_the_lock_they_overdraw(books, monkeypatch):
    """Both look at the balance before either has written: a day is taken that nobody gave."""
    one, other = heads()
    give(1, one)
    first, second = ask(9, "reward"), ask(10, "reward")
    looked = leave_deciding._must_be_given

    def looks(leave, rules):
        looked(leave, rules)
        if leave.pk == first.pk:
            elsewhere(books, lambda: approve(second, other))

    if books.startswith("sqlite"):
        pytest.skip("one writer at a time: there is nothing to take away")
    monkeypatch.setattr(leave_keeping, "leave_hold", lambda person: None)
    monkeypatch.setattr(leave_deciding, "_must_be_given", looks)
    approve(first, one)
    assert rewards_of(her(), leave_rules()).beyond == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_requests_that_overlap_are_one(books, turn):
    def want(kind: str):
        with clock.set_to(NOW):
            return ask(9, kind)

    came = at_once(books, lambda: want("personal"), lambda: want("sick"))
    assert sorted(type(each).__name__ for each in came) == ["Leave", "LeaveRefused"], came
    assert any(isinstance(each, LeaveRefused) for each in came)
    assert Leave.objects.filter(person=her(), start_on=date(2026, 11, 9)).count() == 1
    assert asking.overlapping(Leave.objects.get(start_on=date(2026, 11, 9), person=her())) is None


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_form_twice_at_once(books, turn):
    token = uuid4()

    def send():
        with clock.set_to(NOW):
            return ask(9, token=token)

    came = at_once(books, send, send)
    assert came[0] == came[1] == Leave.objects.get(token=token), came


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_cancelled_twice_at_once(books, turn):
    one, other = heads()
    taken = approve(ask(9), one)

    def cancel(head: User):
        return leave_cancel(leave=taken, reply="the fair", actor=head)

    came = at_once(books, lambda: cancel(one), lambda: cancel(other))
    assert sorted(type(each).__name__ for each in came) == ["ChangedMeanwhile", "Leave"], came
    assert AuditRow.objects.filter(action="leave cancelled").count() == 1

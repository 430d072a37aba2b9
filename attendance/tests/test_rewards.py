"""Reward leave: given, used, short, taken back, reminded of (LEA-3)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Person
from attendance.leave_balances import rewards_of
from attendance.leave_facts import leave_rules
from attendance.models import Leave, RewardGrant
from attendance.permissions.leave import can_give_to
from attendance.reminders.leave import rewards_lapsing
from attendance.services.leave_deciding import leave_approve, leave_cancel
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused
from attendance.services.rewards import reward_give, reward_take_back
from attendance.tests.company import take_leave
from attendance.tests.test_leave_asking import ask, told, user
from core import clock
from notices.reminders import reminders_of
from tests.builders import at, day
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(people) -> Person:
    return Person.objects.select_related("supervisor").get(pk=people[SHE].pk)


def give(person: Person, days: str, use_by: str = "2026-12-31", **said) -> RewardGrant:
    return reward_give(
        person=person,
        days=Decimal(days),
        use_by=day(use_by),
        reason=said.get("reason", "best of the quarter"),
        token=said.get("token") or uuid4(),
        actor=user(MANAGER),
    )


def approve(leave: Leave) -> Leave:
    return leave_approve(leave=leave, step=1, actor=user(SUPERVISOR))


def left(person: Person) -> Decimal:
    return rewards_of(person, leave_rules()).left


def test_given_used_and_free_again(her):
    give(her, "2")
    assert left(her) == 2
    leave = ask(her, "11-09am..11-10am", "reward")
    standing = rewards_of(her, leave_rules())
    assert (standing.left, standing.waiting) == (2, Decimal("1.5"))
    decided = approve(leave)
    assert left(her) == Decimal("0.5")
    leave_cancel(leave=decided, reply="", actor=user(SHE))
    assert left(her) == 2


def test_beyond_the_balance_nothing_is_approved(her):
    give(her, "1")
    leave = ask(her, "11-09am..11-10am", "reward")
    with pytest.raises(LeaveRefused, match=r"0\.5 days"):
        approve(leave)
    give(her, "0.5")
    assert approve(leave).status == "approved"
    assert left(her) == 0


@pytest.mark.parametrize(("span", "may"), [("11-10am..11-10pm", True), ("11-11am..11-11am", False)])
def test_days_are_used_by_their_last_day(her, span, may):
    give(her, "3", "2026-11-10")
    leave = ask(her, span, "reward")
    if may:
        assert approve(leave).status == "approved"
    else:
        with pytest.raises(LeaveRefused):
            approve(leave)


def test_two_requests_share_one_balance(her):
    give(her, "1")
    one, other = ask(her, "11-09am..11-09pm", "reward"), ask(her, "11-10am..11-10pm", "reward")
    approve(other)
    with pytest.raises(LeaveRefused):
        approve(one)


def test_what_a_file_says_beyond_stays_and_is_shown(her):
    take_leave(her, "11-04am..11-05pm", "reward")
    standing = rewards_of(her, leave_rules())
    assert (standing.left, standing.beyond) == (0, 2)
    give(her, "1")
    # The file's days count against what was given on their days.
    assert left(her) == 0
    with pytest.raises(LeaveRefused):
        approve(ask(her, "11-09am..11-09pm", "reward"))


def test_taken_back_where_nothing_uses_them(her):
    used, free = give(her, "1", "2026-11-20"), give(her, "1")
    approve(ask(her, "11-09am..11-09pm", "reward"))
    # The other days could cover the leave as well: nothing would lie bare.
    gone = reward_take_back(grant=used, why="a wrong name", actor=user(MANAGER))
    assert gone.taken_back_at is not None
    assert left(her) == 0
    with pytest.raises(LeaveRefused, match="used"):
        reward_take_back(grant=free, why="too", actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile):
        reward_take_back(grant=used, why="again", actor=user(MANAGER))
    assert len(told(SHE)) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "0"},
        {"days": "-1"},
        {"days": "0.25"},
        {"days": "31"},
        {"use_by": "2026-11-01"},
        {"reason": " "},
    ],
)
def test_what_is_not_given(her, wrong):
    with pytest.raises(LeaveRefused):
        give(her, **{"days": "1", **wrong})
    assert not RewardGrant.objects.exists()


def test_one_form_sent_twice_gives_once(her, people):
    token = uuid4()
    assert give(her, "1", token=token) == give(her, "1", token=token)
    assert RewardGrant.objects.count() == 1
    with pytest.raises(LeaveRefused):
        give(people[SUPERVISOR], "1", token=token)


@pytest.mark.parametrize(
    ("who", "whose", "may"),
    [
        (MANAGER, SHE, True),
        (LEADER, SHE, True),
        (SUPERVISOR, SHE, False),
        (PERSONNEL, SHE, False),
        (MANAGER, MANAGER, False),
        (LEADER, MANAGER, True),
        (LEADER, LEADER, False),
        (PERSONNEL, LEADER, True),
    ],
)
def test_who_gives_to_whom(people, who, whose, may):
    assert bool(can_give_to(user(who), people[whose])) == may


def test_reminded_a_fortnight_before(her):
    grant = give(her, "2", "2026-11-30")
    assert list(reminders_of(rewards_lapsing, at("2026-11-16 07:59"))) == []
    (said,) = reminders_of(rewards_lapsing, at("2026-11-16 08:00"))
    assert (said.person, said.values["days"]) == (her, "2")
    approve(ask(her, "11-09am..11-10pm", "reward"))
    assert list(reminders_of(rewards_lapsing, at("2026-11-16 08:00"))) == []
    assert grant.use_by - clock.today() > timedelta(days=14)

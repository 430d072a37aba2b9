"""Rewards: proposed, decided, in the ledger, on the wall (REW-1)."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, PositionPlan, User
from attendance.models import RewardGrant
from conduct.models import Reward, RewardProposal
from conduct.rewards.permissions import can_decide_reward
from conduct.rewards.services import (
    ChangedMeanwhile,
    Proposed,
    RewardRefused,
    reward_decide,
    reward_propose,
    reward_withdraw,
)
from core import clock
from core.panels import panels_of
from core.spelling import spellings_refresh
from notices.models import Notice
from payroll.querysets import statement_lines
from payroll.services import month_close
from tests import cast
from tests.builders import at
from tests.cast import (
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    MONTH,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
BONUS = Proposed("bonus", "first in October", amount=Decimal("500.00"))


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def user(no):
    return User.objects.select_related("person").get(username=no)


def proposed(what=BONUS, person=SHE, by=SUPERVISOR, token=None):
    whose, proposer = (Person.objects.get(employee_no=no) for no in (person, by))
    return reward_propose(
        person=whose, proposed=what, token=token or uuid4(), by=proposer, actor=user(by)
    )


def granted(what=BONUS, **said):
    return reward_decide(row=proposed(what, **said), grant=True, reply="", actor=user(MANAGER))


def test_nothing_follows_from_a_proposal():
    token = uuid4()
    assert proposed(token=token) == proposed(token=token)
    assert not Reward.objects.exists()
    assert Notice.objects.get(person__employee_no=MANAGER).text == (
        "A reward for %(name)s is proposed"
    )
    assert not Notice.objects.filter(person__employee_no=SHE).exists()


@pytest.mark.parametrize(
    "what",
    [
        Proposed("bonus", "x"),
        Proposed("title", "x"),
        Proposed("leave", "x", days=Decimal(1)),
        Proposed("praise", " "),
        Proposed("car", "x"),
    ],
)
def test_what_cannot_be_proposed(what):
    with pytest.raises(RewardRefused):
        proposed(what)


def test_nobody_is_proposed_by_themselves():
    with pytest.raises(RewardRefused):
        proposed(person=SUPERVISOR)


def test_a_granted_bonus_is_in_the_ledger():
    with clock.set_to(at("2026-10-30 09:00")):
        row = granted()
    assert (row.state, row.reward.amount) == ("granted", Decimal("500.00"))
    told = Notice.objects.get(person__employee_no=SHE)
    # Nothing in the language of who decided: it is read in her own.
    assert (told.text, set(told.values)) == ("A reward is yours", {"name"})
    month_close(month=MONTH, as_of=clock.now())
    assert statement_lines(MONTH)[SHE]["REW-1"] == Decimal("500.00")
    with pytest.raises(ChangedMeanwhile):
        reward_decide(row=row, grant=False, reply="no", actor=user(MANAGER))


def test_a_refused_one_is_none_and_says_why():
    row = proposed()
    with pytest.raises(RewardRefused, match="needs its reason"):
        reward_decide(row=row, grant=False, reply=" ", actor=user(MANAGER))
    assert reward_decide(row=row, grant=False, reply="too much", actor=user(MANAGER)).reply
    assert not Reward.objects.exists()


def test_the_same_bonus_twice_on_a_day_is_refused_and_nothing_is_half_done():
    granted()
    again = proposed()
    with pytest.raises(RewardRefused, match="decided today already"):
        reward_decide(row=again, grant=True, reply="", actor=user(MANAGER))
    assert RewardProposal.objects.get(pk=again.pk).state == "proposed"


def test_days_of_leave_join_the_balance():
    row = granted(Proposed("leave", "best", days=Decimal("1.5"), use_by=date(2026, 12, 31)))
    assert row.grant == RewardGrant.objects.get()
    assert row.grant.days == row.reward.amount == Decimal("1.5")
    proposal = proposed(Proposed("leave", "x", days=Decimal(99), use_by=date(2026, 12, 31)))
    with pytest.raises(RewardRefused):
        reward_decide(row=proposal, grant=True, reply="", actor=user(MANAGER))


def test_a_title_hangs_on_the_wall_for_everybody():
    granted(Proposed("title", "third quarter", title="Seller of the quarter"))
    granted(Proposed("praise", "kept all files"))
    for no in (STRANGER, PERSONNEL):
        page = client_of(no).get(reverse("honour")).content.decode()
        assert "Seller of the quarter" in page
        assert "kept all files" not in page


def test_a_promotion_is_personnels_to_plan(people):
    row = granted(Proposed("promotion", "leads well"))
    assert row.reward is None
    keys = {panel.key for panel in panels_of("desk", user(PERSONNEL))}
    assert "promotions" in keys
    PositionPlan.objects.create(
        person=people[SHE],
        kind="promotion",
        from_on=date(2026, 12, 1),
        roles="supervisor",
        base_salary=Decimal(4000),
    )
    assert "promotions" not in {panel.key for panel in panels_of("desk", user(PERSONNEL))}


@pytest.mark.parametrize(
    ("person", "decides"), [(SHE, {MANAGER}), (MANAGER, {LEADER}), (LEADER, {PERSONNEL})]
)
def test_who_decides(person, decides):
    row = proposed(person=person, by=MATE if person == SUPERVISOR else SUPERVISOR)
    everybody = {member.employee_no for member in MEMBERS}
    assert {no for no in everybody if can_decide_reward(user(no), row)} == decides
    waiting = RewardProposal.objects.all()
    assert {no for no in everybody if waiting.decided_by_role(user(no)).exists()} == decides


def test_who_proposed_it_lets_it_be():
    row = proposed()
    reward_withdraw(row=row, actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile):
        reward_decide(row=row, grant=True, reply="", actor=user(MANAGER))


# Pages.


def test_from_the_form_to_the_decision():
    address = reverse("reward_propose")
    sent = {"token": str(uuid4()), "person": "吴伟", "kind": "bonus", "reason": "best"}
    assert client_of(SUPERVISOR).post(address, sent).status_code == 400  # no amount
    sent["amount"] = "250"
    for _n in range(2):
        assert client_of(SUPERVISOR).post(address, sent).status_code == 302
    row = RewardProposal.objects.get()
    page = reverse("reward_proposal", args=[row.pk])
    assert client_of(SHE).get(page).status_code == 404
    decision = reverse("reward_proposal_decision", args=[row.pk])
    assert client_of(MANAGER).post(decision, {"do": "refuse"}).status_code == 400
    assert client_of(MANAGER).post(decision, {"do": "approve"}).status_code == 302
    assert "250.00" in client_of(SHE).get(page).content.decode()
    assert "best" in client_of(SHE).get(reverse("reward_proposals")).content.decode()
    assert "best" not in client_of(STRANGER).get(reverse("reward_proposals")).content.decode()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"person": "nobody"}, 400),
        ({"person": "金敏"}, 403),  # of another team
        ({"person": SUPERVISOR}, 403),
        ({"amount": "NaN"}, 400),
        ({"amount": "1e999"}, 400),
        ({"amount": "-1"}, 400),
        ({"reason": "x\0"}, 400),
        ({"kind": "leave", "days": "0.3", "use_by": "2026-12-01"}, 400),
        ({"kind": "leave", "days": "1", "use_by": "2020-12-01"}, 400),
    ],
)
def test_what_the_form_refuses(said, status):
    sent = {"token": str(uuid4()), "person": SHE, "kind": "bonus", "reason": "x", "amount": "5"}
    answer = client_of(SUPERVISOR).post(reverse("reward_propose"), {**sent, **said})
    assert answer.status_code == status
    assert not RewardProposal.objects.exists()


@pytest.mark.parametrize("words", ["wuwei", "吴伟", SHE.lower(), "first", "hero"])
def test_a_reward_is_found_by_whoever_may_see_it_and_says_no_amount(words):
    spellings_refresh()
    made = proposed(Proposed("title", "first in October", title="Hero"))
    also = proposed()
    address, of_money = (reverse("reward_proposal", args=[each.pk]) for each in (made, also))

    def page(who):
        return client_of(who).get(reverse("search"), {"q": words}).text

    above = {SUPERVISOR, MANAGER, LEADER, PERSONNEL}
    everybody = [member.employee_no for member in MEMBERS]
    assert {who for who in everybody if address in page(who)} == above
    assert (of_money in page(MANAGER)) is (words != "hero")
    assert "500" not in page(MANAGER)
    reward_decide(row=made, grant=True, reply="", actor=user(MANAGER))
    assert {who for who in everybody if address in page(who)} == {*above, SHE}

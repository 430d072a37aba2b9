"""What follows from an appraisal: proposed, decided elsewhere, and only then in the ledger."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.models import Proceeding, Reward, RewardProposal
from conduct.rewards.services import reward_decide
from performance.effects import effects_of
from performance.models import Appraisal, AppraisalEffect
from performance.services.appraisals import appraisal_acknowledge, appraisal_tell
from performance.services.effects import bonus_propose, sanction_propose
from performance.services.keeping import PerformanceRefused
from performance.tests.conftest import appraisal_of, reckon, user
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(people) -> Appraisal:
    reckon()
    return appraisal_tell(appraisal=appraisal_of(SHE), talk="we talked", actor=user(MANAGER))


@pytest.fixture
def ended(told) -> Appraisal:
    return appraisal_acknowledge(appraisal=told, actor=user(SHE))


def bonus(appraisal: Appraisal, token=None, **said) -> AppraisalEffect:
    by = user(SUPERVISOR)
    facts = {"amount": Decimal(500), "reason": "the best quarter", **said}
    return bonus_propose(
        appraisal=appraisal, token=token or uuid4(), by=by.person, actor=by, **facts
    )


def sanction(appraisal: Appraisal) -> AppraisalEffect:
    by = user(SUPERVISOR)
    return sanction_propose(
        appraisal=appraisal, reason="thrice a D", token=uuid4(), by=by.person, actor=by
    )


def test_a_bonus_is_paid_once_it_is_decided(ended):
    token = uuid4()
    assert bonus(ended, token) == bonus(ended, token)
    proposal = RewardProposal.objects.get()
    assert (proposal.person, proposal.amount) == (ended.person, 500)
    assert not Reward.objects.exists()
    reward_decide(row=proposal, grant=True, reply="granted", actor=user(MANAGER))
    assert Reward.objects.get(kind="bonus").amount == 500
    (effect,) = effects_of(user(SHE), ended)
    assert effect.state == "granted"
    assert client_of(SHE).get(effect.url).status_code == 200


def test_a_case_is_told_to_whom_it_concerns_alone(ended):
    sanction(ended)
    case = Proceeding.objects.get()
    assert [each.person for each in case.subjects.all()] == [ended.person]
    assert case.state == "reported"
    # She does not see it before she is heard.
    assert effects_of(user(SHE), ended) == []
    for no in (SUPERVISOR, MANAGER):
        (effect,) = effects_of(user(no), ended)
        assert client_of(no).get(effect.url).status_code == 200


def test_nothing_follows_before_it_is_over(told):
    for propose in (bonus, sanction):
        with pytest.raises(PerformanceRefused, match="before"):
            propose(told)
    address = reverse("appraisal_effect", args=[told.pk])
    assert client_of(SUPERVISOR).get(address).status_code == 403
    assert not RewardProposal.objects.exists()
    assert not Proceeding.objects.exists()


def test_what_is_refused_leaves_nothing_behind(ended):
    with pytest.raises(PerformanceRefused, match="amount"):
        bonus(ended, amount=None)
    other = Appraisal.objects.exclude(person=ended.person).first()
    token = uuid4()
    bonus(ended, token)
    Appraisal.objects.filter(pk=other.pk).update(state="acknowledged", told_at=ended.told_at,
                                                 told_by=ended.told_by)  # fmt: skip
    other.refresh_from_db()
    with pytest.raises(PerformanceRefused, match="anew"):
        bonus(other, token)
    assert AppraisalEffect.objects.count() == RewardProposal.objects.count() == 1


def test_one_effect_is_a_reward_or_a_case(ended):
    for both in ({}, {"reward": bonus(ended).reward, "proceeding": sanction(ended).proceeding}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppraisalEffect.objects.create(appraisal=ended, **both)


def test_it_is_proposed_from_its_page(ended):
    page = client_of(SUPERVISOR).get(reverse("appraisal", args=[ended.pk]))
    address = reverse("appraisal_effect", args=[ended.pk])
    assert address in page.content.decode()
    assert address not in client_of(SHE).get(reverse("appraisal", args=[ended.pk])).content.decode()
    form = client_of(SUPERVISOR).get(address)
    assert "grade" in form.content.decode()
    sent = {"what": "bonus", "amount": "", "reason": "well done", "token": str(uuid4())}
    assert client_of(SUPERVISOR).post(address, sent).status_code == 400
    answer = client_of(SUPERVISOR).post(address, {**sent, "amount": "300"}, follow=True)
    assert "Bonus proposed" in answer.content.decode()
    sent = {"what": "sanction", "reason": "thrice a D", "token": str(uuid4())}
    answer = client_of(LEADER).post(address, sent, follow=True)
    assert "Case reported" in answer.content.decode()
    assert {each.reward_id is None for each in AppraisalEffect.objects.all()} == {True, False}

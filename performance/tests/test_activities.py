"""An activity from its plan to who came (PLAN-1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from notices.models import Notice
from performance.models import Activity
from performance.services.activities import (
    Plan,
    activity_call_off,
    activity_carry_out,
    activity_change,
    activity_decide,
    activity_plan,
)
from performance.services.keeping import ChangedMeanwhile, PerformanceRefused
from performance.tests.conftest import user
from tests.builders import day, yuan
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
CAST = [member.employee_no for member in MEMBERS]


@pytest.fixture
def plan(people):
    def planned(**said) -> Plan:
        usual = {
            "title": "fair", "plan": "a stand", "team": "", "place": "hall 3",
            "starts_on": day("2026-11-05"), "ends_on": day("2026-11-06"), "cost": yuan("800"),
            "people": [people[SHE], people[STRANGER]],
        }  # fmt: skip
        return Plan(**usual | said)

    return planned


@pytest.fixture
def asked(plan) -> Activity:
    return activity_plan(plan=plan(), token=uuid4(), actor=user(SUPERVISOR))


@pytest.fixture
def approved(asked) -> Activity:
    return activity_decide(activity=asked, approve=True, decision="", actor=user(MANAGER))


def came(activity: Activity) -> dict[str, bool | None]:
    return dict(activity.places.values_list("person__employee_no", "attended"))


def test_the_same_form_sent_twice_plans_one(plan):
    token = uuid4()
    first = activity_plan(plan=plan(), token=token, actor=user(SHE))
    assert activity_plan(plan=plan(), token=token, actor=user(SHE)) == first
    assert came(first) == {SHE: None, STRANGER: None}


def test_it_ends_after_it_begins_and_begins_in_days_to_come(plan):
    for said in (
        {"ends_on": day("2026-11-04")},
        {"starts_on": day("2026-11-01"), "ends_on": day("2026-11-05")},
    ):
        with pytest.raises(PerformanceRefused):
            activity_plan(plan=plan(**said), token=uuid4(), actor=user(SHE))


def test_refused_with_its_reason_it_is_changed_and_waits_again(asked, plan):
    with pytest.raises(PerformanceRefused):
        activity_decide(activity=asked, approve=False, decision="", actor=user(MANAGER))
    refused = activity_decide(activity=asked, approve=False, decision="dear", actor=user(MANAGER))
    assert Notice.objects.filter(person__employee_no=SUPERVISOR).exists()
    cheaper = plan(cost=yuan("200"), people=[])
    again = activity_change(activity=refused, plan=cheaper, actor=user(SUPERVISOR))
    assert (again.state, again.cost, came(again)) == ("asked", yuan("200.00"), {})
    with pytest.raises(ChangedMeanwhile):
        activity_change(activity=refused, plan=plan(), actor=user(SUPERVISOR))


def test_carried_out_it_says_who_came_and_what_came_of_it(approved, people):
    with pytest.raises(PerformanceRefused):
        activity_carry_out(activity=approved, result="x", came={}, actor=user(SUPERVISOR))
    with clock.set_to(clock.now() + timedelta(days=5)):
        held = activity_carry_out(
            activity=approved, result="12 leads", came={people[SHE].pk: True}, actor=user(MANAGER)
        )
        assert came(held) == {SHE: True, STRANGER: False}
        activity_carry_out(
            activity=held, result="13", came={people[STRANGER].pk: True}, actor=user(MANAGER)
        )
    assert came(held) == {SHE: False, STRANGER: True}


def test_called_off_who_takes_part_is_told(approved):
    activity_call_off(activity=approved, reason="rain", actor=user(SUPERVISOR))
    told = Notice.objects.filter(key__startswith=f"activity/{approved.pk}/2")
    found = set(told.values_list("person__employee_no", flat=True))
    assert found == {SHE, STRANGER, SUPERVISOR}


def test_from_the_plan_to_the_result_in_the_browser(people):
    sent = {
        "token": str(uuid4()), "version": 0, "title": "road show", "plan": "three towns",
        "starts_on": "2026-11-05", "ends_on": "2026-11-05", "place": "", "team": "销售1组",
        "cost": "100", "people": f"{SHE}，{MATE}",
    }  # fmt: skip
    assert client_of(FINANCE).post(reverse("activity_new"), sent).status_code == 403
    wrong = client_of(SHE).post(reverse("activity_new"), {**sent, "people": "X999"})
    assert wrong.status_code == 400
    assert client_of(SHE).post(reverse("activity_new"), sent).status_code == 302
    made = Activity.objects.get()
    page = reverse("activity", args=[made.pk])
    assert client_of(MATE).get(page).status_code == 404
    assert page in client_of(MANAGER).get(reverse("home")).content.decode()
    edit = reverse("activity_edit", args=[made.pk])
    assert client_of(SUPERVISOR).get(edit).status_code == 403
    assert client_of(SHE).get(edit).status_code == 200
    decision = reverse("activity_decision", args=[made.pk])
    approve = {"version": 0, "do": "approve", "decision": ""}
    assert client_of(SHE).post(decision, approve).status_code == 403
    assert client_of(MANAGER).post(decision, approve).status_code == 302
    assert client_of(MATE).get(page).status_code == 200
    assert client_of(STRANGER).get(page).status_code == 404
    result = reverse("activity_result", args=[made.pk])
    with clock.set_to(clock.now() + timedelta(days=4)):
        done = {"version": 1, "result": "two orders", "came": [str(people[SHE].pk)]}
        assert client_of(MATE).post(result, done).status_code == 403
        assert client_of(SHE).post(result, {**done, "result": ""}).status_code == 400
        assert client_of(SHE).post(result, done).status_code == 302
        off = {"off-version": 2, "off-reason": "late"}
        client_of(LEADER).post(reverse("activity_off", args=[made.pk]), off)
    made.refresh_from_db()
    assert (made.state, came(made)) == ("held", {SHE: True, MATE: False})
    assert "two orders" in client_of(MATE).get(page).content.decode()
    assert client_of(SHE).get(reverse("activities")).content.decode().count("row-link") == 1


@pytest.mark.parametrize("words", ["fair", "hall"])
def test_the_search_finds_it_for_whoever_may_see_it(asked, words):
    def finding():
        return {who for who in CAST if asked.title in said(who) and address in said(who)}

    def said(who):
        return client_of(who).get(reverse("search"), {"q": words}).text

    address = reverse("activity", args=[asked.pk])
    assert finding() == {SUPERVISOR, MANAGER, LEADER, PERSONNEL}
    activity_decide(activity=asked, approve=True, decision="", actor=user(MANAGER))
    assert finding() == {SUPERVISOR, MANAGER, LEADER, PERSONNEL, SHE, STRANGER}

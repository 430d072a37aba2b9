"""The week planned ahead; a genuine visit of that day makes a plan done (VIS-5)."""

from datetime import date

import pytest
from django.urls import reverse

from core import clock
from customers.models import VisitPlan
from customers.reads.week import week_of
from customers.services import (
    ChangedMeanwhile,
    PlanFacts,
    VisitRefused,
    plan_change,
    plan_drop,
    plan_make,
)
from customers.tests.conftest import user
from tests.builders import at, customer, visit
from tests.cast import MATE, SHE, SUPERVISOR, client_of

MONDAY = date(2026, 11, 2)
WEEK = reverse("visit_week")


@pytest.fixture
def plan(people, hers):
    def make(on: str = "2026-11-02", purpose: str = "the offer") -> VisitPlan:
        facts = PlanFacts(date.fromisoformat(on), purpose)
        return plan_make(person=people[SHE], customer=hers, facts=facts, actor=user(SHE))

    return make


def states() -> list[str]:
    days = week_of(VisitPlan.objects.all(), MONDAY)
    return [each.state for day in days for each in day.planned]


def test_done_by_a_genuine_visit_of_that_day(plan, people, hers):
    plan()
    assert states() == ["planned"]
    visit(people[SHE], hers, "2026-11-01 23:59")
    visit(people[MATE], hers, "2026-11-02 08:00")
    visit(people[SHE], customer("K2", people[SHE]), "2026-11-02 08:00")
    void = visit(people[SHE], hers, "2026-11-02 08:00", void=True)
    assert states() == ["planned"]
    with clock.set_to(at("2026-11-03 00:00")):
        assert states() == ["missed"]
    void.void = False
    void.save()
    assert states() == ["done"]


def test_planned_twice_is_once_and_dropped_it_can_be_planned_anew(plan):
    one = plan()
    assert plan(purpose="again") == one
    assert plan_drop(plan=one, actor=user(SHE))
    one.refresh_from_db()
    assert not plan_drop(plan=one, actor=user(SHE))
    assert plan() != one
    assert states() == ["planned"]


@pytest.mark.parametrize(
    ("on", "purpose"), [("2026-11-01", "x"), ("2027-02-01", "x"), ("2026-11-02", " ")]
)
def test_what_is_no_plan(plan, on, purpose):
    with pytest.raises(VisitRefused):
        plan(on, purpose)
    assert not VisitPlan.objects.exists()


def test_changed_as_it_was_seen(plan):
    one, other = plan(), plan("2026-11-03")
    facts = PlanFacts(date(2026, 11, 3), "the contract", materials=True)
    with pytest.raises(VisitRefused, match="already"):
        plan_change(plan=one, facts=facts, actor=user(SHE))
    plan_change(plan=other, facts=facts, actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        plan_change(plan=other, facts=PlanFacts(date(2026, 11, 4), "y"), actor=user(SHE))
    other.refresh_from_db()
    assert (other.purpose, other.materials, other.version) == ("the contract", True, 1)


def test_through_the_pages(people, hers, django_assert_max_num_queries):
    client = client_of(SHE)
    typed = {"customer": "K1", "on": "2026-11-04", "purpose": "the contract", "samples": "on"}
    answer = client.post(reverse("visit_plan_new"), typed)
    assert answer.url == reverse("visit_week_of", args=[date(2026, 11, 4)])
    made = VisitPlan.objects.get()
    assert made.samples
    wrong = client.post(reverse("visit_plan_new"), {**typed, "on": "2026-11-01"})
    assert wrong.status_code == 400
    assert "the contract" in client.get(WEEK).content.decode()
    with clock.set_to(at("2026-11-04 08:00")):
        assert 'data-pick="K1 K1"' in client.get(reverse("visit_new")).content.decode()
    heads, others = client_of(SUPERVISOR), client_of(MATE)
    with django_assert_max_num_queries(12):
        seen = heads.get(WEEK).content.decode()
    assert "the contract" in seen
    assert people[SHE].name in seen
    assert "the contract" not in others.get(WEEK).content.decode()
    client.post(reverse("visit_plan_drop", args=[made.pk]))
    assert "the contract" not in client.get(WEEK).content.decode()

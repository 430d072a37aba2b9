"""A visit voided, answered, and decided by another; its points follow (VIS-1, VIS-2)."""

import pytest
from django.urls import reverse

from core import clock
from core.models import JobRun
from core.months import Month
from customers.models import Visit
from customers.permissions.visits import can_settle_void, can_void
from customers.querysets.visits import points_of
from customers.services import (
    ChangedMeanwhile,
    VisitRefused,
    visit_void,
    void_answer,
    void_decide,
)
from customers.tests.conftest import user
from notices.models import Notice
from tests.builders import visit
from tests.cast import LEADER, MANAGER, MATE, OTHER_SUPERVISOR, SHE, SUPERVISOR, client_of

OCTOBER = Month(2026, 10)


@pytest.fixture
def made(people, hers) -> Visit:
    return visit(people[SHE], hers, "2026-10-12 10:00")


def now(row: Visit) -> Visit:
    return Visit.objects.select_related("person", "customer").get(pk=row.pk)


def void(row: Visit, by: str = SUPERVISOR) -> Visit:
    return visit_void(visit=now(row), reason="nobody met her", actor=user(by))


def told(no: str) -> list[str]:
    return list(Notice.objects.filter(person__employee_no=no).values_list("text", flat=True))


def test_its_point_goes_and_comes_back(people, made):
    assert points_of(people[SHE], OCTOBER) == 1
    voided = void(made)
    assert points_of(people[SHE], OCTOBER) == 0
    assert (voided.voided_by.username, voided.void_reason) == (SUPERVISOR, "nobody met her")
    answered = void_answer(visit=now(made), text="I was there", actor=user(SHE))
    assert len(told(SHE)) == len(told(MANAGER)) == 1
    void_decide(visit=now(made), restore=True, reason="the guard says so", actor=user(MANAGER))
    assert points_of(people[SHE], OCTOBER) == 1
    assert answered.reply == "I was there"
    assert len(told(SHE)) == 2


def test_a_closed_month_follows(people, made):
    from tests.cast import closed_month

    closed_month()
    void(made)
    assert list(JobRun.objects.filter(kind="close").values_list("subject", flat=True)) == [
        "2026-10"
    ]


def test_who_decides_is_another_than_who_voided(people, made):
    assert can_void(user(SUPERVISOR), now(made))
    for no in (SHE, MATE, OTHER_SUPERVISOR):
        assert not can_void(user(no), now(made))
    void(made)
    for no in (SHE, SUPERVISOR, OTHER_SUPERVISOR):
        assert not can_settle_void(user(no), now(made))
    assert can_settle_void(user(MANAGER), now(made))
    assert can_settle_void(user(LEADER), now(made))


def test_what_the_manager_voided_is_decided_by_the_leader(people, made):
    void(made, MANAGER)
    void_answer(visit=now(made), text="I was there", actor=user(SHE))
    assert told(LEADER)
    assert not told(MANAGER)
    assert can_settle_void(user(SUPERVISOR), now(made))


def test_second_is_told_and_changes_nothing(people, made):
    seen = now(made)
    void(made)
    with pytest.raises(ChangedMeanwhile):
        visit_void(visit=seen, reason="another", actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile):
        void(made)
    once = now(made)
    void_answer(visit=now(made), text="I was there", actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        void_answer(visit=once, text="and there", actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        void_answer(visit=now(made), text="and there", actor=user(SHE))
    void_decide(visit=now(made), restore=False, reason="no", actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile):
        void_decide(visit=now(made), restore=True, reason="yes", actor=user(LEADER))
    assert now(made).reply == "I was there"
    assert now(made).void


def test_each_says_why(people, made):
    with pytest.raises(VisitRefused):
        visit_void(visit=now(made), reason=" ", actor=user(SUPERVISOR))
    void(made)
    with pytest.raises(VisitRefused):
        void_answer(visit=now(made), text="", actor=user(SHE))
    with pytest.raises(VisitRefused):
        void_decide(visit=now(made), restore=True, reason="", actor=user(MANAGER))
    assert now(made).version == 1


def test_through_the_pages(people, made):
    at = clock.now()
    page = reverse("visit", args=[made.pk])
    client_of(SUPERVISOR).post(
        reverse("visit_void", args=[made.pk]), {"version": 0, "reason": "nobody met her"}
    )
    assert now(made).voided_at == at
    assert "nobody met her" in client_of(SHE).get("/").content.decode()
    stale = client_of(SHE).post(
        reverse("visit_void_answer", args=[made.pk]), {"version": 0, "text": "I was"}
    )
    assert stale.status_code == 400
    assert "changed meanwhile" in stale.content.decode()
    assert "I was" in stale.content.decode()
    client_of(SHE).post(
        reverse("visit_void_answer", args=[made.pk]), {"version": 1, "text": "I was there"}
    )
    assert "I was there" in client_of(MANAGER).get("/").content.decode()
    assert "I was there" not in client_of(SUPERVISOR).get("/").content.decode()
    client_of(MANAGER).post(
        reverse("visit_void_settle", args=[made.pk]),
        {"version": 2, "reason": "the guard", "do": "restore"},
    )
    assert "the guard" in client_of(SHE).get(page).content.decode()
    assert not now(made).void

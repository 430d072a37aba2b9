"""A lost project is taken up again, with its history and compared anew (CUS-3, CUS-4)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.models import AuditRow
from customers.models import Conflict, Project, Reopening
from customers.permissions.projects import can_reopen
from customers.services import (
    ProjectLooksAlike,
    ProjectRefused,
    SeenOtherwise,
    conflict_rule,
    project_lose,
    project_note,
    project_reopen,
)
from customers.tests.conftest import user
from customers.tests.projects import registered
from tests.builders import at
from tests.cast import LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

OTHER_SPELLING = "海天塑机有限公司"


@pytest.fixture
def lost(people):
    return project_lose(project=registered(people[SHE]), reason="太贵")


def test_it_goes_on_where_it_stood_and_why_it_was_lost_is_kept(lost):
    with clock.set_to(at("2026-12-20 09:00")):
        again = project_reopen(project=lost, reason="客户又来电", actor=user(SHE))
    assert (again.ended, again.ended_at, again.ended_reason) == ("", None, "")
    assert (again.stage, again.touched_at) == (lost.stage, at("2026-12-20 09:00"))
    kept = Reopening.objects.get()
    assert (kept.lost_at, kept.lost_reason) == (lost.ended_at, "太贵")
    assert (kept.reason, kept.by) == ("客户又来电", user(SHE))
    trail = AuditRow.objects.get(action="project reopened")
    assert trail.changes == {"ended": ["lost", ""]}
    page = client_of(SHE).get(reverse("project", args=[again.pk])).content.decode()
    assert "太贵" in page
    assert "客户又来电" in page


def test_lost_and_taken_up_as_often_as_it_happens(lost):
    for n in range(2):
        with clock.set_to(at(f"2026-12-2{n} 09:00")):
            again = project_reopen(project=lost, reason="x")
            lost = project_lose(project=again, reason="y")
    assert Reopening.objects.count() == 2


def test_as_it_was_seen_with_a_reason_and_only_what_is_lost(people, lost):
    with pytest.raises(ProjectRefused, match="why"):
        project_reopen(project=lost, reason="  ")
    seen = Project.objects.get(pk=lost.pk)
    project_reopen(project=lost, reason="x")
    with pytest.raises(SeenOtherwise):
        project_reopen(project=seen, reason="x")
    with pytest.raises(ProjectRefused, match="lost"):
        project_reopen(project=Project.objects.get(pk=lost.pk), reason="x")
    assert Reopening.objects.count() == 1


def alike_by_now(people, lost):
    """Another's, as if it had looked otherwise when it was registered: no conflict was opened."""
    theirs = registered(people[STRANGER], "温州乐清电器厂", name="二期")
    Project.objects.filter(pk=theirs.pk).update(
        name_key=lost.name_key,
        customer_key=lost.customer_key,
        prefecture_key=lost.prefecture_key,
        address_key=lost.address_key,
    )
    theirs.refresh_from_db()
    return theirs


def test_what_was_registered_meanwhile_is_shown_and_makes_a_conflict(people, lost):
    theirs = alike_by_now(people, lost)
    with pytest.raises(ProjectLooksAlike) as refused:
        project_reopen(project=lost, reason="x")
    assert [each.pk for each in refused.value.found] == [theirs.pk]
    lost.refresh_from_db()
    assert lost.ended == "lost"
    address = reverse("project_again", args=[lost.pk])
    said = {"version": lost.version, "reason": "客户又来电"}
    page = client_of(SHE).post(address, said)
    assert page.status_code == 400
    assert "registered by another" in page.content.decode()
    assert "二期" not in page.content.decode()
    assert client_of(SHE).post(address, {**said, "anyway": "on"}).status_code == 302
    conflict = Conflict.objects.get()
    assert (conflict.earlier_id, conflict.later_id) == (lost.pk, theirs.pk)
    assert {claim.person for claim in conflict.claims.all()} == {people[SHE], people[STRANGER]}


def test_what_a_conflict_was_about_already_opens_none(people):
    hers = registered(people[SHE])
    registered(people[STRANGER], OTHER_SPELLING, anyway=True)
    conflict = Conflict.objects.get()
    conflict_rule(conflict=conflict, ruling="both", reason="two", actor=user(LEADER))
    lost = project_lose(project=Project.objects.get(pk=hers.pk), reason="x")
    assert project_reopen(project=lost, reason="x").is_open
    assert Conflict.objects.count() == 1


def test_what_is_lost_too_is_no_conflict(people, lost):
    project_lose(project=alike_by_now(people, lost), reason="x")
    assert project_reopen(project=lost, reason="x").is_open
    assert not Conflict.objects.exists()


def test_what_a_ruling_ended_stays_ended(people):
    registered(people[SHE])
    theirs = registered(people[STRANGER], OTHER_SPELLING, anyway=True)
    conflict_rule(
        conflict=Conflict.objects.get(), ruling="earlier", reason="first", actor=user(LEADER)
    )
    theirs.refresh_from_db()
    assert not can_reopen(user(STRANGER), theirs)
    with pytest.raises(ProjectRefused):
        project_reopen(project=theirs, reason="x")


@pytest.mark.parametrize(
    ("who", "may"),
    [(SHE, True), (SUPERVISOR, True), (MANAGER, True), (LEADER, False), (MATE, False)],
)
def test_who_could_work_on_it_takes_it_up(lost, who, may):
    assert bool(can_reopen(user(who), lost)) is may
    page = client_of(who).get(reverse("project", args=[lost.pk]))
    assert (b"Take it up again" in page.content) is may


def test_after_it_there_are_notes_again(lost):
    again = project_reopen(project=lost, reason="x")
    assert project_note(project=again, text="y", token=uuid4()).pk

"""A leaver's projects and complaints go to a colleague by the hand-over list (PAY-6)."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.handing_over import handover_items, handover_lines, handover_open
from accounts.models import HandoverTick, Person
from accounts.services import PeopleRefused, handover_tick
from core.models import AuditRow
from customers.models import Complaint, Project
from customers.services import project_assign, project_hand_over, project_lose
from customers.tests.conftest import user
from customers.tests.projects import complete, registered
from notices.models import Notice
from tests.cast import LEADER, MANAGER, MATE, PERSONNEL, SHE, STRANGER, SUPERVISOR, client_of

LIST = reverse("person_handover", args=[SHE])
TICK = reverse("person_handover_tick", args=[SHE])


@pytest.fixture
def leaving(people):
    her = people[SHE]
    Person.objects.filter(pk=her.pk).update(left_on=date(2026, 11, 3))
    her.refresh_from_db()
    return her


@pytest.fixture
def project(leaving):
    return registered(leaving)


@pytest.fixture
def complaint(leaving):
    return Complaint.objects.create(
        customer_name="CANARY GMBH", subject="CANARY LINE", category="other", channel="person",
        text="x", taken_by=leaving, handler=leaving, state="handled",
        opened_on=date(2026, 11, 2), due_on=date(2026, 11, 5),
    )  # fmt: skip


def ticked(who, item, to):
    row = next(
        it for it in handover_items([Person.objects.get(employee_no=SHE).pk]) if it.key == item
    )
    return handover_tick(
        actor=user(who),
        person=Person.objects.get(employee_no=SHE),
        item=row,
        to=Person.objects.get(employee_no=to),
    )


def test_open_projects_and_complaints_are_on_the_list(people, project, complaint):
    her = project.person
    lost = registered(her, "杭州永固水泥有限公司", name="二期")
    project_lose(project=lost, reason="x")
    registered(people[MATE], "绍兴柯桥纺织有限公司", name="三期")
    Complaint.objects.create(
        customer_name="x", subject="x", category="other", channel="person", text="x",
        taken_by=her, handler=her, state="answered", opened_on=date(2026, 11, 2),
        due_on=date(2026, 11, 5), answered_at="2026-11-02T09:00Z", answer="x", in_time=True,
    )  # fmt: skip
    keys = [item.key for item in handover_items([her.pk])]
    assert keys == [f"project/{project.pk}", f"complaint/{complaint.pk}"]


def test_the_list_tells_numbers_alone(people, complaint):
    made = registered(people[SHE], name="CANARY HALL")
    for who in (SUPERVISOR, PERSONNEL, LEADER):
        said = client_of(who).get(LIST).content.decode()
        assert f"complaint no. {complaint.pk}" in said
        assert made.project_no in said
        assert "CANARY" not in said


def test_the_leader_hands_a_project_to_a_colleague(people, project):
    assert client_of(LEADER).post(TICK, {"item": f"project/{project.pk}", "to": MATE}).url == LIST
    project.refresh_from_db()
    assert (project.person, project.registered_by) == (people[MATE], people[SHE])
    assert (project.assigned_at, project.stage) == (None, "need")
    trail = AuditRow.objects.get(action="project handed over").changes
    assert trail["person"] == [people[SHE].pk, people[MATE].pk]
    assert Notice.objects.filter(person=people[MATE], key__contains="project").exists()
    [line] = handover_lines(people[SHE])
    assert line.tick.to == people[MATE]
    # Twice it is once; the tick is not taken back by itself.
    client_of(LEADER).post(reverse("handover_tick_back", args=[line.tick.pk]))
    assert HandoverTick.objects.count() == 1
    project.refresh_from_db()
    assert project.version == 1


def test_what_was_given_back_is_open_and_handed_over_again(people, project):
    item = f"project/{project.pk}"
    seen = next(iter(handover_items([people[SHE].pk])))
    ticked(LEADER, item, MATE)
    assert handover_open([people[SHE].pk]) == {}
    Person.objects.filter(pk=people[SHE].pk).update(left_on=None)
    back = Project.objects.get(pk=project.pk)
    project_hand_over(project=back, person=Person.objects.get(pk=people[SHE].pk), actor=None)
    Person.objects.filter(pk=people[SHE].pk).update(left_on=date(2026, 11, 3))
    assert handover_open([people[SHE].pk]) == {people[SHE].pk: 1}
    [line] = handover_lines(people[SHE])
    assert (line.key, line.tick, line.is_done) == (item, None, False)
    assert "1 thing still to hand over" in client_of(LEADER).get(LIST).content.decode()
    client_of(LEADER).post(TICK, {"item": item, "to": STRANGER})
    project.refresh_from_db()
    assert project.person == people[STRANGER]
    assert HandoverTick.objects.get().to == people[STRANGER]
    assert handover_open([people[SHE].pk]) == {}
    [line] = handover_lines(people[SHE])
    assert (line.tick.to, line.is_done) == (people[STRANGER], True)
    # Who had the list open before comes second: nothing is handed over a third time.
    handover_tick(actor=user(LEADER), person=people[SHE], item=seen, to=people[MATE])
    project.refresh_from_db()
    assert project.person == people[STRANGER]
    trail = AuditRow.objects.filter(action="handed over").order_by("pk")
    said = [row.changes[item] for row in trail]
    assert said == [["", str(people[MATE])], [str(people[MATE]), str(people[STRANGER])]]


def test_who_was_assigned_hands_the_assignment_on(people, project):
    Person.objects.filter(pk=people[SHE].pk).update(left_on=None)
    project = project_assign(project=complete(project), person=people[SHE], actor=user(LEADER))
    ticked(LEADER, f"project/{project.pk}", MATE)
    handed = Project.objects.get(pk=project.pk)
    assert (handed.person, handed.assigned_by) == (people[MATE], user(LEADER))


@pytest.mark.parametrize("who", [SUPERVISOR, MANAGER, PERSONNEL])
def test_who_pursues_a_project_is_the_leaders_to_say_here_too(people, project, who):
    with pytest.raises(PeopleRefused, match="leader"):
        ticked(who, f"project/{project.pk}", MATE)
    project.refresh_from_db()
    assert project.person == people[SHE]
    assert not HandoverTick.objects.exists()
    said = client_of(who).post(TICK, {"item": f"project/{project.pk}", "to": MATE}, follow=True)
    assert "is for the leader to say" in said.content.decode()


def test_not_to_somebody_who_does_not_sell(project):
    with pytest.raises(PeopleRefused, match="sells"):
        ticked(LEADER, f"project/{project.pk}", PERSONNEL)
    assert not HandoverTick.objects.exists()


def test_not_while_a_conflict_is_open(people, project):
    registered(people[STRANGER], anyway=True)
    with pytest.raises(PeopleRefused, match="conflict"):
        ticked(LEADER, f"project/{project.pk}", MATE)


@pytest.mark.parametrize("who", [SUPERVISOR, MANAGER])
def test_a_complaint_goes_to_a_colleague(people, complaint, who):
    ticked(who, f"complaint/{complaint.pk}", MATE)
    complaint.refresh_from_db()
    assert complaint.handler == people[MATE]
    assert [step.kind for step in complaint.steps.all()] == ["assigned"]
    assert [item.key for item in handover_items([people[SHE].pk])] == []


def test_a_complaint_goes_to_nobody_whom_it_is_about(people, complaint):
    Complaint.objects.filter(pk=complaint.pk).update(about=people[MATE])
    with pytest.raises(PeopleRefused, match="about themselves"):
        ticked(SUPERVISOR, f"complaint/{complaint.pk}", MATE)


def test_a_complaint_one_may_not_see_is_not_ones_to_hand_over(people, complaint):
    with pytest.raises(PeopleRefused, match="supervisor or the manager"):
        ticked(PERSONNEL, f"complaint/{complaint.pk}", MATE)
    Complaint.objects.filter(pk=complaint.pk).update(about=people[SUPERVISOR])
    with pytest.raises(PeopleRefused):
        ticked(SUPERVISOR, f"complaint/{complaint.pk}", MATE)
    complaint.refresh_from_db()
    assert complaint.handler == people[SHE]

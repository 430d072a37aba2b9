"""Projects registered, assigned, pursued; conflicts ruled on (CUS-3, CUS-4)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock
from core.models import AuditRow
from customers.models import Claim, Conflict, Delegation, Project, ProjectNote, Requirement
from customers.permissions.projects import can_assign, can_assign_to, can_rule, can_work_on
from customers.reminders.projects import projects_stale
from customers.services import (
    Needed,
    ProjectLooksAlike,
    ProjectRefused,
    SeenOtherwise,
    claim_say,
    conflict_rule,
    delegation_give,
    delegation_withdraw,
    project_assign,
    project_lose,
    project_move,
    project_note,
    project_register,
    requirements_set,
)
from customers.tests.projects import MACHINES, complete, facts, registered
from notices.models import Notice
from notices.reminders import reminders_of
from policy.models import PolicyParameter
from tests import cast
from tests.builders import at
from tests.cast import (
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
OTHER_SPELLING = "海天塑机有限公司"


@pytest.fixture(autouse=True)
def people():
    with clock.set_to(at("2026-11-02 09:00")):
        yield cast.people_make()


def user(no):
    return User.objects.select_related("person").get(username=no)


def assigned(project, who):
    return project_assign(project=complete(project), person=who, actor=user(LEADER))


def in_conflict(people):
    first = registered(people[SHE])
    second = registered(people[STRANGER], OTHER_SPELLING, anyway=True)
    return first, second, Conflict.objects.get()


def told(no):
    return list(Notice.objects.filter(person__employee_no=no).values_list("key", flat=True))


def test_who_is_first_owns(people):
    made = registered(people[SHE])
    assert (made.person, made.registered_by, made.registered_at) == (
        people[SHE], people[SHE], clock.now()
    )  # fmt: skip
    assert (made.project_no, made.stage) == ("X2611-0001", "need")
    # Customers are trade secrets: the trail says that, and no name.
    row = AuditRow.objects.get(action="project registered")
    assert (row.subject, row.changes) == ("project X2611-0001", {"stage": [None, "need"]})


def test_sent_twice_is_once(people):
    token = uuid4()
    first = project_register(person=people[SHE], facts=facts(), token=token)
    assert project_register(person=people[SHE], facts=facts(), token=token) == first
    with pytest.raises(ProjectRefused):
        project_register(person=people[MATE], facts=facts(), token=token)
    assert Project.objects.count() == 1


def test_a_look_alike_is_shown_before_anything_is_kept(people):
    first = registered(people[SHE])
    with pytest.raises(ProjectLooksAlike) as refused:
        registered(people[STRANGER], OTHER_SPELLING)
    assert refused.value.found == [first]
    assert (Project.objects.count(), Conflict.objects.count()) == (1, 0)


def test_registered_anyway_opens_a_conflict(people):
    first, second, conflict = in_conflict(people)
    assert (conflict.earlier, conflict.later, conflict.is_open) == (first, second, True)
    sides = list(Claim.objects.values_list("project", "person__employee_no"))
    assert sides == [(first.pk, SHE), (second.pk, STRANGER)]
    assert f"conflict/{conflict.pk}/opened" in told(SHE)
    assert f"conflict/{conflict.pk}/opened" in told(STRANGER)
    assert told(LEADER) == [f"conflict/{conflict.pk}/waits"]
    assert told(MANAGER) == []
    words = Notice.objects.filter(person=people[STRANGER]).values_list("values", flat=True)
    assert list(words) == [{"project": second.project_no}]


def test_one_s_own_look_alike_is_no_conflict(people):
    registered(people[SHE])
    registered(people[SHE], OTHER_SPELLING, name="二期", anyway=True)
    assert not Conflict.objects.exists()


def test_what_a_ruling_ended_counts_no_more(people):
    _first, second, conflict = in_conflict(people)
    conflict_rule(conflict=conflict, ruling="later", reason="发票为证", actor=user(LEADER))
    with pytest.raises(ProjectLooksAlike) as refused:
        registered(people[MATE])
    assert refused.value.found == [second]


def test_the_list_is_kept_as_it_was_seen(people):
    made = registered(people[SHE])
    kept = requirements_set(project=made, lines=MACHINES[:1], no_equipment=False)
    assert not kept.is_complete
    with pytest.raises(SeenOtherwise):
        requirements_set(project=made, lines=[], no_equipment=False)
    kept = requirements_set(project=kept, lines=MACHINES, no_equipment=False)
    assert kept.is_complete
    assert [str(each) for each in Requirement.objects.all()] == ["螺杆空压机 ×2", "干燥机 ×2"]
    with pytest.raises(ProjectRefused):
        requirements_set(project=kept, lines=MACHINES * 21, no_equipment=False)


def test_assigned_once_the_list_is_complete(people):
    made = registered(people[SHE])
    with pytest.raises(ProjectRefused):
        project_assign(project=made, person=people[SHE], actor=user(LEADER))
    made = complete(made)
    with pytest.raises(ProjectRefused):  # another than who registered it: why
        project_assign(project=made, person=people[MATE], actor=user(LEADER))
    with pytest.raises(ProjectRefused):
        project_assign(project=made, person=people[SUPERVISOR], reason="x", actor=user(LEADER))
    given = project_assign(project=made, person=people[MATE], reason="离得近", actor=user(LEADER))
    assert (given.person, given.registered_by) == (people[MATE], people[SHE])
    assert told(MATE) == [f"project/{made.pk}/assigned/{given.version}"]
    assert told(SHE) == [f"project/{made.pk}/given/{given.version}"]
    with pytest.raises(SeenOtherwise):
        project_assign(project=made, person=people[SHE], actor=user(LEADER))
    with pytest.raises(ProjectRefused):  # the list stays complete
        requirements_set(project=given, lines=[], no_equipment=True)


def test_a_conflict_is_ruled_on_first(people):
    first, _second, _conflict = in_conflict(people)
    with pytest.raises(ProjectRefused):
        assigned(first, people[SHE])
    assert not Project.objects.to_assign().exists()


def test_the_manager_assigns_where_it_is_delegated():
    assert can_assign(user(LEADER))
    assert not can_assign(user(MANAGER))
    given = delegation_give(reason="出差", actor=user(LEADER))
    with pytest.raises(SeenOtherwise):
        delegation_give(reason="again", actor=user(LEADER))
    assert can_assign(user(MANAGER))
    assert not can_assign(user(SUPERVISOR))
    delegation_withdraw(delegation=given, actor=user(LEADER))
    with pytest.raises(SeenOtherwise):
        delegation_withdraw(delegation=given, actor=user(LEADER))
    assert not can_assign(user(MANAGER))
    assert Delegation.objects.get().withdrawn_at == clock.now()
    actions = ["delegated", "delegation withdrawn"]
    assert AuditRow.objects.filter(action__in=actions).count() == 2
    delegation_give(reason="again", actor=user(LEADER))


def test_nobody_assigns_to_themself(people):
    delegation_give(reason="出差", actor=user(LEADER))
    manager = people[MANAGER]
    manager.roles = "manager+salesperson"
    manager.save(update_fields=["roles"])
    assert not can_assign_to(user(MANAGER), manager)
    assert can_assign_to(user(MANAGER), people[SHE])
    assert can_assign_to(user(LEADER), manager)


def test_stages(people):
    made = registered(people[SHE])
    with pytest.raises(ProjectRefused):  # nobody is assigned yet
        project_move(project=made, stage="proposal", actor=user(SHE))
    seen = assigned(made, people[SHE])
    with clock.set_to(at("2026-11-05 10:00")):
        moved = project_move(project=seen, stage="talks", actor=user(SHE))
    assert moved.stage_since == moved.touched_at == at("2026-11-05 10:00")
    row = AuditRow.objects.get(action="project moved")
    assert (row.actor, row.changes) == (user(SHE), {"stage": ["need", "talks"]})
    with pytest.raises(SeenOtherwise):
        project_move(project=seen, stage="contract", actor=user(SUPERVISOR))
    assert project_move(project=moved, stage="talks").version == moved.version
    with pytest.raises(ProjectRefused):
        project_move(project=moved, stage="nosuch")


def test_lost_with_its_reason(people):
    made = registered(people[SHE])
    with pytest.raises(ProjectRefused):
        project_lose(project=made, reason=" ")
    lost = project_lose(project=made, reason="客户选了别家")
    assert (lost.ended, lost.ended_reason) == ("lost", "客户选了别家")
    for again in (
        lambda: project_lose(project=lost, reason="x"),
        lambda: project_move(project=lost, stage="need"),
        lambda: project_note(project=lost, text="x", token=uuid4()),
        lambda: requirements_set(project=lost, lines=[], no_equipment=True),
    ):
        with pytest.raises(ProjectRefused):
            again()


def test_a_note_is_news(people):
    made, token = registered(people[SHE]), uuid4()
    with clock.set_to(at("2026-12-02 09:00")):
        assert list(Project.objects.stale(clock.now())) == [made]
        for _twice in range(2):
            project_note(project=made, text="约了下周见面", token=token, actor=user(SHE))
        assert not Project.objects.stale(clock.now()).exists()
    assert ProjectNote.objects.count() == 1


def test_stale_on_the_thirtieth_day_and_told_once(people):
    made = registered(people[SHE])
    quiet = at("2026-12-02 00:00")
    assert not Project.objects.stale(quiet - timedelta(seconds=1)).exists()
    assert list(Project.objects.stale(quiet)) == [made]
    assert reminders_of(projects_stale, at("2026-12-02 07:59")) == []
    [said] = reminders_of(projects_stale, at("2026-12-02 08:00"))
    assert (said.person, said.key) == (people[SHE], f"project/{made.pk}/stale/2026-11-02")
    assert reminders_of(projects_stale, at("2027-01-10 08:00")) == []
    project_lose(project=made, reason="x")
    assert not Project.objects.stale(quiet).exists()


def test_how_long_is_quiet_says_the_policy(people):
    made = registered(people[SHE])
    PolicyParameter.objects.create(
        effective_on=date(2026, 11, 5), parameter="project_quiet_days", value="7"
    )
    quiet = at("2026-11-09 00:00")
    assert not Project.objects.stale(quiet - timedelta(seconds=1)).exists()
    assert list(Project.objects.stale(quiet)) == [made]
    [said] = reminders_of(projects_stale, at("2026-11-09 08:00"))
    assert said.values["days"] == 7
    with clock.set_to(quiet):
        assert "project-stale" in client_of(SHE).get(reverse("projects")).content.decode()


@pytest.mark.parametrize(
    ("ruling", "ended"), [("earlier", {STRANGER}), ("later", {SHE}), ("both", set())]
)
def test_ruled(people, ruling, ended):
    _first, _second, conflict = in_conflict(people)
    ruled = conflict_rule(conflict=conflict, ruling=ruling, reason="先到先得", actor=user(LEADER))
    over = Project.objects.filter(ended="ruled").values_list("person__employee_no", flat=True)
    assert set(over) == ended
    assert (ruled.ruled_by, ruled.ruled_at) == (user(LEADER), clock.now())
    for side in (SHE, STRANGER):
        assert f"conflict/{conflict.pk}/ruled" in told(side)
        said = Notice.objects.get(person=people[side], key=f"conflict/{conflict.pk}/ruled").text
        assert ("has ended" in said) is (side in ended)
    with pytest.raises(SeenOtherwise):
        conflict_rule(conflict=conflict, ruling="both", reason="x", actor=user(LEADER))
    with pytest.raises(ProjectRefused):
        conflict_rule(conflict=ruled, ruling="both", reason="x", actor=user(LEADER))


@pytest.mark.parametrize(("ruling", "reason"), [("nosuch", "x"), ("", "x"), ("both", " ")])
def test_no_ruling(people, ruling, reason):
    _first, _second, conflict = in_conflict(people)
    with pytest.raises(ProjectRefused):
        conflict_rule(conflict=conflict, ruling=ruling, reason=reason, actor=user(LEADER))
    assert Conflict.objects.get().is_open


def test_who_rules(people):
    _first, _second, conflict = in_conflict(people)
    assert can_rule(user(LEADER), conflict)
    for no in (SHE, STRANGER, SUPERVISOR, OTHER_SUPERVISOR, MATE, MANAGER):
        assert not can_rule(user(no), conflict)
    delegation_give(reason="出差", actor=user(LEADER))
    assert can_rule(user(MANAGER), conflict)
    # Who supervises one of the two does not, whatever they were given.
    people[SHE].supervisor = people[MANAGER]
    people[SHE].save(update_fields=["supervisor"])
    assert not can_rule(user(MANAGER), conflict)
    for no in (SHE, STRANGER):
        person = people[no]
        person.roles = "salesperson+leader"
        person.save(update_fields=["roles"])
        assert not can_rule(user(no), conflict)


def test_a_side_is_said_until_it_is_ruled(people):
    _first, _second, conflict = in_conflict(people)
    claim = Claim.objects.select_related("conflict").get(person=people[SHE])
    said = claim_say(claim=claim, text="十月就去过", actor=user(SHE))
    assert (said.text, said.said_at) == ("十月就去过", clock.now())
    with pytest.raises(SeenOtherwise):
        claim_say(claim=claim, text="x", actor=user(SHE))
    with pytest.raises(ProjectRefused):
        claim_say(claim=said, text=" ", actor=user(SHE))
    conflict_rule(conflict=conflict, ruling="both", reason="两期", actor=user(LEADER))
    with pytest.raises(ProjectRefused):
        claim_say(claim=said, text="x", actor=user(SHE))


def test_who_sees_and_works(people):
    first, _second, conflict = in_conflict(people)
    seen = {SHE, SUPERVISOR, MANAGER, LEADER}
    both = {*seen, STRANGER, OTHER_SUPERVISOR}
    for no in (SHE, MATE, STRANGER, SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER, "C001", "H001"):
        who = user(no)
        assert Project.objects.visible_to(who).filter(pk=first.pk).exists() is (no in seen)
        assert Conflict.objects.visible_to(who).exists() is (no in both)
        sides = {LEADER: 2, MANAGER: 2}.get(no, int(no in both))
        assert Claim.objects.visible_to(who).filter(conflict=conflict).count() == sides
        assert bool(can_work_on(who, first)) is (no in {SHE, SUPERVISOR, MANAGER})


def test_given_to_another_who_registered_still_sees_it(people):
    given = project_assign(
        project=complete(registered(people[SHE])),
        person=people[STRANGER],
        reason="专业对口",
        actor=user(LEADER),
    )
    for no in (SHE, SUPERVISOR, STRANGER, OTHER_SUPERVISOR):
        assert Project.objects.visible_to(user(no)).exists()
    assert can_work_on(user(STRANGER), given)
    assert not can_work_on(user(SHE), given)


def test_what_is_needed_of_nothing_is_refused_by_the_database(people):
    from django.db import IntegrityError, transaction

    made = registered(people[SHE])
    with pytest.raises(IntegrityError), transaction.atomic():
        requirements_set(project=made, lines=[Needed("machine", "x", "", 0)], no_equipment=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=made.pk).update(stage="talks")

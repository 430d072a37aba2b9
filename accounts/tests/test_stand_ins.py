"""Standing in for somebody: by dates, by role, not passed on, never about one's own (ORG-1)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.backends import login_read
from accounts.models import Person, StandIn, User
from accounts.permissions import (
    can_change_position,
    can_end_stand_in,
    can_make_stand_in,
    may_decide,
)
from accounts.services import (
    ChangedMeanwhile,
    PeopleRefused,
    leaving_set,
    stand_in_end,
    stand_in_make,
)
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from core import clock
from core.models import AuditRow
from payroll.models import Entry
from tests import cast
from tests.builders import at
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

FROM, UNTIL = date(2026, 11, 2), date(2026, 11, 6)


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):  # Monday the 2nd of November, 09:00
        cast.people_make()
        yield


def person(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def login(no: str) -> User:
    user = login_read(User.objects.get(username=no).pk)
    assert user is not None
    return user


def make(
    absent: str = SUPERVISOR,
    by: str = SHE,
    roles: str = "",
    actor: str = PERSONNEL,
    days: tuple[date, date] = (FROM, UNTIL),
) -> StandIn:
    return stand_in_make(
        actor=login(actor),
        absent=person(absent),
        stand_in=person(by),
        roles=frozenset(roles.split()),
        from_on=days[0],
        until_on=days[1],
        reason="on leave",
    )


def seen(no: str) -> set[str]:
    return set(Person.objects.visible_to(login(no)).values_list("employee_no", flat=True))


def test_the_stand_in_sees_the_team_below_for_these_days_only():
    assert seen(SHE) == {SHE}
    make(OTHER_SUPERVISOR)
    assert seen(SHE) == {SHE, STRANGER}
    assert login(SHE).has_role("supervisor")
    for instant, sees in (
        ("2026-11-01 23:59:59", {SHE}),
        ("2026-11-02 00:00", {SHE, STRANGER}),
        ("2026-11-06 23:59:59.999999", {SHE, STRANGER}),
        ("2026-11-07 00:00", {SHE}),
    ):
        with clock.set_to(at(instant)):
            assert seen(SHE) == sees, instant
            assert login(SHE).has_role("supervisor") is (len(sees) == 2)


def test_the_rights_are_gone_by_the_clock_for_who_is_signed_in():
    make(OTHER_SUPERVISOR)
    user = login(SHE)
    assert user.has_role("supervisor")
    with clock.set_to(at("2026-11-07 00:00")):
        assert not user.has_role("supervisor")
        assert user.leads == frozenset()


def test_a_supervisor_who_stands_in_sees_both_teams():
    make(OTHER_SUPERVISOR, SUPERVISOR)
    assert seen(SUPERVISOR) == {SUPERVISOR, SHE, MATE, STRANGER}
    assert seen(OTHER_SUPERVISOR) == {OTHER_SUPERVISOR, STRANGER}


def test_one_role_of_several():
    Person.objects.filter(employee_no=FINANCE).update(roles="finance+supervisor")
    make(FINANCE, KEEPER, "finance")
    assert login(KEEPER).has_role("finance")
    assert not login(KEEPER).has_role("supervisor")


def test_a_role_that_was_lost_is_not_passed_on_any_longer():
    make(FINANCE, KEEPER)
    Person.objects.filter(employee_no=FINANCE).update(roles="keeper")
    assert not login(KEEPER).has_role("finance")


def test_what_one_stands_in_for_is_not_passed_on():
    make(MANAGER, SUPERVISOR)
    make(SUPERVISOR, SHE)
    assert login(SUPERVISOR).has_role("manager")
    assert not login(SHE).has_role("manager")
    with pytest.raises(PeopleRefused, match="nobody passes on"):
        make(SUPERVISOR, MATE, "manager")
    # Nor does who stands in for the manager name stand-ins in the manager's name.
    assert not can_make_stand_in(login(SUPERVISOR), person(FINANCE))
    assert can_make_stand_in(login(MANAGER), person(FINANCE))


@pytest.mark.parametrize(
    ("absent", "by", "roles", "actor", "days", "says"),
    [
        (SUPERVISOR, SUPERVISOR, "", PERSONNEL, (FROM, UNTIL), "for themselves"),
        (SUPERVISOR, SHE, "manager", PERSONNEL, (FROM, UNTIL), "does not hold"),
        (SHE, MATE, "", PERSONNEL, (FROM, UNTIL), "holds no role"),
        (FINANCE, PERSONNEL, "", PERSONNEL, (FROM, UNTIL), "themselves a stand-in"),
        (SUPERVISOR, SHE, "", PERSONNEL, (UNTIL, FROM), "before the first"),
        (SUPERVISOR, SHE, "", PERSONNEL, (date(2026, 10, 1), date(2026, 10, 2)), "have passed"),
        (SUPERVISOR, SHE, "", PERSONNEL, (FROM, date(2028, 1, 1)), "longer than a year"),
    ],
)
def test_what_cannot_be(absent, by, roles, actor, days, says):
    with pytest.raises(PeopleRefused, match=says):
        make(absent, by, roles, actor, days)
    assert not StandIn.objects.exists()


def test_who_has_left_neither_stands_in_nor_is_stood_in_for():
    Person.objects.filter(employee_no=SHE).update(left_on=date(2026, 11, 4))
    with pytest.raises(PeopleRefused, match="leaves before"):
        make()
    Person.objects.filter(employee_no=SUPERVISOR).update(left_on=date(2026, 11, 1))
    with pytest.raises(PeopleRefused, match="has left"):
        make(by=MATE)


def test_no_two_for_one_role_at_a_time():
    Person.objects.filter(employee_no=MANAGER).update(roles="manager+keeper")
    make(MANAGER, SHE, "manager")
    make(MANAGER, MATE, "keeper")
    with pytest.raises(PeopleRefused, match="already"):
        make(MANAGER, STRANGER, "manager", days=(UNTIL, UNTIL + timedelta(days=3)))
    make(MANAGER, STRANGER, "manager", days=(UNTIL + timedelta(days=1), date(2026, 11, 9)))


def test_a_double_click_makes_one():
    assert make() == make()
    assert AuditRow.objects.filter(action="stand in").count() == 1


def test_ended_early_and_once():
    made = make()
    stand_in_end(actor=login(SUPERVISOR), stand_in=made)
    assert not login(SHE).has_role("supervisor")
    with pytest.raises(ChangedMeanwhile):
        stand_in_end(actor=login(SUPERVISOR), stand_in=made)
    assert AuditRow.objects.filter(action="end stand-in").count() == 1
    make(by=MATE)  # the days are free again


def test_the_database_holds_it_too():
    for wrong in (
        {"stand_in": person(SUPERVISOR)},
        {"until_on": FROM - timedelta(days=1)},
        {"reason": ""},
        {"roles": ""},
    ):
        values = {
            "absent": person(SUPERVISOR),
            "stand_in": person(SHE),
            "roles": "supervisor",
            "from_on": FROM,
            "until_on": UNTIL,
            "reason": "x",
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            StandIn.objects.create(**{**values, **wrong})


@pytest.mark.parametrize("who", [SUPERVISOR, PERSONNEL, MANAGER, LEADER])
def test_who_may_name_one(who):
    assert can_make_stand_in(login(who), person(SUPERVISOR))


@pytest.mark.parametrize("who", [SHE, OTHER_SUPERVISOR, FINANCE, KEEPER])
def test_who_may_not(who):
    assert not can_make_stand_in(login(who), person(SUPERVISOR))
    made = make(by=MATE)
    assert not can_end_stand_in(login(who), made)
    assert can_end_stand_in(login(MATE), made)


# Deciding.


def test_deciding_with_real_people():
    assert may_decide(login(SUPERVISOR), person(SHE))
    assert not may_decide(login(SUPERVISOR), person(STRANGER))
    assert may_decide(login(MANAGER), person(SHE))
    assert not may_decide(login(MANAGER), person(MANAGER))
    assert may_decide(login(LEADER), person(MANAGER))
    assert not may_decide(login(PERSONNEL), person(MANAGER))
    assert may_decide(login(PERSONNEL), person(LEADER))
    assert not may_decide(login(FINANCE), person(SHE))
    assert may_decide(login(FINANCE), person(SHE), "finance")
    assert not may_decide(login(FINANCE), person(FINANCE), "finance")


def test_a_stand_in_decides_as_whom_they_stand_in_for_but_not_about_them():
    make(SUPERVISOR, SHE)
    assert may_decide(login(SHE), person(MATE))
    assert not may_decide(login(SHE), person(SHE))
    assert not may_decide(login(SHE), person(STRANGER))
    assert not may_decide(login(SHE), person(SUPERVISOR))


def test_the_managers_stand_in_does_not_decide_about_the_manager():
    make(MANAGER, SUPERVISOR)
    user = login(SUPERVISOR)
    assert may_decide(user, person(STRANGER))
    assert may_decide(user, person(OTHER_SUPERVISOR))
    assert not may_decide(user, person(SUPERVISOR))
    assert not may_decide(user, person(MANAGER))
    make(LEADER, MANAGER)
    assert not may_decide(login(MANAGER), person(MANAGER))
    assert "own" in str(may_decide(login(MANAGER), person(MANAGER)).reason)
    assert not may_decide(login(MANAGER), person(LEADER))


def test_who_leads_two_teams_decides_in_both_about_the_right_people():
    make(OTHER_SUPERVISOR, SUPERVISOR)
    user = login(SUPERVISOR)
    assert may_decide(user, person(STRANGER))
    assert may_decide(user, person(MATE))
    assert not may_decide(user, person(OTHER_SUPERVISOR))


def test_the_audit_trail_says_for_whom():
    make(MANAGER, SUPERVISOR)
    assert login(SUPERVISOR).in_place_of("manager") == {"stands_in_for": MANAGER}
    assert login(SUPERVISOR).in_place_of("supervisor") == {}
    assert login(MANAGER).in_place_of("manager") == {}
    assert login(SHE).in_place_of("manager") == {}


def test_personnels_stand_in_keeps_people_but_not_personnels_own_place():
    make(PERSONNEL, KEEPER, actor=LEADER)
    user = login(KEEPER)
    assert can_change_position(user, person(SHE))
    assert not can_change_position(user, person(PERSONNEL))
    assert not can_change_position(user, person(KEEPER))
    she = person(SHE)
    leaving_set(actor=user, person=she, seen=version_of(she, SHOWN), left_on=date(2026, 11, 30))
    row = AuditRow.objects.get(action="last day")
    assert (row.actor, row.changes["stands_in_for"]) == (user, PERSONNEL)


# Everywhere, and for no query more.


def test_pay_and_pages_follow():
    cast.closed_month()
    assert client_of(SHE).get(reverse("statement", args=[cast.MONTH, STRANGER])).status_code == 404
    assert client_of(SHE).get(reverse("months")).status_code == 403
    make(OTHER_SUPERVISOR)
    client = client_of(SHE)
    assert client.get(reverse("statement", args=[cast.MONTH, STRANGER])).status_code == 200
    assert client.get(reverse("statement", args=[cast.MONTH, MATE])).status_code == 404
    assert client.get(reverse("months")).status_code == 200
    hers = set(Entry.objects.visible_to(login(SHE)).values_list("person__employee_no", flat=True))
    assert hers == {SHE, STRANGER}
    with clock.set_to(at("2026-11-07 00:00")):
        page = client.get(reverse("statement", args=[cast.MONTH, STRANGER]))
        assert page.status_code == 404


def test_who_stands_in_for_nobody_is_asked_in_the_query_that_reads_the_login(
    django_assert_num_queries,
):
    pk = User.objects.get(username=SHE).pk
    with django_assert_num_queries(1):
        user = login_read(pk)
        assert not user.has_role("manager")
        assert user.leads == frozenset()
    make(OTHER_SUPERVISOR)
    with django_assert_num_queries(2):
        user = login_read(pk)
        assert user.has_role("supervisor")
        assert len(user.leads) == 1

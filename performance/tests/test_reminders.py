"""Who is reminded of appraisals and activities, each once (KPI-1, PLAN-1)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Person
from core import clock
from notices.models import Notice
from notices.reminders import reminders_of
from notices.services import reminders_send
from performance.models import Activity
from performance.reminders import (
    answers_waiting,
    objections_waiting,
    plans_waiting,
    results_missing,
    talks_waiting,
)
from performance.services.activities import (
    Plan,
    activity_call_off,
    activity_carry_out,
    activity_change,
    activity_decide,
    activity_plan,
)
from performance.services.appraisals import (
    appraisal_acknowledge,
    appraisal_decide,
    appraisal_object,
    appraisal_tell,
)
from performance.tests.conftest import appraisal_of, reckon, user
from tests import cast
from tests.builders import at, day
from tests.cast import LEADER, MANAGER, OTHER_SUPERVISOR, SHE, STRANGER, SUPERVISOR

pytestmark = pytest.mark.django_db
NOW = cast.CLOSED_AT  # Monday, 2 November 2026, 09:00


def told(provide, now):
    """Whom a provider would have told by an instant, as whoever looks then finds it."""
    with clock.set_to(now):
        return sorted(each.person.employee_no for each in reminders_of(provide, now))


@pytest.fixture
def drafts(people):
    with clock.set_to(at("2026-10-01 02:00")):
        reckon()
    return people


@pytest.mark.parametrize(
    ("now", "whom"),
    [
        ("2026-10-14 07:59", []),
        ("2026-10-14 08:00", [SUPERVISOR, OTHER_SUPERVISOR]),
        ("2026-11-13 23:00", [SUPERVISOR, OTHER_SUPERVISOR]),
        ("2026-11-14 00:00", []),  # no news any more
    ],
)
def test_two_weeks_after_the_quarter_who_has_talks_to_hold(drafts, now, whom):
    assert told(talks_waiting, at(now)) == sorted(whom)


def test_whose_talks_are_held_is_told_of_none(drafts):
    appraisal_tell(appraisal=appraisal_of(STRANGER), talk="x", actor=user(OTHER_SUPERVISOR))
    assert told(talks_waiting, NOW) == [SUPERVISOR]


def test_where_nobody_leads_them_the_manager_holds_the_talk(drafts):
    Person.objects.filter(employee_no=STRANGER).update(supervisor=None)
    assert told(talks_waiting, NOW) == sorted([SUPERVISOR, MANAGER])


def test_three_days_after_the_talk_who_has_not_answered(drafts):
    appraisal_tell(appraisal=appraisal_of(SHE), talk="x", actor=user(SUPERVISOR))
    days = timedelta(days=3)
    assert told(answers_waiting, NOW + days - timedelta(seconds=1)) == []
    assert told(answers_waiting, NOW + days) == [SHE]
    assert told(answers_waiting, NOW + days + timedelta(days=30)) == []
    appraisal_acknowledge(appraisal=appraisal_of(SHE), actor=user(SHE))
    assert told(answers_waiting, NOW + days) == []


def test_an_objection_is_for_whoever_may_decide_on_it(drafts):
    appraisal_tell(appraisal=appraisal_of(SHE), talk="x", actor=user(MANAGER))
    appraisal_object(appraisal=appraisal_of(SHE), objection="x", actor=user(SHE))
    days = timedelta(days=2)
    assert told(objections_waiting, NOW + days - timedelta(seconds=1)) == []
    assert told(objections_waiting, NOW + days) == [LEADER]
    appraisal_decide(appraisal=appraisal_of(SHE), points=0, reply="no", actor=user(LEADER))
    assert told(objections_waiting, NOW + days) == []


@pytest.fixture
def plan(people):
    return Plan("fair", "a stand", "", "", day("2026-11-20"), day("2026-11-21"), None, [])


def asked(plan, by=SUPERVISOR, **said) -> Activity:
    plan = Plan(**{name: getattr(plan, name) for name in plan.__slots__} | said)
    return activity_plan(plan=plan, token=uuid4(), actor=user(by))


def decided(activity, approve=True):
    return activity_decide(activity=activity, approve=approve, decision="x", actor=user(MANAGER))


def test_a_plan_waits_two_days_for_who_may_approve_it(plan):
    activity = asked(plan)
    days = timedelta(days=2)
    assert told(plans_waiting, NOW + days - timedelta(seconds=1)) == []
    assert told(plans_waiting, NOW + days) == sorted([MANAGER, LEADER])
    assert told(plans_waiting, at("2026-11-21 23:59")) == sorted([MANAGER, LEADER])
    assert told(plans_waiting, at("2026-11-22 00:00")) == []
    decided(activity)
    assert told(plans_waiting, NOW + days) == []


def test_a_plan_that_begins_tomorrow_waits_for_nobody(plan):
    asked(plan, starts_on=day("2026-11-03"), ends_on=day("2026-11-03"))
    assert told(plans_waiting, NOW) == sorted([MANAGER, LEADER])


def test_the_managers_own_plan_is_the_leaders(plan):
    asked(plan, by=MANAGER)
    assert told(plans_waiting, NOW + timedelta(days=2)) == [LEADER]


def test_on_the_morning_after_who_planned_it_says_what_came_of_it(plan, people):
    activity = decided(asked(plan, by=SHE))
    morning = at("2026-11-22 08:00")
    assert told(results_missing, morning - timedelta(minutes=1)) == []
    assert told(results_missing, morning) == [SHE]
    assert told(results_missing, at("2026-12-22 08:00")) == []
    people[SHE].left_on = day("2026-11-21")
    people[SHE].save()
    assert told(results_missing, morning) == [MANAGER]
    with clock.set_to(morning):
        activity_carry_out(activity=activity, result="x", came={}, actor=user(MANAGER))
    assert told(results_missing, morning) == []


def test_of_what_was_called_off_nothing_came(plan):
    activity = decided(asked(plan, by=SHE))
    activity_call_off(activity=activity, reason="rain", actor=user(SHE))
    assert told(results_missing, at("2026-11-22 08:00")) == []


def test_each_is_told_once_and_a_plan_that_came_again_anew(plan, drafts):
    def sent(now):
        with clock.set_to(now):
            reminders_send()
        found = Notice.objects.filter(key__regex="^(appraisal|activity)/")
        return found.filter(key__regex="/(talks|approve)").count()

    refused = decided(asked(plan), approve=False)
    activity_change(activity=refused, plan=plan, actor=user(SUPERVISOR))
    assert sent(NOW + timedelta(days=2)) == 4
    assert sent(NOW + timedelta(days=2, hours=1)) == 4
    again = decided(Activity.objects.get(), approve=False)
    activity_change(activity=again, plan=plan, actor=user(SUPERVISOR))
    assert sent(NOW + timedelta(days=3)) == 6

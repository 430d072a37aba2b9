"""Leave decided step by step, cancelled, made a special case, and what the month makes of it."""

from decimal import Decimal

import pytest

from accounts.models import Person, StandIn
from attendance.leave_facts import leave_rules
from attendance.leave_standing import outcome_of
from attendance.leave_steps import leaves_to_decide
from attendance.models import Leave, LeaveStep, LeaveType
from attendance.permissions.leave import can_cancel, can_decide, can_make_special
from attendance.reminders.leave import leaves_waiting
from attendance.services.leave import leave_evidence, leave_withdraw
from attendance.services.leave_deciding import (
    leave_approve,
    leave_cancel,
    leave_refuse,
    leave_special,
)
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused
from attendance.tests.company import NOVEMBER, assessed
from attendance.tests.test_leave_asking import ask, told, user
from core import clock
from core.files.reading import file_read
from core.models import AuditRow, JobRun
from core.months import Month
from payroll.models import PayMonth
from tests.builders import at, day
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    SUPERVISOR,
)

pytestmark = pytest.mark.django_db
LONG = "11-09am..11-13pm"


@pytest.fixture
def her(people) -> Person:
    return Person.objects.select_related("supervisor").get(pk=people[SHE].pk)


def approve(leave: Leave, by: str = SUPERVISOR, step: int = 1, **said) -> Leave:
    return leave_approve(leave=leave, step=step, actor=user(by), **said)


def month_is(month: Month, state: str) -> None:
    now = clock.now()
    said = {"closed_at": now, "closed_as_of": now, "final_at": now if state == "final" else None}
    PayMonth.objects.create(month=month, state=state, **said)


def waits_for(leave: Leave) -> set[str]:
    everybody = (SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER, PERSONNEL, FINANCE, SHE, MATE)
    return {no for no in everybody if leaves_to_decide(user(no)).filter(pk=leave.pk).exists()}


def absences() -> dict[str, str]:
    found = assessed(NOVEMBER).of("ATT-4", "LEA-4")
    return {key: amount for key, amount in found.items() if SHE in key}


def test_short_leave_is_the_supervisors_word(her):
    leave = ask(her, "11-09am..11-10pm")
    assert waits_for(leave) == {SUPERVISOR}
    decided = approve(leave, reply="enjoy it")
    assert (decided.status, decided.reply) == ("approved", "enjoy it")
    assert decided.decided_by == user(SUPERVISOR)
    assert told(SHE) == ["Your leave from %(from)s to %(to)s is approved"]
    assert waits_for(leave) == set()


def test_long_leave_goes_on_to_the_manager(her):
    leave = ask(her, LONG)
    assert waits_for(leave) == {SUPERVISOR}
    assert approve(leave).status == "pending"
    assert waits_for(leave) == {MANAGER, LEADER}
    assert told(MANAGER) == ["%(name)s asks for leave from %(from)s to %(to)s"]
    assert told(SHE) == []
    with pytest.raises(ChangedMeanwhile, match=user(SUPERVISOR).get_full_name()):
        approve(leave, MANAGER, step=1)
    assert approve(leave, MANAGER, step=2).status == "approved"
    words = LeaveStep.objects.order_by("step").values_list("step", "by__username", "approved")
    assert list(words) == [(1, SUPERVISOR, True), (2, MANAGER, True)]


def test_the_manager_may_refuse_what_the_supervisor_approved(her):
    leave = ask(her, LONG)
    approve(leave)
    decided = leave_refuse(leave=leave, step=2, reply="the fair is that week", actor=user(MANAGER))
    assert decided.status == "rejected"
    again = ask(her, LONG)
    # Asked anew, the words begin anew.
    assert again.pk == leave.pk
    assert waits_for(again) == {SUPERVISOR}


def test_withdrawn_between_two_words(her):
    leave = ask(her, LONG)
    approve(leave)
    leave_withdraw(leave=leave, actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        approve(leave, MANAGER, step=2)


def test_a_stand_in_says_the_first_word_and_not_the_second_too(her, people):
    StandIn.objects.create(
        absent=people[MANAGER],
        stand_in=people[SUPERVISOR],
        roles="manager",
        from_on=clock.today(),
        until_on=clock.today(),
        reason="away",
    )
    leave = ask(her, LONG)
    approve(leave)
    leave.refresh_from_db()
    words = list(leave.steps.all())
    assert not can_decide(user(SUPERVISOR), leave, 2, words)
    assert waits_for(leave) == {MANAGER, LEADER}


@pytest.mark.parametrize(
    ("whose", "deciders"),
    [
        (SUPERVISOR, {MANAGER, LEADER}),
        (MANAGER, {LEADER}),
        (LEADER, {PERSONNEL}),
        (PERSONNEL, {MANAGER, LEADER}),
    ],
)
def test_the_ladder(people, whose, deciders):
    person = Person.objects.select_related("supervisor").get(pk=people[whose].pk)
    leave = ask(person, "11-09am..11-09pm")
    assert waits_for(leave) == deciders
    for no in (SUPERVISOR, MANAGER, LEADER, PERSONNEL, whose):
        assert bool(can_decide(user(no), leave, 1, [])) == (no in deciders), no


def test_a_refusal_says_why(her):
    leave = ask(her, "11-09am..11-09pm")
    with pytest.raises(LeaveRefused):
        leave_refuse(leave=leave, step=1, reply=" ", actor=user(SUPERVISOR))
    assert Leave.objects.get().status == "pending"
    assert not LeaveStep.objects.exists()


def test_who_comes_second_is_told(her):
    leave = ask(her, "11-09am..11-09pm")
    leave_refuse(leave=leave, step=1, reply="busy", actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile, match="busy"):
        approve(leave)
    assert Leave.objects.get().status == "rejected"


def test_sick_leave_waits_for_the_record(her, photo):
    leave = ask(her, "11-09am..11-09pm", "sick")
    with pytest.raises(LeaveRefused, match="medical record"):
        approve(leave)
    leave_evidence(leave=leave, files=[file_read(photo())], actor=user(SHE))
    assert approve(leave).status == "approved"


def test_a_type_of_the_companys_may_need_evidence(her, photo):
    LeaveType.objects.create(
        code="marriage", name="婚假", pay_rate=Decimal(1), evidence_needed=True
    )
    leave = ask(her, "11-09am..11-09pm", "marriage")
    with pytest.raises(LeaveRefused, match="婚假"):
        approve(leave)
    leave_evidence(leave=leave, files=[file_read(photo())], actor=user(SHE))
    assert approve(leave).status == "approved"


def test_a_type_past_whose_limit_nothing_is_approved(her):
    LeaveType.objects.create(
        code="annual",
        name="年假",
        pay_rate=Decimal(1),
        monthly_cap_days=Decimal(2),
        past_cap="refused",
    )
    first, second = ask(her, "11-09am..11-10pm", "annual"), ask(her, "11-16am..11-16pm", "annual")
    approve(first)
    with pytest.raises(LeaveRefused, match="1 day too many"):
        approve(second)
    with pytest.raises(LeaveRefused):
        approve(second, special=True)
    leave_cancel(leave=Leave.objects.get(pk=first.pk), reply="", actor=user(SHE))
    assert approve(second).status == "approved"


# What the month makes of it.


def working(her, *free: str) -> None:
    from attendance.tests.company import work

    work(her, but=free)


def test_the_fourth_day_costs_what_was_said_and_a_special_case_takes_it_away(her):
    working(her, "11-09", "11-10", "11-11", "11-12")
    leave = ask(her, "11-09am..11-12pm")
    (cost,) = outcome_of(leave, leave_rules()).costs
    assert str(cost.costs) == "30.00"
    approve(leave)
    decided = approve(leave, MANAGER, step=2)
    assert absences() == {"ATT-4/Y001/2026-11-12": "pay→company 30.00"}
    month_is(NOVEMBER, "closed")
    made = leave_special(leave=decided, reply="her father is ill", actor=user(SUPERVISOR))
    assert made.special_case
    assert absences() == {}
    assert JobRun.objects.filter(kind="close", subject="2026-11").count() == 1
    with pytest.raises(ChangedMeanwhile):
        leave_special(leave=decided, reply="again", actor=user(SUPERVISOR))


def test_a_special_case_from_the_first(her):
    working(her, "11-09", "11-10", "11-11", "11-12")
    leave = ask(her, "11-09am..11-12pm")
    approve(leave, special=True)
    assert approve(leave, MANAGER, step=2, special=True).special_case
    assert absences() == {}


def test_a_special_case_rests_on_a_written_explanation(her):
    leave = ask(her, "11-09am..11-10pm")
    Leave.objects.filter(pk=leave.pk).update(reason="")  # a file's row need not say why
    with pytest.raises(LeaveRefused, match="explanation"):
        approve(leave, special=True)
    decided = approve(leave)
    with pytest.raises(LeaveRefused, match="explanation"):
        leave_special(leave=decided, reply="because", actor=user(SUPERVISOR))


def charged() -> Decimal:
    return sum((Decimal(said.split()[1]) for said in absences().values()), Decimal(0))


@pytest.mark.parametrize("kind", ["unpaid", "personal"])
def test_what_was_told_is_what_is_charged(her, kind):
    """Split over requests and months, below full pay, the days pushed over the limit by earlier
    ones: the sums told are what the close finds."""
    LeaveType.objects.create(
        code="unpaid", name="unpaid", pay_rate=Decimal("0.3"), monthly_cap_days=Decimal("1.5")
    )
    working(her)
    for span in ("11-09am..11-11am", "11-30pm..12-01pm", "11-03am..11-03pm"):
        leave, before = ask(her, span, kind), charged()
        costs = outcome_of(leave, leave_rules()).costs
        approve(leave)
        expected = sum(cost.costs for cost in costs if cost.month == NOVEMBER)
        assert charged() - before == expected
    assert charged() > 0


def test_she_cancels_before_it_begins_and_the_days_are_free(her):
    decided = approve(ask(her, "11-09am..11-11pm"))
    assert can_cancel(user(SHE), decided)
    gone = leave_cancel(leave=decided, reply="", actor=user(SHE))
    assert gone.status == "cancelled"
    assert "%(name)s does not take the leave from %(from)s to %(to)s" in told(SUPERVISOR)
    later = ask(her, "11-16am..11-16pm")
    (cost,) = outcome_of(later, leave_rules()).costs
    assert cost.left == 3


def test_once_it_has_begun_the_decider_cancels(her):
    decided = approve(ask(her, "11-02am..11-03pm"))
    assert not can_cancel(user(SHE), decided)
    assert not can_cancel(user(MATE), decided)
    assert can_cancel(user(SUPERVISOR), decided)
    leave_cancel(leave=decided, reply="came in after all", actor=user(SUPERVISOR))
    assert "The leave from %(from)s to %(to)s is cancelled: %(reason)s" in told(SHE)


def test_cancelling_reckons_every_month_anew_but_no_final_one(her):
    decided = approve(ask(her, "11-30am..12-01pm"))
    month_is(NOVEMBER, "final")
    with pytest.raises(LeaveRefused, match="final"):
        leave_cancel(leave=decided, reply="x", actor=user(SUPERVISOR))
    PayMonth.objects.update(state="closed", final_at=None)
    month_is(NOVEMBER.next(), "closed")
    leave_cancel(leave=decided, reply="x", actor=user(SUPERVISOR))
    asked = set(JobRun.objects.filter(kind="close").values_list("subject", flat=True))
    assert asked == {"2026-11", "2026-12"}


def test_a_file_that_changed_it_meanwhile_is_not_overwritten(her):
    leave = ask(her, "11-09am..11-09pm")
    Leave.objects.filter(pk=leave.pk).update(status="rejected")
    with pytest.raises(ChangedMeanwhile):
        approve(leave)


def test_the_trail_says_for_whom_one_stands_in(her, people):
    StandIn.objects.create(
        absent=people[SUPERVISOR],
        stand_in=people[OTHER_SUPERVISOR],
        roles="supervisor",
        from_on=clock.today(),
        until_on=clock.today(),
        reason="away",
    )
    leave = ask(her, "11-09am..11-09pm")
    assert waits_for(leave) == {SUPERVISOR, OTHER_SUPERVISOR}
    approve(leave, OTHER_SUPERVISOR)
    row = AuditRow.objects.get(action="leave approved")
    assert row.changes["status"] == ["pending", "approved"]
    assert row.actor == user(OTHER_SUPERVISOR)


@pytest.mark.parametrize(("who", "may"), [(SUPERVISOR, True), (MANAGER, True), (SHE, False)])
def test_who_makes_a_special_case(her, who, may):
    decided = approve(ask(her, "11-09am..11-09pm"))
    assert bool(can_make_special(user(who), decided)) == may


def test_whoever_decides_is_reminded_after_two_days(her):
    ask(her, LONG)
    assert list(leaves_waiting(at("2026-11-04 08:59"))) == []
    (first,) = leaves_waiting(at("2026-11-04 09:00"))
    assert first.person.employee_no == SUPERVISOR
    approve(Leave.objects.get())
    (second,) = leaves_waiting(at("2026-11-04 09:00"))
    assert second.person.employee_no == MANAGER
    assert first.key != second.key
    assert list(leaves_waiting(at("2026-12-15 09:00"))) == []


def test_the_days_others_are_away_are_told(her, people):
    mate = Person.objects.select_related("supervisor").get(pk=people[MATE].pk)
    ask(mate, "11-10pm..11-11pm")
    (first,) = outcome_of(ask(her, "11-10pm..11-10pm"), leave_rules()).clashes
    assert first.clash.day == day("2026-11-10")
    assert (first.clash.team, first.names) == (2, (mate.name,))


def test_halves_that_do_not_meet_are_no_clash(her, people):
    mate = Person.objects.select_related("supervisor").get(pk=people[MATE].pk)
    ask(mate, "11-10pm..11-10pm")
    assert outcome_of(ask(her, "11-10am..11-10am"), leave_rules()).clashes == []

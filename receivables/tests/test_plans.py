"""DUE-1: a plan is written by one and agreed by the other; its promises are kept or broken."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from notices.models import Notice
from notices.services.reminding import reminders_send
from orders.models import Delivery, Order
from receivables.models import CollectionPlan, Payment, PlanStep, Slip, UnpaidDelivery
from receivables.services import (
    PlanRefused,
    StepSaid,
    plan_agree,
    plan_write,
    promises_judge,
    step_done,
    unpaid_converge,
)
from receivables.services.plans import ChangedMeanwhile
from tests import cast
from tests.builders import at, order, payment, slip, yuan
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

NOW = at("2026-11-10 10:00")  # a Tuesday
OWED = "2026-10-20"  # escalated on the 31st


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(NOW):
        cast.people_make()
        yield


def someone(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def login(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def owes(who: str = SHE, on: str = OWED, order_no: str = "O1") -> UnpaidDelivery:
    slip(order(someone(who), order_no, delivered={on: "1000.00"}), f"S-{order_no}")
    unpaid_converge(as_of=clock.today())
    rows = UnpaidDelivery.objects.select_related("order__customer", "order__person__supervisor")
    return rows.get(order__order_no=order_no)


@pytest.fixture
def owed() -> UnpaidDelivery:
    return owes()


def step(due: str = "2026-11-16", amount: str = "400.00", who: str = SHE) -> StepSaid:
    return StepSaid(date.fromisoformat(due), "calls on them", someone(who), yuan(amount))


def write(
    of: UnpaidDelivery, *steps: StepSaid, by: str = SUPERVISOR, **more: Any
) -> CollectionPlan:
    return plan_write(
        **{
            "actor": login(by),
            "unpaid": of,
            "steps": steps or (step(),),
            "token": uuid4(),
            **more,
        }
    )


def agreed(of: UnpaidDelivery, *steps: StepSaid) -> CollectionPlan:
    plan = write(of, *steps)
    plan_agree(actor=login(SHE), plan=plan)
    return plan


def came_in(amount: str, at_: str, **more: Any) -> Payment:
    number = f"P{Payment.objects.count()}"
    on = Slip.objects.get(slip_no="S-O1")
    return payment(on, number, amount=amount, received=at_, handed_in=at_, **more)


def judged(morning: str) -> list[str]:
    """The steps as the morning of a day finds them."""
    on = date.fromisoformat(morning)
    with clock.set_to(clock.at(on, NOW.time().replace(hour=1))):
        unpaid_converge(as_of=on)
        promises_judge(as_of=on)
    return states()


def states() -> list[str]:
    rows = PlanStep.objects.order_by("plan_id", "due_on", "id")
    return [f"{s.state} {s.settled_on.isoformat()[5:] if s.settled_on else '-'}" for s in rows]


# Written and agreed.


def test_written_by_one_agreed_by_the_other(owed):
    plan = write(owed)
    assert plan.agreed_at is None
    assert plan_agree(actor=login(SHE), plan=plan) is True
    assert plan_agree(actor=login(SHE), plan=plan) is False
    now = CollectionPlan.objects.get()
    assert (now.written_by, now.agreed_by) == (login(SUPERVISOR), login(SHE))
    assert AuditRow.objects.filter(action="agree").count() == 1
    assert AuditRow.objects.filter(action="plan").count() == 1


def test_nobody_agrees_to_their_own(owed):
    plan = write(owed, by=SHE)
    with pytest.raises(PlanRefused, match="by the other side"):
        plan_agree(actor=login(SHE), plan=plan)
    with pytest.raises(PlanRefused):
        plan_agree(actor=None, plan=plan)
    assert CollectionPlan.objects.get().agreed_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionPlan.objects.update(agreed_at=NOW, agreed_by=login(SHE))


def test_a_new_plan_replaces_the_old(owed):
    first = agreed(owed)
    second = write(owed, seen=first.pk, by=SHE)
    first.refresh_from_db()
    assert first.replaced_at == NOW
    assert CollectionPlan.objects.standing().get() == second
    with pytest.raises(ChangedMeanwhile, match="吴伟 wrote another plan"):
        write(owed, seen=first.pk)
    with pytest.raises(ChangedMeanwhile):
        write(owed)
    assert CollectionPlan.objects.count() == 2


def test_who_agrees_to_what_was_replaced_is_told(owed):
    first = write(owed)
    write(owed, seen=first.pk)
    with pytest.raises(ChangedMeanwhile, match="wrote another plan"):
        plan_agree(actor=login(SHE), plan=first)
    assert not CollectionPlan.objects.filter(agreed_at__isnull=False).exists()


def test_the_same_form_twice_writes_one(owed):
    token = uuid4()
    assert write(owed, token=token) == write(owed, token=token)
    assert (CollectionPlan.objects.count(), PlanStep.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([("2026-11-09", "1.00")], "has passed"),
        ([("2026-11-12", "600.00"), ("2026-11-13", "400.01")], "1,000.01 is promised"),
        ([("2026-11-12", "-1.00")], "not less than nothing"),
        ([("2026-11-12", "1.00")] * 11, "1 to 10 steps"),
    ],
)
def test_what_cannot_be_promised_leaves_nothing(owed, steps, says):
    with pytest.raises(PlanRefused, match=says):
        write(owed, *(step(due, amount) for due, amount in steps))
    assert not CollectionPlan.objects.exists()
    assert not PlanStep.objects.exists()


def test_a_plan_is_for_what_is_escalated_and_unpaid(owed):
    young = owes(on="2026-11-05", order_no="O2")
    with pytest.raises(PlanRefused, match="escalated"):
        write(young)
    plan = write(owed)
    came_in("1000.00", "2026-11-10 09:00")
    unpaid_converge(as_of=clock.today() + timedelta(days=1))
    with pytest.raises(PlanRefused, match="settled"):
        write(owed, seen=plan.pk)
    with pytest.raises(PlanRefused, match="settled"):
        plan_agree(actor=login(SHE), plan=plan)
    assert CollectionPlan.objects.get().agreed_at is None


def test_agreed_too_late_it_has_to_be_written_anew(owed):
    plan = write(owed)
    with clock.set_to(at("2026-11-17 09:00")), pytest.raises(PlanRefused, match="has passed"):
        plan_agree(actor=login(SHE), plan=plan)
    with clock.set_to(at("2026-11-16 23:59")):
        assert plan_agree(actor=login(SHE), plan=plan)


# Promises.


def test_kept_by_the_money_that_counts_by_its_day(owed):
    agreed(owed, step("2026-11-16", "400.00"), step("2026-11-20", "600.00"))
    came_in("400.00", "2026-11-16 17:30")
    assert judged("2026-11-16") == ["open -", "open -"]
    assert judged("2026-11-17") == ["kept 11-16", "open -"]
    assert judged("2026-11-21") == ["kept 11-16", "broken 11-21"]


def test_money_from_before_the_plan_keeps_no_promise(owed):
    came_in("300.00", "2026-11-10 09:59")
    agreed(owed, step("2026-11-12", "300.00"))
    assert judged("2026-11-13") == ["broken 11-13"]
    came_in("300.00", "2026-11-10 10:00")
    assert judged("2026-11-13") == ["kept 11-10"]


def test_money_in_hand_keeps_none_and_a_transfer_does(owed):
    agreed(owed, step("2026-11-12", "300.00"))
    on = Slip.objects.get(slip_no="S-O1")
    payment(on, "HAND", amount="300.00", received="2026-11-11 10:00")
    assert judged("2026-11-13") == ["broken 11-13"]
    payment(on, "WIRE", amount="300.00", method="transfer", received="2026-11-12 23:59")
    assert judged("2026-11-13") == ["kept 11-12"]


def test_late_twice_or_missed_it_comes_to_the_same(owed):
    agreed(
        owed, step("2026-11-12", "100.00"), step("2026-11-14", "0"), step("2026-11-16", "500.00")
    )
    came_in("100.00", "2026-11-12 10:00")
    came_in("200.00", "2026-11-17 10:00")
    for morning in range(11, 20):
        day_by_day = judged(f"2026-11-{morning}")
    assert day_by_day == ["kept 11-12", "broken 11-15", "broken 11-17"]
    PlanStep.objects.update(state="open", settled_on=None)
    assert judged("2026-11-19") == day_by_day
    assert promises_judge(as_of=date(2026, 11, 19)).broken == 0
    assert states() == day_by_day
    assert judged("2026-11-13") == day_by_day  # yesterday's run takes nothing back


def test_a_correction_turns_broken_into_kept_and_a_bounced_cheque_kept_into_broken(owed):
    agreed(owed, step("2026-11-12", "300.00"))
    paid = came_in("300.00", "2026-11-13 10:00")
    assert judged("2026-11-14") == ["broken 11-13"]
    Payment.objects.filter(pk=paid.pk).update(
        handed_in_at=at("2026-11-12 17:00"), received_at=at("2026-11-12 10:00")
    )
    assert judged("2026-11-15") == ["kept 11-12"]
    Payment.objects.update(undone=yuan("300.00"))
    assert judged("2026-11-16") == ["broken 11-13"]


def test_what_is_settled_breaks_no_promise(owed):
    agreed(
        owed, step("2026-11-12", "300.00"), step("2026-11-13", "0"), step("2026-11-20", "600.00")
    )
    Delivery.objects.update(returned=yuan("1000.00"))
    with clock.set_to(at("2026-11-11 00:20")):
        unpaid_converge(as_of=date(2026, 11, 11))
    assert judged("2026-11-21") == ["kept 11-10", "open -", "kept 11-10"]


def test_a_replaced_plan_is_judged_up_to_the_day_it_was_replaced(owed):
    first = agreed(owed, step("2026-11-11", "100.00"), step("2026-11-16", "200.00"))
    with clock.set_to(at("2026-11-14 09:00")):
        second = write(owed, step("2026-11-18", "50.00"), seen=first.pk)
        plan_agree(actor=login(SHE), plan=second)
    assert judged("2026-11-19") == ["broken 11-12", "open -", "broken 11-19"]


def test_what_nobody_agreed_to_is_no_promise(owed):
    write(owed, step("2026-11-11", "100.00"))
    assert judged("2026-11-19") == ["open -"]


def test_ticked_by_its_day_and_not_after(owed):
    agreed(owed, step("2026-11-12", "0"), step("2026-11-13", "0"), step("2026-11-14", "5.00"))
    done, late, money = PlanStep.objects.order_by("due_on")
    with clock.set_to(at("2026-11-12 23:59")):
        assert step_done(actor=login(SHE), step=done) is True
        assert step_done(actor=login(SHE), step=done) is False
        with pytest.raises(PlanRefused, match="by the money"):
            step_done(actor=login(SHE), step=money)
    # The job has not run for days: what was not ticked in time is too late all the same.
    with clock.set_to(at("2026-11-16 09:00")), pytest.raises(PlanRefused, match="has passed"):
        step_done(actor=login(SHE), step=late)
    assert judged("2026-11-16") == ["kept 11-12", "broken 11-14", "broken 11-15"]
    assert AuditRow.objects.filter(action="step done").count() == 1


def test_a_step_of_a_plan_that_does_not_stand_is_not_ticked(owed):
    plan = write(owed, step("2026-11-12", "0"))
    waiting = PlanStep.objects.get()
    with pytest.raises(PlanRefused, match="does not stand"):
        step_done(actor=login(SHE), step=waiting)
    plan_agree(actor=login(SHE), plan=plan)
    write(owed, seen=plan.pk)
    with pytest.raises(PlanRefused, match="does not stand"):
        step_done(actor=login(SHE), step=waiting)
    assert set(PlanStep.objects.values_list("state", flat=True)) == {"open"}


def test_more_plans_take_no_more_statements(monkeypatch):
    monkeypatch.setattr("receivables.querysets.unpaid.AT_A_TIME", 1_000_000)
    for n in range(9):
        owes(order_no=f"M{n}")
    rows = list(UnpaidDelivery.objects.select_related("order__person"))
    asked = []
    for part in (rows[:1], rows[1:]):
        for row in part:
            agreed(row, step("2026-11-11", "1.00"))
        with CaptureQueriesContext(connection) as queries:
            promises_judge(as_of=date(2026, 11, 12))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert PlanStep.objects.filter(state="broken").count() == 9


# Who is told.


def told(who: str) -> set[str]:
    return set(Notice.objects.filter(person__employee_no=who).values_list("text", flat=True))


WRITTEN = "A collection plan for %(customer)s is to be agreed"
AGREED = "The collection plan for %(customer)s is agreed"
ESCALATED = "%(customer)s is overdue: a collection plan is to be agreed"
BROKEN = "A promise to collect from %(customer)s was broken"


def test_the_other_side_is_told(owed):
    plan = write(owed)
    assert (told(SHE), told(SUPERVISOR)) == ({WRITTEN}, set())
    plan_agree(actor=login(SHE), plan=plan)
    assert told(SUPERVISOR) == {AGREED}
    assert not told(STRANGER) | told(OTHER_SUPERVISOR) | told(MANAGER)


def test_the_salespersons_plan_is_told_to_the_supervisor_else_to_the_manager(owed):
    write(owed, by=SHE)
    assert (told(SHE), told(SUPERVISOR)) == (set(), {WRITTEN})
    Person.objects.filter(employee_no=MATE).update(supervisor=None)
    write(owes(MATE, order_no="O2"), by=MATE)
    assert told(MANAGER) == {WRITTEN}


def test_an_escalation_is_told_once_to_both(owed):
    with clock.set_to(at("2026-11-02 09:00")):
        reminders_send()
        reminders_send()
    for who in (SHE, SUPERVISOR):
        assert Notice.objects.filter(person__employee_no=who, text=ESCALATED).count() == 1
    assert ESCALATED not in told(MANAGER) | told(STRANGER)


def test_an_escalation_long_ago_is_told_to_nobody(owed):
    reminders_send()  # ten days later: it is on the desks
    assert ESCALATED not in told(SHE) | told(SUPERVISOR)


def test_a_broken_promise_is_told_once_to_the_supervisor(owed):
    agreed(owed, step("2026-11-11", "100.00"))
    judged("2026-11-12")
    with clock.set_to(at("2026-11-12 09:00")):
        reminders_send()
        reminders_send()
    assert Notice.objects.filter(text=BROKEN).count() == 1
    assert BROKEN in told(SUPERVISOR)


# The pages.


def page_of(unpaid: UnpaidDelivery) -> str:
    return reverse("unpaid_delivery", args=[unpaid.order.order_no, unpaid.delivered_on])


def form_of(unpaid: UnpaidDelivery) -> str:
    return reverse("plan_new", args=[unpaid.order.order_no, unpaid.delivered_on])


def sent(*rows: dict[str, str], **but: str) -> dict[str, str]:
    found = {
        "token": str(uuid4()),
        "note": "",
        "steps-TOTAL_FORMS": "5",
        "steps-INITIAL_FORMS": "0",
    }
    who = str(someone(SHE).pk)
    for n in range(5):
        row = {"due_on": "", "what": "", "who": who, "amount": ""}
        row |= rows[n] if n < len(rows) else {}
        found |= {f"steps-{n}-{name}": value for name, value in row.items()}
    return found | but


ROW = {"due_on": "2026-11-16", "what": "上门催收", "amount": "400"}


def test_a_supervisor_writes_and_the_salesperson_agrees(owed):
    answer = client_of(SUPERVISOR).post(form_of(owed), sent(ROW, {}, {**ROW, "amount": ""}))
    assert answer.status_code == 302, answer.content.decode()
    plan = CollectionPlan.objects.get()
    assert [str(s.amount) for s in plan.steps.order_by("amount")] == ["0.00", "400.00"]
    agree = reverse("plan_agree", args=[plan.pk])
    assert agree in client_of(SHE).get(page_of(owed)).content.decode()
    assert agree not in client_of(SUPERVISOR).get(page_of(owed)).content.decode()
    assert client_of(SUPERVISOR).post(agree).status_code == 403
    assert CollectionPlan.objects.get().agreed_at is None
    assert client_of(SHE).post(agree).status_code == 302
    assert CollectionPlan.objects.get().agreed_by == login(SHE)
    assert "It was so already" in client_of(SHE).post(agree, follow=True).content.decode()


def test_the_salespersons_plan_is_agreed_by_the_supervisor_not_by_herself(owed):
    client_of(SHE).post(form_of(owed), sent(ROW))
    agree = reverse("plan_agree", args=[CollectionPlan.objects.get().pk])
    for who, status in ((SHE, 403), (FINANCE, 403), (MANAGER, 403), (STRANGER, 404)):
        assert client_of(who).post(agree).status_code == status, who
    assert CollectionPlan.objects.get().agreed_at is None
    assert client_of(SUPERVISOR).post(agree).status_code == 302
    assert CollectionPlan.objects.get().agreed_by == login(SUPERVISOR)


@pytest.mark.parametrize("gone", ["none", "left", "no supervisor"])
def test_without_a_supervisor_it_is_the_manager(owed, gone):
    change = {
        "none": {"supervisor": None},
        "left": {"supervisor__left_on": "2026-11-01"},
        "no supervisor": {"supervisor__roles": "salesperson"},
    }[gone]
    if gone == "none":
        Person.objects.filter(employee_no=SHE).update(**change)
    else:
        name, value = next(iter(change.items()))
        Person.objects.filter(employee_no=SUPERVISOR).update(**{name.split("__")[1]: value})
    client_of(SHE).post(form_of(owed), sent(ROW))
    agree = reverse("plan_agree", args=[CollectionPlan.objects.get().pk])
    assert client_of(LEADER).post(agree).status_code == 403
    assert client_of(MANAGER).post(agree).status_code == 302
    assert CollectionPlan.objects.get().agreed_by == login(MANAGER)


def test_what_the_manager_sold_is_agreed_with_the_leader():
    Person.objects.filter(employee_no=MANAGER).update(roles="manager+salesperson")
    owed = owes(MANAGER)
    his = {f"steps-{n}-who": str(someone(MANAGER).pk) for n in range(5)}
    client_of(MANAGER).post(form_of(owed), sent(ROW, **his))
    agree = reverse("plan_agree", args=[CollectionPlan.objects.get().pk])
    assert client_of(MANAGER).post(agree).status_code == 403
    assert client_of(LEADER).post(agree).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [(MATE, 404), (STRANGER, 404), (KEEPER, 404), (FINANCE, 403), (MANAGER, 403)]
)
def test_others_do_not_write(owed, who, status):
    assert client_of(who).get(form_of(owed)).status_code == status
    assert client_of(who).post(form_of(owed), sent(ROW)).status_code == status
    assert not CollectionPlan.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps-0-due_on": "2026-11-09"},
        {"steps-0-due_on": "soon"},
        {"steps-0-due_on": "0000-00-00"},
        {"steps-0-due_on": ""},
        {"steps-0-what": ""},
        {"steps-0-what": "\x00"},
        {"steps-0-what": "x" * 201},
        {"steps-0-who": ""},
        {"steps-0-who": "999999"},
        {"steps-0-who": "\x00"},
        {"steps-0-amount": "1000.01"},
        {"steps-0-amount": "NaN"},
        {"steps-0-amount": "1e999"},
        {"steps-0-amount": "-1"},
        {"steps-0-amount": "1.001"},
        {"steps-TOTAL_FORMS": "0"},
        {"steps-TOTAL_FORMS": "1000000"},
        {"steps-TOTAL_FORMS": "x"},
        {"steps-INITIAL_FORMS": "\x00"},
        {"seen": "7"},
        {"seen": "x"},
        {"token": ""},
        {"note": "\x00"},
    ],
)
def test_what_is_no_plan_is_said_and_nothing_kept(owed, wrong):
    answer = client_of(SUPERVISOR).post(form_of(owed), sent(ROW, **wrong))
    assert answer.status_code == 400
    if not any(name.startswith("steps-0-what") or "FORMS" in name for name in wrong):
        assert "上门催收" in answer.content.decode()  # what was typed is kept
    assert not CollectionPlan.objects.exists()
    assert not PlanStep.objects.exists()


def test_an_empty_form_is_no_plan(owed):
    answer = client_of(SUPERVISOR).post(form_of(owed), sent())
    assert answer.status_code == 400
    assert not CollectionPlan.objects.exists()


def test_another_plan_meanwhile_is_told_on_the_form(owed):
    before = write(owed)
    answer = client_of(SHE).post(form_of(owed), sent(ROW))
    assert answer.status_code == 400
    assert "wrote another plan" in answer.content.decode()
    assert client_of(SHE).post(form_of(owed), sent(ROW, seen=str(before.pk))).status_code == 302


def test_a_step_is_ticked_by_whoever_promised_it(owed):
    agreed(owed, step("2026-11-12", "0"), step("2026-11-13", "5.00"))
    done, money = (
        reverse("plan_step_done", args=[s.pk]) for s in PlanStep.objects.order_by("due_on")
    )
    page = client_of(SHE).get(page_of(owed)).content.decode()
    assert done in page
    assert money not in page
    assert done not in client_of(SUPERVISOR).get(page_of(owed)).content.decode()
    for who, status in ((SUPERVISOR, 403), (FINANCE, 403), (STRANGER, 404)):
        assert client_of(who).post(done).status_code == status
    assert client_of(SHE).post(money).status_code == 403
    assert states() == ["open -", "open -"]
    assert client_of(SHE).post(done).status_code == 302
    assert states() == ["kept 11-10", "open -"]
    assert "It was so already" in client_of(SHE).post(done, follow=True).content.decode()


def test_the_page_shows_money_iou_plan_and_history(owed):
    agreed(owed, step("2026-11-11", "100.00"))
    came_in("250.00", "2026-11-10 10:30")
    judged("2026-11-12")
    with clock.set_to(at("2026-11-12 09:00")):
        page = client_of(SUPERVISOR).get(page_of(owed)).content.decode()
    for said in ("750.00", "250.00", "kept", "calls on them", "escalated", "missing", "吴伟"):
        assert said in page, said
    history = client_of(SUPERVISOR).get(page_of(owed), {"history": "latest"}).content.decode()
    assert "plan written" in history
    assert "agreed" in history


# The board and the desk.


def test_the_board_counts_by_salesperson(owed):
    second = owes(order_no="O2")
    owes(MATE, order_no="O3")
    owes(STRANGER, order_no="O4")
    agreed(owed, step("2026-11-11", "100.00"))
    agreed(second, step("2026-11-15", "100.00"))
    judged("2026-11-12")
    with clock.set_to(at("2026-11-12 09:00")):
        page = client_of(SUPERVISOR).get(reverse("due_board")).content.decode()
        assert f'data-person="{SHE}"' in page
        assert f'data-person="{MATE}"' in page
        assert f'data-person="{STRANGER}"' not in page
        for state, orders in (
            ("unplanned", {"O3"}),
            ("promised", {"O2"}),
            ("broken", {"O1"}),
            ("escalated", {"O1", "O2", "O3"}),
        ):
            found = client_of(SUPERVISOR).get(reverse("unpaid"), {"state": state}).content.decode()
            shown = {no for no in ("O1", "O2", "O3", "O4") if f'data-delivery="{no}"' in found}
            assert shown == orders, state
        file = b"".join(client_of(MANAGER).get(reverse("due_board"), {"export": "csv"}))
        rows = file.decode("utf-8-sig").splitlines()
        assert "吴伟,2000.00,2,0,1,1" in rows
        assert "金敏,1000.00,1,1,0,0" in rows
    assert client_of(SHE).get(reverse("due_board")).status_code == 403


def test_overdue_without_a_plan_that_is_kept_stays_on_the_supervisors_desk(owed):
    def waits() -> bool:
        desk = client_of(SUPERVISOR).get(reverse("home")).content.decode()
        card = desk[desk.index('id="desk-overdue"') :].partition("</section>")[0]
        return page_of(owed) in card

    assert waits()
    plan = write(owed, step("2026-11-11", "100.00"))
    assert waits()  # nobody has agreed to it
    plan_agree(actor=login(SHE), plan=plan)
    assert not waits()
    judged("2026-11-12")
    assert waits()
    came_in("100.00", "2026-11-11 10:00")
    judged("2026-11-12")
    assert not waits()


def test_the_salespersons_desk_has_plans_to_agree_and_promises(owed):
    def desk() -> str:
        return client_of(SHE).get(reverse("home")).content.decode()

    assert 'id="desk-plans"' not in desk()
    plan = write(owed)
    assert "to agree" in desk()
    plan_agree(actor=login(SHE), plan=plan)
    assert "calls on them" in desk()
    assert 'id="desk-plans"' not in client_of(MATE).get(reverse("home")).content.decode()


def test_ageing_sums_by_customer_and_by_salesperson(owed):
    owes(order_no="O2", on="2026-11-05")
    owes(STRANGER, order_no="O3", on="2026-07-01")
    page = client_of(MANAGER).get(reverse("ageing")).content.decode()
    assert 'data-chart="{' in page
    assert "charts.js" in page
    file = b"".join(client_of(MANAGER).get(reverse("ageing_people"), {"export": "csv"}))
    rows = file.decode("utf-8-sig").splitlines()
    assert "吴伟,Y001,2,1000.00,1000.00,0.00,0.00,0.00,2000.00" in rows
    assert "金敏,Y003,1,0.00,0.00,0.00,0.00,1000.00,1000.00" in rows
    hers = client_of(SHE).get(reverse("ageing")).content.decode()
    assert "1,000.00" in hers
    assert "金敏" not in hers
    assert client_of(SHE).get(reverse("ageing_people")).status_code == 403
    part = client_of(MANAGER).get(reverse("ageing"), headers={"HX-Request": "true"})
    assert 'data-chart="{' in part.content.decode()


def test_pages_ask_as_much_for_many_as_for_few(django_assert_max_num_queries):
    asked = {}
    for size in (2, 8):
        while Order.objects.count() < size:
            row = owes(order_no=f"Q{Order.objects.count()}")
            agreed(row, step("2026-11-11", "1.00"))
        for name in ("due_board", "ageing", "ageing_people", "ious_missing", "unpaid"):
            client = client_of(MANAGER)
            client.get(reverse(name))
            with django_assert_max_num_queries(12) as queries:
                client.get(reverse(name))
            asked.setdefault(name, set()).add(len(queries))
    assert {name: len(counts) for name, counts in asked.items()} == dict.fromkeys(asked, 1)

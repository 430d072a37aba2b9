"""Margins under the floor and transfers: asked for, decided, by whom (ORD-1, ORD-2)."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import Person, StandIn, User
from core.models import AuditRow
from notices.models import Notice
from orders.models import MarginRequest, Order, Transfer
from orders.permissions import can_decide_margin, can_decide_transfer
from orders.services import (
    ChangedMeanwhile,
    OrderFacts,
    OrderRefused,
    margin_ask,
    margin_decide,
    margin_withdraw,
    order_add,
    order_edit,
    order_sign,
    transfer_ask,
    transfer_decide,
    transfer_withdraw,
    version_of,
)
from orders.verification import transfers as wrong_transfers
from tests.builders import customer, order, yuan
from tests.cast import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
DECIDERS = (MANAGER, LEADER, SUPERVISOR, FINANCE, CASHIER, PERSONNEL, SHE, MATE)


def user(no=SHE):
    return User.objects.select_related("person").get(username=no)


def told(no):
    return list(Notice.objects.filter(person__employee_no=no).order_by("id"))


# Margins.


@pytest.fixture
def thin(people, floor):
    """An order under the floor, not signed."""
    row = order(people[SHE], amount="1000.00", signed=None)
    row.margin = yuan("99.99")
    row.save()
    return row


def sign(row):
    row.refresh_from_db()
    return order_sign(actor=user(), order=row, seen=version_of(row), signed_on=TODAY)


def ask(row, amount=None, margin=None, by=SHE, **more):
    return margin_ask(
        actor=user(by),
        order=row,
        amount=amount or row.amount,
        margin=margin or row.margin,
        **{"reason": "a good customer", "token": uuid4(), **more},
    )


def decide(asked, approve=True, by=MANAGER):
    return margin_decide(actor=user(by), asked=asked, approve=approve, reply="so it is")


def test_without_a_floor_every_order_is_signed(people):
    row = order(people[SHE], signed=None)
    assert sign(row).signed_on == TODAY


def test_under_the_floor_it_is_signed_when_approved(thin):
    with pytest.raises(OrderRefused):
        sign(thin)
    asked = ask(thin)
    with pytest.raises(OrderRefused):
        sign(thin)
    decide(asked)
    assert sign(thin).signed_on == TODAY


def test_refused_it_is_not_signed(thin):
    decide(ask(thin), approve=False)
    with pytest.raises(OrderRefused):
        sign(thin)
    assert Order.objects.get().signed_on is None


def test_the_last_word_on_the_same_figures_counts(thin):
    decide(ask(thin))
    decide(ask(thin), approve=False)
    with pytest.raises(OrderRefused):
        sign(thin)
    decide(ask(thin))
    assert sign(thin).signed_on == TODAY


@pytest.mark.parametrize("changed", [{"amount": yuan("2000")}, {"margin": yuan("50")}])
def test_other_figures_need_another_approval(thin, changed):
    decide(ask(thin))
    Order.objects.update(**changed)
    with pytest.raises(OrderRefused):
        sign(thin)
    assert Order.objects.get().signed_on is None


def test_the_floor_itself_is_signed(thin):
    Order.objects.update(margin=yuan("100"))
    assert sign(thin).signed_on == TODAY


def test_with_a_floor_the_margin_is_said_before_signing(thin):
    Order.objects.update(margin=None)
    with pytest.raises(OrderRefused) as refused:
        sign(thin)
    assert refused.value.field == "margin"


def test_entered_and_signed_at_once_it_is_looked_at_too(people, floor):
    given = {"actor": user(), "order_no": "", "customer": customer(owner=people[SHE])}
    facts = OrderFacts(yuan("1000"), yuan("1"), TODAY)
    with pytest.raises(OrderRefused):
        order_add(**given, token=uuid4(), person=people[SHE], facts=facts)
    assert not Order.objects.exists()


def test_a_signed_order_comes_under_the_floor_only_when_approved(thin):
    decide(ask(thin))
    row = sign(thin)

    def change(margin):
        return order_edit(
            actor=user(),
            order=row,
            seen=version_of(row),
            customer=row.customer,
            facts=OrderFacts(row.amount, margin, row.signed_on, row.terms),
        )

    with pytest.raises(OrderRefused):
        change(yuan("50"))
    assert Order.objects.get().margin == yuan("99.99")
    decide(ask(row, margin=yuan("50")))
    assert change(yuan("50")).margin == yuan("50")


def test_one_is_asked_at_a_time_and_the_same_form_once(thin):
    token = uuid4()
    assert ask(thin, token=token) == ask(thin, token=token)
    with pytest.raises(OrderRefused):
        ask(thin)
    assert MarginRequest.objects.count() == 1


def test_who_decides_on_a_margin(thin):
    asked = ask(thin)
    assert {no for no in DECIDERS if can_decide_margin(user(no), asked)} == {MANAGER}
    margin_withdraw(actor=user(), asked=asked)
    assert not can_decide_margin(user(MANAGER), MarginRequest.objects.get(pk=asked.pk))
    asked = ask(thin, by=MANAGER)
    assert {no for no in DECIDERS if can_decide_margin(user(no), asked)} == {LEADER}


def test_who_comes_second_is_told(thin):
    asked = ask(thin)
    decide(asked)
    with pytest.raises(ChangedMeanwhile, match="so it is"):
        decide(asked, approve=False)
    with pytest.raises(ChangedMeanwhile):
        margin_withdraw(actor=user(), asked=asked)
    assert MarginRequest.objects.get().state == "approved"
    assert AuditRow.objects.filter(action__startswith="margin ").count() == 2


def test_a_margin_is_told_to_who_decides_and_back(thin):
    asked = ask(thin)
    assert [each.key for each in told(MANAGER)] == [f"margin/{asked.pk}/asked"]
    decide(asked)
    assert [each.key for each in told(SHE)] == [f"margin/{asked.pk}/decided"]


# Transfers.


def pass_on(row, to=MATE, by=SHE, **more):
    return transfer_ask(
        actor=user(by),
        order=row,
        to_person=Person.objects.get(employee_no=to),
        **{"reason": "moved away", "token": uuid4(), **more},
    )


def settle(transfer, approve=True, by=MANAGER):
    found = Transfer.objects.select_related(
        "order__person", "from_person", "to_person", "asked_by__person"
    ).get(pk=transfer.pk)
    return transfer_decide(actor=user(by), transfer=found, approve=approve, reply="agreed")


def test_approved_the_order_is_the_others(hers, people):
    done = settle(pass_on(hers))
    hers.refresh_from_db()
    assert hers.person == people[MATE]
    assert (done.state, done.from_person, done.decided_by) == (
        "approved",
        people[SHE],
        user(MANAGER),
    )
    assert AuditRow.objects.get(action="transfer approved").changes == {
        "person": [people[SHE].pk, people[MATE].pk],
        "reason": "agreed",
    }
    assert list(wrong_transfers()) == []


def test_refused_it_stays(hers, people):
    settle(pass_on(hers), approve=False)
    hers.refresh_from_db()
    assert hers.person == people[SHE]


def test_both_named_are_told(hers):
    transfer = pass_on(hers, by=SUPERVISOR)
    for no in (SHE, MATE, MANAGER):
        assert [each.key for each in told(no)] == [f"transfer/{transfer.pk}/asked"], no
    assert told(SUPERVISOR) == []
    settle(transfer)
    for no in (SHE, MATE, SUPERVISOR):
        assert told(no)[-1].key == f"transfer/{transfer.pk}/decided", no
    assert told(STRANGER) == []


@pytest.mark.parametrize(
    ("to", "more"), [(SHE, {}), (MANAGER, {}), (MATE, {"reason": " "})], ids=["hers", "no", "why"]
)
def test_what_is_not_asked_for(hers, to, more):
    with pytest.raises(OrderRefused):
        pass_on(hers, to, **more)
    assert not Transfer.objects.exists()


def test_one_transfer_is_asked_at_a_time_and_the_same_form_once(hers):
    token = uuid4()
    assert pass_on(hers, token=token) == pass_on(hers, token=token)
    with pytest.raises(OrderRefused):
        pass_on(hers, STRANGER)
    assert Transfer.objects.count() == 1


def decides(transfer):
    return {no for no in DECIDERS if can_decide_transfer(user(no), transfer)}


def test_who_decides_on_a_transfer(hers):
    assert decides(pass_on(hers)) == {MANAGER}


def test_the_managers_own_goes_to_the_leader(hers):
    assert decides(pass_on(hers, by=MANAGER)) == {LEADER}


def test_of_a_manager_who_sells_the_leader_decides_whoever_asked(hers, people):
    people[MANAGER].roles = "manager+salesperson"
    people[MANAGER].save()
    transfer = pass_on(hers, to=MANAGER, by=SUPERVISOR)
    assert decides(transfer) == {LEADER}


def test_a_stand_in_decides_but_not_on_whom_it_names(hers, people):
    def stands_in(no):
        StandIn.objects.create(
            absent=people[MANAGER],
            stand_in=people[no],
            roles="manager",
            from_on=TODAY,
            until_on=TODAY,
            reason="ill",
        )

    transfer = pass_on(hers)
    stands_in(SUPERVISOR)
    assert decides(transfer) == {MANAGER, SUPERVISOR}
    StandIn.objects.all().delete()
    stands_in(MATE)
    assert decides(transfer) == {MANAGER}


def test_a_stand_in_does_not_decide_what_was_asked_by_whom_they_stand_in_for(hers, people):
    StandIn.objects.create(
        absent=people[LEADER],
        stand_in=people[MANAGER],
        roles="leader",
        from_on=TODAY,
        until_on=TODAY,
        reason="ill",
    )
    transfer = pass_on(hers, by=MANAGER)
    assert decides(transfer) == {LEADER}


def test_who_decides_second_is_told(hers, people):
    transfer = pass_on(hers)
    settle(transfer)
    with pytest.raises(ChangedMeanwhile, match="agreed"):
        settle(transfer, approve=False)
    with pytest.raises(ChangedMeanwhile):
        transfer_withdraw(actor=user(), transfer=transfer)
    hers.refresh_from_db()
    assert hers.person == people[MATE]


def test_an_order_that_is_somebody_elses_by_now_is_not_passed_on(hers, people):
    transfer = pass_on(hers)
    Order.objects.update(person=people[STRANGER])  # as a file does
    with pytest.raises(OrderRefused, match="金敏"):
        settle(transfer)
    assert Transfer.objects.get().is_open
    assert Order.objects.get().person == people[STRANGER]
    settle(transfer, approve=False)


def test_nobody_who_has_left_gets_an_order(hers, people):
    transfer = pass_on(hers)
    people[MATE].left_on = date(2026, 10, 31)
    people[MATE].save()
    with pytest.raises(OrderRefused):
        settle(transfer)
    assert Order.objects.get().person == people[SHE]
    assert Transfer.objects.get().is_open


def test_withdrawn_another_can_be_asked_for(hers):
    transfer_withdraw(actor=user(), transfer=pass_on(hers))
    pass_on(hers, STRANGER)
    assert sorted(Transfer.objects.values_list("state", flat=True)) == ["asked", "withdrawn"]


def test_verify_finds_an_order_that_is_not_whose_its_transfer_made_it(hers, people):
    settle(pass_on(hers))
    Order.objects.update(person=people[STRANGER])
    assert [problem.where for problem in wrong_transfers()] == [hers.order_no]

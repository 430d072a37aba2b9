"""Commission on money of orders that passed on: who had the order when it counted (adr/0018)."""

import pytest

from core import clock
from core.months import Month
from payroll.assessment import context_of
from payroll.groups import Group
from payroll.models import Entry
from payroll.services import month_close, month_final
from performance.charges import commission
from receivables.charges.cutoff import cutoff
from tests.builders import at, context, order, payment, person, slip, transfer

pytestmark = pytest.mark.django_db
OCTOBER = Month.parse("2026-10")
PASSED_ON = "2026-10-15 12:00"


@pytest.fixture
def her():
    return person("Y007")


@pytest.fixture
def him():
    return person("Y008")


@pytest.fixture
def sold(her):
    return order(her)


def earned(**instead):
    return {
        charge.employee_no: str(charge.amount) for charge in commission(context(**instead)).charges
    }


def earned_in(who, month="2026-10"):
    """As a close sees it that works on this one person's group."""
    group = Group(who.pk, who.pk)
    read = context_of(month=Month.parse(month), as_of=at("2026-12-31 00:00"), group=group)
    return {charge.employee_no: str(charge.amount) for charge in commission(read).charges}


def paid(on, *moments, amount="1000.00", first=0):
    for n, moment in enumerate(moments, first):
        payment(on, f"P{n}", amount=amount, received="2026-10-01 10:00", handed_in=moment)


@pytest.mark.parametrize(
    ("counted", "whose"),
    [
        pytest.param("2026-10-15 11:59:59.999999", "Y007", id="a moment before the approval"),
        pytest.param(PASSED_ON, "Y008", id="the very instant of the approval"),
        pytest.param("2026-10-20 10:00", "Y008", id="after the approval"),
    ],
)
def test_who_had_the_order_when_the_money_counted(sold, her, him, counted, whose):
    paid(slip(sold), counted)
    transfer(sold, him, PASSED_ON)
    assert earned() == {whose: "10.00"}
    assert {**earned_in(her), **earned_in(him)} == {whose: "10.00"}


def test_each_has_the_own_part(sold, her, him):
    paid(slip(sold), "2026-10-10 10:00", "2026-10-20 10:00", "2026-10-21 10:00")
    transfer(sold, him, PASSED_ON)
    assert earned() == {"Y007": "10.00", "Y008": "20.00"}
    assert earned_in(her) == {"Y007": "10.00"}
    assert earned_in(him) == {"Y008": "20.00"}


def test_a_transfer_to_the_company_counts_when_it_was_received(sold, her, him):
    on = slip(sold)
    payment(on, "P1", received="2026-10-15 11:59", method="transfer")
    payment(on, "P2", received="2026-10-15 12:01", method="transfer", amount="3000.00")
    transfer(sold, him, PASSED_ON)
    assert earned() == {"Y007": "10.00", "Y008": "30.00"}


def test_two_transfers_in_one_month(sold, her, him):
    third = person("Y009")
    paid(slip(sold), "2026-10-05 10:00", "2026-10-15 10:00", "2026-10-25 10:00")
    transfer(sold, him, "2026-10-10 09:00")
    transfer(sold, third, "2026-10-20 09:00")
    assert earned() == {"Y007": "10.00", "Y008": "10.00", "Y009": "10.00"}
    for who in (her, him, third):
        assert earned_in(who) == {who.employee_no: "10.00"}


def test_through_many_hands_in_and_out_of_a_group(her):
    """The first and the third are of one group, the second is not: what counted while the second
    had it is neither of theirs, although the third gave the order away after it."""
    third, second, fourth = person("Y009"), person("Y008"), person("Y010")
    sold = order(her)
    paid(slip(sold), "2026-10-08 10:00")
    transfer(sold, second, "2026-10-06 09:00")
    transfer(sold, third, "2026-10-10 09:00")
    transfer(sold, fourth, "2026-10-12 09:00")
    read = context_of(month=OCTOBER, as_of=at("2026-12-31 00:00"), group=Group(her.pk, third.pk))
    assert commission(read).charges == []
    assert earned() == earned_in(second) == {"Y008": "10.00"}
    assert earned_in(fourth) == {}


def test_given_away_and_got_back(sold, her, him):
    paid(slip(sold), "2026-10-05 10:00", "2026-10-15 10:00", "2026-10-25 10:00")
    transfer(sold, him, "2026-10-10 09:00")
    transfer(sold, her, "2026-10-20 09:00")
    assert earned() == {"Y007": "20.00", "Y008": "10.00"}
    assert earned_in(her) == {"Y007": "20.00"}


def test_a_later_transfer_says_nothing_about_the_month(sold, her, him):
    paid(slip(sold), "2026-10-10 10:00")
    transfer(sold, him, "2026-11-20 09:00")
    assert earned() == {"Y007": "10.00"}
    assert earned_in(her) == {"Y007": "10.00"}
    assert earned_in(him) == {}


def test_an_earlier_transfer_leaves_all_of_it_to_the_new_one(sold, her, him):
    paid(slip(sold), "2026-10-10 10:00")
    transfer(sold, him, "2026-09-01 09:00")
    assert earned() == {"Y008": "10.00"}


def test_who_holds_the_slip_keeps_its_money_and_its_fine(sold, her, him):
    """The carry-over is of who has the money in hand, whosever the order is by now."""
    payment(slip(sold, held_by=her), "P1", received="2026-10-20 10:00")
    transfer(sold, him, PASSED_ON)
    assert [each.employee_no for each in cutoff(context()).charges] == ["Y007"]


def test_as_many_statements_for_one_transfer_as_for_thirty(
    sold, her, him, django_assert_max_num_queries
):
    for n in range(30):
        each = order(her, f"O{n}x")
        paid(slip(each, f"S{n}x"), "2026-10-10 10:00", first=1000 + n)
        transfer(each, him, PASSED_ON)
    group = Group(her.pk, her.pk)
    read = context_of(month=OCTOBER, as_of=at("2026-12-31 00:00"), group=group)
    with django_assert_max_num_queries(5):
        [charge] = commission(read).charges
    assert str(charge.amount) == "300.00"


def test_a_final_month_is_left_as_it_is(sold, her, him):
    """Approved after October was final, a transfer changes nothing of it; November follows it."""
    paid(slip(sold), "2026-10-10 10:00")
    with clock.set_to(at("2026-11-02 09:00")):
        month_close(month=OCTOBER)
        month_final(month=OCTOBER, early_reason="a test")
    before = list(Entry.objects.order_by("id").values_list("key", "amount"))
    with clock.set_to(at("2026-11-05 09:00")):
        transfer(sold, him, "2026-11-05 09:00")
        month_close(month=OCTOBER)
        assert list(Entry.objects.order_by("id").values_list("key", "amount")) == before
    paid(sold.slips.get(), "2026-11-06 10:00", first=5)
    with clock.set_to(at("2026-12-01 01:00")):
        month_close(month=OCTOBER.next())
    found = Entry.objects.standing().filter(rule="COMM-1").order_by("key")
    assert [(each.key, str(each.amount)) for each in found] == [
        ("COMM-1/Y007/2026-10", "10.00"),
        ("COMM-1/Y008/2026-11", "10.00"),
    ]

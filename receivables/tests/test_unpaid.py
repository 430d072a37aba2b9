"""Rows of unpaid deliveries converge with the facts: whenever, however often, however late."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from orders.models import Delivery
from policy.models import PolicyParameter
from receivables.models import Payment, UnpaidDelivery
from receivables.querysets import unpaid as reads
from receivables.services import unpaid as service
from receivables.services import unpaid_converge
from tests.builders import at, bad_debt, day, order, payment, person, slip, yuan

pytestmark = pytest.mark.django_db

FIRST = "2026-10-01"
# Which orders, the policy, and for a batch: begin, what stands, three kinds of facts, remind,
# write, end. PostgreSQL: is any table without statistics; wait for others.
STATEMENTS = {"sqlite": 11, "postgresql": 13}


@pytest.fixture
def owed():
    """A hundred yuan delivered on the 1st, on a slip."""
    return slip(order(person(), delivered={FIRST: "100.00"}))


def rows() -> list[str]:
    """Each row as `O1 10-01 70.00 of 100.00 reminded 10-12 escalated 10-12 settled -`."""
    return [
        f"{row.order.order_no} {row.delivered_on:%m-%d} {row.unpaid} of {row.amount}"
        f" reminded {_day(row.reminded_on)} escalated {_day(row.escalated_on)}"
        f" settled {_day(row.settled_on)}"
        for row in UnpaidDelivery.objects.select_related("order").order_by("order", "delivered_on")
    ]


def _day(on: date | None) -> str:
    return f"{on:%m-%d}" if on else "-"


def told(on: str) -> tuple[int, int, int]:
    found = unpaid_converge(as_of=day(on))
    assert not found.set_aside
    return found.new, found.escalated, found.settled


def test_it_opens_escalates_and_settles_on_the_right_days(owed):
    assert (told("2026-10-01"), rows()) == ((0, 0, 0), [])
    assert told("2026-10-02") == (1, 0, 0)
    assert rows() == ["O1 10-01 100.00 of 100.00 reminded 10-02 escalated - settled -"]
    payment(owed, amount="30.00", received="2026-10-05 10:00", handed_in="2026-10-05 17:00")
    assert told("2026-10-11") == (0, 0, 0)
    assert rows() == ["O1 10-01 70.00 of 100.00 reminded 10-11 escalated - settled -"]
    assert told("2026-10-12") == (0, 1, 0)
    assert rows() == ["O1 10-01 70.00 of 100.00 reminded 10-12 escalated 10-12 settled -"]
    payment(owed, "P2", amount="70.00", received="2026-10-13 10:00", method="transfer")
    assert told("2026-10-14") == (0, 0, 1)
    assert rows() == ["O1 10-01 0.00 of 100.00 reminded - escalated 10-12 settled 10-13"]


def test_money_in_hand_pays_nothing_yet(owed):
    payment(owed, amount="100.00", received="2026-10-05 10:00")
    told("2026-10-06")
    assert rows() == ["O1 10-01 100.00 of 100.00 reminded 10-06 escalated - settled -"]


@pytest.mark.parametrize(
    ("handed_in", "settled"),
    [
        pytest.param("2026-10-05 23:59:59.999999", "10-05", id="the last instant of a day"),
        pytest.param("2026-10-06 00:00", "-", id="the first of today: tomorrow's run"),
    ],
)
def test_a_day_ends_at_midnight_of_the_company(owed, handed_in, settled):
    payment(owed, amount="100.00", received="2026-10-05 10:00", handed_in=handed_in)
    told("2026-10-06")
    assert rows()[0].endswith(f"settled {settled}")


def test_run_twice_it_writes_nothing(owed):
    told("2026-10-12")
    before = list(UnpaidDelivery.objects.values())
    assert told("2026-10-12") == (0, 0, 0)
    assert list(UnpaidDelivery.objects.values()) == before


def many_facts() -> None:
    she = person()
    for n in range(12):
        made = order(
            she,
            f"O{n}",
            delivered={f"2026-10-{1 + n:02}": "100.00", f"2026-10-{9 + n:02}": "50.00"},
        )
        on_it = slip(made, f"S{n}")
        for part in range(n % 4):
            payment(
                on_it,
                f"P{n}/{part}",
                amount="45.50",
                received="2026-10-01 10:00",
                handed_in=f"2026-10-{2 + n + 4 * part:02} 17:00",
            )
        if n == 5:
            bad_debt(made, dead="2026-10-18")


@pytest.mark.parametrize("days", [[*range(2, 31)], [3, 12, 30], [30], [*range(2, 28), 30, 30]])
def test_daily_or_days_late_it_comes_to_the_same_rows(days):
    many_facts()
    for each in days:
        unpaid_converge(as_of=date(2026, 10, each))
    late = rows()
    UnpaidDelivery.objects.all().delete()
    unpaid_converge(as_of=date(2026, 10, 30))
    assert late == rows()
    assert len(late) > 20


def test_a_run_for_an_earlier_day_takes_nothing_back():
    many_facts()
    unpaid_converge(as_of=date(2026, 10, 30))
    before = rows()
    for each in (29, 12, 2):
        found = unpaid_converge(as_of=date(2026, 10, each))
        assert (found.new, found.escalated, found.settled) == (0, 0, 0)
    assert rows() == before


def test_money_corrected_opens_it_again(owed):
    paid = payment(owed, amount="100.00", received="2026-10-05 10:00", handed_in="2026-10-05 17:00")
    told("2026-10-06")
    Payment.objects.filter(pk=paid.pk).update(handed_in_at=None)
    assert told("2026-10-20") == (1, 1, 0)
    assert rows() == ["O1 10-01 100.00 of 100.00 reminded 10-20 escalated 10-12 settled -"]
    Payment.objects.filter(pk=paid.pk).update(handed_in_at=at("2026-10-06 09:00"))
    assert told("2026-10-21") == (0, 0, 1)
    assert rows() == ["O1 10-01 0.00 of 100.00 reminded - escalated - settled 10-06"]


def test_a_delivery_that_is_gone_is_settled_and_comes_back(owed):
    told("2026-10-15")
    Delivery.objects.all().delete()
    assert told("2026-10-16") == (0, 0, 1)
    gone = ["O1 10-01 0.00 of 100.00 reminded - escalated 10-12 settled 10-15"]
    assert (told("2026-10-17"), rows()) == ((0, 0, 0), gone)
    Delivery.objects.create(order=owed.order, delivered_on=day(FIRST), amount=yuan("80.00"))
    assert told("2026-10-17") == (1, 0, 0)
    assert rows() == ["O1 10-01 80.00 of 80.00 reminded 10-17 escalated 10-12 settled -"]


def test_a_dead_debt_is_settled_the_day_it_died(owed):
    told("2026-10-15")
    bad_debt(owed.order, opened="2026-10-10", dead="2026-10-15")
    assert told("2026-10-16") == (0, 0, 1)
    assert rows()[0].endswith("settled 10-15")


def test_the_policy_of_the_day_counts(owed):
    PolicyParameter.objects.create(
        effective_on=day("2026-10-04"), parameter="overdue_days", value="3"
    )
    told("2026-10-20")
    assert "escalated 10-05" in rows()[0]


# Many at once.


def test_one_order_that_cannot_be_done_stops_no_other(monkeypatch, caplog):
    many_facts()
    right = service.delivery_states

    def poisoned(money, *more):
        if money.delivered[0][0] == date(2026, 10, 8):
            raise ValueError("李雷 3000.00")
        return right(money, *more)

    monkeypatch.setattr(service, "delivery_states", poisoned)
    found = unpaid_converge(as_of=date(2026, 10, 30))
    assert found.set_aside == {"O7": "ValueError"}
    told_of = {row.split()[0] for row in rows()}
    monkeypatch.undo()
    unpaid_converge(as_of=date(2026, 10, 30))
    assert {row.split()[0] for row in rows()} - told_of == {"O7"}
    assert "李雷" not in caplog.records[0].getMessage()


def test_what_is_wrong_with_everybody_is_no_orders_fault(monkeypatch):
    many_facts()
    monkeypatch.setattr(service, "delivery_states", lambda *_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        unpaid_converge(as_of=date(2026, 10, 30))


def test_a_database_that_is_busy_is_no_orders_fault(monkeypatch):
    many_facts()

    def busy(_orders):
        raise OperationalError("database is locked")

    monkeypatch.setattr(service, "standing_of", busy)
    with pytest.raises(OperationalError):
        unpaid_converge(as_of=date(2026, 10, 30))


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_batches_of_any_size_come_to_the_same(monkeypatch, size):
    monkeypatch.setattr(reads, "AT_A_TIME", size)
    many_facts()
    for each in (12, 30):
        unpaid_converge(as_of=date(2026, 10, each))
    by_batches = rows()
    monkeypatch.undo()
    UnpaidDelivery.objects.all().delete()
    unpaid_converge(as_of=date(2026, 10, 30))
    assert by_batches == rows()


def test_more_orders_take_no_more_statements(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(reads, "AT_A_TIME", 1_000_000)  # one batch, whatever the ids are by now
    she = person()
    for n in range(40):
        order(she, f"O{n:02}", delivered={FIRST: "100.00"})
        if n in (0, 39):
            UnpaidDelivery.objects.all().delete()
            with django_assert_num_queries(STATEMENTS[connection.vendor]):
                unpaid_converge(as_of=day("2026-10-12"))
    assert UnpaidDelivery.objects.count() == 40


# What the database itself holds.


@pytest.mark.parametrize(
    "wrong",
    [
        {"unpaid": Decimal("-0.01")},
        {"unpaid": Decimal("100.01")},
        {"unpaid": Decimal("0.00")},
        {"reminded_on": None},
        {"reminded_on": date(2026, 10, 1)},
        {"settled_on": date(2026, 10, 5)},
        {"settled_on": date(2026, 9, 30), "unpaid": Decimal("0.00"), "reminded_on": None},
        {"escalated_on": date(2026, 10, 1)},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(owed, wrong):
    told("2026-10-12")
    with pytest.raises(IntegrityError), transaction.atomic():
        UnpaidDelivery.objects.update(**wrong)


def test_a_delivery_has_one_row(owed):
    told("2026-10-12")
    twice = UnpaidDelivery.objects.get()
    twice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()

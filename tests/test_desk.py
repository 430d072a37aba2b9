"""The desk: each role sees what waits for it, and nobody else's (ORG-1)."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.models import JobRun
from core.months import Month
from payroll.services import month_close
from receivables.services import unpaid_converge
from tests import cast
from tests.builders import at, customer, late_handover, loan, order, payment, slip, visit
from tests.cast import (
    CASHIER,
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

NOW = at("2026-11-10 10:00")  # a Tuesday
DESK = reverse("home")


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(NOW):
        cast.people_make()
        yield


def someone(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def desk_of(who: str) -> str:
    answer = client_of(who).get(DESK)
    assert answer.status_code == 200
    return answer.text


def cards_of(who: str) -> list[str]:
    return re.findall(r'id="desk-([a-z-]+)"', desk_of(who))


def card_of(who: str, key: str) -> str:
    """The text of one card, without tags."""
    page = desk_of(who)
    html = page[page.index(f'id="desk-{key}"') :]
    html = html[: html.index("</section>")]
    return " ".join(
        re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html.partition(">")[2], flags=re.S).split()
    )


def money_outside(no: str, received: str, amount: str = "1200.00") -> None:
    count = len(Person.objects.get(employee_no=no).slips.all())
    made = order(someone(no), f"D-{no}-{count}")
    on = slip(made, f"S-{no}-{count}", due="2000.00", issued=received)
    payment(on, f"P-{no}-{count}", amount=amount, received=received)


@pytest.mark.parametrize(
    ("who", "cards"),
    [
        (SHE, {"my-hands", "unpaid", "points", "loans"}),
        (SUPERVISOR, {"unpaid", "team-points", "loans"}),
        (MANAGER, {"months", "on-the-way", "unpaid", "loans"}),
        (FINANCE, {"months", "on-the-way", "unpaid"}),
        (CASHIER, {"last-month", "on-the-way", "unpaid"}),
        (LEADER, {"last-month", "unpaid", "loans"}),
        (KEEPER, {"loans"}),
    ],
)
def test_each_role_has_its_cards(who, cards):
    loan(someone(SHE), "L1", lent="2026-11-09 09:00", returned=None, condition="")
    assert cards <= set(cards_of(who))


@pytest.mark.parametrize("who", [KEEPER, PERSONNEL])
def test_no_money_for_keeper_and_personnel(who):
    money_outside(SHE, "2026-11-09 11:00")
    assert not {"on-the-way", "my-hands", "unpaid"} & set(cards_of(who))
    assert "1,200.00" not in desk_of(who)


def test_money_in_hand_with_its_deadline():
    money_outside(SHE, "2026-11-10 09:00", "1200.00")
    money_outside(STRANGER, "2026-11-10 09:30", "777.00")
    said = card_of(SHE, "my-hands")
    assert "1,200.00" in said
    assert "by Nov. 10, 2026 18:00" in said
    assert "overdue" not in said
    assert "777.00" not in desk_of(SHE)


def test_money_of_yesterday_is_overdue_unless_declared():
    money_outside(SHE, "2026-11-09 11:00")
    assert "by Nov. 9, 2026 18:00 · overdue" in card_of(SHE, "my-hands")
    late_handover(someone(SHE), "2026-11-09", declared="2026-11-09 17:00")
    said = card_of(SHE, "my-hands")
    assert "by Nov. 10, 2026 18:00" in said
    assert "overdue" not in said
    assert "late handover declared" in card_of(CASHIER, "on-the-way")


def test_money_handed_in_is_no_longer_on_the_desk():
    made = order(someone(SHE))
    on = slip(made, due="1000.00", issued="2026-11-09 09:00")
    payment(on, amount="1000.00", received="2026-11-09 10:00", handed_in="2026-11-09 17:00")
    assert "No money of the company is with you" in card_of(SHE, "my-hands")
    assert "Slips 0" in card_of(SHE, "my-hands")


def test_slips_held_and_what_is_still_due_on_them():
    made = order(someone(SHE))
    on = slip(made, due="1000.00", issued="2026-11-09 09:00")
    payment(on, amount="400.00", method="transfer", received="2026-11-09 10:00")
    slip(made, "S2", due="50.00", issued="2026-11-09 09:00", returned="2026-11-09 18:00")
    assert "Slips 1 600.00 to collect" in card_of(SHE, "my-hands")


@pytest.mark.parametrize(
    ("now", "cutoff"),
    [
        ("2026-11-10 10:00", "11-28 16:00 in 18 days"),
        ("2026-11-28 16:00", "11-28 16:00 today"),
        ("2026-11-28 16:01", "12-28 16:00 in 30 days"),
    ],
)
def test_the_next_cutoff(now, cutoff):
    with clock.set_to(at(now)):
        assert cutoff in card_of(SHE, "my-hands")


def test_a_team_shows_who_is_behind_and_no_other_team():
    for on_day in range(1, 11):
        visit(someone(SHE), customer(f"K{on_day}"), f"2026-11-{on_day:02} 10:00")
    said = card_of(SUPERVISOR, "team-points")
    assert "1/2" in said  # she has 10 of the 10 points due by the 10th, her mate none
    assert someone(MATE).name in said
    assert someone(SHE).name not in said
    assert someone(MATE).name not in card_of(OTHER_SUPERVISOR, "team-points")
    assert "10/30" in card_of(SHE, "points")


def test_void_and_telephone_visits_are_no_points():
    visit(someone(SHE), customer("K1"), "2026-11-03 10:00", void=True)
    visit(someone(SHE), customer("K2"), "2026-11-03 11:00", kind="telephone")
    visit(someone(SHE), customer("K3"), "2026-10-31 11:00")
    assert "0/30" in card_of(SHE, "points")


def test_months_wait_for_finance_until_they_are_final():
    month_close(month=Month.parse("2026-10"), as_of=NOW)
    assert "draft: look through it" in card_of(FINANCE, "months")
    assert "Statements" in card_of(LEADER, "last-month")


def test_a_failed_job_waits():
    assert "failed-jobs" not in cards_of(MANAGER)
    JobRun.objects.create(kind="unpaid", subject="x", state=JobRun.State.FAILED, error="Boom")
    assert "failed-jobs" in cards_of(MANAGER)
    assert "failed-jobs" not in cards_of(SHE)


def test_escalated_deliveries_wait_and_a_strangers_do_not():
    for no in (SHE, STRANGER):
        order(someone(no), f"D-{no}", delivered={"2026-10-15": "1000.00"})
    unpaid_converge(as_of=clock.today())
    assert f"D-{SHE}" in card_of(SHE, "unpaid")
    assert f"D-{STRANGER}" not in desk_of(SHE)
    assert f"D-{STRANGER}" in card_of(CASHIER, "unpaid")


def test_overdue_goods_for_the_keeper():
    loan(someone(SHE), "L1", lent="2026-11-01 09:00", returned=None, condition="")
    loan(someone(MATE), "LOAN-2", lent="2026-11-10 09:00", returned=None, condition="")
    said = card_of(KEEPER, "loans")
    assert "Overdue 1" in said
    assert "by Nov. 3, 2026 23:59 · overdue" in said
    assert "LOAN-2" not in desk_of(SHE)


@pytest.mark.parametrize("who", [SHE, SUPERVISOR, MANAGER, FINANCE, CASHIER, KEEPER, LEADER])
def test_as_many_queries_for_much_as_for_little(who, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(start: int, count: int) -> None:
        for n in range(start, start + count):
            made = order(someone(SHE), f"D{n}", delivered={"2026-10-15": "1000.00"})
            payment(slip(made, f"S{n}"), f"P{n}", received="2026-11-09 11:00")
            loan(someone(SHE), f"L{n}", lent="2026-11-01 09:00", returned=None, condition="")
        unpaid_converge(as_of=clock.today())

    browser = client_of(who)
    fill(0, 10)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(DESK)
    fill(10, 90)
    with django_assert_num_queries(len(few)):
        browser.get(DESK)


def test_who_holds_no_role_with_a_desk_is_told():
    Person.objects.filter(employee_no=KEEPER).update(roles="")
    assert "Nothing waits for you" in desk_of(KEEPER)


def test_strangers_sign_in_first():
    assert Client().get(DESK).headers["Location"].startswith("/login/")

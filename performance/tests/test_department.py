"""The department in one view: each figure is the sum of its records, and leads to them."""

import pytest
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.months import Month
from customers.models import Complaint
from orders.models import Delivery
from payroll.models import Entry
from performance.reads.department import department, overdue_of
from performance.rules.periods import Period
from performance.services.targets import target_set
from receivables.services.unpaid import unpaid_converge
from tests.builders import at, customer, day, order, payment, slip, visit, yuan
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, SUPERVISOR, client_of, closed_month

pytestmark = pytest.mark.django_db
NOVEMBER = Month.parse("2026-11")


def test_each_figure_is_the_sum_of_its_records(people):
    her = people[SHE]
    on = slip(order(her, amount="300.00", signed="2026-11-01"))
    order(her, "O-OLD", amount="70.00", signed="2026-05-31")
    payment(on, "P1", amount="40.00", received="2026-10-28 16:00", method="transfer")
    payment(on, "P2", amount="2.00", received="2026-10-28 16:01", method="transfer")
    payment(on, "P3", amount="5.00", received="2026-10-20 10:00", handed_in="2026-10-29 10:00")
    payment(on, "P4", amount="9.00", received="2026-10-20 10:00")
    visit(her, customer("K1", her), "2026-10-31 23:00")
    visit(her, customer("K1", her), "2026-11-01 00:10", kind="telephone")
    Complaint.objects.create(
        customer_name="x", category="other", subject="x", text="x", channel="person",
        taken_by=her, opened_on=day("2026-10-05"), due_on=day("2026-10-08"),
        opened_at=at("2026-10-05 10:00"),
    )  # fmt: skip
    found = department(NOVEMBER, reader())
    assert str(found.months[0]) == "2026-06"
    assert [each.handed_in for each in found.attained][-2:] == [yuan("40.00"), yuan("7.00")]
    assert [each.signed for each in found.attained] == [0, 0, 0, 0, 0, yuan("300.00")]
    assert found.visits[-2:] == [1, 0]
    assert found.complaints[-2:] == [1, 0]
    assert found.unanswered == 1


def test_what_the_rules_took_is_what_stands_in_the_books(people):
    closed_month()
    found = department(NOVEMBER, reader())
    rules = dict(found.rules)
    lines = Entry.objects.lines().exclude(rule="BASE")
    for rule in set(lines.values_list("rule", flat=True)):
        on_pay = sum(entry.on_pay for entry in lines.filter(rule=rule))
        assert sum(each or 0 for each in rules[rule]) == on_pay, rule
    assert rules["ATT-4"][-2] < 0
    absent = Entry.objects.standing().filter(rule="ATT-4").count()
    unknown = None  # before a month is closed
    assert dict(found.judged)["ATT-4"] == [*[unknown] * 4, absent, unknown]


def test_targets_stand_beside_the_money(people):
    mine, mate = people[SHE], people[MATE]
    Person.objects.filter(pk=mine.pk).update(contract_target=yuan("1200.00"))
    Person.objects.filter(pk=mate.pk).update(contract_target=yuan("2400.00"), hired_on="2026-11-16")
    target_set(
        period=Period.parse("2026-10"), amount=yuan("50.00"), seen=0, person=mine, actor=reader()
    )
    payment(slip(order(mine)), amount="120.00", received="2026-11-20 16:00", method="transfer")
    found = department(NOVEMBER, reader()).attained
    # From the day she came, the mate brings half a month's twelfth.
    assert [each.target for each in found] == [100, 100, 100, 100, 50, 200]
    assert [each.handed_in_percent for each in found][-2:] == [0, 60]


def test_overdue_is_what_it_was_when_each_month_ended(people):
    mine = order(people[SHE], amount="900.00", signed="2026-09-01")
    for on, amount in (("2026-09-21", "100.00"), ("2026-10-20", "200.00"), ("2026-11-01", "9.00")):
        Delivery.objects.create(order=mine, delivered_on=day(on), amount=yuan(amount))
    payment(slip(mine), amount="130.00", received="2026-11-01 09:00", handed_in="2026-11-01 10:00")
    with clock.set_to(at("2026-11-12 09:00")):
        unpaid_converge(as_of=day("2026-11-12"))
        found = department(NOVEMBER.next(), reader())
        # Delivered on the 20th it is overdue from the 31st on; what came in on 1 November is of a
        # later day than October's. Today the 1st is eleven days ago. December is yet to come.
        assert found.overdue == [0, 0, 0, 300, 179, None]
        assert found.owed["escalated_owed"] == 179
        assert [each.unpaid for each in overdue_of(NOVEMBER.previous())] == [100, 200]
        assert [each.days for each in overdue_of(NOVEMBER)] == [23, 11]
        assert overdue_of(NOVEMBER.next()) == []


def test_a_complaint_about_the_reader_is_not_told_before_the_hearing(people):
    Complaint.objects.create(
        customer_name="x", category="other", subject="x", text="x", channel="person",
        taken_by=people[SHE], about=people[LEADER], opened_on=day("2026-10-05"),
        due_on=day("2026-10-08"), opened_at=at("2026-10-05 10:00"),
    )  # fmt: skip
    assert department(NOVEMBER, reader()).complaints[-2] == 0
    assert department(NOVEMBER, reader(MANAGER)).complaints[-2] == 1


def test_the_heads_alone_see_it_and_every_figure_leads_on(people):
    closed_month()
    page = reverse("department", args=[NOVEMBER])
    records = [
        reverse("department_money", args=[NOVEMBER]),
        reverse("department_overdue", args=[NOVEMBER]),
        reverse("department_lines", args=[NOVEMBER, "ATT-4"]),
        reverse("department_charges", args=[NOVEMBER, "ATT-4"]),
    ]
    for address in (page, *records):
        assert client_of(SUPERVISOR).get(address).status_code == 403
        assert client_of(FINANCE).get(address).status_code == 403
        assert client_of(MANAGER).get(address).status_code == 200
    body = client_of(LEADER).get(page).content.decode()
    for address in (*records, reverse("targets", args=[NOVEMBER])):
        assert f"{address}?view=all" in body
    assert "first=2026-11-01&amp;last=2026-11-30" in body
    unknown = reverse("department_lines", args=[NOVEMBER, "ATT-404"])
    assert client_of(LEADER).get(unknown).status_code == 404


@pytest.mark.parametrize("name", ["department_lines", "department_charges"])
def test_entries_are_sorted_by_what_they_move_and_taken_out(people, name):
    closed_month()
    address = reverse(name, args=[NOVEMBER.previous(), "ATT-4"])
    page = client_of(LEADER).get(f"{address}?sort=on_pay")
    amounts = [row.record.on_pay for row in page.context["table"].rows]
    assert amounts == sorted(amounts)
    assert amounts[0] < 0
    answer = client_of(LEADER).get(f"{address}?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 + len(amounts)


def reader(who: str = LEADER) -> User:
    return User.objects.get(username=who)

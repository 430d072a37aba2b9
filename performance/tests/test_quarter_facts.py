"""What a quarter is counted from: every figure is the sum of its records (KPI-1, adr/0033)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core.months import Month
from customers.models import Complaint, OwnerChange
from performance.models import Activity, ActivityPlace, Appraisal, Target
from performance.reads.behind import records_of
from performance.reads.money import bounds, handed_in
from performance.reads.quarter import appraised_in, quarter_facts
from performance.rules.appraisal import Facts, Key
from performance.tests.conftest import QUARTER, appraisal_of, facts_of, reckon, user
from policy.rules import DEFAULTS
from receivables.querysets.months import payment_facts
from receivables.rules.custody import sold_totals
from reports.models import Enrolment, Meeting, Presence, Suggestion, Training, WeeklyReport
from tests.builders import at, customer, day, order, payment, slip, transfer, visit, yuan
from tests.cast import MANAGER, MATE, SHE, STRANGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(people) -> Person:
    return people[SHE]


def complaint(about: Person | None, opened: str = "2026-08-03", **said) -> Complaint:
    by = Person.objects.get(employee_no=MANAGER)
    usual = {
        "customer_name": "x", "category": "other", "subject": "late", "text": "late",
        "about": about, "channel": "person", "taken_by": by, "opened_at": at(f"{opened} 10:00"),
        "opened_on": day(opened), "due_on": day(opened), "handler": by,
        "hearing_at": at(f"{opened} 12:00"), "state": "handled",
    }  # fmt: skip
    return Complaint.objects.create(**usual | said)


def test_money_is_what_was_handed_in_for_her_orders(her, people):
    hers = order(her)
    on = slip(hers)
    payment(on, "P0", amount="9.00", received="2026-06-28 10:00", handed_in="2026-06-28 16:00")
    payment(on, "P1", amount="1.00", received="2026-06-28 10:00", handed_in="2026-06-28 16:01")
    payment(on, "P2", amount="2.00", received="2026-08-20 10:00", method="transfer")
    payment(on, "P3", amount="4.00", received="2026-09-28 10:00", handed_in="2026-09-28 16:00")
    payment(on, "P4", amount="9.00", received="2026-09-28 10:00", handed_in="2026-09-28 16:01")
    payment(on, "P5", amount="9.00", received="2026-08-28 10:00")
    assert facts_of(SHE).handed_in == yuan("7.00")


def test_money_of_an_order_that_passed_on_is_whose_it_was(her, people):
    passed = order(her, "O-PASSED")
    on = slip(passed, "S-PASSED")
    payment(on, "P1", amount="1.00", received="2026-07-10 10:00", method="transfer")
    payment(on, "P2", amount="2.00", received="2026-08-20 10:00", method="transfer")
    transfer(passed, people[MATE], "2026-08-01 10:00")
    assert (facts_of(SHE).handed_in, facts_of(MATE).handed_in) == (yuan("1.00"), yuan("2.00"))
    few = Person.objects.filter(employee_no=SHE)
    assert facts_of(SHE, few).handed_in == yuan("1.00")


def test_the_money_is_that_which_commission_is_paid_on(her, people):
    for n, amount in enumerate(("10.50", "20.25", "3.00")):
        whose = (her, people[MATE], her)[n]
        on = slip(order(whose, f"O{n}"), f"S{n}")
        payment(on, f"P{n}", amount=amount, received="2026-08-20 10:00", method="transfer")
        if n == 2:
            transfer(on.order, people[STRANGER], "2026-08-21 10:00")
    [month] = [each for each in bounds(QUARTER) if each.month == Month.parse("2026-08")]
    direct = sold_totals(payment_facts(month), month)
    assert handed_in(QUARTER) == direct
    assert direct[SHE] == yuan("13.50")


def test_new_customers_are_the_files_opened_in_the_quarter(her):
    for n, on in enumerate(("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")):
        row = customer(f"K{n}", her)
        row.created_on = day(on)
        row.save(update_fields=["created_on"])
    found = facts_of(SHE)
    assert (found.new_customers, found.customers) == (2, 3)


def test_marks_are_hers_whom_it_was_about_else_whose_it_was_to_handle(her, people):
    rated = {
        "state": "answered",
        "answer": "x",
        "answered_at": at("2026-08-04 10:00"),
        "in_time": True,
    }
    complaint(her, satisfaction=5, **rated)
    complaint(None, satisfaction=2, **rated | {"handler": her})
    complaint(people[MATE], satisfaction=1, **rated | {"handler": her})
    complaint(her, "2026-10-01", satisfaction=1, **rated)
    found = facts_of(SHE)
    assert (found.marks, found.marks_sum) == (2, 7)


def test_a_complaint_counts_once_she_was_heard(her):
    complaint(her)
    complaint(her, hearing_at=None)
    complaint(her, "2026-06-30")
    complaint(None)
    assert facts_of(SHE).complaints == 1


def test_return_visits_by_customer(her, people):
    due = customer("K1", her)
    visit(her, due, "2026-07-15 10:00")  # in time; then 14 August and 13 September are missed
    passed_on = customer("K2", her)
    change = OwnerChange.objects.create(
        customer=passed_on, to_person=her, reason="x", at=at("2026-09-10 10:00")
    )
    found = facts_of(SHE)
    assert (found.returns_due, found.returns_made) == (3, 1)
    change.delete()
    assert facts_of(SHE).returns_due == 6


def test_activities_are_what_she_was_due_at_and_suggestions_besides(her, people):
    boss = user(MANAGER)
    states = ("present", "late", "absent", "excused")
    for n, state in enumerate(states):
        met = Meeting.objects.create(
            kind="weekly", title="例会", on=day("2026-08-10") + timedelta(days=n),
            starts_at=at("2026-08-10 10:00") + timedelta(days=n), state="held",
        )  # fmt: skip
        Presence.objects.create(meeting=met, person=her, state=state, way="tick", by=boss)
    planned = Meeting.objects.create(
        kind="weekly", title="例会", on=day("2026-08-20"), starts_at=at("2026-08-20 10:00")
    )
    Presence.objects.create(meeting=planned, person=her, state="present", way="tick", by=boss)
    trained = Training.objects.create(
        title="x", starts_at=at("2026-09-01 10:00"), ends_at=at("2026-09-01 11:00"), state="held",
        made_by=boss,
    )  # fmt: skip
    Enrolment.objects.create(training=trained, person=her, attended=False)
    fair = Activity.objects.create(
        title="fair", plan="x", starts_on=day("2026-09-30"), ends_on=day("2026-10-02"),
        planner=her, state="held", result="x", decided_at=at("2026-09-01 10:00"),
        decided_by=boss, token=uuid4(),
    )  # fmt: skip
    ActivityPlace.objects.create(activity=fair, person=her, attended=True)
    Suggestion.objects.create(person=her, title="x", made_at=at("2026-07-01 00:00"), token=uuid4())
    found = facts_of(SHE)
    assert (found.activities_due, found.activities, found.suggestions) == (5, 3, 1)


def test_reports_are_those_due_in_the_quarter(her):
    WeeklyReport.objects.create(
        person=her, monday=day("2026-08-03"), due_at=at("2026-08-11 00:00"), state="handed_in",
        handed_in_at=at("2026-08-10 20:00"),
    )  # fmt: skip
    found = facts_of(SHE)
    assert (found.reports_due, found.reports_on_time) == (13, 1)


def test_the_target_is_the_contracts_quarter_or_what_was_set(her):
    assert facts_of(SHE).target is None
    her.contract_target = Decimal(1200000)
    her.save(update_fields=["contract_target"])
    assert facts_of(SHE).target == yuan("300000.00")
    Target.objects.create(person=her, period="2026-Q3", amount=yuan("400000.00"))
    assert facts_of(SHE).target == yuan("400000.00")


def test_salespeople_employed_on_the_last_day_are_appraised(people):
    people[MATE].left_on = day("2026-09-29")
    people[MATE].save(update_fields=["left_on"])
    people[STRANGER].left_on = day("2026-09-30")
    people[STRANGER].save(update_fields=["left_on"])
    numbers = set(appraised_in(QUARTER).values_list("employee_no", flat=True))
    assert numbers == {SHE, STRANGER}


def test_as_many_queries_for_many_people_as_for_one(her, people):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            quarter_facts(QUARTER, DEFAULTS, appraised_in(QUARTER))
        return len(seen)

    payment(slip(order(her)), "P1", received="2026-08-20 10:00", method="transfer")
    before = asked()
    for n in range(5):
        who = Person.objects.create(
            employee_no=f"N{n}", name="x", roles="salesperson", hired_on=day("2020-01-01")
        )
        on = slip(order(who, f"ON{n}"), f"SN{n}")
        payment(on, f"PN{n}", received="2026-08-20 10:00", method="transfer")
        visit(who, customer(f"KN{n}", who), "2026-07-15 10:00")
    assert asked() == before <= 25


def test_the_records_behind_each_figure_are_as_many(her, people):
    """The page of records and the figures count the same."""
    on = slip(order(her))
    payment(on, "P1", amount="70.00", received="2026-08-20 10:00", method="transfer")
    visit(her, customer("K1", her), "2026-07-15 10:00")
    row = customer("K2", her)
    row.created_on = day("2026-07-02")
    row.save(update_fields=["created_on"])
    rated = {
        "state": "answered",
        "answer": "x",
        "answered_at": at("2026-08-04 10:00"),
        "in_time": True,
    }
    complaint(her, satisfaction=4, **rated)
    Suggestion.objects.create(person=her, title="x", made_at=at("2026-07-01 00:00"), token=uuid4())
    reckon()
    found: Facts = facts_of(SHE)
    appraisal = appraisal_of(SHE)
    boss = user(MANAGER)

    def behind(key: Key):
        return records_of(boss, appraisal, key)

    assert [each.note for each in behind(Key.SALES)] == ["70.00"]
    assert len(behind(Key.CUSTOMERS)) == found.new_customers == 1
    assert len(behind(Key.SATISFACTION)) == found.marks == 1
    assert len(behind(Key.COMPLAINTS)) == found.complaints == 1
    assert len(behind(Key.RETURNS)) == 2
    assert len(behind(Key.ACTIVITY)) == found.activities_due + found.suggestions == 1
    assert len(behind(Key.REPORTS)) == found.reports_due == 13
    assert not any(each.counts for each in behind(Key.REPORTS))


def test_reckoned_again_a_draft_follows_and_what_was_told_stays(her, people):
    assert reckon() == {"people": 3, "new": 3, "changed": 0}
    assert reckon() == {"people": 3, "new": 0, "changed": 0}
    told = appraisal_of(MATE)
    Appraisal.objects.filter(pk=told.pk).update(
        state="told", told_at=at("2026-10-08 10:00"), told_by=user(MANAGER)
    )
    for who in (her, people[MATE]):
        row = customer(f"K{who.pk}", who)
        row.created_on = day("2026-08-01")
        row.save(update_fields=["created_on"])
    assert reckon() == {"people": 3, "new": 0, "changed": 1}
    assert appraisal_of(MATE).indicators == told.indicators
    her.left_on = day("2026-09-29")
    her.save(update_fields=["left_on"])
    reckon()
    assert not Appraisal.objects.filter(person=her).exists()

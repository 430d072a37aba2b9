"""The cleaning duty and the fine for no records, as the month's close finds them (VIS-2, VIS-3)."""

from datetime import timedelta

import pytest

from customers.charges.visits import visits
from customers.models import Visit
from tests.builders import (
    at,
    book,
    context,
    customer,
    evidence_rows,
    lines,
    person,
    since_ever,
    spot_check,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return person()


def seen(who, count, **kind):
    """That many points: one customer, morning visits on days of October, then a second one."""
    visit_rows = [
        Visit(
            person=who,
            customer=customer(f"K{n // 31 + 1}"),
            at=at("2026-10-01 10:00") + timedelta(days=n % 31),
            **{"kind": "return", **kind},
        )
        for n in range(count)
    ]
    Visit.objects.bulk_create(visit_rows)


def duties(month="2026-10", as_of="2026-12-31 00:00", **policy):
    found = visits(context(month, as_of, **policy)).duties
    return [(duty.key, duty.points) for duty in found]


def fines(month="2026-10", as_of="2026-12-31 00:00", **policy):
    return lines(visits(context(month, as_of, **policy)).charges)


# VIS-2.


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(0, [("VIS-2/Y007/2026-10", 0)], id="none"),
        pytest.param(27, [("VIS-2/Y007/2026-10", 27)], id="three short"),
        pytest.param(28, [], id="two short"),
        pytest.param(30, [], id="enough"),
    ],
)
def test_three_points_short_is_a_duty(her, count, expected):
    seen(her, count)
    assert duties() == expected


def test_a_void_record_is_no_point(her):
    seen(her, 27)
    visit(her, customer("K9"), "2026-10-12 10:00", void=True)
    assert duties() == [("VIS-2/Y007/2026-10", 27)]
    Visit.objects.filter(void=True).update(void=False)
    assert duties() == []


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("first", True), ("return", True), ("after-sales", True), ("telephone", False)],
)
def test_in_person_is_every_kind_but_telephone(her, kind, counts):
    seen(her, 27)
    visit(her, customer("K9"), "2026-10-12 10:00", kind=kind)
    assert duties() == ([] if counts else [("VIS-2/Y007/2026-10", 27)])


def test_a_customer_seen_twice_a_day_is_one_point(her):
    seen(her, 27)
    visit(her, customer("K1"), "2026-10-12 15:00")
    visit(her, customer("K1"), "2026-10-12 17:30", kind="after-sales")
    assert duties() == [("VIS-2/Y007/2026-10", 27)]


def test_a_genuine_visit_beside_a_void_or_a_call_that_day_is_a_point(her):
    seen(her, 27)
    visit(her, customer("K9"), "2026-10-12 09:00", void=True)
    visit(her, customer("K9"), "2026-10-12 10:00", kind="telephone")
    visit(her, customer("K9"), "2026-10-12 11:00")
    assert duties() == []


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        pytest.param("2026-09-30 23:59:59.999999", False, id="a tick before the month"),
        pytest.param("2026-10-01 00:00", True, id="its first instant"),
        pytest.param("2026-10-31 23:59:59.999999", True, id="its last instant"),
        pytest.param("2026-11-01 00:00", False, id="the next month"),
    ],
)
def test_the_month_is_the_companys_clocks(her, when, counts):
    seen(her, 27)
    visit(her, customer("K9"), when)
    assert duties() == ([] if counts else [("VIS-2/Y007/2026-10", 27)])


def test_the_day_is_the_companys_clocks(her):
    """Seven in the morning in Shanghai is still yesterday in UTC: one day, one point."""
    seen(her, 26)
    visit(her, customer("K9"), "2026-10-12 07:00")
    visit(her, customer("K9"), "2026-10-12 09:00")
    assert duties() == [("VIS-2/Y007/2026-10", 27)]


def test_only_field_people_of_the_whole_month_owe_it():
    person("Y001", hired="2026-10-01")
    person("Y002", hired="2026-10-02")
    person("Y003", left="2026-10-31")
    person("Y004", left="2026-10-30")
    person("Y005", channel="telephone")
    person("K001", roles="keeper")
    assert duties() == [("VIS-2/Y001/2026-10", 0), ("VIS-2/Y003/2026-10", 0)]


def test_a_colleagues_visits_are_not_hers(her):
    seen(person("Y008"), 30)
    assert duties() == [("VIS-2/Y007/2026-10", 0)]


def test_duties_wait_for_the_end_of_the_month(her):
    assert duties(as_of="2026-10-31 23:59:59.999999") == []
    assert duties(as_of="2026-11-01 00:00") == [("VIS-2/Y007/2026-10", 0)]


@pytest.mark.parametrize(
    ("change", "owes"),
    [
        pytest.param("2026-10-31 points_min 12", False, id="new on the last day"),
        pytest.param("2026-11-01 points_min 12", True, id="new the day after"),
    ],
)
def test_the_version_of_the_last_day_counts(her, change, owes):
    seen(her, 10)
    assert bool(duties(policy=book(change))) is owes


# VIS-3.


def test_a_check_that_finds_none_is_fined(her):
    spot_check(her, customer("K1"))
    assert fines() == [("VIS-3/Y007/2026-10-12", "pay>company", "200.00")]


def test_a_check_that_finds_records_is_not(her):
    spot_check(her, customer("K1"), verdict="records")
    assert fines() == []


def test_two_on_one_day_are_one_fine_with_both_as_evidence(her):
    spot_check(her, customer("K2"))
    spot_check(her, customer("K1"))
    spot_check(her, customer("K3"), verdict="records")
    [fine] = visits(context()).charges
    assert lines([fine]) == [("VIS-3/Y007/2026-10-12", "pay>company", "200.00")]
    assert evidence_rows(fine) == ["Y007 K1 2026-10-12", "Y007 K2 2026-10-12"]


def test_two_days_are_two_and_two_people_are_two(her):
    spot_check(her, customer("K1"), "2026-10-12")
    spot_check(her, customer("K1"), "2026-10-13")
    spot_check(person("Y008"), customer("K1"), "2026-10-12")
    assert [key for key, *_rest in fines()] == [
        "VIS-3/Y007/2026-10-12",
        "VIS-3/Y007/2026-10-13",
        "VIS-3/Y008/2026-10-12",
    ]


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-10-31", True), ("2026-11-01", False)],
)
def test_a_check_belongs_to_its_month(her, on, counts):
    spot_check(her, customer("K1"), on)
    assert bool(fines()) is counts


def test_a_check_counts_as_it_happens(her):
    spot_check(her, customer("K1"), "2026-10-12")
    assert fines(as_of="2026-10-11 23:59:59") == []
    assert len(fines(as_of="2026-10-12 00:00")) == 1


@pytest.mark.parametrize(
    ("change", "amounts"),
    [
        pytest.param("2026-10-12 no_record_fine 80", ["80.00"], id="new that day"),
        pytest.param("2026-10-13 no_record_fine 80", ["200.00"], id="new the day after"),
        pytest.param("2026-10-01 no_record_fine 0", [], id="a fine of nothing"),
    ],
)
def test_the_version_of_the_day_of_inspection_counts(her, change, amounts):
    spot_check(her, customer("K1"), "2026-10-12")
    assert [amount for *_about, amount in fines(policy=book(change))] == amounts


def test_telephone_people_are_checked_too_others_are_not():
    spot_check(person("Y005", channel="telephone"), customer("K1"))
    spot_check(person("K001", roles="keeper"), customer("K1"))
    assert [key for key, *_rest in fines()] == ["VIS-3/Y005/2026-10-12"]


def test_more_visits_take_no_more_statements(her, django_assert_num_queries):
    seen(her, 60)
    for n in range(20):
        spot_check(her, customer(f"K{n}"))
    read = context(policy=since_ever("points_min 100"))
    with django_assert_num_queries(2):
        found = visits(read)
    assert [duty.points for duty in found.duties] == [60]
    assert len(found.charges) == 1

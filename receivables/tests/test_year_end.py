"""What is told of a year's end is what its close posts (RES-2)."""

from datetime import date

import pytest

from accounts.models import Person
from core import clock
from core.months import Month
from payroll.models import Entry
from payroll.rules import Account
from payroll.services import month_close
from receivables.querysets.reserve_book import (
    book_of,
    first_open_month,
    is_closed,
    reserve_owners,
    years_with_books,
)
from receivables.year_end import year_end
from tests import builders
from tests.builders import at, yuan
from tests.cast import MANAGER, MATE, SHE, STRANGER, SUPERVISOR, people_make

pytestmark = pytest.mark.django_db

NOW = "2026-11-10 10:00"


@pytest.fixture
def people():
    return people_make()


def close(month, as_of=None):
    closing = Month.parse(month)
    month_close(month=closing, as_of=at(as_of) if as_of else closing.end)


def ends(as_of=NOW, year=2026, person=None):
    with clock.set_to(at(as_of)):
        found = year_end(year, at(as_of), person).ends
    return {
        no: (end.kind, str(end.held), str(end.refund), str(end.reward), str(end.stays))
        for no, end in found.items()
    }


@pytest.fixture
def books(people):
    """She has a case of this year, her mate left with one open, one left without, one has none."""
    builders.reserve_opening(people[SHE], "2026-10-01", "600.00")
    builders.reserve_opening(people[STRANGER], "2026-10-01", "300.00")
    hers = builders.order(people[SHE], "O1", delivered={"2026-10-05": "9000.00"})
    builders.bad_debt(
        hers, "B1", opened="2026-10-08", recovered="2026-10-20",
        costs={"2026-10-12": "100.00", "2026-11-03": "50.00"},
    )  # fmt: skip
    mates = builders.order(people[MATE], "O2", delivered={"2026-10-05": "9.00"})
    builders.bad_debt(mates, "B2", opened="2026-10-08")
    Person.objects.filter(employee_no=MATE).update(left_on=date(2026, 11, 20))
    builders.person("Y009", left="2026-10-15")
    builders.reserve_opening(Person.objects.get(employee_no="Y009"), "2026-10-01", "450.00")
    builders.person("Y010", left="2026-12-10")
    close("2026-10")
    close("2026-11", NOW)
    return people


FORETOLD = {
    # 600 and three deposits, less the halves of 100 and of 50.
    SHE: ("stays", "975.00", "0.00", "0.00", "975.00"),
    MATE: ("left", "150.00", "0.00", "0.00", "150.00"),
    STRANGER: ("refunded", "750.00", "750.00", "37.50", "0.00"),
    "Y009": ("left", "450.00", "450.00", "0.00", "0.00"),
    "Y010": ("left", "300.00", "300.00", "0.00", "0.00"),
}


def test_what_is_foretold_in_november_is_what_december_posts(books):
    before = Entry.objects.count()
    assert ends() == FORETOLD
    assert Entry.objects.count() == before
    close("2026-11")
    assert ends("2026-12-15 10:00") == FORETOLD
    close("2026-12")
    assert is_closed(Month(2026, 12))
    assert ends("2027-01-05 10:00") == FORETOLD
    refunds = Entry.objects.standing().filter(rule="RES-2", source="reserve")
    assert {e.employee_no: str(e.amount) for e in refunds} == {
        no: told[2] for no, told in FORETOLD.items() if told[2] != "0.00"
    }
    balances = Entry.objects.balances()
    for no, told in FORETOLD.items():
        assert str(balances.get((Account.RESERVE, no), yuan("0.00"))) == told[4]
        lines = book_of(Person.objects.get(employee_no=no))
        assert str(lines[-1].balance) == told[4]


@pytest.mark.parametrize("who", [SHE, STRANGER, "Y010"])
def test_of_one_person_it_is_the_same(books, who):
    assert ends(person=Person.objects.get(employee_no=who)) == {who: FORETOLD[who]}


def test_a_december_not_closed_yet_is_foretold_in_january(books):
    """November and December were not closed: both are looked at."""
    assert ends("2027-01-01 00:10") == FORETOLD


def test_a_wider_case_changes_it(books):
    theirs = builders.order(books[STRANGER], "O3", delivered={"2026-10-05": "9.00"})
    builders.bad_debt(theirs, "B3", opened="2026-11-09")
    assert ends()[STRANGER] == ("stays", "750.00", "0.00", "0.00", "750.00")


def test_what_is_ahead_begins_where_the_books_end(books):
    assert first_open_month(at(NOW)) == Month(2026, 11)
    assert first_open_month(at("2026-12-01 00:10")) == Month(2026, 11)
    assert first_open_month(at("2027-02-01 00:10")) == Month(2026, 11)
    close("2026-11")
    assert first_open_month(at("2026-12-01 00:10")) == Month(2026, 12)


def test_before_any_books_it_begins_now(people):
    assert first_open_month(at(NOW)) == Month(2026, 11)
    assert ends()[SHE] == ("refunded", "300.00", "300.00", "15.00", "0.00")


def test_the_running_year_is_shown_from_november_on(books):
    assert years_with_books(at("2026-10-31 23:59")) == []
    assert years_with_books(at("2026-11-01 00:00")) == [2026]
    assert years_with_books(at("2027-03-01 00:00")) == [2026]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (MANAGER, {SHE, MATE, STRANGER, "Y010"}),
        (SUPERVISOR, {SHE, MATE}),
        (SHE, {SHE}),
    ],
)
def test_whose_reserves_one_sees(books, who, sees):
    """Who left long ago and has nothing in it is not listed."""
    with clock.set_to(at(NOW)):
        owners = reserve_owners(books[who].user)
        assert set(owners.values_list("employee_no", flat=True)) == sees
        her = owners.get(employee_no=SHE)
    assert (her.reserve, her.open_cases) == (yuan("675.00"), 0)

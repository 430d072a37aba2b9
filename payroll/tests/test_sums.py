"""What the database makes of a month's statements is what its lines come to, person by person."""

import random
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from accounts.models import Person, User
from core.money import total
from core.months import Month
from payroll.exports import statement_people
from payroll.models import Duty, Entry, PayMonth
from payroll.querysets import pay_visible_people, statement_lines
from payroll.sums import StatementRow, Sums, statements_found, sums_of, sums_of_month
from tests.builders import at
from tests.cast import MANAGER, SHE, SUPERVISOR

MONTH, BEFORE = Month.parse("2026-10"), Month.parse("2026-09")
EVERYBODY = Sums(7, Decimal("1120.01"), Decimal("-177.00"))


@dataclass(frozen=True)
class Moved:
    """An entry of somebody's: from one account to another."""

    who: str
    rule: str
    source: str
    target: str
    yuan: str
    month: Month = MONTH
    purpose: str = "charge"


MOVED = (
    Moved(SHE, "BASE", "company", "pay", "1000.00"),
    Moved(SHE, "ATT-2", "pay", "pool", "40.00"),
    Moved(SHE, "ATT-2", "pool", "pay", "40.00"),  # taken back
    Moved(SHE, "VIS-1", "pay", "company", "100.00"),
    Moved(SHE, "BASE", "pay", "bank", "860.00", purpose="settlement"),
    Moved(SHE, "BASE", "company", "pay", "7.00", month=BEFORE),
    Moved(SHE, "RES-4", "reserve", "company", "9.00"),  # not of the pay
    Moved("Y002", "EXP-1", "company", "pay", "43.00"),
    Moved("Y900", "EXP-1", "company", "pay", "77.00"),  # left long ago
    Moved("Y900", "EXP-2", "pay", "company", "77.00"),
    Moved("Y901", "EXP-1", "company", "pay", "5.00"),  # left, and nothing remains
    Moved("Y901", "EXP-1", "pay", "company", "5.00"),
    Moved(MANAGER, "EXP-1", "company", "pay", "0.01"),  # no salesperson
)


@pytest.fixture
def ledger(people) -> None:
    team = {"name": "Zoë", "roles": "salesperson", "channel": "field", "team": "a组"}
    gone = {"hired_on": date(2020, 1, 1), "left_on": date(2026, 9, 30)}
    for no, terms in (
        ("Y900", gone),
        ("Y901", gone),
        ("Y902", gone),
        ("y903", {"hired_on": date(2026, 10, 31)}),
        ("Y904", {"hired_on": date(2026, 11, 1)}),
        ("Y905", {"hired_on": date(2020, 1, 1), "left_on": date(2026, 10, 1), "team": ""}),
    ):
        Person.objects.create(employee_no=no, **(team | terms))
    PayMonth.objects.create(month=MONTH, state="closed", closed_at=at("2026-11-02 09:00"))
    ids = dict(Person.objects.values_list("employee_no", "id"))
    Entry.objects.bulk_create(_entry(number, moved, ids) for number, moved in enumerate(MOVED))


def _entry(number: int, moved: Moved, ids: dict[str, int]) -> Entry:
    return Entry(
        key=f"{moved.rule}/{number}",
        purpose=moved.purpose,
        person_id=ids[moved.who],
        rule=moved.rule,
        pay_month=moved.month,
        for_month=moved.month,
        source=moved.source,
        target=moved.target,
        amount=Decimal(moved.yuan),
        policy_on=moved.month.first_day,
        arithmetic={},
        evidence=[],
        job="test",
    )


def reckoned(people) -> list[dict]:
    """The rows from every line of the month, in the order of the numbers."""
    lines = statement_lines(MONTH)
    known = people.in_bulk(statement_people(MONTH, lines), field_name="employee_no")
    rows = []
    for no, person in sorted(known.items()):
        sums = sums_of([lines.get(no, {})])
        rows.append(StatementRow(no, person.name, person.team, sums.plus, sums.minus))
    return rows


def found(people, **wanted) -> list[StatementRow]:
    return list(statements_found(MONTH, people, **({"count": 100} | wanted)).rows)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("who", [MANAGER, SUPERVISOR, SHE])
def test_the_rows_are_what_the_lines_come_to(who):
    people = pay_visible_people(User.objects.get(username=who))
    assert found(people) == reckoned(people) != []


@pytest.mark.usefixtures("ledger")
def test_the_sums_are_of_all_rows_whatever_page_is_asked_for():
    people = Person.objects.all()
    rows = reckoned(people)
    assert [row.employee_no for row in rows] == [
        "M001", "Y001", "Y002", "Y003", "Y900", "Y905", "y903",
    ]  # fmt: skip
    for first, count in ((0, 100), (0, 2), (5, 2), (100, 2), (0, 0)):
        sums = statements_found(MONTH, people, first=first, count=count).sums
        assert sums == EVERYBODY
        assert found(people, first=first, count=count) == rows[first : first + count]
    assert total(row.plus for row in rows) == EVERYBODY.plus
    assert total(row.minus for row in rows) == EVERYBODY.minus


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("column", ["employee_no", "name", "team", "plus", "minus", "total"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_sorted_as_python_sorts_and_then_by_number(column, sign):
    rows = found(Person.objects.all(), order=[sign + column])
    expected = reckoned(Person.objects.all())
    expected.sort(key=lambda row: getattr(row, column), reverse=bool(sign))
    assert rows == expected


@pytest.mark.usefixtures("ledger")
def test_sorted_by_one_column_and_then_by_another():
    rows = found(Person.objects.all(), order=["team", "-total"])
    assert all(
        one.team < other.team or (one.team == other.team and one.total >= other.total)
        for one, other in pairwise(rows)
    )


@pytest.mark.usefixtures("ledger")
def test_names_sort_by_their_characters_in_either_database():
    names = ["a", "B", "Ä", "_", "中", "Z", "z", "啊", "1", "𠀀"]
    random.Random(1).shuffle(names)
    for number, name in enumerate(names):
        Person.objects.create(
            employee_no=f"S{number}", name=name, roles="salesperson", hired_on=date(2020, 1, 1)
        )
    people = Person.objects.filter(employee_no__startswith="S")
    assert [row.name for row in found(people, order=["name"])] == sorted(names)


@pytest.mark.usefixtures("ledger")
def test_before_the_close_there_are_none():
    PayMonth.objects.update(state="open")
    assert statements_found(MONTH, Person.objects.all(), count=9).sums == Sums(0, 0, 0)
    assert found(Person.objects.all()) == []
    PayMonth.objects.all().delete()
    assert found(Person.objects.all()) == []


@pytest.mark.usefixtures("ledger")
def test_nobody_has_none():
    nobody = Person.objects.none()
    assert statements_found(MONTH, nobody, count=9).sums == Sums(0, 0, 0)
    assert sums_of_month(MONTH, nobody) == (Sums(0, 0, 0), 0)


@pytest.mark.usefixtures("ledger")
def test_a_month_with_the_duties_of_those_one_sees(django_assert_num_queries):
    for number, no in enumerate((SHE, SHE, "Y003")):
        person = Person.objects.get(employee_no=no)
        Duty.objects.create(key=f"{number}", month=MONTH, person=person, rule="VIS-2", points=1)
    Duty.objects.create(key="before", month=BEFORE, person=person, rule="VIS-2", points=1)
    with django_assert_num_queries(1):
        assert sums_of_month(MONTH, Person.objects.all()) == (EVERYBODY, 3)
    hers = Person.objects.filter(employee_no=SHE)
    sums, duties = sums_of_month(MONTH, hers)
    assert asdict(sums) == {"people": 1, "plus": Decimal("1000.00"), "minus": Decimal("-100.00")}
    assert duties == 2

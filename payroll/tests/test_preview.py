"""This month so far: what a close right now would post, with nothing posted (PAY-2)."""

from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.months import Month
from payroll.assessment import assess, context_of, group_steps, month_end_steps
from payroll.models import Entry
from payroll.preview import AT_MONTH_END, Preview, charge_of, preview_of
from payroll.services import month_close
from tests import builders
from tests.builders import at
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)
from tests.oracle.generator import generate
from tests.worked import load

NOVEMBER = Month(2026, 11)


def everything_written() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.append(f"{table}: {sorted(map(repr, cursor.fetchall()))}")
    return "\n".join(found)


def in_preview(found: Preview) -> Counter[tuple[str, str, Decimal]]:
    return Counter(
        (line.entry.key, line.entry.rule, line.amount) for line in found.lines if line.amount
    )


def on_statement(person: Person, month: Month) -> Counter[tuple[str, str, Decimal]]:
    """What stands on the statement; the pool is nobody's before everybody's month is closed."""
    standing = Entry.objects.standing().lines().filter(person=person, pay_month=month)
    return Counter((e.key, e.rule, e.on_pay) for e in standing if e.rule != "ATT-3")


def same_as_a_close(month: Month, instant: str) -> int:
    """Hold everybody's preview against the close of the same instant; says how many lines."""
    people = list(Person.objects.salespeople().order_by("employee_no"))
    before = everything_written()
    seen = {p.pk: preview_of(p, month, at(instant)) for p in people}
    assert everything_written() == before
    month_close(month=month, as_of=at(instant))
    for person in people:
        assert in_preview(seen[person.pk]) == on_statement(person, month), person
    return sum(len(found.lines) for found in seen.values())


@pytest.mark.parametrize(
    "instant",
    [
        "2026-10-12 12:00",
        "2026-10-28 15:59",
        "2026-10-28 16:00",
        "2026-10-31 23:59",
        "2026-11-02 09:00",
    ],
)
@pytest.mark.django_db
def test_a_preview_is_what_a_close_would_post(tmp_path, instant):
    generate(tmp_path, month="2026-10", seed=10)
    load(tmp_path)
    assert same_as_a_close(Month(2026, 10), instant)


@pytest.mark.django_db
def test_a_preview_of_the_demo_company_is_what_a_close_would_post():
    with clock.set_to(at("2026-11-25 10:00")):
        call_command("demo", verbosity=0)
        # What is written for months before is the close's own affair: it comes first here.
        month_close(month=Month(2026, 10), as_of=at("2026-11-25 10:00"))
        assert same_as_a_close(NOVEMBER, "2026-11-25 10:00")


@pytest.mark.usefixtures("closed")
def test_what_the_end_of_the_month_brings_is_told_apart():
    her = Person.objects.get(employee_no=SHE)
    builders.reward(her, on="2026-11-02", amount="80.00")
    found = preview_of(her, NOVEMBER, at("2026-11-02 09:00"))
    assert [(line.entry.rule, line.amount) for line in found.lines] == [("REW-1", Decimal("80.00"))]
    assert {(line.entry.rule, line.amount) for line in found.expected} == {
        ("BASE", Decimal("3600.00")),
        ("RES-1", Decimal("-150.00")),
    }
    assert found.at_the_end == Decimal("3530.00")
    assert not found.is_over


@pytest.mark.parametrize(("seed", "brings"), [(3, "DIS-2"), (10, "RES-2")])
@pytest.mark.django_db
def test_the_steps_of_a_months_end_bring_all_that_is_foretold_of_it(tmp_path, seed, brings):
    """Whatever step brings one of the rules foretold, or one that those build on, is among them."""
    generate(tmp_path, month="2026-10", seed=seed)
    load(tmp_path)
    context = context_of(month=MONTH, as_of=MONTH.end)
    some, every = (
        [c for c in assess(context, steps=steps).charges if c.rule in AT_MONTH_END]
        for steps in (month_end_steps(), group_steps())
    )
    assert some == every
    assert {charge.rule for charge in some} == {"BASE", "COMM-1", "RES-1", brings}
    assert len(month_end_steps()) == len(settings.MONTH_END_STEPS)


@pytest.mark.usefixtures("closed")
def test_nothing_is_still_to_come_when_the_month_is_over():
    found = preview_of(Person.objects.get(employee_no=SHE), MONTH, at("2026-11-02 09:00"))
    assert found.is_over
    assert not found.expected


@pytest.mark.usefixtures("closed")
def test_a_line_to_come_is_explained_and_another_persons_is_not():
    her = Person.objects.get(employee_no=SHE)
    now = at("2026-11-02 09:00")
    assert charge_of(her, NOVEMBER, now, f"BASE/{SHE}/2026-11")
    assert charge_of(her, NOVEMBER, now, f"BASE/{STRANGER}/2026-11") is None
    assert charge_of(her, NOVEMBER, now, f"ATT-4/{SHE}/2026-11-20") is None  # a day to come


def page(employee_no: str, month: Month = NOVEMBER) -> str:
    return reverse("so_far", args=[month, employee_no])


def why(employee_no: str, key: str) -> str:
    return f"{reverse('so_far_why', args=[NOVEMBER, employee_no])}?key={key}"


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [
        (SHE, SHE, 200),
        (SHE, MATE, 404),
        (SHE, STRANGER, 404),
        (SUPERVISOR, SHE, 200),
        (SUPERVISOR, STRANGER, 404),
        (OTHER_SUPERVISOR, SHE, 404),
        (MANAGER, STRANGER, 200),
        (FINANCE, SHE, 200),
        (CASHIER, SHE, 200),
        (LEADER, SHE, 200),
        (KEEPER, SHE, 404),
        (PERSONNEL, SHE, 404),
        (MANAGER, MANAGER, 404),
    ],
)
@pytest.mark.usefixtures("closed")
def test_who_sees_whose_month(who, whose, status):
    client = client_of(who)
    assert client.get(page(whose)).status_code == status
    assert client.get(why(whose, f"BASE/{whose}/2026-11")).status_code == status


@pytest.mark.usefixtures("closed")
def test_the_page_says_what_is_so_far_and_what_is_to_come():
    shown = client_of(SHE).get(page(SHE)).content.decode()
    assert "Still to come at the end of the month" in shown
    assert "3,450.00" in shown
    assert "share of the pool is left out" in shown
    told = client_of(SHE).get(why(SHE, f"BASE/{SHE}/2026-11")).content.decode()
    assert "3600.00 × 21 of 21 workdays" in told


@pytest.mark.parametrize("key", ["", "nothing", "\x00", "A" * 5000, "BASE/Y003/2026-11"])
@pytest.mark.usefixtures("closed")
def test_a_line_that_is_none(key):
    address = reverse("so_far_why", args=[NOVEMBER, SHE])
    assert client_of(SHE).get(address, {"key": key}).status_code == 404


@pytest.mark.usefixtures("closed")
def test_ones_own_month():
    assert client_of(SHE).get(reverse("my_month")).headers["Location"] == page(SHE)
    assert client_of(MANAGER).get(reverse("my_month")).status_code == 404


@pytest.mark.usefixtures("closed")
def test_a_month_to_come_has_no_page():
    assert client_of(SHE).get(page(SHE, Month(2026, 12))).status_code == 404


def queries() -> int:
    client = client_of(SHE)
    client.get(page(SHE))
    with CaptureQueriesContext(connection) as asked:
        client.get(page(SHE))
    return len(asked)


@pytest.mark.usefixtures("closed")
def test_as_many_queries_for_many_facts_as_for_few():
    her = Person.objects.get(employee_no=SHE)
    builders.damage(her, "D0", on="2026-11-01")
    few = queries()
    for n in range(30):
        builders.damage(her, f"D{n + 1}", on="2026-11-01")
        builders.reward(her, on="2026-11-02", note=f"bonus {n}")
    assert queries() == few
    print("queries", few)

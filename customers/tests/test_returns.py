"""Return visits due: by the interval since the last genuine record (VIS-3), and by the visits a
month that a level asks for (VIS-5)."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from customers.reminders.visits import checks_to_judge, returns_due, steps_due
from customers.services import check_draw, quiet_mark
from customers.tests.conftest import user
from tests.builders import at, customer, visit
from tests.cast import MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

DUE = reverse("returns_due")


@pytest.fixture
def customers(people):
    """Hers: called on today's thirtieth day before, a day earlier, long ago, never, of late."""
    her = people[SHE]
    made = {name: customer(name, her) for name in ("THIRTY", "LATE", "VOID", "NEVER", "FRESH")}
    visit(her, made["THIRTY"], "2026-10-03 09:00")
    visit(her, made["LATE"], "2026-10-02 09:00", kind="telephone")
    visit(her, made["VOID"], "2026-10-02 23:59")
    visit(her, made["VOID"], "2026-10-30 09:00", void=True)
    visit(people[MATE], made["FRESH"], "2026-10-30 09:00")
    customer("THEIRS", people[STRANGER])
    return made


def listed(no: str, **asked) -> str:
    return client_of(no).get(DUE, asked).content.decode()


def test_what_is_due_by_when(customers):
    page = listed(SHE)
    assert [name for name in customers if name in page] == ["THIRTY", "LATE", "VOID", "NEVER"]
    assert "THEIRS" not in page
    late = listed(SHE, state="late")
    assert [name for name in customers if name in late] == ["LATE", "VOID", "NEVER"]
    assert late.count("1 day<") == 2
    assert "never" in late
    soon = listed(SHE, state="soon")
    assert "THIRTY" in soon
    assert "LATE" not in soon


def test_a_file_just_opened_is_not_due(customers, people):
    fresh = customer("NEW", people[SHE])
    fresh.created_on = date(2026, 10, 20)
    fresh.save()
    assert "NEW" not in listed(SHE)


def test_on_the_desk_of_each_and_of_who_leads_them(customers):
    hers = client_of(SHE).get("/").content.decode()
    assert "LATE" in hers
    assert "THIRTY" not in hers
    heads = client_of(SUPERVISOR).get("/").content.decode()
    assert "3 customers" in heads
    assert "THEIRS" not in heads


def test_a_team_is_seen_by_who_leads_it(customers, django_assert_max_num_queries):
    client = client_of(SUPERVISOR)
    with django_assert_max_num_queries(12):
        page = client.get(DUE).content.decode()
    assert "LATE" in page
    assert "THEIRS" not in page
    assert "LATE" not in listed(MATE)


def test_the_morning_reminder_counts_what_is_due_today(customers, people):
    (told,) = returns_due(clock.now())
    assert (told.person, told.values) == (people[SHE], {"count": 1})


def test_a_step_is_reminded_of_on_its_day(people, hers):
    made = visit(people[SHE], hers, "2026-10-30 09:00")
    made.next_step, made.next_on = "send the offer", date(2026, 11, 2)
    made.save()
    (told,) = steps_due(clock.now())
    assert told.values["step"] == "send the offer"
    made.next_done_at = clock.now()
    made.save()
    assert list(steps_due(clock.now())) == []


def test_who_drew_is_reminded_on_the_last_day(people, hers):
    check_draw(person=people[SHE], size=1, actor=user(SUPERVISOR))
    assert list(checks_to_judge(clock.now())) == []
    (told,) = checks_to_judge(at("2026-11-09 09:00"))
    assert told.person == people[SUPERVISOR]


@pytest.fixture
def leveled(people):
    """All called on within the interval, on Monday, 2 November: an A once this month, of four; a B
    twice on one day and once by telephone, of two; a C once; an A opened this month; one of no
    level."""
    her = people[SHE]
    made = {name: customer(name, her) for name in ("KEY", "TWICE", "ENOUGH", "OPENED", "NONE")}
    for name, level in {"KEY": "A", "TWICE": "B", "ENOUGH": "C", "OPENED": "A"}.items():
        type(made[name]).objects.filter(pk=made[name].pk).update(level=level)
    type(made["OPENED"]).objects.filter(pk=made["OPENED"].pk).update(created_on="2026-11-01")
    for name in made:
        visit(her, made[name], "2026-11-01 00:00")
    visit(her, made["TWICE"], "2026-11-01 23:59")
    visit(her, made["TWICE"], "2026-11-02 08:00", kind="telephone")
    visit(her, made["KEY"], "2026-11-02 08:30", void=True)
    visit(her, made["KEY"], "2026-10-31 23:59")
    theirs = customer("CANARY", people[STRANGER])
    type(theirs).objects.filter(pk=theirs.pk).update(level="A")
    return made


def named(page: str) -> list[str]:
    return re.findall(r"customer=([A-Z]+)\+", page)


def test_short_of_the_level_s_visits_within_the_interval(leveled):
    page = listed(SHE)
    assert sorted(named(page)) == ["KEY", "TWICE"]
    assert "A 1/4" in page
    assert "B 1/2" in page
    assert "CANARY" not in page
    assert sorted(named(listed(SHE, state="short"))) == ["KEY", "TWICE"]
    for state in ("late", "soon"):
        assert named(listed(SHE, state=state)) == []


def test_by_level(leveled):
    assert named(listed(SHE, level="A")) == ["KEY"]
    assert named(listed(SHE, level="C")) == []
    assert named(listed(SHE, sort="level")) == ["KEY", "TWICE"]
    assert named(listed(SHE, sort="-level")) == ["TWICE", "KEY"]
    answer = client_of(MANAGER).get(DUE, {"export": "csv"})
    said = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
    assert "A 1/4" in said


def test_the_figures_lead_to_the_customers(leveled):
    levels = reverse("visit_levels")
    browser = client_of(SUPERVISOR)
    (found,) = re.findall(
        rf'href="({DUE}\?[^"]*level=A[^"]*)"', browser.get(levels).content.decode()
    )
    page = browser.get(found.replace("&amp;", "&")).content.decode()
    assert named(page) or "KEY" in page
    assert "TWICE" not in page
    before = browser.get(levels, {"month": "2026-10"}).content.decode()
    assert DUE + "?" not in before


@pytest.mark.parametrize(("channel", "is_due"), [("telephone", False), ("field", True)])
def test_nobody_is_nagged_about_whom_they_may_not_call(customers, people, channel, is_due):
    Person.objects.filter(employee_no=SHE).update(channel=channel)
    for name in ("LATE", "THIRTY"):
        quiet_mark(customer=customers[name], reason="asked for it", actor=user())
    assert ("LATE" in listed(SHE)) is is_due
    assert ("LATE" in client_of(SHE).get("/").content.decode()) is is_due
    heads = client_of(SUPERVISOR).get("/").content.decode()
    assert ("3 customers" if is_due else "2 customers") in heads
    assert [each.values for each in returns_due(clock.now())] == [{"count": 1}] * is_due
    assert "VOID" in listed(SHE)

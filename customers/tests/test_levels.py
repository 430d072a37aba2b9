"""Visits a month by customer level against what the level asks (VIS-5)."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from core import clock
from customers.models import Customer
from customers.rules.levels import Figures, asked_of, figures_of
from customers.services import owner_change, quiet_mark
from customers.tests.conftest import user
from policy.models import PolicyParameter
from policy.rules import Policy
from tests.builders import at, customer, visit
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

PAGE = reverse("visit_levels")
POLICY = Policy(visits_level_a=4, visits_level_b=2, visits_level_c=1)


@pytest.mark.parametrize(
    ("level", "asked"), [("A", 4), ("B", 2), ("C", 1), ("", 0), ("D", 0)]
)  # fmt: skip
def test_what_a_level_asks_for(level, asked):
    assert asked_of(level, POLICY) == asked


@pytest.mark.parametrize(
    ("customers", "figures"),
    [
        pytest.param([], Figures(), id="none"),
        pytest.param([("B", 0)], Figures(1, 0, 2, 1), id="never"),
        pytest.param([("B", 1)], Figures(1, 1, 2, 1), id="one short"),
        pytest.param([("B", 2)], Figures(1, 2, 2, 0), id="just enough"),
        pytest.param([("B", 4), ("B", 0)], Figures(2, 4, 4, 1), id="too many make up for nobody"),
        pytest.param([("", 0), ("A", 1)], Figures(), id="other levels"),
    ],
)
def test_figures_of_a_level(customers, figures):
    assert figures_of(customers, POLICY)["B"] == figures


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", ""]), st.integers(0, 9))))
def test_nothing_is_lost(customers):
    found = figures_of(customers, POLICY).values()
    assert sum(each.made for each in found) == sum(made for level, made in customers if level)
    assert sum(each.customers for each in found) == sum(1 for level, _made in customers if level)


def filed(name, owner, level):
    made = customer(name, owner)
    Customer.objects.filter(pk=made.pk).update(level=level)
    return made


@pytest.fixture
def seen(people):
    """Hers: one B twice in October, once on the same day again, once by telephone, once void; an A
    once. Another's beside."""
    her = people[SHE]
    often, key, new = filed("OFTEN", her, "B"), filed("KEY", her, "A"), filed("NEW", her, "A")
    Customer.objects.filter(pk=new.pk).update(created_on=date(2026, 10, 1))
    for on in ("2026-10-05 09:00", "2026-10-05 15:00", "2026-10-31 23:59"):
        visit(her, often, on)
    visit(her, often, "2026-10-06 09:00", kind="telephone")
    visit(her, often, "2026-10-07 09:00", void=True)
    visit(people[MATE], key, "2026-10-08 09:00")
    visit(her, key, "2026-11-01 00:00")
    filed("CANARY", people[STRANGER], "A")


def page(no: str, **asked: str) -> str:
    answer = client_of(no).get(PAGE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_of_hers(seen):
    said = page(SHE, month="2026-10")
    assert "1/4" in said
    assert "2/2" in said
    assert "KEY 1/4" in said
    assert "OFTEN 2/2" not in said
    assert "NEW" not in said
    assert "CANARY" not in said


def test_this_month_unless_another_is_asked_for(seen):
    said = page(SHE)
    assert "KEY 1/4" in said
    assert "OFTEN 0/2" in said
    assert "NEW 0/4" in said
    for month in ("2026-99", "never", "2020-01"):
        assert "KEY 1/4" in page(SHE, month=month)


def test_the_figures_are_those_of_the_policy_then(seen):
    PolicyParameter.objects.create(
        effective_on=date(2026, 11, 1), parameter="visits_level_b", value="0"
    )
    assert "OFTEN" not in page(SHE)
    PolicyParameter.objects.create(
        effective_on=date(2026, 10, 31), parameter="visits_level_b", value="3"
    )
    assert "OFTEN 2/3" in page(SHE, month="2026-10")


def test_whose_one_sees(seen, django_assert_max_num_queries):
    assert "CANARY 0/4" in page(LEADER)
    client = client_of(SUPERVISOR)
    with django_assert_max_num_queries(12):
        said = client.get(PAGE).content.decode()
    assert "KEY" in said
    assert "CANARY" not in said
    assert "KEY" not in page(MATE)
    assert client_of(FINANCE).get(PAGE).status_code == 403


def passed(no: str, to, when: str) -> None:
    """A file passes to another owner."""
    file = Customer.objects.get(customer_no=no)
    with clock.set_to(at(when)):
        owner_change(
            actor=user(MANAGER), file=file, seen_owner=file.owner_id, to=to, reason="leave"
        )


def rows(no: str, **asked: str) -> dict[str, dict[str, int]]:
    """What a page says: by employee number what each customer named had."""
    page = client_of(no).get(PAGE, asked)
    table = page.context["table"].page.object_list
    return {
        row.record.employee_no: {each.name: each.made for each in row.record.visited}
        for row in table
    }


def test_a_month_before_tells_of_leavers(seen, people):
    Person.objects.filter(pk=people[SHE].pk).update(left_on=date(2026, 10, 31))
    assert SHE in rows(SUPERVISOR, month="2026-10")
    assert SHE not in rows(SUPERVISOR)
    Person.objects.filter(pk=people[SHE].pk).update(left_on=date(2026, 9, 30))
    assert SHE not in rows(SUPERVISOR, month="2026-10")
    Person.objects.filter(pk=people[MATE].pk).update(hired_on=date(2026, 11, 1))
    assert MATE not in rows(SUPERVISOR, month="2026-10")
    assert MATE in rows(SUPERVISOR)


@pytest.mark.parametrize(
    ("when", "had"),
    [
        pytest.param("2026-10-31 23:59", MATE, id="before the month ended"),
        pytest.param("2026-11-01 00:00", SHE, id="as the next began"),
        pytest.param("2026-11-02 08:00", SHE, id="afterwards"),
    ],
)
def test_a_customer_counts_at_who_had_them_when_the_month_ended(seen, people, when, had):
    passed("KEY", people[MATE], when)
    for no in (SHE, MATE):
        assert ("KEY" in rows(SUPERVISOR, month="2026-10")[no]) is (no == had)
        assert ("KEY" in rows(SUPERVISOR)[no]) is (no == MATE)
    assert rows(SUPERVISOR, month="2026-10")[had]["KEY"] == 1


def test_passed_on_twice_the_first_owner_had_them(seen, people):
    passed("KEY", people[STRANGER], "2026-11-01 08:00")
    passed("KEY", people[MATE], "2026-11-02 08:00")
    found = rows(LEADER, month="2026-10")
    assert [no for no in found if "KEY" in found[no]] == [SHE]


def test_who_may_not_see_a_file_any_more_sees_no_name(seen, people):
    """It is short all the same, and counted."""
    passed("KEY", people[STRANGER], "2026-11-02 08:00")
    said = page(SHE, month="2026-10")
    assert "1/4" in said
    assert "KEY" not in said
    assert "and 1 more" in said
    assert "KEY 1/4" in page(LEADER, month="2026-10")


def test_what_is_as_it_is_today_is_said_of_a_month_before(seen):
    assert "when that month ended" in page(SHE, month="2026-10")
    assert "when that month ended" not in page(SHE)


def test_a_month_before_asks_no_more_queries_than_a_page_may(
    seen, people, django_assert_max_num_queries
):
    passed("KEY", people[MATE], "2026-11-02 08:00")
    client = client_of(SUPERVISOR)
    with django_assert_max_num_queries(12):
        client.get(PAGE, {"month": "2026-10"})


@pytest.mark.parametrize(("channel", "is_asked"), [("telephone", False), ("field", True)])
def test_nobody_is_asked_for_visits_they_may_not_make(seen, people, channel, is_asked):
    Person.objects.filter(pk=people[SHE].pk).update(channel=channel)
    quiet_mark(
        customer=Customer.objects.get(customer_no="KEY"), reason="asked for it", actor=user()
    )
    assert ("KEY" in rows(SHE)[SHE]) is is_asked
    assert "OFTEN" in rows(SHE)[SHE]


def test_the_sixth_customer_is_counted(seen, people):
    for n in range(5):
        filed(f"MORE{n}", people[SHE], "C")
    assert "and 3 more" in page(SHE)
    answer = client_of(SHE).get(PAGE, headers={"accept-language": "zh-hans"})
    assert "另有 3 家" in answer.content.decode()


def test_as_a_file(seen):
    answer = client_of(SHE).get(PAGE, {"month": "2026-10", "export": "csv"})
    said = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
    assert "1/4" in said
    assert "CANARY" not in said

"""Visits a month by customer level against what the level asks (VIS-5)."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Customer
from customers.rules.levels import Figures, asked_of, figures_of
from policy.models import PolicyParameter
from policy.rules import Policy
from tests.builders import customer, visit
from tests.cast import FINANCE, LEADER, MATE, SHE, STRANGER, SUPERVISOR, client_of

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


def test_as_a_file(seen):
    answer = client_of(SHE).get(PAGE, {"month": "2026-10", "export": "csv"})
    said = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
    assert "1/4" in said
    assert "CANARY" not in said

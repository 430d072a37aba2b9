"""An order that came of a project (CUS-4)."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from customers.models import Project
from customers.services import project_assign, project_move
from customers.tests.projects import complete, registered
from orders.models import Order
from orders.services import OrderFacts, OrderRefused, order_add
from tests.builders import customer, yuan
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of


@pytest.fixture
def project(people):
    """Hers, at its contract."""
    leader = User.objects.get(username=LEADER)
    made = complete(registered(people[SHE]))
    given = project_assign(project=made, person=people[SHE], actor=leader)
    return project_move(project=given, stage="contract")


def form(no, **asked):
    return client_of(no).get(reverse("order_new"), asked).content.decode()


def offer(no, project):
    """The page of a project to somebody: whether it leads to an order of it."""
    page = client_of(no).get(reverse("project", args=[project.pk])).content.decode()
    return f'{reverse("order_new")}?project={project.pk}"' in page


def test_who_works_on_it_is_offered_it_at_its_contract(people, project):
    for no in (SHE, SUPERVISOR, MANAGER):
        assert project.project_no in form(no)
    for no in (MATE, STRANGER, FINANCE):
        assert 'name="project"' not in form(no)
    project_move(project=project, stage="talks")
    for no in (SHE, SUPERVISOR, MANAGER):
        assert 'name="project"' not in form(no)


def test_its_page_leads_to_an_order_of_it_at_its_contract_alone(people, project):
    assert [no for no in (SHE, SUPERVISOR, MANAGER, LEADER) if offer(no, project)] == [
        SHE,
        SUPERVISOR,
        MANAGER,
    ]
    project_move(project=project, stage="talks")
    assert not any(offer(no, project) for no in (SHE, SUPERVISOR, MANAGER))


@pytest.mark.parametrize("no", [SHE, SUPERVISOR, MANAGER])
def test_the_form_says_what_the_project_says(people, project, no):
    Project.objects.filter(pk=project.pk).update(customer=customer("K9", people[SHE]))
    page = form(no, project=project.pk)
    assert re.search(rf'<option value="{project.pk}"\s+selected', page)
    assert re.search(r'name="customer"\s+value="K9"\s+checked', page)
    assert (f'value="{SHE}"' in page) is (no != SHE)


def test_a_customer_it_only_names_is_searched(people, project):
    file = customer("K9", people[SHE])
    type(file).objects.filter(pk=file.pk).update(name=project.customer_name)
    assert re.search(r'name="customer"\s+value="K9"\s+checked', form(SHE, project=project.pk))
    type(file).objects.filter(pk=file.pk).update(name="other")
    assert f'value="{project.customer_name}"' in form(SHE, project=project.pk)


@pytest.mark.parametrize("asked", ["x", "\0", "9" * 30, "9" * 5000, "-1", ""])
def test_a_project_that_is_none_fills_in_nothing(people, project, asked):
    page = form(SHE, project=asked)
    assert not re.search(rf'<option value="{project.pk}"\s+selected', page)
    assert "checked" not in page


def test_another_s_project_fills_in_nothing(people, project):
    assert project.name not in form(STRANGER, project=project.pk)


def test_left_empty_it_is_whose_the_project_is(people, project):
    customer("K9", people[MATE])
    given = {"token": str(uuid4()), "customer": "K9", "amount": "1.00", "project": project.pk}
    client_of(MANAGER).post(reverse("order_new"), given)
    assert Order.objects.get().person == people[SHE]


def test_whose_it_is_not_is_told(people, project):
    customer("K9", people[MATE])
    given = {"token": str(uuid4()), "customer": "K9", "amount": "1.00", "project": project.pk}
    page = client_of(MANAGER).post(reverse("order_new"), {**given, "person": MATE})
    assert page.status_code == 400
    assert "at its contract" in page.content.decode()
    assert not Order.objects.exists()


def test_the_project_shows_what_was_made_from_it(people, project):
    customer("K9", people[SHE])
    given = {"token": str(uuid4()), "customer": "K9", "amount": "1234.50"}
    client_of(SHE).post(reverse("order_new"), {**given, "project": project.pk})
    made = Order.objects.get()
    assert made.project == project
    page = client_of(SHE).get(reverse("project", args=[project.pk])).content.decode()
    assert made.order_no in page
    assert "1,234.50" in page


@pytest.mark.parametrize("change", [{"stage": "talks"}, {"person": MATE}])
def test_another_s_or_one_too_early_is_refused(people, project, change):
    values = {**change, "person": people[change["person"]]} if "person" in change else change
    Project.objects.filter(pk=project.pk).update(**values)
    project.refresh_from_db()
    with pytest.raises(OrderRefused):
        order_add(
            actor=None,
            token=uuid4(),
            order_no="",
            customer=customer("K9", people[SHE]),
            person=people[SHE],
            facts=OrderFacts(amount=yuan("1.00")),
            project=project,
        )
    assert not Order.objects.exists()

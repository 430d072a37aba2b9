"""An order that came of a project (CUS-4)."""

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
from tests.cast import LEADER, MANAGER, MATE, SHE, client_of


@pytest.fixture
def project(people):
    """Hers, at its contract."""
    leader = User.objects.get(username=LEADER)
    made = complete(registered(people[SHE]))
    given = project_assign(project=made, person=people[SHE], actor=leader)
    return project_move(project=given, stage="contract")


def form(no):
    return client_of(no).get(reverse("order_new")).content.decode()


def test_she_is_offered_her_own_at_their_contract(people, project):
    assert project.project_no in form(SHE)
    for no in (MATE, MANAGER):
        assert 'name="project"' not in form(no)
    project_move(project=project, stage="talks")
    assert 'name="project"' not in form(SHE)


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

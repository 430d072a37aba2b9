"""The relationship network: said, drawn always the same, told to whoever sees both ends (CUS-1)."""

from math import hypot
from uuid import uuid4

import pytest
from django.urls import reverse

from customers.models import Contact, Customer, Tie
from customers.network import network_of
from customers.rules.network import laid_out
from customers.services import FileRefusal, owner_change
from customers.services.ties import End, tie_add, tie_remove
from customers.tests.conftest import user
from tests.cast import MANAGER, SHE, STRANGER, client_of


def test_a_hundred_people_have_room_and_stand_always_at_the_same_place():
    people = [f"p{n}" for n in range(100)]
    others = {f"c{n}": [f"o{n}-{m}" for m in range(3)] for n in range(12)}
    drawn = laid_out("middle", people, others)
    assert drawn == laid_out("middle", people, others)
    places = list(drawn.places.values())
    assert len(places) == 1 + 100 + 12 * 4
    assert all(0 < p.x < drawn.width and 0 < p.y < drawn.height for p in places)
    # Marks of 28 pixels around their middle do not touch.
    apart = min(hypot(a.x - b.x, a.y - b.y) for n, a in enumerate(places) for b in places[n + 1 :])
    assert apart >= 56


def test_one_alone_is_drawn():
    assert laid_out("middle", [], {}).width > 0


@pytest.fixture
def two(her_new_file, people):
    """Somebody at her firm and at another of her_new_file."""
    other = Customer.objects.create(
        customer_no="K2", name="other", owner=people[SHE], created_on="2026-11-02"
    )
    there = [
        Contact.objects.create(customer=file, name=f"at {file.customer_no}", token=uuid4())
        for file in (her_new_file, other)
    ]
    return [End(contact.customer, contact) for contact in there]


def tie(one, other, kind="school", token=None):
    said = {"one": one, "other": other, "kind": kind, "note": ""}
    return tie_add(actor=user(), token=token or uuid4(), **said)


@pytest.mark.django_db
def test_said_twice_is_one_tie(two):
    token = uuid4()
    assert tie(*two, token=token) == tie(*two, token=token) == tie(*two)
    assert Tie.objects.count() == 1
    for wrong in (lambda: tie(two[0], two[0]), lambda: tie(*two, kind="nosuch")):
        with pytest.raises(FileRefusal):
            wrong()
    [made] = Tie.objects.with_ends()
    assert tie_remove(actor=user(), file=two[0].customer, tie=made)
    assert not tie_remove(actor=user(), file=two[0].customer, tie=made)


@pytest.mark.django_db
def test_a_network_shows_both_firms(two):
    tie(*two)
    drawn = network_of(user(), two[0].customer)
    assert {node.name for node in drawn.nodes} == {
        two[0].customer.name, "other", "at K00007", "at K2"
    }  # fmt: skip
    assert sum(bool(line.said) for line in drawn.lines) == 1


@pytest.mark.django_db
def test_an_end_that_is_a_strangers_is_not_told(two, people):
    tie(*two)
    owner_change(
        actor=user(MANAGER),
        file=two[1].customer,
        seen_owner=people[SHE].pk,
        to=people[STRANGER],
        reason="x",
    )
    for no, file in ((SHE, two[0].customer), (STRANGER, two[1].customer)):
        drawn = network_of(user(no), file)
        assert (drawn.ties, len(drawn.nodes)) == ([], 2)
    assert len(network_of(user(MANAGER), two[0].customer).ties) == 1


@pytest.mark.django_db
def test_from_the_form_to_another_customer(two):
    address = reverse("tie_new", args=["K00007"])
    said = {"token": str(uuid4()), "who": two[0].contact.pk, "kind": "family", "whom": "elsewhere"}
    browser = client_of(SHE)
    for wrong in ({"other_no": "nosuch"}, {"other_no": "K2", "other_name": "nobody"}):
        assert browser.post(address, {**said, **wrong}).status_code == 400
    right = {"other_no": "k2", "other_name": "at K2"}
    assert browser.post(address, {**said, **right}).status_code == 302
    assert Tie.objects.get().to_contact == two[1].contact
    page = browser.get(reverse("customer_panel", args=["K00007", "network"])).content.decode()
    assert page.count("<svg") >= 1
    assert "family" in page
    assert "style=" not in page

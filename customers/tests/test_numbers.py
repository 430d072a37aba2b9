"""A number is whole only while a call would pass the guard: page, list and file (VIS-4, S6.20)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from customers.models import Contact, Customer
from customers.services import SaidOfFile, file_edit, quiet_lift, quiet_mark
from customers.services.files import version_of
from customers.tests.calling import NUMBER, begun, called, firm
from customers.tests.conftest import user
from tests.builders import customer, visit
from tests.cast import LEADER, MANAGER, MATE, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
OTHERS = "139 5555 7391"  # of somebody there
MASKED, OTHERS_MASKED = "•••• 21", "•••• 91"
LIST = reverse("customers")


@pytest.fixture
def hers(people) -> Customer:
    made = firm("K1", people[SHE])
    Contact.objects.create(customer=made, name="Lu", telephone=OTHERS, token=uuid4())
    return made


def page(no=SHE, name="customer", query=""):
    answer = client_of(no).get(reverse(name, args=["K1"]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(no=SHE, query=""):
    answer = client_of(no).get(LIST + query)
    assert answer.status_code == 200
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return said.decode("utf-8-sig")


def everywhere(no):
    """Whatever shows numbers to whoever reads; the heads take them out, too."""
    file = [listed(no, "?export=csv")] if no in (MANAGER, LEADER) else []
    return [page(no), listed(no), *file]


def assert_whole(no):
    for said in everywhere(no):
        assert NUMBER in said
        assert MASKED not in said
    assert OTHERS in page(no)


def assert_masked(no, why):
    for said in everywhere(no):
        assert NUMBER not in said
        assert OTHERS not in said
        assert MASKED in said
        assert why in said
    assert OTHERS_MASKED in page(no)


def test_whole_while_they_may_be_called(people, hers):
    called(people[SHE], hers, 2)
    for no in (SHE, SUPERVISOR, MANAGER, LEADER):
        assert_whole(no)


def test_masked_for_whoever_is_not_to_be_disturbed(people, hers):
    quiet_mark(customer=hers, reason="they said so", actor=user())
    for no in (SHE, SUPERVISOR, MANAGER, LEADER):
        assert_masked(no, "do not disturb")
    quiet_lift(customer=hers, reason="they called us", actor=user(MANAGER))
    assert_whole(SHE)


def test_masked_once_it_is_enough_for_today(people, hers):
    called(people[SHE], hers, 2)
    visit(people[MATE], hers, "2026-11-02 08:30", kind="telephone")
    for no in (SHE, SUPERVISOR, MANAGER, LEADER):
        assert_masked(no, "called 3 times today")
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert_whole(SHE)


def test_the_third_call_has_its_number_on_its_own_page_alone(people, hers):
    called(people[SHE], hers, 2)
    running = begun(people[SHE], hers)
    own = client_of(SHE).get(reverse("call", args=[running.pk])).content.decode()
    assert NUMBER in own
    assert_masked(SHE, "called 3 times today")


def test_whoever_keeps_the_file_reads_it_in_the_form(people, hers):
    quiet_mark(customer=hers, reason="they said so", actor=user())
    assert NUMBER in page(SHE, "customer_edit")


def test_neither_merging_nor_history_tells_it(people, hers):
    for number in (f"{NUMBER}0", NUMBER):
        hers.refresh_from_db()
        said = SaidOfFile(name=hers.name, telephone=number)
        file_edit(file=hers, seen=version_of(hers), said=said, actor=user())
    quiet_mark(customer=hers, reason="they said so", actor=user())
    assert NUMBER not in page(SHE, query="?history=latest")
    assert NUMBER in page(MANAGER, query="?history=latest")  # who lifts the mark
    customer("K2", people[SHE])
    address = f"{reverse('customer_merge', args=['K2'])}?other=K1"
    merging = client_of(MANAGER).get(address).content.decode()
    assert NUMBER not in merging
    assert MASKED in merging


def test_a_list_asks_once_however_many_rows(people, hers):
    browser = client_of(SHE)
    browser.get(LIST)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(LIST).status_code == 200
        return len(queries)

    before = asked()
    for n in range(2, 12):
        called(people[SHE], firm(f"K{n}", people[SHE]), 3)
    assert listed().count("called 3 times today") == 10
    assert asked() == before

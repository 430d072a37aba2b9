"""No word of her customers' files reaches whoever may not read them: by no list, file of a list,
search, suggestion or part of a page (CUS-2).

What is looked for is typed in small letters and as a part, for a page may say again what was typed.
"""

import inspect
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Person, User
from core.panels import panels_of
from core.spelling import spellings_refresh
from customers.models import Contact, Customer, Tie
from customers.services.likeness import likeness_keep
from tests.access.doors import DOORS
from tests.access.test_taking_out import FIGURES, SECRET
from tests.access.world import (
    ACTORS,
    ANYBODY,
    HER_CONTACT,
    HER_FIRM,
    HER_FIRM_WORDS,
    HER_NUMBER,
    HER_STREET,
    SEEN_BY,
    World,
    browser_of,
)
from tests.cast import FINANCE, MANAGER, SHE, STRANGER

pytestmark = pytest.mark.django_db
STRANGERS = [actor for actor in ACTORS if actor not in SEEN_BY["firm"] and actor != SHE]
OF_CUSTOMERS = {*(name for name, _actor in SECRET.values()), *FIGURES.values()}
NOT_WHOLE = [word.lower()[:-1] for word in HER_FIRM_WORDS]


def patterns_of(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from patterns_of(each.url_patterns)
        else:
            yield each


def lists_there() -> list[str]:
    """The names of the addresses at which a list stands: their views answer with one."""
    there = []
    for each in patterns_of(get_resolver().url_patterns):
        code = getattr(inspect.unwrap(each.callback), "__code__", None)
        if code is not None and "list_page" in code.co_names:
            there.append(str(each.name))
    return there


LISTS = lists_there()


def suggestions() -> list[str]:
    """Every address that offers customers, or what is like them, while somebody types."""
    part = NOT_WHOLE[0]
    asked = [("order_customers", {"customer_q": part}), ("trip_customers", {"customers": part})]
    asked += [("visit_customers", {"customer": part}), ("search", {"q": part})]
    firm = {"name": part, "address": HER_STREET.lower(), "telephone": HER_NUMBER}
    project = {"name": part, "customer_name": part, "address": HER_STREET.lower()}
    asked += [("customer_similar", firm), ("project_check", project)]
    asked += [("search", {"q": word}) for word in NOT_WHOLE]
    return [f"{reverse(name)}?{urlencode(said)}" for name, said in asked]


def body_of(answer: HttpResponse) -> str:
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return said.decode("utf-8", "replace")


def leaks_in(answer: HttpResponse, typed: str = "") -> list[str]:
    """Her words in an answer; a number that was typed whole may be said again."""
    said = body_of(answer)
    return [word for word in HER_FIRM_WORDS if word in said and word != typed]


def leaks_at(browser: Client, address: str, typed: str = "") -> list[str]:
    return leaks_in(browser.get(address), typed)


@pytest.fixture
def spelled(world: World) -> World:
    spellings_refresh()
    return world


def test_every_list_is_walked() -> None:
    assert set(LISTS) <= set(DOORS)
    assert set(LISTS) >= OF_CUSTOMERS
    assert len(LISTS) > 80


@pytest.mark.parametrize("actor", STRANGERS)
def test_lists_and_their_files_say_nothing(spelled: World, actor: str) -> None:
    browser, wrong = browser_of(actor), []
    for name in LISTS:
        address = DOORS[name].address(spelled).partition("?")[0]
        asked = [{"q": NOT_WHOLE[0]}, {"export": "csv"}]
        if name in OF_CUSTOMERS:
            asked += [{"q": word} for word in NOT_WHOLE[1:]]
        for query in asked:
            at = f"{address}?{urlencode(query)}"
            answer = browser.get(at)
            wrong += [(at, leak) for leak in leaks_in(answer)]
            if "q" in query and answer.status_code != 200:
                break
    assert wrong == []


@pytest.mark.parametrize("actor", STRANGERS)
def test_suggestions_and_the_search_say_nothing(spelled: World, actor: str) -> None:
    browser = browser_of(actor)
    found = {each: leaks_at(browser, each, HER_NUMBER) for each in suggestions()}
    assert {address: leaks for address, leaks in found.items() if leaks} == {}


@pytest.mark.parametrize("actor", STRANGERS)
def test_parts_of_her_file_say_nothing(spelled: World, actor: str) -> None:
    manager, firm = User.objects.get(username=MANAGER), spelled.her_firm
    keys = [panel.key for panel in panels_of("customer", manager, customer=firm)]
    assert len(keys) > 4
    addresses = [reverse("customer_panel", args=[firm.customer_no, key]) for key in keys]
    addresses += [reverse("customer_timeline", args=[firm.customer_no])]
    for address in addresses:
        answer = browser_of(actor).get(address)
        assert answer.status_code == (302 if actor == ANYBODY else 404), address
        assert leaks_in(answer) == [], address


def test_a_file_that_looks_like_hers_and_is_tied_to_it_says_nothing(spelled: World) -> None:
    """A stranger's own file: its page, and every part of it."""
    own = Customer.objects.create(
        customer_no="K-OWN",
        name=f"{HER_FIRM.lower()} ltd",
        address=HER_STREET.lower(),
        owner=Person.objects.get(employee_no=STRANGER),
        created_on=date(2026, 10, 30),
    )
    likeness_keep(own)
    somebody = Contact.objects.create(customer=own, name="a buyer", token=uuid4())
    Tie.objects.create(
        from_contact=somebody, to_contact=spelled.her_contact, kind="other", token=uuid4()
    )
    user, browser = User.objects.get(username=STRANGER), browser_of(STRANGER)
    keys = [panel.key for panel in panels_of("customer", user, customer=own)]
    for address in (
        reverse("customer", args=["K-OWN"]),
        *(reverse("customer_panel", args=["K-OWN", key]) for key in keys),
        reverse("customer_timeline", args=["K-OWN"]),
        reverse("tie_new", args=["K-OWN"]),
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert leaks_in(answer) == [], address


def test_finance_reads_number_and_name_of_a_customer_it_names(spelled: World) -> None:
    """Of a contract in hand; nothing besides, and not whose it is."""
    for typed in (HER_FIRM, spelled.her_firm.customer_no):
        address = f"{reverse('order_customers')}?{urlencode({'customer_q': typed})}"
        answer = browser_of(FINANCE).get(address)
        said = body_of(answer)
        assert spelled.her_firm.customer_no in said
        assert leaks_in(answer) == [HER_FIRM]
        assert spelled.her.name not in said


def test_the_search_finds_her_file_for_whoever_may_read_it(spelled: World) -> None:
    """What is looked for is there: for her it is found, by the same words."""
    address = f"{reverse('order_customers')}?{urlencode({'customer_q': NOT_WHOLE[0]})}"
    assert HER_FIRM in leaks_at(browser_of(SHE), address)
    found = f"{reverse('customers')}?{urlencode({'q': NOT_WHOLE[0]})}"
    assert HER_FIRM in leaks_at(browser_of(SHE), found)
    assert HER_CONTACT in leaks_at(browser_of(SHE), reverse("customer", args=["K-7391"]))

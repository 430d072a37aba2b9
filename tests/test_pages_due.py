"""What is due, for whom (DUE-1, GOOD-1, ORG-1): lists, who sees which rows, few queries."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from claims.models import Loan
from core import clock
from core.models import JobRun
from customers.models import Customer
from orders.models import Delivery, Order
from receivables.models import UnpaidDelivery
from receivables.services import unpaid_converge
from tests import cast
from tests.builders import at, loan, order, yuan
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

MONEY, GOODS = reverse("unpaid"), reverse("overdue_loans")
TODAY = "2026-11-02 09:00"
# Whose order and whose loan, and since when it is unpaid; on the 2nd of November the first two
# are escalated.
OWED = {SHE: "2026-10-15", STRANGER: "2026-10-22", MATE: "2026-10-23", SUPERVISOR: "2026-10-30"}

SEES_MONEY = {
    MANAGER: set(OWED),
    LEADER: set(OWED),
    FINANCE: set(OWED),
    CASHIER: set(OWED),
    SUPERVISOR: {SHE, MATE, SUPERVISOR},
    OTHER_SUPERVISOR: {STRANGER},
    SHE: {SHE},
    MATE: {MATE},
    STRANGER: {STRANGER},
    KEEPER: None,
    PERSONNEL: None,
}
SEES_GOODS = SEES_MONEY | {FINANCE: None, CASHIER: None, KEEPER: set(OWED)}


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        cast.people_make()
        yield


@pytest.fixture
def owed() -> None:
    for no, since in OWED.items():
        whose = Person.objects.get(employee_no=no)
        made = order(whose, f"D-{no}", delivered={since: "1000.00"})
        bought = Customer.objects.create(
            customer_no=f"K-{no}", name=f"{whose.name}的客户", created_on="2024-01-01"
        )
        Order.objects.filter(pk=made.pk).update(customer=bought)
        loan(whose, f"L-{no}", lent="2026-10-28 09:00", returned=None, condition="")
    unpaid_converge(as_of=clock.today())


def rows_in(shown: str, page: str = MONEY) -> set[str]:
    mark = 'data-delivery="D-' if page == MONEY else 'data-loan="L-'
    return {no for no in OWED if f'{mark}{no}"' in shown}


def found(who: str = MANAGER, page: str = MONEY, **query: str) -> set[str]:
    return rows_in(shown(who, page, **query), page)


def shown(who: str = MANAGER, page: str = MONEY, **query: str) -> str:
    answer = client_of(who).get(page, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(("page", "sees"), [(MONEY, SEES_MONEY), (GOODS, SEES_GOODS)])
@pytest.mark.parametrize("who", SEES_MONEY)
def test_who_sees_whose(page, sees, who):
    answer = client_of(who).get(page)
    page_says = answer.content.decode()
    if sees[who] is None:
        assert answer.status_code == 403
        assert rows_in(page_says, page) == set()
        return
    assert answer.status_code == 200
    assert rows_in(page_says, page) == sees[who]
    for no in set(OWED) - sees[who]:
        hidden = Person.objects.get(employee_no=no)
        for secret in (f"D-{no}", f"L-{no}", hidden.name):
            assert secret not in page_says


@pytest.mark.usefixtures("owed")
def test_no_search_reaches_another_teams():
    for query in (
        {"q": f"D-{SHE}"},
        {"q": "吴伟"},
        {"whose": "team/销售1组"},
        {"state": "escalated"},
    ):
        assert found(OTHER_SUPERVISOR, **query) <= {STRANGER}
        assert SHE not in shown(OTHER_SUPERVISOR, **query).replace(query.get("q", "-"), "")


@pytest.mark.usefixtures("owed")
def test_a_refusal_says_why():
    assert "for salespeople" in client_of(PERSONNEL).get(MONEY).content.decode()
    assert "for the keeper" in client_of(FINANCE).get(GOODS).content.decode()


@pytest.mark.parametrize("page", [MONEY, GOODS])
def test_logged_out_and_other_methods(page):
    assert Client().get(page).headers["Location"].startswith("/login/")
    assert client_of(MANAGER).post(page).status_code == 405


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(
    ("who", "leads_to", "tabs"),
    [
        (SHE, MONEY, 2),
        (MANAGER, MONEY, 2),
        (CASHIER, MONEY, 0),
        (KEEPER, GOODS, 0),
    ],
)
def test_the_menu_leads_to_what_one_may_see(who, leads_to, tabs):
    page = shown(who, leads_to)
    # In the bar, or behind "More"; the tabs stand further out.
    assert re.search(rf'href="{leads_to}"\n {{11,13}}(class="current" )?aria-current="page"', page)
    other = GOODS if leads_to == MONEY else MONEY
    assert (f'href="{other}"' in page) is (tabs == 2)


def test_personnel_has_no_such_item():
    assert MONEY not in client_of(PERSONNEL).get(reverse("home")).content.decode()


# What is on the list.


@pytest.mark.usefixtures("owed")
def test_what_a_row_says():
    page = shown(SHE)
    for wanted in (
        f"D-{SHE}",
        "吴伟的客户",
        "1,000.00",
        '<td data-label="Days"',
        "18",
        "escalated",
    ):
        assert wanted in page
    assert "DUE-1" in page
    assert "S9-4.5" in page
    assert "Salesperson" not in page  # they are all hers
    loans = shown(SHE, GOODS)
    for wanted in ("demo lamp", "888.00", "Due back", "GOOD-1", "S9-4.8"):
        assert wanted in loans


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ({"state": "escalated"}, {SHE, STRANGER}),
        ({"state": "reminded"}, {MATE, SUPERVISOR}),
        ({"whose": "team/销售2组"}, {STRANGER}),
        ({"q": "d-y00"}, {SHE, MATE, STRANGER}),
        ({"q": "hanna"}, {MATE}),
        ({"q": "hndkh"}, {MATE}),
        ({"q": "K-Y003"}, {STRANGER}),
        ({"q": "Y001"}, {SHE}),
        ({"q": "y00", "state": "escalated", "whose": "team/销售1组"}, {SHE}),
    ],
)
def test_finding(query, whom):
    assert found(**query) == whom


@pytest.mark.usefixtures("owed")
def test_a_supervisor_tells_her_own_from_her_peoples():
    assert found(SUPERVISOR, whose="mine") == {SUPERVISOR}
    assert found(SUPERVISOR, GOODS, whose="mine") == {SUPERVISOR}
    assert "My own" not in shown(MANAGER)
    assert 'name="whose"' not in shown(SHE)


@pytest.mark.usefixtures("owed")
def test_sorting():
    for sort, first, last in (
        ("", SHE, SUPERVISOR),
        ("days", SUPERVISOR, SHE),
        ("salesperson", SHE, SUPERVISOR),
        ("-salesperson", SUPERVISOR, SHE),
    ):
        page = shown(sort=sort) if sort else shown()
        assert page.index(f'"D-{first}"') < page.index(f'"D-{last}"')


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize("page", [MONEY, GOODS])
@pytest.mark.parametrize(
    "query",
    [
        {"page": "1000000000"},
        {"page": "x"},
        {"page": "1\x00"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"q": "%"},
        {"whose": "\x00"},
        {"whose": "team/no such"},
        {"whose": "mine"},
        {"state": "nonsense"},
        {"sort": "password"},
        {"sort": "-unpaid\x00"},
    ],
)
def test_any_query_is_taken_kindly(page, query):
    assert client_of(MANAGER).get(page, query).status_code == 200


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize("page", [MONEY, GOODS])
def test_htmx_gets_the_list_alone(page):
    answer = client_of(MANAGER).get(page, {"q": "Y001"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="found">')


def test_an_empty_list_says_why(owed):
    assert "No unpaid delivery fits" in shown(q="nobody")
    assert "No overdue loan fits" in shown(page=GOODS, q="nobody")
    UnpaidDelivery.objects.update(settled_on="2026-11-01", unpaid=0, reminded_on=None)
    Loan.objects.update(returned_on="2026-11-01")
    assert "All deliveries on your orders are paid" in shown(SHE)
    assert "All deliveries you may see are paid" in shown()
    assert "You have no goods" in shown(SHE, GOODS)
    UnpaidDelivery.objects.all().delete()
    assert "Not looked at yet" in shown()
    JobRun.objects.create(kind="unpaid", subject="2026-11-02", state=JobRun.State.DONE)
    assert "All deliveries you may see are paid" in shown()


# The committed baseline: session, user and person, sometimes the team's tree;
# one's saved views, teams, sums, how many, the rows. With a search: the names of people and
# customers.
QUERIES = {
    (MANAGER, MONEY, ""): 7,
    (MANAGER, MONEY, "lilei"): 9,
    (SUPERVISOR, MONEY, ""): 8,
    (SUPERVISOR, MONEY, "lilei"): 10,
    (SHE, MONEY, ""): 7,
    (MANAGER, GOODS, ""): 8,
    (MANAGER, GOODS, "lilei"): 9,
    (SUPERVISOR, GOODS, ""): 9,
    (KEEPER, GOODS, ""): 8,
    (SHE, GOODS, ""): 8,
}


@pytest.mark.parametrize("rows", [10, 1000])
def test_as_many_queries_however_many_rows(rows, django_assert_num_queries):
    many(rows)
    assert max(QUERIES.values()) <= 12
    for (who, page, q), queries in QUERIES.items():
        client = client_of(who)
        with django_assert_num_queries(queries):
            says = client.get(page, {"q": q} if q else {}).content.decode()
        if rows == 1000 and not q and who in (MANAGER, SUPERVISOR):
            assert "1–25 of 1000" in says


def many(rows: int) -> None:
    boss = Person.objects.get(employee_no=SUPERVISOR)
    people = Person.objects.bulk_create(
        Person(
            employee_no=f"X{n:04}",
            name="李雷",
            roles="salesperson",
            team=f"{n % 9}组",
            supervisor=boss,
            channel="field",
            hired_on="2024-01-01",
        )
        for n in range(rows - 1)
    )
    people.append(Person.objects.get(employee_no=SHE))
    bought = Customer.objects.create(customer_no="K", name="客户", created_on="2024-01-01")
    orders = Order.objects.bulk_create(
        Order(order_no=f"N{n}", customer=bought, person=who, amount=yuan("9000"))
        for n, who in enumerate(people)
    )
    Delivery.objects.bulk_create(
        Delivery(order=made, delivered_on="2026-10-05", amount=yuan("100")) for made in orders
    )
    Loan.objects.bulk_create(
        Loan(
            loan_no=f"N{n}",
            person=who,
            item="lamp",
            price=yuan("10"),
            lent_at=at(TODAY) - timedelta(days=9),
        )
        for n, who in enumerate(people)
    )
    unpaid_converge(as_of=clock.today())

"""The statements of a month and a person's: found by pinyin, net of what was taken back."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import unquote

import pytest
from django.urls import reverse

from accounts.models import Person, User
from attendance.models import Punch
from core import clock
from core.months import Month
from payroll.models import Entry
from payroll.services import month_close, month_final
from payroll.services.waivers import waiver_grant
from tests.builders import at
from tests.cast import CLOSED_AT, MANAGER, MATE, MONTH, SHE, STRANGER, SUPERVISOR, client_of

LIST = reverse("statements", args=[MONTH])
HERS = reverse("statement", args=[MONTH, SHE])


def found(**query: str) -> str:
    return client_of(MANAGER).get(LIST, query).content.decode()


def people_in(shown: str) -> set[str]:
    return {no for no in ("Y001", "Y002", "Y003") if f'data-employee="{no}"' in shown}


@pytest.mark.parametrize(
    ("wanted", "whom"),
    [
        ("Y002", {"Y002"}),
        ("y00", {"Y001", "Y002", "Y003"}),
        ("吴", {"Y001"}),
        ("wuwei", {"Y001"}),
        ("wu wei", {"Y001"}),
        ("WW", {"Y001"}),
        ("hn", {"Y002"}),
        ("nobody", set()),
        ("", {"Y001", "Y002", "Y003"}),
    ],
)
@pytest.mark.usefixtures("closed")
def test_search(wanted, whom):
    assert people_in(found(q=wanted)) == whom


@pytest.mark.usefixtures("closed")
def test_filter_by_team():
    assert people_in(found(team="销售2组")) == {STRANGER}


@pytest.mark.usefixtures("closed")
def test_nobody_found_says_what_to_do():
    assert "Try fewer letters" in found(q="nobody")


@pytest.mark.usefixtures("closed")
def test_sums_are_of_those_found():
    assert "8,730.00" in found()
    assert "2,910.00" in found(q="Y001")


@pytest.mark.usefixtures("people")
def test_before_the_close_the_list_says_so():
    assert "No statements yet" in found()


@pytest.mark.parametrize(
    "query",
    [
        {"page": "1000000000"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "1\x00"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"team": "\x00"},
        {"team": "no such team"},
        {"sort": "password"},
        {"sort": "-total\x00"},
        {"per_page": "0"},
        {"per_page": "-1"},
    ],
)
@pytest.mark.usefixtures("closed")
def test_any_query_is_taken_kindly(query):
    assert client_of(MANAGER).get(LIST, query).status_code == 200


@pytest.mark.usefixtures("closed")
def test_sorting():
    month_close_with_a_bonus()
    shown = found(sort="-total")
    assert shown.index('data-employee="Y003"') < shown.index('data-employee="Y001"')


def month_close_with_a_bonus() -> None:
    Person.objects.filter(employee_no=STRANGER).update(base_salary=Decimal("9000.00"))
    month_close(month=MONTH, as_of=CLOSED_AT)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("odd", ["Y-1", "员1", "a;b=c&d", "50%", "#?", "~:@!$'()*+,", "<é>\\"])
def test_a_row_leads_to_its_statement(odd):
    Person.objects.filter(employee_no=STRANGER).update(employee_no=odd)
    listed = re.findall(r'class="row-link" href="([^"]+)"', found())
    addresses = {unquote(unescape(each)) for each in listed}
    assert addresses == {unquote(reverse("statement", args=[MONTH, no])) for no in (SHE, MATE, odd)}
    for each in listed:
        assert client_of(MANAGER).get(unescape(each)).status_code == 200


@pytest.mark.usefixtures("closed")
def test_htmx_gets_the_list_alone():
    headers = {"HX-Request": "true"}
    shown = client_of(MANAGER).get(LIST, {"q": "Y001"}, headers=headers).content.decode()
    assert shown.lstrip().startswith('<div id="found">')
    assert "<html" not in shown


@pytest.mark.usefixtures("closed")
def test_queries_of_a_few_people(django_assert_num_queries):
    for who, of_list, of_month in ((MANAGER, 6, 10), (SUPERVISOR, 7, 10)):
        _asks(who, {}, of_list, of_month, django_assert_num_queries)


def _asks(who: str, query: dict, of_list: int, of_month: int, assert_num_queries) -> str:
    """The list, which asks exactly so often, as the month's page does."""
    client = client_of(who)
    with assert_num_queries(of_list):
        shown = client.get(LIST, query).content.decode()
    with assert_num_queries(of_month):
        client.get(reverse("month", args=[MONTH]))
    return shown


@pytest.mark.usefixtures("people")
def test_queries_do_not_grow_with_the_people(
    django_assert_num_queries, django_assert_max_num_queries
):
    boss = Person.objects.get(employee_no=SUPERVISOR)
    Person.objects.bulk_create(
        Person(
            employee_no=f"X{n:04}",
            name="李雷",
            roles="salesperson",
            team=f"{n % 9}组",
            supervisor=boss,
            channel="field",
            hired_on="2024-01-01",
            base_salary=Decimal("3000.00"),
        )
        for n in range(300)
    )
    month_close(month=MONTH, as_of=CLOSED_AT)
    for who, of_list, of_month in ((MANAGER, 6, 10), (SUPERVISOR, 7, 10)):
        shown = _asks(who, {"page": "2"}, of_list, of_month, django_assert_num_queries)
        assert "26–50 of 30" in shown
        # A search looks through the names; a page past the last is looked for again.
        query = {"page": "2", "q": "lilei"}
        shown = _asks(who, query, of_list + 1, of_month, django_assert_num_queries)
        assert "26–50 of 300" in shown
        query = {"page": "99", "q": "lilei"}
        shown = _asks(who, query, of_list + 2, of_month, django_assert_num_queries)
        assert "276–300 of 300" in shown
        client = client_of(who)
        with django_assert_max_num_queries(12):
            client.get(reverse("statement", args=[MONTH, "X0001"]))


@pytest.mark.usefixtures("closed")
def test_her_statement():
    shown = client_of(SHE).get(HERS).content.decode()
    for expected in ("Base salary", "3,600.00", "−540.00", "18 lines", "−150.00", "2,910.00"):
        assert expected in shown
    assert "cleaning duty" in shown


@pytest.mark.usefixtures("people")
def test_a_statement_before_the_close():
    assert "Not reckoned yet" in client_of(SHE).get(HERS).content.decode()


@pytest.mark.usefixtures("closed")
def test_what_was_posted_and_taken_back_does_not_clutter():
    entry = Entry.objects.filter(key__startswith="ATT-4/Y001/2026-10-12").get()
    waiver_grant(key=entry.key, reason="was at a customer's", actor=None)
    month_close(month=MONTH, as_of=CLOSED_AT)
    shown = client_of(SHE).get(HERS).content.decode()
    assert "17 lines" in shown
    assert "1 line was posted and taken back" in shown
    why = client_of(SHE).get(reverse("entry_why", args=[entry.pk])).content.decode()
    assert "taken back" in why
    assert "was at a customer" in why


@pytest.mark.usefixtures("closed")
def test_after_final_it_says_what_was_paid_out():
    month_final(month=MONTH, actor=User.objects.get(username=MANAGER), early_reason="a test")
    shown = client_of(SHE).get(HERS).content.decode()
    assert "paid out to the bank" in shown
    assert shown.count("2,910.00") >= 2


@pytest.mark.usefixtures("closed")
def test_a_correction_of_a_final_month_is_marked_on_the_next():
    month_final(month=MONTH, early_reason="a test")
    her = Person.objects.get(employee_no=SHE)
    for hour in ("08:50", "18:10"):
        Punch.objects.create(person=her, at=at(f"2026-10-12 {hour}"))
    november = Month.parse("2026-11")
    with clock.set_to(at("2026-12-02 09:00")):
        month_close(month=november, as_of=clock.now())
        shown = client_of(SHE).get(reverse("statement", args=[november, SHE])).content.decode()
    assert "Correction for October 2026" in shown
    before = client_of(SHE).get(HERS).content.decode()
    assert reverse("statement", args=[november, SHE]) in before


@pytest.mark.usefixtures("closed")
def test_why_a_line_stands():
    entry = Entry.objects.filter(key__startswith="ATT-4/Y001/2026-10-12").get()
    address = reverse("entry_why", args=[entry.pk])
    page = client_of(SHE).get(address).content.decode()
    for expected in ("Arithmetic", "Clause", "S9-3.6", "30.00 yuan", "Evidence", "Y001 2026-10-12"):
        assert expected in page
    part = client_of(SHE).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "S9-3.6" in part


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
def test_a_line_that_is_none(number):
    assert client_of(MANAGER).get(f"/entries/{number}/").status_code == 404


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("employee_no", ["%00", "Y001%00", "..", "%20", "x" * 40])
def test_a_statement_of_nobody(employee_no):
    answer = client_of(MANAGER).get(f"/months/2026-10/statements/{employee_no}/")
    assert answer.status_code == 404

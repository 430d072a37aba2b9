"""Who comes to which page (ORG-1): a stranger's is not there, a refusal says why."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import JobRun, TableLoad
from payroll.models import Entry, PayMonth
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SEES_MONTHS,
    SHE,
    STRANGER,
    SUPERVISOR,
    WORKS_ON_BOOKS,
    client_of,
)

pytestmark = pytest.mark.usefixtures("closed")

EVERYBODY = (MANAGER, FINANCE, CASHIER, LEADER, SUPERVISOR, KEEPER, PERSONNEL, SHE, MATE, STRANGER)
ABOUT_THE_MONTH = ("months", "month", "statements", "month_progress")
CHANGES = ("facts_load", "month_close", "month_final")


def address(name: str, *more: str) -> str:
    return reverse(name, args=[] if name in ("months", "home") else [MONTH, *more])


def statement_of(employee_no: str) -> str:
    return reverse("statement", args=[MONTH, employee_no])


def line_of(employee_no: str) -> str:
    entry = Entry.objects.lines().filter(person__employee_no=employee_no).first()
    return reverse("entry_why", args=[entry.pk])


def state_of_everything() -> tuple[object, ...]:
    months = list(PayMonth.objects.values_list("month", "state", "version"))
    counts = (m.objects.count() for m in (Entry, JobRun, TableLoad))
    return (months, *counts)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", ABOUT_THE_MONTH)
def test_pages_about_the_month(name, who):
    answer = client_of(who).get(address(name))
    assert answer.status_code == (200 if who in SEES_MONTHS else 403)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_exports(ending, who):
    answer = client_of(who).get(address("month_export", "statements", ending))
    assert answer.status_code == (200 if who in SEES_MONTHS else 403)


def test_a_refusal_says_why():
    answer = client_of(SHE).get(address("month"))
    assert "for the manager, finance" in answer.content.decode()


@pytest.mark.parametrize("who", [w for w in EVERYBODY if w not in WORKS_ON_BOOKS])
@pytest.mark.parametrize("name", CHANGES)
def test_who_may_not_work_on_the_books_changes_nothing(name, who):
    before = state_of_everything()
    assert client_of(who).post(address(name)).status_code == 403
    assert state_of_everything() == before


@pytest.mark.parametrize("name", ["facts_load", "month_close"])
def test_a_link_changes_nothing(name):
    before = state_of_everything()
    assert client_of(MANAGER).get(address(name)).status_code == 405
    assert state_of_everything() == before


@pytest.mark.parametrize("name", CHANGES)
def test_a_form_of_another_site_changes_nothing(name):
    before = state_of_everything()
    client = client_of(MANAGER)
    client.handler.enforce_csrf_checks = True
    assert client.post(address(name)).status_code == 403
    assert state_of_everything() == before


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [
        (SHE, SHE, 200),
        (SHE, MATE, 404),
        (SHE, STRANGER, 404),
        (SHE, MANAGER, 404),
        (SUPERVISOR, SHE, 200),
        (SUPERVISOR, MATE, 200),
        (SUPERVISOR, STRANGER, 404),
        (OTHER_SUPERVISOR, SHE, 404),
        (MANAGER, SHE, 200),
        (FINANCE, STRANGER, 200),
        (CASHIER, SHE, 200),
        (LEADER, SHE, 200),
        (KEEPER, SHE, 404),
        (PERSONNEL, SHE, 404),
        (MANAGER, MANAGER, 404),
        (MANAGER, "Y999", 404),
    ],
)
def test_statements_and_their_lines(who, whose, status):
    client = client_of(who)
    assert client.get(statement_of(whose)).status_code == status
    if whose in (SHE, MATE, STRANGER):
        assert client.get(line_of(whose)).status_code == status


def test_a_list_shows_ones_own_people_only():
    page = client_of(SUPERVISOR).get(address("statements")).content.decode()
    assert "吴伟" in page
    assert "韩娜" in page
    assert "金敏" not in page


def test_an_export_holds_ones_own_people_only():
    answer = client_of(SUPERVISOR).get(address("month_export", "statements", "csv"))
    people = {line.split(",")[0] for line in answer.content.decode().splitlines()[1:]}
    assert people == {SHE, MATE}


def test_her_own_statement_is_the_latest():
    answer = client_of(SHE).get(reverse("my_statement"))
    assert answer.headers["Location"] == statement_of(SHE)


def test_nobody_elses_is_ones_own():
    assert client_of(MANAGER).get(reverse("my_statement")).status_code == 404


@pytest.mark.parametrize("name", ["home", *ABOUT_THE_MONTH, *CHANGES])
def test_logged_out(name):
    for method in (Client().get, Client().post):
        answer = method(address(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login/")


def test_a_fragment_of_somebody_logged_out_sends_the_page_to_sign_in():
    page = f"http://testserver{address('statements')}"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = Client(headers=headers).get(address("statements"))
    assert answer.headers["HX-Redirect"] == page
    elsewhere = {**headers, "HX-Current-URL": "https://elsewhere.example/"}
    answer = Client(headers=elsewhere).get(address("statements"))
    assert answer.headers["HX-Redirect"] == "/"

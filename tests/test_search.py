"""The search box: all that one may see, by number, name, pinyin and first letters; nothing else."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from claims.models import Expense, Goods, Loan
from core.models import JobRun, Opening, Spelling
from core.search import found
from core.spelling import schedule, spellings_refresh, words_of
from customers.models import Agency, Complaint, Customer, Prefecture, Project
from orders.models import Order
from receivables.models import Invoice, Slip
from tests.builders import at, bad_debt, expense, loan
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
    people_make,
)

pytestmark = pytest.mark.django_db
EVERYBODY = [member.employee_no for member in MEMBERS]
HEADS = {MANAGER, LEADER}
MONEY = {*HEADS, FINANCE, CASHIER}
# Who finds what belongs to the salesperson of the other team.
FINDS = {
    "People": {*MONEY, PERSONNEL, OTHER_SUPERVISOR, STRANGER},
    "Customers": {*HEADS, OTHER_SUPERVISOR, STRANGER},
    "Projects": {*HEADS, OTHER_SUPERVISOR, STRANGER},
    "Agents": {*HEADS, OTHER_SUPERVISOR, STRANGER},
    "Complaints": {*HEADS, OTHER_SUPERVISOR, STRANGER},
    "Orders": {*MONEY, OTHER_SUPERVISOR, STRANGER},
    "Collection slips": {*MONEY, OTHER_SUPERVISOR, STRANGER},
    "Invoices": {*MONEY, OTHER_SUPERVISOR, STRANGER},
    "Bad debts": {*MONEY, OTHER_SUPERVISOR, STRANGER},
    "Expenses": {*MONEY, OTHER_SUPERVISOR, STRANGER},
    "Goods on loan": {*HEADS, KEEPER, OTHER_SUPERVISOR, STRANGER},
}
BY_CUSTOMER = {"Customers", "Agents", "Orders", "Collection slips", "Bad debts"}
BY_NAME = BY_CUSTOMER | {"Projects", "Complaints"}
BY_NUMBER = set(FINDS) - {"People"}
NAME = "重庆金丝雀器械"  # chongqing jinsique qixie


@pytest.fixture
def company(db):
    people = people_make()
    make(people[STRANGER], "CANARY", NAME)
    make(people[SHE], "OWN", "宁波慈溪模具")
    spellings_refresh()
    return people


def make(person, no, name):
    customer = Customer.objects.create(
        customer_no=f"KH{no}", name=name, owner=person, created_on=date(2026, 1, 1)
    )
    order = Order.objects.create(
        order_no=f"DD{no}", customer=customer, person=person, amount=Decimal("88888.88")
    )
    Slip.objects.create(
        slip_no=f"SK{no}",
        order=order,
        person=person,
        issued_at=at("2026-10-10 09:00"),
        amount_due=Decimal("777.77"),
    )
    Invoice.objects.create(
        invoice_no=f"FP{no}",
        order=order,
        amount=Decimal("88888.88"),
        issued_on=date(2026, 10, 20),
        token=uuid4(),
    )
    Complaint.objects.create(
        customer_name=name, subject=f"TS{no}", category="other", channel="person", text="x",
        taken_by=person, opened_on=date(2026, 10, 20), due_on=date(2026, 10, 23),
    )  # fmt: skip
    Project.objects.create(
        project_no=f"XM{no}", name=f"{name}空压站", customer_name=name, prefecture="重庆市",
        purpose="x", registered_by=person, person=person, token=uuid4(),
    )  # fmt: skip
    prefecture, _new = Prefecture.objects.get_or_create(name="涪陵市", province="重庆市")
    Agency.objects.create(prefecture=prefecture, customer=customer, talks_on=date(2026, 10, 1))
    bad_debt(order, f"HZ{no}", opened="2026-10-20")
    expense(order, f"BX{no}", amount="88888.88")
    loan(person, f"JT{no}", item="样机甲", price="88888.88", lent="2026-10-20 09:00")


def user_of(who):
    return Person.objects.get(employee_no=who).user


def titles(who, typed):
    return {str(group.title) for group in found(user_of(who), words_of(typed), 5)}


def page(who, typed, **headers):
    return client_of(who).get(reverse("search"), {"q": typed}, headers=headers)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    "typed", ["金丝雀", "jinsique", "cqjsq", "chongqing", "canary", "金敏", "jinmin", "y003"]
)
def test_nobody_finds_what_they_may_not_see(company, who, typed):
    groups = titles(who, typed)
    person = typed in ("金敏", "jinmin", "y003")
    allowed = {"People"} if person else BY_NUMBER if typed == "canary" else BY_NAME
    assert groups == {title for title in allowed if who in FINDS[title]}
    said = page(who, typed).content.decode()
    assert ("CANARY" in said or NAME in said or "Y003 金敏" in said) == bool(groups)
    assert "88,888" not in said


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("name", "no", "title"),
    [
        ("customer", "KHCANARY", "Customers"),
        ("project", "XMCANARY", "Projects"),
        ("complaint", "TSCANARY", "Complaints"),
        ("order", "DDCANARY", "Orders"),
        ("slip", "SKCANARY", "Collection slips"),
        ("invoice", "FPCANARY", "Invoices"),
        ("bad_debt", "HZCANARY", "Bad debts"),
        ("expense", "BXCANARY", "Expenses"),
        ("loan", "JTCANARY", "Goods on loan"),
    ],
)
def test_the_page_behind_a_hit_is_for_the_same_people(company, who, name, no, title):
    answer = client_of(who).get(address_of(name, no))
    assert answer.status_code == (200 if who in FINDS[title] else 404)
    if answer.status_code == 200:
        assert (no if name == "loan" else NAME) in answer.content.decode()
    hits = {hit.url for group in found(user_of(who), words_of(no), 5) for hit in group.hits}
    assert (address_of(name, no) in hits) == (who in FINDS[title])


def address_of(name, no):
    if name == "expense":
        return reverse(name, args=[Expense.objects.get(claim_no=no).pk])
    if name == "loan":
        return reverse(name, args=[Loan.objects.get(loan_no=no).pk])
    if name == "complaint":
        return reverse(name, args=[Complaint.objects.get(subject=no).pk])
    if name == "project":
        return reverse(name, args=[Project.objects.get(project_no=no).pk])
    return reverse(name, args=[no])


@pytest.mark.parametrize("who", EVERYBODY)
def test_of_the_agents_of_a_prefecture_those_one_may_see(company, who):
    said = page(who, "涪陵").content.decode()
    assert (NAME in said) == (who in FINDS["Agents"])
    assert ("慈溪模具" in said) == (who in {*HEADS, SHE, SUPERVISOR})


@pytest.mark.parametrize("heard", [False, True])
def test_whom_a_complaint_is_about_finds_it_once_they_are_heard(company, heard):
    Complaint.objects.filter(subject="TSCANARY").update(
        about=company[SHE], hearing_at=at("2026-10-21 09:00") if heard else None
    )
    assert ("Complaints" in titles(SHE, "tscanary")) == heard
    assert ("TSCANARY" in page(SHE, "金丝雀").content.decode()) == heard


def test_an_agent_no_longer_is_none(company):
    Agency.objects.update(ended_on=date(2026, 11, 1), ended_reason="x")
    assert titles(STRANGER, "涪陵") == set()


@pytest.mark.parametrize("typed", ["YJCANARY", "金丝雀样机", "SN7391", "ｓｎ7391"])
def test_a_piece_of_the_register_is_found_by_whoever_may_see_goods(company, typed):
    Goods.objects.create(
        code="YJCANARY", name="金丝雀样机", price=Decimal("9.00"), serial_no="SN7391"
    )
    for who in EVERYBODY:
        answer = client_of(who).get(reverse("goods_one", args=["YJCANARY"]))
        assert ("Goods" in titles(who, typed)) == (answer.status_code == 200)
    assert titles(FINANCE, typed) == set()
    assert titles(KEEPER, typed) == {"Goods"}


def test_a_loan_is_found_by_what_was_lent(company):
    assert titles(STRANGER, "样机甲") == {"Goods on loan"}
    assert titles(FINANCE, "样机甲") == set()


def test_who_opened_a_file_is_kept(company):
    client_of(SUPERVISOR).get(reverse("customer", args=["KHCANARY"]))
    client_of(MANAGER).get(reverse("customer", args=["KHCANARY"]))
    [row] = Opening.objects.filter(kind="customer")
    assert (row.actor.username, row.subject) == (MANAGER, "customer KHCANARY")


@pytest.mark.parametrize(
    "typed", ["Y001", "ｙ００１", "吴伟", "wuwei", "wu wei", "ww", " y0 01 ", "伟"]
)
def test_however_it_is_typed(company, typed):
    assert "Y001 吴伟" in page(MANAGER, typed).content.decode()


def test_the_very_number_comes_first(company):
    Customer.objects.create(customer_no="DDOWN1", name="x", created_on=date(2026, 1, 1))
    user = company[MANAGER].user
    groups = found(user, "ddown", 5)
    assert str(groups[0].title) == "Orders"
    assert groups[0].hits[0].exact


def test_a_clause_is_found_by_everybody(company):
    for who in (SHE, KEEPER):
        for typed in ("ATT-2", "迟到", "chidao"):
            assert "The regulation" in titles(who, typed)


def test_nothing_found_says_so(company):
    said = page(SHE, "zzzzzz").content.decode()
    assert "Nothing you may see" in said
    assert "What are you looking for?" in page(SHE, "  ").content.decode()


@pytest.mark.parametrize(
    "typed", ["\0", "%", "_", "a\0b", "'", '"><script>', "9" * 5000, "💣", "\ud800", "\\", "﷽" * 60]
)
def test_anything_can_be_typed(company, typed):
    answer = client_of(SHE).get(reverse("search") + "?q=" + quoted(typed))
    assert answer.status_code == 200
    assert "CANARY" not in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def quoted(text):
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"))


def test_under_the_box_stand_the_first_few(company):
    said = page(MANAGER, "dd", **{"HX-Request": "true"}).content.decode()
    assert "<html" not in said
    assert "All that was found" in said


def test_at_most_three_queries_a_group_however_many(company):
    counts = []
    for n in (3, 60):
        for i in range(n):
            make(company[MATE], f"{n}-{i}", f"宁波{n}厂{i}")
        spellings_refresh()
        user = Person.objects.get(employee_no=SUPERVISOR).user  # whom nobody has asked anything yet
        with CaptureQueriesContext(connection) as context:
            assert found(user, "ningbo", 20)
        counts.append(len(context))
    # The person, the team tree, then one a group.
    assert counts[0] == counts[1] <= 2 + len(settings.SEARCH)


def test_names_are_spelled_once_and_again_when_they_change(company):
    now = at("2026-11-10 10:00")
    assert not list(schedule(now))
    assert spellings_refresh() == 0
    Customer.objects.filter(customer_no="KHOWN").update(name="温州阀门")
    Customer.objects.create(customer_no="KHNEW", name="台州泵业", created_on=date(2026, 1, 1))
    assert len(list(schedule(now))) == 1
    assert spellings_refresh() == 2
    assert titles(MANAGER, "famen") == BY_CUSTOMER
    assert titles(MANAGER, "muju") == {"Projects", "Complaints"}  # as they were written down
    assert titles(MANAGER, "tzby") == {"Customers"}


def test_the_job_spells(company):
    from core.tasks import spelling_run

    Spelling.objects.all().delete()
    run = JobRun.objects.create(kind="spelling", subject="x")
    spelling_run(run.pk)
    run.refresh_from_db()
    assert run.outcome == {"spelled": Spelling.objects.count()}
    named = (Person, Customer, Project, Complaint)
    assert Spelling.objects.count() == sum(each.objects.count() for each in named)


def test_where_more_was_found_the_list_has_all_of_it(company):
    for n in range(6):
        Person.objects.create(
            employee_no=f"X90{n}", name=f"多{n}", roles="salesperson", channel="field",
            hired_on=date(2024, 1, 1), supervisor=company[SUPERVISOR],
        )  # fmt: skip

    def people(who, typed):
        groups = found(Person.objects.get(employee_no=who).user, words_of(typed), 5)
        return next(group for group in groups if str(group.title) == "People")

    more = people(MANAGER, "x90").more_url
    assert more == reverse("people") + "?q=x90&status="
    assert "X905" in client_of(MANAGER).get(more).content.decode()
    assert people(MANAGER, "x900").more_url == ""
    hit = people(MANAGER, "x900").hits[0]
    assert client_of(MANAGER).get(hit.url).status_code == 200
    assert hit.url == reverse("person", args=["X900"])

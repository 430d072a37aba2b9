"""The pages about people: who comes to which, what they show, how few queries (ORG-1, ORG-2)."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.backends import login_read
from accounts.desk import desk
from accounts.models import (
    HandoverTick,
    Person,
    PositionChange,
    PositionPlan,
    Qualification,
    StandIn,
    User,
)
from attendance.models import Leave, Punch
from claims.models import Loan
from conduct.models import ConductCase
from core import clock
from core.models import AuditRow
from customers.models import Customer
from tests import cast
from tests.builders import at, order, yuan
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

ALL = (
    SHE,
    MATE,
    STRANGER,
    SUPERVISOR,
    OTHER_SUPERVISOR,
    MANAGER,
    LEADER,
    FINANCE,
    CASHIER,
    KEEPER,
    PERSONNEL,
)
SEES_LIST = (SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER, PERSONNEL)
SEES_HER = (SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER, KEEPER, PERSONNEL)
PANELS = {
    "facts": {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL},
    "positions": {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL},
    "stand-ins": {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL},
    "attendance": {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL},
    "statements": {SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER},
    "duties": {SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER, PERSONNEL},
    "orders": {SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER},
    "money": {SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER},
    "loans": {SHE, SUPERVISOR, MANAGER, LEADER, KEEPER},
    "conduct": {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL},
}


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield


def person(no: str = SHE) -> Person:
    return Person.objects.get(employee_no=no)


def page(name: str, *args: object) -> str:
    return reverse(name, args=args)


def shown(who: str, address: str, **query: str) -> str:
    answer = client_of(who).get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_in(says: str) -> set[str]:
    return {no for no in ALL if f'data-person="{no}"' in says}


# Who comes where.


@pytest.mark.parametrize("name", ["people", "people_tree"])
@pytest.mark.parametrize("who", ALL)
def test_the_list_and_the_tree(name, who):
    assert client_of(who).get(page(name)).status_code == (200 if who in SEES_LIST else 403)


def test_a_list_shows_those_one_may_see():
    assert rows_in(shown(SUPERVISOR, page("people"))) == {SUPERVISOR, SHE, MATE}
    assert rows_in(shown(OTHER_SUPERVISOR, page("people"))) == {OTHER_SUPERVISOR, STRANGER}
    assert rows_in(shown(PERSONNEL, page("people"))) == set(ALL)
    tree = shown(SUPERVISOR, page("people_tree"))
    assert "韩娜" in tree
    assert "金敏" not in tree


@pytest.mark.parametrize("who", ALL)
def test_her_page(who):
    answer = client_of(who).get(page("person", SHE))
    assert answer.status_code == (200 if who in SEES_HER else 404)


@pytest.mark.parametrize("who", ALL)
def test_her_blocks(who):
    says = client_of(who).get(page("person", SHE)).content.decode()
    for key, whom in PANELS.items():
        assert (f'id="{key}"' in says) is (who in whom), key
        answer = client_of(who).get(page("person_panel", SHE, key))
        assert answer.status_code == (200 if who in whom else 404), key


def test_a_block_that_is_none():
    assert client_of(MANAGER).get(page("person_panel", SHE, "nonsense")).status_code == 404


def test_a_block_for_htmx_and_for_a_browser_without_it():
    address = page("person_panel", SHE, "orders")
    part = client_of(SHE).get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section class="card" id="orders"')
    assert "<html" in shown(SHE, address)


KEEPING = ("person_facts_edit", "person_position", "person_leaving", "qualification_new")


@pytest.mark.parametrize("who", ALL)
@pytest.mark.parametrize("name", KEEPING)
def test_what_personnel_keeps(name, who):
    wanted = 200 if who == PERSONNEL else 403 if who in SEES_HER else 404
    for method in (client_of(who).get, client_of(who).post):
        assert method(page(name, SHE)).status_code == wanted
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("who", ALL)
def test_adding_somebody(who):
    wanted = 200 if who == PERSONNEL else 403
    assert client_of(who).get(page("person_new")).status_code == wanted
    assert client_of(who).post(page("person_new")).status_code == wanted
    assert Person.objects.count() == len(ALL)


@pytest.mark.parametrize("who", ALL)
def test_naming_a_stand_in(who):
    if who in (SUPERVISOR, MANAGER, LEADER, PERSONNEL):
        wanted = 200
    else:
        wanted = 403 if who in (FINANCE, CASHIER, KEEPER) else 404
    assert client_of(who).get(page("stand_in_new", SUPERVISOR)).status_code == wanted
    assert client_of(who).post(page("stand_in_new", SUPERVISOR)).status_code == wanted


@pytest.mark.parametrize("who", ALL)
def test_the_hand_over_list(who):
    Person.objects.filter(employee_no=SHE).update(left_on="2026-11-09")
    sees = (SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
    wanted = 200 if who in sees else 403 if who in SEES_HER else 404
    assert client_of(who).get(page("person_handover", SHE)).status_code == wanted
    ticks = 302 if who in sees and who != SHE else wanted if who != SHE else 403
    assert client_of(who).post(page("person_handover_tick", SHE)).status_code == ticks


def rows_of(no: str) -> dict[str, int]:
    who, other = person(no), person(LEADER)
    position = {"roles": who.roles, "from_on": date(2026, 12, 1), "base_salary": yuan("1")}
    return {
        "position_withdraw": PositionPlan.objects.create(person=who, kind="pay", **position).pk,
        "qualification_delete": Qualification.objects.create(person=who, name="GSP").pk,
        "handover_tick_back": HandoverTick.objects.create(
            person=who, item="x", label="x", to=other
        ).pk,
        "stand_in_over": StandIn.objects.create(
            absent=who,
            stand_in=other,
            roles="supervisor",
            from_on=date(2026, 11, 1),
            until_on=date(2026, 11, 9),
            reason="x",
        ).pk,
    }


ACTS = {
    "position_withdraw": {PERSONNEL},
    "qualification_delete": {PERSONNEL},
    "handover_tick_back": {OTHER_SUPERVISOR, MANAGER, LEADER, PERSONNEL},
    "stand_in_over": {STRANGER, MANAGER, LEADER, PERSONNEL},
}
KNOW_OF_THEM = {STRANGER, OTHER_SUPERVISOR, MANAGER, LEADER, PERSONNEL}


@pytest.mark.parametrize("who", ALL)
@pytest.mark.parametrize("name", ACTS)
def test_what_is_changed_by_number(name, who):
    """The row is a stranger's: who does not see it finds nothing there."""
    pk = rows_of(STRANGER)[name]
    assert client_of(who).get(page(name, pk)).status_code == 405
    wanted = 302 if who in ACTS[name] else 403 if who in KNOW_OF_THEM else 404
    assert client_of(who).post(page(name, pk)).status_code == wanted


@pytest.mark.parametrize("name", ["me", "people", "people_tree", "person_new"])
def test_logged_out(name):
    assert Client().get(page(name)).headers["Location"].startswith("/login/")


@pytest.mark.parametrize("who", ALL)
def test_my_page(who):
    answer = client_of(who).get(page("me"))
    assert answer.headers["Location"] == page("person", who)
    assert f'href="{page("me")}"' in shown(who, page("person", who))


# What they say.


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ({"q": "wuwei"}, {SHE}),
        ({"q": "hn"}, {MATE}),
        ({"q": "Y00"}, {SHE, MATE, STRANGER}),
        ({"team": "销售2组"}, {STRANGER, OTHER_SUPERVISOR}),
        ({"role": "supervisor"}, {SUPERVISOR, OTHER_SUPERVISOR}),
        ({"channel": "telephone"}, {MATE}),
        ({"status": "suspended"}, {SUPERVISOR}),
        ({"status": "left"}, {FINANCE}),
        ({"status": "active"}, set(ALL) - {FINANCE, SUPERVISOR}),
        ({}, set(ALL) - {FINANCE}),
        ({"status": ""}, set(ALL)),
        ({"role": "nonsense"}, set(ALL) - {FINANCE}),
    ],
)
def test_finding(query, whom):
    Person.objects.filter(employee_no=FINANCE).update(left_on="2026-11-01")
    Person.objects.filter(employee_no=SUPERVISOR).update(suspended_on="2026-11-02")
    Person.objects.filter(employee_no=MATE).update(channel="telephone")
    assert rows_in(shown(PERSONNEL, page("people"), **query)) == whom


@pytest.mark.parametrize(
    "query",
    [
        {"page": "1000000000"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"team": "\x00"},
        {"sort": "password"},
        {"sort": "-supervisor"},
    ],
)
def test_any_query_is_taken_kindly(query):
    assert client_of(PERSONNEL).get(page("people"), query).status_code == 200


def test_an_empty_list_says_why():
    assert "Nobody you may see fits" in shown(PERSONNEL, page("people"), q="nobody")


def test_salary_and_illness_are_for_few():
    she = person()
    Leave.objects.create(
        person=she,
        type="sick",
        start_on="2026-11-02",
        end_on="2026-11-03",
        start_half="am",
        end_half="pm",
        status="approved",
        reason="a secret illness",
        evidence="x.pdf",
    )
    address = page("person_panel", SHE, "attendance")
    for who, sees in (
        (SHE, True),
        (PERSONNEL, True),
        (MANAGER, False),
        (LEADER, False),
        (SUPERVISOR, False),
    ):
        assert ("a secret illness" in shown(who, address)) is sees, who
        assert "sick leave" in shown(who, address)
    assert "on leave" in shown(SUPERVISOR, page("people_tree"))
    assert "3,600.00" in shown(PERSONNEL, page("person_panel", SHE, "facts"))


def test_conduct_stands_in_its_block():
    ConductCase.objects.create(
        case_no="C1",
        person=person(),
        offence="dress",
        decided_on="2026-10-05",
        sanction="criticism",
        note="sandals",
    )
    assert "sandals" in shown(PERSONNEL, page("person_panel", SHE, "conduct"))
    assert "sandals" not in shown(FINANCE, page("person", SHE))


def test_who_has_left_is_shown_if_asked_for():
    Person.objects.filter(employee_no=MATE).update(left_on="2026-11-01")
    assert "韩娜" not in shown(MANAGER, page("people_tree"))
    assert "韩娜" in shown(MANAGER, page("people_tree"), left="1")


# What they do.


def send(who: str, address: str, **data: object):
    answer = client_of(who).post(address, data)
    return answer.status_code, answer


def fields(who: str, address: str) -> dict[str, object]:
    form = client_of(who).get(address).context["form"]
    values = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    values = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    return {name: "" if value is None else value for name, value in values.items()}


def test_adding_and_seeing_it_in_the_history():
    new = {
        "employee_no": "Y009",
        "name": "新人",
        "hired_on": "2026-11-02",
        "roles": ["salesperson"],
        "team": "销售1组",
        "supervisor": SUPERVISOR,
        "channel": "field",
        "base_salary": "4000",
        "phone": "138 0000 0000",
    }
    assert send(PERSONNEL, page("person_new"), **new)[0] == 302
    assert person("Y009").supervisor == person(SUPERVISOR)
    assert "hired" in shown(PERSONNEL, page("person_panel", "Y009", "positions"))
    status, answer = send(PERSONNEL, page("person_new"), **new)
    assert status == 200
    assert "is taken" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"employee_no": "Y 9"},
        {"employee_no": "Y/9"},
        {"employee_no": "Y\x009"},
        {"supervisor": "Y999"},
        {"supervisor": "\x00"},
        {"base_salary": "NaN"},
        {"base_salary": "1e999"},
        {"base_salary": "-1"},
        {"base_salary": "1.001"},
        {"hired_on": "2026-02-30"},
        {"roles": ["king"]},
        {"channel": ""},
        {"phone": "\x00"},
        {"name": "x" * 61},
    ],
)
def test_what_cannot_be_read_is_told(wrong):
    new = {
        "employee_no": "Y009",
        "name": "新人",
        "hired_on": "2026-11-02",
        "roles": ["salesperson"],
        "channel": "field",
        "base_salary": "4000",
    }
    status, answer = send(PERSONNEL, page("person_new"), **{**new, **wrong})
    assert status == 200
    assert "is-invalid" in answer.content.decode()
    assert not Person.objects.filter(name="新人").exists()


def test_editing_facts_and_coming_second():
    address = page("person_facts_edit", SHE)
    first = fields(PERSONNEL, address)
    assert send(PERSONNEL, address, **{**first, "phone": "12345"})[0] == 302
    status, answer = send(PERSONNEL, address, **{**first, "phone": "99999"})
    assert status == 200
    assert "meanwhile" in answer.content.decode()
    assert person().phone == "12345"


def test_changing_a_position_now_and_later():
    address = page("person_position", SHE)
    given = {**fields(PERSONNEL, address), "reason": "as agreed", "kind": "transfer"}
    send(PERSONNEL, address, **{**given, "team": "销售2组", "supervisor": OTHER_SUPERVISOR})
    assert person().team == "销售2组"
    later = {**fields(PERSONNEL, address), "reason": "x", "kind": "promotion"}
    later |= {"from_on": "2026-12-01", "base_salary": "5000"}
    assert send(PERSONNEL, address, **later)[0] == 302
    assert person().base_salary == yuan("3600")
    says = shown(PERSONNEL, page("person_panel", SHE, "positions"))
    assert "Planned" in says
    assert PositionChange.objects.count() == 1


def test_personnel_does_not_change_her_own_position():
    assert client_of(PERSONNEL).get(page("person_position", PERSONNEL)).status_code == 403
    assert client_of(PERSONNEL).get(page("person_leaving", PERSONNEL)).status_code == 403


def test_naming_and_ending_a_stand_in():
    address = page("stand_in_new", SUPERVISOR)
    given = {
        "stand_in": SHE,
        "roles": ["supervisor"],
        "from_on": "2026-11-02",
        "until_on": "2026-11-06",
        "reason": "on leave",
    }
    for _twice in range(2):
        assert send(SUPERVISOR, address, **given)[0] == 302
    made = StandIn.objects.get()
    assert "stands in until" in shown(MANAGER, page("people_tree"))
    assert rows_in(shown(SHE, page("people"))) == {SHE, MATE}
    assert send(SHE, page("stand_in_over", made.pk))[0] == 302
    assert client_of(SHE).get(page("people")).status_code == 403


def test_leaving_and_handing_over():
    she = person()
    customer = Customer.objects.create(
        customer_no="K1", name="海天", owner=she, created_on="2024-01-01"
    )
    order(she, "D1", delivered={"2026-10-15": "1000.00"})
    Loan.objects.create(
        loan_no="L1", person=she, item="lamp", price=yuan("10"), lent_at=at("2026-10-30 09:00")
    )
    address = page("person_leaving", SHE)
    given = {**fields(PERSONNEL, address), "left_on": "2026-11-09"}
    _status, answer = send(PERSONNEL, address, **given)
    assert answer.headers["Location"] == page("person_handover", SHE)
    says = shown(SUPERVISOR, page("person_handover", SHE))
    for wanted in ("K1 海天", "L1 lamp", "2 things"):
        assert wanted in says
    tick = page("person_handover_tick", SHE)
    for _twice in range(2):
        assert send(SUPERVISOR, tick, item="customer/K1", to=MATE)[0] == 302
    kept = HandoverTick.objects.get()
    assert (kept.to, kept.by.person) == (person(MATE), person(SUPERVISOR))
    assert send(SUPERVISOR, tick, item="customer/K9", to=MATE)[0] == 404
    send(SUPERVISOR, tick, item="loan/L1", to=SHE)
    assert HandoverTick.objects.count() == 1
    Customer.objects.filter(pk=customer.pk).update(owner=person(MATE))
    says = shown(SHE, page("person_handover", SHE))
    assert "to Y002" in says
    assert "1 thing " in says


# The desk, and how few queries.


def cards(who: str) -> dict[str, int]:
    user = login_read(User.objects.get(username=who).pk)
    return {panel.key: panel.context["count"] for panel in desk(user)}


def test_cards():
    she = person()
    assert cards(PERSONNEL) == {}
    Person.objects.filter(employee_no=SHE).update(left_on="2026-11-16")
    assert cards(PERSONNEL) == {}
    Customer.objects.create(customer_no="K1", name="海天", owner=she, created_on="2024-01-01")
    Qualification.objects.create(person=person(MATE), name="GSP", valid_until="2026-12-02")
    Qualification.objects.create(person=person(MATE), name="IOS", valid_until="2026-12-03")
    assert cards(PERSONNEL) == {"leavers": 1, "qualifications": 1}
    Person.objects.filter(employee_no=SHE).update(left_on="2026-11-17")
    assert cards(PERSONNEL) == {"qualifications": 1}
    rows_of(STRANGER)
    assert cards(STRANGER) == {"stand-ins": 1}
    assert cards(LEADER) == {"stand-ins": 1}
    assert cards(MANAGER) == {}


def many(rows: int) -> None:
    boss = person(SUPERVISOR)
    made = Person.objects.bulk_create(
        Person(
            employee_no=f"X{n:04}",
            name="李雷",
            roles="salesperson",
            team=f"{n % 9}组",
            supervisor=boss,
            channel="field",
            hired_on="2024-01-01",
        )
        for n in range(rows)
    )
    PositionChange.objects.bulk_create(
        PositionChange(
            person=person(),
            kind="pay",
            from_on="2026-10-01",
            roles="salesperson",
            base_salary=yuan("1"),
        )
        for _each in made
    )
    Customer.objects.bulk_create(
        Customer(customer_no=f"N{n}", name="客户", owner=person(), created_on="2024-01-01")
        for n in range(rows)
    )


BLOCKS = [("person_panel", SHE, key) for key in PANELS]
PAGES = [
    ("people",),
    ("people_tree",),
    ("person", SHE),
    ("person_handover", SHE),
    ("person_position", SHE),
    ("stand_in_new", SUPERVISOR),
    *BLOCKS,
]


def test_as_many_queries_however_many_rows():
    asked = []
    for more in (10, 990):
        many(more) if more == 10 else Person.objects.filter(name="李雷").update(name="韩梅")
        if more != 10:
            Person.objects.bulk_create(
                Person(
                    employee_no=f"W{n:04}",
                    name="李雷",
                    roles="salesperson",
                    supervisor=person(SUPERVISOR),
                    hired_on="2024-01-01",
                )
                for n in range(more)
            )
            Customer.objects.bulk_create(
                Customer(customer_no=f"M{n}", name="客户", owner=person(), created_on="2024-01-01")
                for n in range(more)
            )
        counts = {}
        for who in (MANAGER, SUPERVISOR, PERSONNEL):
            client = client_of(who)
            for name, *args in PAGES:
                with CaptureQueriesContext(connection) as queries:
                    client.get(page(name, *args))
                counts[who, name, *args] = len(queries)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[1].values()) < 12, asked[1]


def test_days_with_punches_are_days():
    for instant in ("2026-11-01 23:59", "2026-11-02 00:01", "2026-11-02 08:59", "2026-10-31 09:00"):
        Punch.objects.create(person=person(), at=at(instant))
    assert "2 days with punches" in shown(SHE, page("person_panel", SHE, "attendance"))


def test_a_tree_of_any_depth():
    above = person(MANAGER)
    chain = [
        Person(
            pk=9_000 + n,
            employee_no=f"T{n:04}",
            name=f"深{n}",
            roles="salesperson",
            hired_on=date(2024, 1, 1),
            supervisor_id=8_999 + n if n else above.pk,
        )
        for n in range(1_500)
    ]
    Person.objects.bulk_create(chain)
    says = shown(MANAGER, page("people_tree"))
    assert all(f">深{n}<" in says for n in range(1_500))

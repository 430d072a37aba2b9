"""Suspicions: raised once from the facts, kept, for the manager alone, decided once (DIS-3)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Person, StandIn, User
from conduct.models import ConductCase, Suspicion, SuspicionCase, SuspicionDecision
from conduct.suspicions import services
from conduct.suspicions.services import (
    LOOKED_BACK,
    SuspicionRefused,
    suspicion_case_add,
    suspicion_decide,
    suspicions_raise,
)
from conduct.suspicions.shown import seen_in
from conduct.tasks import suspicions_run
from core import clock
from core.db import queue_up
from core.jobs import job_request
from core.models import AuditRow, JobRun
from core.services import sources_load
from core.tables.folder import contents_of
from core.tasks import tick
from customers.models import Conflict, Customer
from customers.services import files_merge, owner_change, project_lose, project_reopen
from customers.services.conflicts import conflict_rule
from customers.services.likeness import likeness_keep
from customers.tests.projects import registered
from notices.models import Notice
from orders.models import Order
from orders.services import transfer_ask, transfer_decide
from payroll.job_words import run_says
from payroll.models import Entry
from tests import cast
from tests.builders import at, customer, order
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
LIST = reverse("suspicions")
LATELY = "2026-10-12"


@pytest.fixture(autouse=True)
def people(db) -> Iterator[dict[str, Person]]:
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def raised() -> list[str]:
    suspicions_raise()
    return sorted(Suspicion.objects.values_list("key", flat=True))


def sold(people, order_no="D1", *, by=SHE, of=STRANGER, signed=LATELY) -> Order:
    """An order of somebody for somebody's customer."""
    customer(f"OF-{of}", people[of])
    made = order(people[by], order_no, signed=signed)
    Order.objects.filter(pk=made.pk).update(customer=Customer.objects.get(customer_no=f"OF-{of}"))
    made.refresh_from_db()
    return made


def load(tmp_path, table, text) -> None:
    path = tmp_path / f"{table}.csv"
    path.write_text(text, encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    assert not done.wrong, done.reasons


def passed_by_file(tmp_path, row: Order, to: str) -> None:
    said = f"{row.order_no},{row.customer.customer_no},{to},{row.amount},{row.signed_on}"
    load(tmp_path, "orders", f"order_no,customer_no,employee_no,amount,signed_on\n{said}\n")


def test_where_all_is_in_order_nothing_is_raised(people):
    sold(people, of=SHE)
    sold(people, "D2", signed=None)
    assert raised() == []
    assert not Notice.objects.exists()


def test_an_order_signed_by_another_than_the_owner(people):
    sold(people)
    assert raised() == ["signed/D1"]
    row = Suspicion.objects.get()
    assert (row.gains.employee_no, row.loses.employee_no) == (SHE, STRANGER)
    assert [each["no"] for each in row.evidence] == ["D1", f"OF-{STRANGER}"]


def test_a_customer_passed_on_by_the_manager_since_makes_no_suspicion(people):
    row = sold(people, of=SHE)
    owner_change(
        actor=user(MANAGER),
        file=row.customer,
        seen_owner=people[SHE].pk,
        to=people[MATE],
        reason="x",
    )
    assert raised() == []


def test_a_customer_that_a_file_passed_on_since_makes_none_either(people, tmp_path):
    row = sold(people, of=SHE)
    head = "customer_no,name,address,scale,owner_no,created_on\n"
    about = row.customer
    load(tmp_path, "customers", f"{head}{about.customer_no},{about.name},,,{MATE},2024-01-01\n")
    about.refresh_from_db()
    assert about.owner == people[MATE]
    assert raised() == []


def test_an_order_passed_on_by_a_file_and_not_by_a_transfer(people, tmp_path):
    row = sold(people, of=SHE)
    passed_by_file(tmp_path, row, MATE)
    assert raised() == [f"reassigned/D1/{SHE}/{MATE}/2026-11-02"]
    other = sold(people, "D2", of=SHE)
    asked = transfer_ask(
        actor=user(SHE), order=other, to_person=people[MATE], reason="x", token=uuid4()
    )
    transfer_decide(actor=user(MANAGER), transfer=asked, approve=True, reply="yes")
    assert raised() == [f"reassigned/D1/{SHE}/{MATE}/2026-11-02"]


def test_an_order_that_is_not_whose_its_transfer_made_it(people):
    row = sold(people, of=SHE)
    asked = transfer_ask(
        actor=user(SHE), order=row, to_person=people[MATE], reason="x", token=uuid4()
    )
    transfer_decide(actor=user(MANAGER), transfer=asked, approve=True, reply="yes")
    Order.objects.update(person=people[STRANGER])  # behind the program's back
    assert raised() == [f"reassigned/D1/{MATE}/{STRANGER}/"]


def test_an_old_order_that_a_file_passes_on_today(people, tmp_path):
    row = sold(people, of=SHE, signed="2023-05-01")
    passed_by_file(tmp_path, row, MATE)
    assert raised() == [f"reassigned/D1/{SHE}/{MATE}/2026-11-02"]


@pytest.mark.parametrize(("days", "expected"), [(0, ["signed/D1"]), (1, [])])
def test_what_was_signed_longer_ago_is_not_looked_for(people, days, expected):
    on = clock.today() - LOOKED_BACK - timedelta(days=days)
    sold(people, signed=str(on))
    assert raised() == expected


def test_a_project_that_two_registered(people):
    registered(people[SHE])
    registered(people[STRANGER], anyway=True)
    conflict = Conflict.objects.get()
    assert raised() == [f"registrations/{conflict}"]
    assert Suspicion.objects.get().gains == people[STRANGER]


def test_ruled_to_be_two_projects_it_is_none(people):
    registered(people[SHE])
    registered(people[STRANGER], anyway=True)
    conflict_rule(
        conflict=Conflict.objects.get(), ruling="both", reason="two halls", actor=user(LEADER)
    )
    assert raised() == []


def test_a_project_registered_after_it_was_lost_is_nobodys_however_it_goes_on(people):
    first = registered(people[SHE])
    first = project_lose(project=first, reason="too dear", actor=user(SHE))
    registered(people[STRANGER], anyway=True)
    conflict = Conflict.objects.get()
    assert raised() == []
    with clock.set_to(at("2026-11-03 09:00")):
        project_reopen(project=first, reason="they called", anyway=True, actor=user(SHE))
        assert raised() == []
        conflict_rule(conflict=conflict, ruling="later", reason="hers", actor=user(LEADER))
        assert raised() == []


def test_ruled_away_after_it_was_lost_it_was_free_all_the_same(people):
    first = registered(people[SHE])
    project_lose(project=first, reason="too dear", actor=user(SHE))
    registered(people[STRANGER], anyway=True)
    conflict_rule(
        conflict=Conflict.objects.get(), ruling="later", reason="hers", actor=user(LEADER)
    )
    assert raised() == []


def test_taken_up_again_before_it_is_the_firsts(people):
    first = registered(people[SHE])
    first = project_lose(project=first, reason="too dear", actor=user(SHE))
    project_reopen(project=first, reason="they called", actor=user(SHE))
    with clock.set_to(at("2026-11-03 09:00")):
        registered(people[STRANGER], anyway=True)
        assert raised() == [f"registrations/{Conflict.objects.get()}"]


def filed(people, no, name, owner, on) -> Customer:
    made = Customer.objects.create(customer_no=no, name=name, owner=people[owner], created_on=on)
    likeness_keep(made)
    return made


def test_a_customer_that_two_filed_and_kept_when_the_files_are_merged(people):
    first = filed(people, "K1", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    second = filed(people, "K2", "海润塑机", STRANGER, date(2026, 10, 30))
    filed(people, "K3", "宁波海天塑机有限公司", MATE, date(2026, 10, 30))
    assert raised() == ["files/K1/K2"]
    files_merge(actor=user(MANAGER), keep=first, other=second, reason="one firm")
    assert raised() == ["files/K1/K2"]
    assert Suspicion.objects.get().evidence[1]["values"]["name"] == "海润塑机"


def given(people, file, to, when) -> None:
    """The manager passes a file on."""
    file.refresh_from_db()
    with clock.set_to(at(when)):
        owner_change(
            actor=user(MANAGER), file=file, seen_owner=file.owner_id, to=people[to], reason="x"
        )


def test_two_files_of_ones_own_of_which_the_manager_passes_one_on_make_none(people):
    filed(people, "K1", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    second = filed(people, "K2", "海润塑机", SHE, date(2026, 10, 1))
    given(people, second, MATE, "2026-10-20 09:00")
    assert raised() == []


def test_whoever_a_file_was_opened_for_is_named_whoever_has_it_now(people):
    first = filed(people, "K1", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    second = filed(people, "K2", "海润塑机", STRANGER, date(2026, 10, 1))
    for file in (first, second):
        given(people, file, MATE, "2026-10-20 09:00")
    assert raised() == ["files/K1/K2"]
    row = Suspicion.objects.get()
    assert (row.gains.employee_no, row.loses.employee_no) == (STRANGER, SHE)
    assert [each["values"]["owner"] for each in row.evidence] == [SHE, STRANGER]


def test_a_file_opened_for_somebody_whom_a_table_passed_on_since(people, tmp_path):
    filed(people, "K1", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    filed(people, "K2", "海润塑机", SHE, date(2026, 10, 1))
    head = "customer_no,name,address,scale,owner_no,created_on\n"
    load(tmp_path, "customers", f"{head}K2,海润塑机,,,{MATE},2026-10-01\n")
    assert Customer.objects.get(customer_no="K2").owner == people[MATE]
    assert raised() == []


def test_orders_of_a_merged_file_are_those_of_its_own_owner(people):
    row = sold(people, of=SHE)
    kept = filed(people, "K7", "杭州永固水泥有限公司", STRANGER, date(2024, 3, 1))
    merge = {"keep": kept, "other": row.customer, "reason": "one firm"}
    files_merge(actor=user(MANAGER), **merge)
    row.refresh_from_db()
    assert row.customer == kept
    sold(people, "D2", by=MATE, of=MATE)
    Order.objects.filter(order_no="D2").update(customer=kept)
    assert raised() == ["signed/D2"]


def test_whose_the_kept_file_was_is_not_what_the_merged_one_passed_through(people):
    row = sold(people, of=SHE)
    gone = filed(people, "K7", "杭州永固水泥有限公司", STRANGER, date(2024, 3, 1))
    given(people, gone, MATE, "2026-10-20 09:00")
    files_merge(actor=user(MANAGER), keep=row.customer, other=gone, reason="one firm")
    assert raised() == []


def test_a_file_of_nobody_that_gets_its_owner_by_a_merging(people):
    kept = filed(people, "K1", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    Customer.objects.filter(pk=kept.pk).update(owner=None)
    filed(people, "K2", "海润塑机", STRANGER, date(2026, 10, 30))
    gone = filed(people, "K3", "杭州永固水泥有限公司", SHE, date(2024, 3, 1))
    files_merge(actor=user(MANAGER), keep=kept, other=gone, reason="one firm")
    kept.refresh_from_db()
    assert kept.owner == people[SHE]
    assert raised() == []


def test_raised_once_however_often_and_kept_when_the_facts_change(people):
    row = sold(people)
    assert (suspicions_raise(), suspicions_raise()) == (1, 0)
    Order.objects.filter(pk=row.pk).update(person=people[STRANGER])
    with clock.set_to(at("2026-11-03 00:20")):
        assert suspicions_raise() == 0
    kept = Suspicion.objects.get()
    assert kept.evidence[0]["values"]["seller"] == SHE
    assert Notice.objects.filter(key__startswith="suspicions/").count() == 1


def test_nobody_is_kept_waiting_while_months_are_read(people, monkeypatch):
    """On SQLite whoever is in a transaction of ours keeps every other writer out."""
    sold(people)
    depths: list[tuple[str, int]] = []

    def watched(name: str) -> None:
        does = getattr(services, name)

        def tells(*args, **said):
            depths.append((name, len(connection.savepoint_ids)))
            return does(*args, **said)

        monkeypatch.setattr(services, name, tells)

    for name in ("read_snapshot", "order_facts", "file_facts", "filed_twice", "queue_up"):
        watched(name)
    outside = len(connection.savepoint_ids)
    assert suspicions_raise() == 1
    assert depths == [
        ("read_snapshot", outside),
        ("order_facts", outside),
        ("file_facts", outside),
        ("filed_twice", outside),
        ("queue_up", outside + 1),
    ]


def test_of_two_at_once_the_second_raises_nothing(people, monkeypatch):
    sold(people)
    counts: list[int] = []

    def other_first(name: str) -> None:
        monkeypatch.setattr(services, "queue_up", queue_up)
        counts.append(suspicions_raise())
        queue_up(name)

    monkeypatch.setattr(services, "queue_up", other_first)
    counts.append(suspicions_raise())
    assert counts == [1, 0]
    assert Notice.objects.filter(key__startswith="suspicions/").count() == 1


def test_the_job_run_twice_raises_once_and_names_nobody(people, monkeypatch):
    sent: list[int] = []
    monkeypatch.setattr(
        "core.jobs.current_app.send_task",
        lambda task, args, expires: sent.extend(args if "suspicions" in task else ()),
    )
    sold(people)
    for when in ("2026-11-03 00:19", "2026-11-03 00:20", "2026-11-03 00:21", "2026-11-04 08:00"):
        with clock.set_to(at(when)):
            tick()
            for run in sent:
                suspicions_run(run)
    runs = JobRun.objects.filter(kind="suspicions").order_by("pk")
    assert [(run.subject, run.state, run.outcome) for run in runs] == [
        ("2026-11-03", "done", {"raised": 1}),
        ("2026-11-04", "done", {"raised": 0}),
    ]
    assert run_says(runs[0]) == "raised: 1"
    for run in sent:  # the same messages once more
        suspicions_run(run)
    again = job_request(kind="suspicions", subject="again")
    suspicions_run(again.pk)
    assert Suspicion.objects.count() == 1
    assert Notice.objects.filter(key__startswith="suspicions/").count() == 1


def test_the_manager_alone_hears_that_something_waits_and_no_names(people):
    sold(people)
    suspicions_raise()
    said = Notice.objects.get()
    assert (said.person.employee_no, said.url, said.values) == (MANAGER, LIST, {})
    for name in (people[SHE].name, people[STRANGER].name, "D1"):
        assert name not in said.text
    assert not AuditRow.objects.filter(subject__startswith="suspicion").exists()


def test_it_costs_nobody_anything(people):
    sold(people)
    before = Entry.objects.count()
    suspicions_raise()
    suspicion_decide(
        suspicion=Suspicion.objects.get(), outcome="taken_up", reason="x", actor=user(MANAGER)
    )
    assert (Entry.objects.count(), ConductCase.objects.count()) == (before, 0)


def test_for_the_manager_alone_on_list_page_and_desk(people):
    sold(people)
    suspicions_raise()
    one = reverse("suspicion", args=[Suspicion.objects.get().pk])
    page = client_of(MANAGER).get(one).text
    for word in (people[SHE].name, people[STRANGER].name, reverse("order", args=["D1"])):
        assert word in page
    assert 'id="desk-suspicions"' in client_of(MANAGER).get("/").text
    for no in (SHE, MATE, STRANGER, SUPERVISOR, LEADER, FINANCE, PERSONNEL):
        assert client_of(no).get(one).status_code == 404
        assert client_of(no).get(LIST).status_code == 403
        assert 'id="desk-suspicions"' not in client_of(no).get("/").text
        assert LIST not in client_of(no).get("/").text


def test_every_record_of_the_evidence_is_one_tap_away(people, tmp_path):
    row = sold(people, of=SHE)
    passed_by_file(tmp_path, row, MATE)
    sold(people, "D2")
    registered(people[SHE])
    registered(people[STRANGER], anyway=True)
    filed(people, "K8", "宁波海润塑机有限公司", SHE, date(2024, 3, 1))
    filed(people, "K9", "海润塑机", STRANGER, date(2026, 10, 30))
    suspicions_raise()
    kinds = set(Suspicion.objects.values_list("kind", flat=True))
    assert kinds == set(Suspicion.Kind.values)
    browser = client_of(MANAGER)
    for each in Suspicion.objects.all():
        page = browser.get(reverse("suspicion", args=[each.pk])).text
        assert people[STRANGER].name in page or people[MATE].name in page
        seen = list(seen_in(each))
        assert len(seen) == len(each.evidence)
        for one in seen:
            assert f'href="{one.url}"' in page
            assert browser.get(one.url).status_code == 200, one


def test_what_names_the_manager_is_the_leaders(people):
    Person.objects.filter(employee_no=MANAGER).update(roles="manager+salesperson")
    people[MANAGER].refresh_from_db()
    sold(people, by=MANAGER)
    suspicions_raise()
    row = Suspicion.objects.get()
    one = reverse("suspicion", args=[row.pk])
    assert client_of(MANAGER).get(one).status_code == 404
    assert "suspicion/" not in client_of(MANAGER).get(LIST).text
    assert client_of(LEADER).get(one).status_code == 200
    assert client_of(LEADER).get(LIST).status_code == 200
    assert Notice.objects.get().person.employee_no == LEADER
    sent = {"reason": "heard both", "do": "dismiss"}
    decision = reverse("suspicion_decision", args=[row.pk])
    assert client_of(MANAGER).post(decision, sent).status_code == 404
    assert client_of(LEADER).post(decision, sent).status_code == 302
    assert SuspicionDecision.objects.get().by == user(LEADER)


def test_who_stands_in_for_the_manager_sees_all_but_their_own(people):
    StandIn.objects.create(
        absent=people[MANAGER],
        stand_in=people[SHE],
        roles="manager",
        reason="leave",
        from_on=clock.today(),
        until_on=clock.today(),
        made_by=user(MANAGER),
    )
    sold(people)
    sold(people, "D2", by=MATE)
    suspicions_raise()
    hers, mates = Suspicion.objects.order_by("key")
    assert client_of(SHE).get(reverse("suspicion", args=[hers.pk])).status_code == 404
    assert client_of(SHE).get(reverse("suspicion", args=[mates.pk])).status_code == 200
    assert list(Suspicion.objects.visible_to(user(SHE))) == [mates]


def test_decided_once_with_its_reason(people):
    sold(people)
    suspicions_raise()
    row, actor = Suspicion.objects.get(), user(MANAGER)
    for wrong in ({"outcome": "hanged", "reason": "x"}, {"outcome": "dismissed", "reason": " "}):
        with pytest.raises(SuspicionRefused):
            suspicion_decide(suspicion=row, actor=actor, **wrong)
    suspicion_decide(suspicion=row, outcome="dismissed", reason="agreed between both", actor=actor)
    with pytest.raises(SuspicionRefused):
        suspicion_decide(suspicion=row, outcome="taken_up", reason="no", actor=actor)
    assert SuspicionDecision.objects.get().outcome == "dismissed"
    said = AuditRow.objects.get(action="suspicion decided")
    assert said.changes == {"outcome": [None, "dismissed"]}
    page = client_of(MANAGER).get(reverse("suspicion", args=[row.pk])).text
    assert "agreed between both" in page
    assert 'name="reason"' not in page


def test_what_was_found_and_decided_is_never_changed(people):
    sold(people)
    suspicions_raise()
    row = Suspicion.objects.get()
    suspicion_decide(suspicion=row, outcome="dismissed", reason="x", actor=user(MANAGER))
    for rows, column in ((Suspicion.objects, "kind"), (SuspicionDecision.objects, "reason")):
        for attack in (
            lambda r=rows, c=column: r.update(**{c: "x"}),
            lambda r=rows: r.all()._raw_delete("default"),
        ):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                attack()


def case_of(who: Person, no="CASE-1") -> ConductCase:
    return ConductCase.objects.create(
        case_no=no,
        person=who,
        offence="poaching",
        decided_on=date(2026, 11, 1),
        sanction="warning",
    )


def test_taken_up_it_is_linked_to_cases_of_both_alone(people):
    sold(people)
    suspicions_raise()
    row, actor = Suspicion.objects.get(), user(MANAGER)
    case = case_of(people[SHE])
    with pytest.raises(SuspicionRefused):
        suspicion_case_add(suspicion=row, case=case, actor=actor)
    suspicion_decide(suspicion=row, outcome="taken_up", reason="x", actor=actor)
    with pytest.raises(SuspicionRefused):
        suspicion_case_add(suspicion=row, case=case_of(people[MATE], "CASE-2"), actor=actor)
    link = reverse("suspicion_case", args=[row.pk])
    for _twice in range(2):
        assert client_of(MANAGER).post(link, {"case": case.pk}).status_code == 302
    assert SuspicionCase.objects.get().case == case
    page = client_of(MANAGER).get(reverse("suspicion", args=[row.pk])).text
    assert "came of this" in page
    assert "CASE-2" not in page


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "x" * 1001}, {"reason": "a\x00"}])
def test_bad_input_decides_nothing(people, wrong):
    sold(people)
    suspicions_raise()
    decision = reverse("suspicion_decision", args=[Suspicion.objects.get().pk])
    assert client_of(MANAGER).post(decision, {"do": "take_up", **wrong}).status_code == 400
    assert not SuspicionDecision.objects.exists()


def test_found_by_name_number_kind_and_state(people):
    sold(people)
    sold(people, "D2", by=MATE)
    suspicions_raise()
    hers = Suspicion.objects.get(key="signed/D1")
    suspicion_decide(suspicion=hers, outcome="dismissed", reason="x", actor=user(MANAGER))

    def found(**query: str) -> int:
        return client_of(MANAGER).get(LIST, query).text.count('class="row-link"')

    assert found() == 2
    assert found(q="D2") == found(q="wuwei") == found(state="open") == 1
    assert found(kind="files") == found(state="taken_up") == 0
    assert found(kind="signed") == 2


def test_the_empty_list_says_why(people):
    assert "Each night the program looks" in client_of(MANAGER).get(LIST).text


def test_a_constant_number_of_queries(people, django_assert_max_num_queries):
    for n in range(3):
        sold(people, f"D{n}")
    with django_assert_max_num_queries(32):
        suspicions_raise()
    for n in range(10, 60):
        sold(people, f"D{n}")
    with django_assert_max_num_queries(32):
        assert suspicions_raise() == 50

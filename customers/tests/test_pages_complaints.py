"""The pages of complaints: who sees what, what one can do, desk, figures, reminders (COM-1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.models import AuditRow
from core.panels import panels_of
from customers.models import Complaint
from customers.permissions.complaints import can_assign
from customers.reminders.complaints import due_today, overdue
from customers.services import (
    complaint_answer,
    complaint_confirm,
    complaint_reopen,
    files_merge,
)
from customers.services.complaint_keeping import step_add
from customers.tests.complaining import answered, handled, heard, person, taken, user
from customers.timeline import timeline_of
from tests import cast
from tests.builders import at, customer
from tests.cast import (
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

EVERYBODY = tuple(member.employee_no for member in cast.MEMBERS)


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def seeing(row):
    return {
        no for no in EVERYBODY if Complaint.objects.visible_to(user(no)).filter(pk=row.pk).exists()
    }


def assigning(row):
    rows = Complaint.objects.filter(pk=row.pk)
    return {no for no in EVERYBODY if rows.assigned_by(user(no)).exists()}


def page_of(row, no, **data):
    return client_of(no).get(reverse("complaint", args=[row.pk]), data)


def post(no, name, row, **data):
    return client_of(no).post(reverse(name, args=[row.pk]), data)


HEADS = {SUPERVISOR, MANAGER, LEADER}


def test_before_the_hearing_whom_it_is_about_sees_nothing():
    row = taken()
    assert seeing(row) == HEADS | {KEEPER}
    assert page_of(row, SHE).status_code == 404
    assert "电话不接" not in client_of(SHE).get(reverse("complaints")).content.decode()
    assert seeing(handled()) == HEADS | {KEEPER, MATE}
    assert seeing(heard()) == HEADS | {KEEPER, MATE, SHE}


def test_not_even_the_manager_sees_their_own_before_the_hearing():
    row = taken(MANAGER)
    assert seeing(row) == {LEADER, KEEPER}
    assert seeing(taken(LEADER)) == {MANAGER, KEEPER, PERSONNEL}
    assert seeing(taken(SUPERVISOR, by=MATE)) == {MANAGER, LEADER, MATE}


def test_who_assigns():
    assert assigning(taken()) == HEADS
    assert assigning(taken(MANAGER)) == {LEADER}
    assert assigning(taken(LEADER)) == {PERSONNEL}
    assert assigning(taken(None)) == {MANAGER, LEADER}
    assert assigning(taken(None, by=MATE)) == HEADS
    rows = Complaint.objects.select_related("about", "taken_by")
    assert rows.count() == 5
    for row in rows:
        assert assigning(row) == {no for no in EVERYBODY if can_assign(user(no), row)}


def new(**said):
    usual = {
        "token": str(uuid4()),
        "customer_name": "宁波大地",
        "channel": "telephone",
        "category": "conduct",
        "subject": "电话不接",
        "text": "三次",
        "about": "吴伟",
    }
    return {**usual, **said}


def test_anybody_takes_one_in_and_no_file_is_shown():
    file = customer("K9")
    sent = new(customer_name=file.name)
    for _n in range(2):
        answer = client_of(KEEPER).post(reverse("complaint_new"), sent)
        row = Complaint.objects.get()
        assert answer.headers["Location"] == reverse("complaint", args=[row.pk])
    assert (row.customer, row.about.employee_no) == (file, SHE)
    shown = page_of(row, KEEPER).content.decode()
    assert file.name in shown
    assert reverse("customer", args=["K9"]) not in shown
    assert reverse("customer", args=["K9"]) in page_of(row, MANAGER).content.decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"about": "Nobody"}, "Nobody of this name"),
        ({"about": ""}, "whose conduct"),
        ({"about": "", "category": "quality"}, "whom or which goods"),
        ({"category": "nosuch"}, "valid choice"),
        ({"subject": ""}, "required"),
        ({"subject": "x" * 81}, "at most 80"),
        ({"customer_name": "a\x00b"}, "Null characters"),
        ({"token": "x"}, "valid UUID"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(said, why):
    answer = client_of(KEEPER).post(reverse("complaint_new"), new(**said))
    assert answer.status_code == 400
    assert not Complaint.objects.exists()
    if said != {"token": "x"}:
        assert why in answer.content.decode()


def test_of_two_with_one_name_the_number_is_asked_for():
    Person.objects.filter(employee_no=MATE).update(name="吴伟")
    answer = client_of(KEEPER).post(reverse("complaint_new"), new())
    assert "Several have this name" in answer.content.decode()
    assert client_of(KEEPER).post(reverse("complaint_new"), new(about="y001")).status_code == 302


def test_from_assigning_to_the_customers_word():
    row = taken()
    handler = {"version": 0, "handler": person(MATE).pk}
    assert post(SUPERVISOR, "complaint_give", row, **handler).status_code == 302
    assert post(SUPERVISOR, "complaint_give", row, **handler).status_code == 409
    said = {"token": str(uuid4()), "on": "2026-11-02", "text": "called"}
    assert post(MATE, "complaint_step", row, **said).status_code == 302
    assert post(MATE, "complaint_hearing", row, version=1).status_code == 302
    assert "say" in page_of(row, SHE).content.decode()
    reply = {"token": str(uuid4()), "text": "I was driving"}
    assert post(SHE, "complaint_say", row, **reply).status_code == 302
    assert post(MATE, "complaint_reply_customer", row, version=2, answer="").status_code == 400
    assert post(MATE, "complaint_reply_customer", row, version=2, answer="x").status_code == 302
    assert post(MATE, "complaint_link", row, version=3).status_code == 302
    shown = page_of(row, MATE).content.decode()
    assert "/f/" in shown
    assert "data:image/svg+xml" in shown
    assert "/f/" not in page_of(row, SHE).content.decode()
    done = {"confirm-version": 3, "confirm-satisfaction": "5"}
    assert post(MATE, "complaint_close", row, **done).status_code == 302
    assert Complaint.objects.get().satisfaction == 5
    assert "/f/" not in page_of(row, MATE).content.decode()


def test_whom_it_is_about_neither_handles_nor_closes():
    row = answered()
    for name, data in (
        ("complaint_step", {"token": str(uuid4()), "on": "2026-11-02", "text": "x"}),
        ("complaint_close", {"confirm-version": row.version}),
        ("complaint_again", {"reopen-version": row.version, "reopen-why": "x"}),
        ("complaint_link", {"version": row.version}),
    ):
        assert post(SHE, name, row, **data).status_code == 403
    given = {"version": 0, "handler": person(SHE).pk}
    assert post(SUPERVISOR, "complaint_give", taken(), **given).status_code == 400


def test_a_visit_is_offered_to_who_sees_the_file_alone():
    file = customer("K9")
    file.owner = person(SHE)
    file.save(update_fields=["owner"])
    row = handled(customer_name=file.name)
    sent = {"at": "2026-11-02T08:30", "content": "x"}
    assert post(MATE, "complaint_visited", row, **sent).status_code == 404
    assert "after-sales visit" not in page_of(row, MATE).content.decode()
    assert "after-sales visit" in page_of(row, SUPERVISOR).content.decode()
    assert post(SUPERVISOR, "complaint_visited", row, **sent).status_code == 302


def cards(no):
    found = panels_of("desk", user(no))
    return {p.key: p.context["count"] for p in found if p.key.startswith("complaints")}


def test_the_desk_says_what_waits():
    heard()
    handled(None, handler=SUPERVISOR)
    for _n in range(6):
        taken()
    assert cards(SUPERVISOR) == {"complaints-handle": 1, "complaints-assign": 6}
    assert cards(MATE) == {"complaints-handle": 1}
    assert cards(SHE) == {"complaints-about": 1}
    assert cards(STRANGER) == cards(OTHER_SUPERVISOR) == cards(FINANCE) == {}


def test_figures_by_person_and_month_within_what_one_may_see():
    complaint_confirm(row=answered(), satisfaction=4, actor=user(MATE))
    complaint_confirm(row=answered(), satisfaction=5, actor=user(MATE))
    row = handled()
    with clock.set_to(at("2026-11-09 09:00")):
        complaint_answer(row=row, answer="x", actor=user(MATE))
    taken(STRANGER)
    taken(None)
    file = b"".join(client_of(MANAGER).get(reverse("complaint_rates"), {"export": "csv"}))
    rows = file.decode("utf-8-sig").splitlines()
    assert "吴伟,Y001,2026-11,3,3,2,4.5" in rows
    assert "金敏,Y003,2026-11,1,0,0," in rows
    assert len(rows) == 4
    hers = client_of(SHE).get(reverse("complaint_rates")).content.decode()
    assert "2 · 66 %" in hers
    assert 'data-chart="{' in hers
    assert "金敏" not in hers
    theirs = client_of(OTHER_SUPERVISOR).get(reverse("complaint_rates")).content.decode()
    assert "金敏" in theirs
    assert "吴伟" not in theirs
    # Not before the hearing.
    assert "No figures" in client_of(STRANGER).get(reverse("complaint_rates")).content.decode()


def test_the_list_finds_what_is_overdue():
    handled(subject="换货慢")
    complaint_reopen(row=answered(subject="开错票"), why="x", actor=user(MATE))
    with clock.set_to(at("2026-11-06 00:00")):
        taken(subject="少发货")
        page = client_of(MANAGER).get(reverse("complaints"), {"state": "overdue"})
        found = page.content.decode()
    assert "换货慢" in found
    assert "开错票" in found
    assert "少发货" not in found


def said(provide, when):
    return {
        (each.person.employee_no, each.key)
        for each in provide(at(when))
        if each.is_to_be_said(at(when))
    }


def test_on_the_last_day_the_handler_and_after_it_the_manager_is_told():
    row, answered_one, of_manager = handled(), answered(), taken(MANAGER)
    assert answered_one.due_on == row.due_on
    assert said(due_today, "2026-11-05 07:59") == set()
    key = f"complaint/{row.pk}/due/2026-11-05"
    assert said(due_today, "2026-11-05 08:00") == {(MATE, key)}
    assert said(overdue, "2026-11-05 23:59") == set()
    assert said(overdue, "2026-11-06 07:59") == set()
    assert said(overdue, "2026-11-06 08:00") == {
        (MANAGER, f"complaint/{row.pk}/overdue/2026-11-05"),
        (LEADER, f"complaint/{of_manager.pk}/overdue/2026-11-05"),
    }
    later = at("2026-11-06 08:00") + timedelta(days=40)
    assert list(overdue(later)) == []


def test_pages_ask_as_much_for_many_as_for_few():
    row, asked = heard(), {}
    for size in (3, 30):
        while Complaint.objects.count() < size:
            handled(subject="x")
            step_add(row, "note", by=person(MATE), text="x")
        asked[size] = [
            _queries(name, *args)
            for name, args in (
                ("complaint", [row.pk]),
                ("complaints", []),
                ("complaint_rates", []),
                ("complaint_new", []),
            )
        ]
    assert asked[3] == asked[30]
    assert max(asked[30]) <= 12


def _queries(name, *args):
    client, address = client_of(SUPERVISOR), reverse(name, args=args)
    client.get(address)  # what is asked once for all stays known
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def tie(no, row, typed, version=None):
    row.refresh_from_db()
    sent = {"file-version": row.version if version is None else version, "file-customer": typed}
    return post(no, "complaint_file", row, **sent)


def test_who_handles_it_says_whose_file_it_is():
    file = customer("K9", person(MATE))
    row = handled(customer_name="somebody on the telephone")
    assert row.customer is None
    assert 'name="file-customer"' in page_of(row, MATE).content.decode()
    seen = row.version
    assert tie(MATE, row, "K9").status_code == 302
    row.refresh_from_db()
    assert row.customer == file
    page = page_of(row, MATE).content.decode()
    assert reverse("customer", args=["K9"]) in page
    assert 'name="content"' in page  # an after-sales visit is recorded now
    told = [each.url for each in timeline_of(user(MATE), file).happened]
    assert reverse("complaint", args=[row.pk]) in told
    trail = AuditRow.objects.get(action="complaint tied")
    assert (trail.actor, trail.changes) == (user(MATE), {"customer": [None, file.pk]})
    # The same again says nothing new; who comes second is told.
    assert tie(MATE, row, "K9").status_code == 302
    assert AuditRow.objects.filter(action="complaint tied").count() == 1
    customer("K10", person(MATE))
    assert tie(MATE, row, "K10", version=seen).status_code == 409


def test_a_file_named_wrongly_is_named_anew():
    file, other = customer("K9", person(MATE)), customer("K10", person(MATE))
    row = handled(customer_name="K9")
    assert row.customer == file
    assert tie(MATE, row, "K10").status_code == 302
    row.refresh_from_db()
    assert row.customer == other


@pytest.mark.parametrize("typed", ["", "nosuch", "K9", "\0", "x" * 400])
def test_a_file_one_does_not_see_is_none(typed):
    customer("K9", person(STRANGER))
    row = handled(customer_name="x")
    assert tie(MATE, row, typed).status_code == 400
    row.refresh_from_db()
    assert row.customer is None


def test_who_does_not_say_whose_file_it_is():
    file = customer("K9", person(STRANGER))
    row = handled(customer_name=file.name)
    # Tied to a file that its handler does not see; taken in; of no files at all; a stranger.
    for no, status in ((MATE, 403), (KEEPER, 403), (FINANCE, 404), (STRANGER, 404)):
        assert tie(no, row, "K9").status_code == status
    assert 'name="file-customer"' not in page_of(row, MATE).content.decode()
    kept = handled(customer_name="x", handler=KEEPER)
    assert 'name="file-customer"' not in page_of(kept, KEEPER).content.decode()
    assert tie(KEEPER, kept, "K9").status_code == 403


def test_the_name_of_a_merged_file_names_the_one_that_stands():
    keep, gone = customer("K9", person(MATE)), customer("K10", person(MATE))
    files_merge(actor=user(MANAGER), keep=keep, other=gone, reason="x")
    assert taken(customer_name="K10").customer == keep

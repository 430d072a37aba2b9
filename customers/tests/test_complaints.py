"""A complaint from its intake to the customer's word (COM-1)."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from core import clock
from core.files.reading import file_read
from core.models import AuditRow, StoredFile
from customers.models import Complaint, Visit
from customers.services import (
    ChangedMeanwhile,
    ComplaintRefused,
    VisitRefused,
    complaint_answer,
    complaint_assign,
    complaint_confirm,
    complaint_hear,
    complaint_note,
    complaint_reopen,
    complaint_reply,
    complaint_take,
    complaint_visit,
)
from customers.tests.complaining import answered, facts, handled, heard, person, taken, user
from notices.models import Notice
from tests import cast
from tests.builders import at, customer
from tests.cast import KEEPER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def told(no):
    return set(Notice.objects.filter(person__employee_no=no).values_list("key", flat=True))


def kinds(row):
    return list(row.steps.values_list("kind", flat=True))


def photo(name="单.jpg"):
    content = BytesIO()
    Image.new("RGB", (20, 20)).save(content, "JPEG")
    return file_read(SimpleUploadedFile(name, content.getvalue()))


def test_taken_in_with_its_last_day_and_who_assigns_is_told():
    row = taken()
    assert (row.state, row.opened_on, row.due_on) == (
        "opened",
        date(2026, 11, 2),
        date(2026, 11, 5),
    )
    assert told(SUPERVISOR) == {f"complaint/{row.pk}/opened"}
    assert told(SHE) == told(MANAGER) == told(KEEPER) == set()
    said = AuditRow.objects.get(action="complaint taken")
    assert said.subject == f"complaint {row.pk}"
    assert SHE not in str(said.changes)


def test_sent_twice_is_one_complaint():
    token = uuid4()
    sent = {"facts": facts(), "files": [], "token": token, "actor": user(KEEPER)}
    first = complaint_take(**sent, taken_by=person(KEEPER))
    assert complaint_take(**sent, taken_by=person(KEEPER)) == first
    assert Complaint.objects.count() == 1
    with pytest.raises(ComplaintRefused):
        complaint_take(**sent, taken_by=person(MATE))


@pytest.mark.parametrize("name", ["customer_name", "subject", "text"])
def test_what_has_to_be_said(name):
    with pytest.raises(ComplaintRefused):
        taken(**{name: "  \n"})
    assert not Complaint.objects.exists()


def test_photos_are_kept_and_a_refusal_keeps_nothing():
    row = complaint_take(
        facts=facts(),
        files=[photo()],
        token=uuid4(),
        taken_by=person(KEEPER),
        actor=user(KEEPER),
    )
    assert StoredFile.objects.get().owner == str(row.pk)


def test_a_file_is_found_by_its_exact_name_or_number_alone():
    file = customer("K9")
    assert taken(customer_name=file.name).customer == file
    assert taken(customer_name=" K9 ").customer == file
    assert taken(customer_name=file.name[:-1]).customer is None
    other = customer("K10")
    type(other).objects.filter(pk=other.pk).update(name=file.name)
    assert taken(customer_name=file.name).customer is None


def test_the_managers_own_goes_to_the_leader():
    row = taken(MANAGER)
    assert told(cast.LEADER) == {f"complaint/{row.pk}/opened"}
    assert told(MANAGER) == set()


def test_goods_go_to_who_leads_whoever_took_it_in():
    row = taken(None, by=MATE)
    assert told(SUPERVISOR) == {f"complaint/{row.pk}/opened"}


def test_assigned_and_given_to_another():
    row = handled()
    assert (row.state, row.handler.employee_no) == ("handled", MATE)
    assert told(MATE) == {f"complaint/{row.pk}/assigned/1"}
    again = complaint_assign(row=row, handler=person(STRANGER), actor=user(SUPERVISOR))
    assert again.handler.employee_no == STRANGER
    assert kinds(row) == ["assigned", "assigned"]


def test_never_handled_by_whom_it_is_about():
    row = taken()
    with pytest.raises(ComplaintRefused):
        complaint_assign(row=row, handler=person(SHE), actor=user(SUPERVISOR))
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=row.pk).update(handler=person(SHE))


def test_never_given_to_who_has_left():
    mate = person(MATE)
    mate.left_on = date(2026, 11, 1)
    mate.save(update_fields=["left_on"])
    with pytest.raises(ComplaintRefused):
        complaint_assign(row=taken(), handler=mate, actor=user(SUPERVISOR))


def test_who_comes_second_is_told():
    row = taken()
    stale = Complaint.objects.get(pk=row.pk)
    complaint_assign(row=row, handler=person(MATE), actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile):
        complaint_assign(row=stale, handler=person(STRANGER), actor=user(SUPERVISOR))
    assert Complaint.objects.get().handler.employee_no == MATE


def test_the_hearing_begins_once():
    row = heard()
    assert complaint_hear(row=row, actor=user(MATE)) == row
    assert kinds(row) == ["assigned", "hearing"]
    assert f"complaint/{row.pk}/hearing" in told(SHE)
    with pytest.raises(ComplaintRefused):
        complaint_hear(row=handled(None), actor=user(MATE))


def test_whom_it_is_about_replies_once_and_no_one_else():
    row, token = heard(), uuid4()
    for _n in range(2):
        complaint_reply(
            row=row, text="我在开会，已回电。", token=token, by=person(SHE), actor=user(SHE)
        )
    assert kinds(row) == ["assigned", "hearing", "reply"]
    assert f"complaint/{row.pk}/reply/3" in told(MATE)
    with pytest.raises(ComplaintRefused):
        complaint_reply(row=row, text="x", token=uuid4(), by=person(MATE), actor=user(MATE))
    with pytest.raises(ComplaintRefused):
        complaint_reply(row=handled(), text="x", token=uuid4(), by=person(SHE), actor=user(SHE))


def test_a_step_has_its_day_and_is_written_once():
    row, token = handled(), uuid4()
    sent = {"row": row, "text": "已打电话", "token": token, "by": person(MATE)}
    for _n in range(2):
        made = complaint_note(**sent, on=date(2026, 11, 2), actor=user(MATE))
    assert (made.on, row.steps.filter(kind="note").count()) == (date(2026, 11, 2), 1)
    for wrong in (date(2026, 11, 1), date(2026, 11, 3)):
        with pytest.raises(ComplaintRefused):
            complaint_note(**{**sent, "token": uuid4()}, on=wrong, actor=user(MATE))
    with pytest.raises(ChangedMeanwhile):
        complaint_note(**{**sent, "row": taken()}, on=date(2026, 11, 2), actor=user(MATE))


@pytest.mark.parametrize(
    ("when", "in_time"), [("2026-11-05 23:59:59", True), ("2026-11-06 00:00", False)]
)
def test_answered_in_time_up_to_the_end_of_the_last_day(when, in_time):
    row = handled()
    with clock.set_to(at(when)):
        row = complaint_answer(row=row, answer="已换货", actor=user(MATE))
    assert (row.state, row.in_time) == ("answered", in_time)


def test_the_answer_lets_whom_it_is_about_see_it():
    assert answered().hearing_at is not None
    assert answered(about=None).hearing_at is None


def test_an_answer_says_something():
    with pytest.raises(ComplaintRefused):
        complaint_answer(row=handled(), answer=" ", actor=user(MATE))


def test_confirmed_by_telephone():
    row = complaint_confirm(row=answered(), satisfaction=4, remark="满意", actor=user(MATE))
    assert (row.state, row.satisfaction) == ("confirmed", 4)
    assert row.confirmed_at == cast.CLOSED_AT
    with pytest.raises(ChangedMeanwhile):
        complaint_confirm(row=row, satisfaction=4, actor=user(MATE))


@pytest.mark.parametrize("mark", [0, 6, -1])
def test_satisfaction_is_1_to_5(mark):
    with pytest.raises(ComplaintRefused):
        complaint_confirm(row=answered(), satisfaction=mark, actor=user(MATE))


def test_not_solved_has_the_whole_time_again_and_stays_late():
    row = handled()
    with clock.set_to(at("2026-11-06 10:00")):
        row = complaint_answer(row=row, answer="已换货", actor=user(MATE))
        row = complaint_reopen(row=row, why="还是坏的", satisfaction=1, actor=user(MATE))
        assert (row.state, row.due_on, row.times_opened) == ("handled", date(2026, 11, 11), 2)
        assert row.satisfaction == 1
        row = complaint_answer(row=row, answer="又换了", actor=user(MATE))
        row = complaint_confirm(row=row, satisfaction=None, actor=user(MATE))
        assert row.in_time is False
        row = complaint_reopen(row=row, why="又坏了", actor=user(MATE))
        assert row.confirmed_at is None
    assert f"complaint/{row.pk}/customer/{row.version}" in told(SUPERVISOR)


def test_not_solved_after_the_handler_left_waits_to_be_assigned():
    row = answered()
    mate = person(MATE)
    mate.left_on = cast.CLOSED_AT.date() - timedelta(days=1)
    mate.save(update_fields=["left_on"])
    row = Complaint.objects.select_related("handler", "about", "taken_by").get(pk=row.pk)
    assert complaint_reopen(row=row, why="没修好", actor=user(SUPERVISOR)).state == "opened"


def test_an_after_sales_visit_is_recorded_with_it_once():
    file = customer("K9")
    row = handled(customer_name=file.name)
    for _n in range(2):
        made = complaint_visit(
            row=row, at=at("2026-11-02 08:30"), content="上门换件", by=person(MATE), actor=None
        )
    assert (made.kind, made.customer, Visit.objects.count()) == ("after-sales", file, 1)
    assert kinds(row) == ["assigned", "visit"]
    with pytest.raises(VisitRefused):
        complaint_visit(
            row=row, at=at("2026-11-02 09:01"), content="x", by=person(MATE), actor=None
        )
    with pytest.raises(ComplaintRefused):
        complaint_visit(
            row=handled(), at=at("2026-11-02 08:30"), content="x", by=person(MATE), actor=None
        )

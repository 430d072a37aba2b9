"""The customer's link: once, for 14 days, without a login, and nothing leaks (COM-1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from accounts.models import GuessRow
from core import clock
from customers.models import Complaint, ComplaintLink
from customers.services import (
    ChangedMeanwhile,
    LinkGone,
    complaint_confirm,
    complaint_reopen,
    link_answer,
    link_make,
)
from customers.services.complaint_links import token_of
from customers.tests.complaining import answered, handled, user
from tests import cast
from tests.cast import MATE, client_of


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


@pytest.fixture
def token():
    return token_of(link_make(row=answered(), actor=user(MATE)))


def address(token):
    return reverse("feedback", args=[token])


def phone(**headers):
    """A customer's telephone, which would rather read English."""
    return Client(headers={"accept-language": "en", **headers})


def body(answer):
    return answer.content.decode()


YES = {"solved": "yes", "satisfaction": "4", "remark": "谢谢"}


def test_it_says_the_line_and_the_company_and_nothing_else(token, settings):
    settings.COMPANY_NAME = "宁波某某公司"
    answer = phone().get(address(token))
    page = body(answer)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "zh-hans")
    assert "电话不接" in page
    assert "宁波某某公司" in page
    assert "问题解决了吗" in page
    for hers in ("吴伟", "韩娜", "沈芳强", "打了三次电话", "宁波大地", "已道歉", "<script", "<nav"):
        assert hers not in page
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_of_whoever_is_signed_in_it_knows_nothing(token):
    assert "陶洋" not in body(client_of(cast.MANAGER).get(address(token)))


def test_solved_confirms_once(token):
    assert "谢谢您" in body(phone().post(address(token), YES))
    row = Complaint.objects.get()
    assert (row.state, row.satisfaction) == ("confirmed", 4)
    step = row.steps.get(kind="confirmed")
    assert (step.by, step.text, step.satisfaction) == (None, "谢谢", 4)
    again = phone().post(address(token), {**YES, "satisfaction": "1"})
    assert again.status_code == 404
    assert Complaint.objects.get().satisfaction == 4


def test_not_solved_opens_it_again(token):
    answer = phone().post(address(token), {"solved": "no", "satisfaction": "1", "remark": ""})
    assert "继续处理" in body(answer)
    row = Complaint.objects.get()
    assert (row.state, row.satisfaction, row.times_opened) == ("handled", 1, 2)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"solved": "yes"},
        {"solved": "yes", "satisfaction": "6"},
        {"solved": "yes", "satisfaction": "NaN"},
        {"solved": "maybe", "satisfaction": "5"},
        {"solved": "yes", "satisfaction": "5", "remark": "x" * 501},
        {"solved": "yes", "satisfaction": "5", "remark": "a\x00b"},
    ],
)
def test_what_is_wrong_is_said_and_uses_nothing_up(token, said):
    answer = phone().post(address(token), said)
    if said:
        assert answer.status_code == 400
        assert "feedback-error" in body(answer)
    assert Complaint.objects.get().state == "answered"
    assert phone().get(address(token)).status_code == 200


def gone(token, **headers):
    answer = phone(**headers).get(address(token))
    assert answer.status_code == 404
    return body(answer)


def test_all_that_does_not_work_answers_alike(token):
    key = ComplaintLink.objects.get().key.hex
    forged = [
        f"{key}:x",
        key,
        "x",
        "%00",
        "；",
        token[:-1],
        f"{uuid4().hex}{token[32:]}",
        Signer(salt="accounts.link").sign(key),
        Signer(salt="customers.complaint").sign("x"),
        Signer(salt="customers.complaint").sign(uuid4().hex),
    ]
    pages = {gone(each) for each in forged}
    with clock.set_to(cast.CLOSED_AT + timedelta(days=14)):
        pages.add(gone(token))
    with clock.set_to(cast.CLOSED_AT + timedelta(days=14) - timedelta(seconds=1)):
        assert phone().get(address(token)).status_code == 200
    phone().post(address(token), YES)
    pages.add(gone(token))
    assert len(pages) == 1
    assert "电话不接" not in pages.pop()


def test_looking_uses_nothing_up_and_is_not_counted(token):
    for _n in range(12):
        assert phone().get(address(token)).status_code == 200
    assert not GuessRow.objects.exists()


def test_who_guesses_is_kept_out_even_with_a_right_one(token):
    for n in range(200):
        gone(f"{n}")
    assert GuessRow.objects.filter(kind="link").count() == 200
    assert "电话不接" not in gone(token)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(address(token)).status_code == 200
    with clock.set_to(cast.CLOSED_AT + timedelta(hours=1, seconds=1)):
        assert phone().get(address(token)).status_code == 200


def test_one_link_at_a_time():
    row = answered()
    first = link_make(row=row, actor=user(MATE))
    assert link_make(row=row, actor=user(MATE)) == first
    with clock.set_to(cast.CLOSED_AT + timedelta(days=14)):
        second = link_make(row=row, actor=user(MATE))
    assert second != first
    assert ComplaintLink.objects.filter(state="open").get() == second


def test_no_link_before_there_is_an_answer():
    with pytest.raises(ChangedMeanwhile):
        link_make(row=handled(), actor=user(MATE))


def test_what_was_settled_otherwise_closes_the_link():
    for settle in (
        lambda row: complaint_confirm(row=row, satisfaction=5, actor=user(MATE)),
        lambda row: complaint_reopen(row=row, why="x", actor=user(MATE)),
    ):
        row = answered()
        link = link_make(row=row, actor=user(MATE))
        settle(row)
        with pytest.raises(LinkGone):
            link_answer(token=token_of(link), satisfaction=5, solved=True, remark="")
        link.refresh_from_db()
        assert link.state == "withdrawn"

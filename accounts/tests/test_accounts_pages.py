"""Personnel's pages: who has an account, and links for those who need one."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.logins.rules import PAIR
from accounts.models import AccessLink, Person, User
from accounts.tests.door import (
    browser,
    guess,
    leave,
    needed_for,
    passwords_for_all,
    sign_in,
    user_of,
    with_second_factor,
)
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
    people_make,
)

pytestmark = pytest.mark.django_db
OTHERS = (SHE, SUPERVISOR, MANAGER, FINANCE, CASHIER, KEEPER, LEADER)


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()
    for number in ("Y051", "Y052"):
        newcomer(number)


def newcomer(number, **more):
    return Person.objects.create(
        employee_no=number,
        name=f"新人{number}",
        roles="salesperson",
        channel="field",
        hired_on=date(2026, 1, 1),
        **more,
    )


def pk_of(number):
    return Person.objects.get(employee_no=number).pk


def seen():
    return AccessLink.objects.order_by("-id").values_list("id", flat=True).first() or 0


def rows(client, **query):
    page = client.get(reverse("logins"), query)
    assert page.status_code == 200
    return [row.record.employee_no for row in page.context["table"].rows]


def ask(client, *numbers, **more):
    sent = {"people": [pk_of(number) for number in numbers], "seen": seen(), **more}
    return client.post(reverse("login_links"), sent)


def upload(client, text, name="工号.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("login_links_file"), {"file": file, "seen": seen()}, follow=True)


def test_the_list_says_who_has_an_account_and_how_it_stands():
    leave(MATE, date(2026, 1, 31))
    with_second_factor(SHE)
    User.objects.filter(username=STRANGER).update(is_active=False)
    guess(browser(), FINANCE, PAIR.tries)
    client = client_of(PERSONNEL)
    ask(client, "Y052")
    assert rows(client, state="none") == ["Y051"]
    assert rows(client, state="invited") == ["Y052"]
    assert rows(client, state="left") == [MATE]
    assert rows(client, state="off") == [STRANGER]
    assert rows(client, state="locked") == [FINANCE]
    assert SHE in rows(client, state="active")
    assert rows(client, q="y001") == [SHE]
    assert rows(client, q="吴") == [SHE]
    assert rows(client, q="no such") == []
    assert len(rows(client, state="nonsense", page="999999999999", sort="-nothing")) == 13
    page = client.get(reverse("logins"), {"q": SHE}).content.decode()
    assert "on</td>" in page.replace("\n", "").replace(" ", "")


def test_an_expired_link_is_called_one():
    client = client_of(PERSONNEL)
    ask(client, "Y051")
    AccessLink.objects.update(made_at="2026-01-01T00:00Z", expires_at="2026-01-08T00:00Z")
    assert "link expired" in client.get(reverse("logins"), {"q": "Y051"}).content.decode()


def test_a_fragment_is_a_fragment():
    page = client_of(PERSONNEL).get(reverse("logins"), headers={"hx-request": "true"})
    assert b"<html" not in page.content
    assert b'id="found"' in page.content


def test_the_list_asks_as_often_for_many_as_for_few():
    client = client_of(PERSONNEL)
    asked = []
    for start in (200, 300):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("logins"))
        asked.append(len(queries))
        for number in range(start, start + 40):
            newcomer(f"Y{number}")
    assert asked[0] == asked[1] <= 11, queries.captured_queries


def test_links_for_those_ticked_are_shown_once_and_printed_a_slip_each():
    client = client_of(PERSONNEL)
    page = ask(client, "Y051", "Y052")
    text = page.content.decode()
    assert text.count('class="slip"') == 2
    assert text.count("data:image/svg+xml;base64,") == 2
    assert "data-copy" in text
    assert "style=" not in text
    assert "no-store" in page.headers["Cache-Control"]
    links = [each["url"] for each in page.context["slips"]]
    for url in links:
        assert browser().get(url).status_code == 200
        path = url.removeprefix("http://testserver")
        assert path not in client.get(reverse("logins")).content.decode()
        assert path not in client.get(reverse("login_of", args=["Y051"])).content.decode()


def test_links_for_all_without_an_account():
    newcomer("Y053", left_on=date(2026, 1, 31))
    page = ask(client_of(PERSONNEL), everybody="on")
    assert [each["slip"].person.employee_no for each in page.context["slips"]] == ["Y051", "Y052"]
    again = ask(client_of(PERSONNEL), everybody="on")
    assert "Everybody has an account" in again.content.decode()


def test_nobody_ticked_is_said():
    page = client_of(PERSONNEL).post(reverse("login_links"), {"seen": 0}, follow=True)
    assert "Choose at least one row" in page.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"people": ["x"], "seen": "0"},
        {"people": ["9" * 40], "seen": "0"},
        {"people": ["-1"], "seen": "0"},
        {"people": ["1"], "seen": "9" * 40},
        {"people": ["1"], "seen": ""},
        {"people": ["1\x00"], "seen": "\x00"},
    ],
)
def test_nonsense_makes_nothing(sent):
    assert client_of(PERSONNEL).post(reverse("login_links"), sent).status_code == 302
    assert not AccessLink.objects.exists()


def test_the_same_form_again_makes_nothing():
    client, known = client_of(PERSONNEL), seen()
    ask(client, "Y051", seen=known)
    page = ask(client, "Y051", seen=known)
    assert "meanwhile" in page.content.decode()
    assert AccessLink.objects.count() == 1


def test_one_persons_page():
    client = client_of(PERSONNEL)
    with_second_factor(SHE)
    page = client.get(reverse("login_of", args=[SHE])).content.decode()
    assert "Reset the second factor" in page
    own = client.get(reverse("login_of", args=[PERSONNEL])).content.decode()
    assert "change the password" in own
    assert "Make a link" not in own
    assert client.get(reverse("login_of", args=["Y999"])).status_code == 404
    for number in ("Y051", MATE):
        assert client.get(reverse("login_of", args=[number])).status_code == 200


@pytest.mark.parametrize("number", OTHERS)
def test_the_pages_are_personnels(number):
    client = client_of(number)
    for url in (reverse("logins"), reverse("login_of", args=[STRANGER])):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "personnel" in answer.content.decode()
    assert ask(client, STRANGER).status_code == 403
    file = SimpleUploadedFile("a.csv", b"Y003\n")
    sent = {"file": file, "seen": 0}
    assert client.post(reverse("login_links_file"), sent).status_code == 403
    assert client.post(reverse("second_factor_reset", args=[STRANGER])).status_code == 403
    assert not AccessLink.objects.exists()
    assert user_of(STRANGER).has_usable_password()


def test_without_signing_in_nothing_opens():
    for url in (reverse("logins"), reverse("login_of", args=[SHE]), reverse("my_sign_in")):
        assert browser().get(url).headers["Location"].startswith(reverse("login"))
    for name in ("login_links", "login_links_file", "others_sign_out"):
        assert browser().post(reverse(name)).headers["Location"].startswith(reverse("login"))
        assert client_of(PERSONNEL).get(reverse(name)).status_code == 405


def test_the_menu_leads_personnel_there_and_nobody_else():
    assert reverse("logins") in client_of(PERSONNEL).get(reverse("my_sign_in")).content.decode()
    assert reverse("logins") not in client_of(SHE).get(reverse("my_sign_in")).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "工号,邮箱\nY051,a@example.com\nY052\n",
        "employee_no\nY051\nY052\n",
        "Y051, A@example.com\n\nＹ０５２,\n",
        "工号\nY051\nY052".encode("gb18030"),
    ],
)
def test_by_file(text):
    page = upload(client_of(PERSONNEL), text)
    assert [each["slip"].person.employee_no for each in page.context["slips"]] == ["Y051", "Y052"]
    assert User.objects.get(username="Y051").email.lower() in ("a@example.com", "")


def test_by_workbook():
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["工号", "邮箱"], ["Y051", "a@example.com"], ["Y052", None]):
        book.active.append(row)
    book.save(file)
    page = upload(client_of(PERSONNEL), file.getvalue(), "名单.xlsx")
    assert len(page.context["slips"]) == 2
    assert user_of("Y051").email == "a@example.com"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names nobody"),
        ("工号\n", "names nobody"),
        ("Y051\nY999\n", "Line 2: unknown employee: Y999"),
        ("Y051\nY051\n", "stands twice"),
        ("Y051,x\n", "no e-mail address"),
        ("Y051,a@b.cn\nY052,A@b.cn\n", "stands twice"),
        ("Y051\nY0\x0052\n", "Line 2"),
        ('Y051\n"Y052\n', "quote"),
        ("Y051\n" * 501, "divide it"),
        (b"PK\x03\x04rubbish", "workbook"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_file_with_anything_wrong_makes_nothing(text, told):
    page = upload(client_of(PERSONNEL), text)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert not AccessLink.objects.exists()
    assert not User.objects.filter(username="Y051").exists()


def test_an_e_mail_of_another_in_a_file_is_said_and_the_others_get_theirs():
    User.objects.filter(username=MATE).update(email="han@example.com")
    page = upload(client_of(PERSONNEL), "Y051,han@example.com\nY052\n")
    assert [each["slip"].person.employee_no for each in page.context["slips"]] == ["Y052"]
    assert "another" in page.content.decode()
    assert not User.objects.filter(username="Y051").exists()


def test_a_slip_for_somebody_who_was_active_ends_their_sessions():
    hers = browser()
    sign_in(hers, SHE)
    ask(client_of(PERSONNEL), SHE)
    assert hers.get(reverse("my_sign_in")).status_code == 302


def test_who_needs_a_second_factor_first_needs_one_here_too():
    needed_for("admin")
    assert client_of(PERSONNEL).get(reverse("logins")).status_code == 302
    assert ask(client_of(PERSONNEL), "Y051").status_code == 302
    assert not AccessLink.objects.exists()

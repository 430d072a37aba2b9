"""Sessions end: when somebody leaves, when the password changes, when they are told to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Device, Person
from accounts.services import login_set
from accounts.tests.door import (
    ELSEWHERE,
    PASSWORD,
    browser,
    is_in,
    leave,
    passwords_for_all,
    sign_in,
    user_of,
)
from core import clock
from core.models import AuditRow
from core.services import sources_load
from core.tables.folder import contents_of
from tests.builders import at
from tests.cast import MATE, SHE, STRANGER, client_of, people_make

pytestmark = pytest.mark.django_db
MINE = "my_sign_in"
NEW = "autumn-leaf-77"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 MicroMessenger/8.0.49"


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()


def signed_in(number=SHE, **more):
    client = browser(**more)
    sign_in(client, number)
    assert is_in(client)
    return client


def is_let_in(client):
    return client.get(reverse(MINE)).status_code == 200


def test_the_day_after_the_last_day_the_session_is_over():
    leave(SHE, at("2026-11-10 12:00").date())
    with clock.set_to(at("2026-11-10 23:59")):
        client = signed_in()
        assert is_let_in(client)
    with clock.set_to(at("2026-11-11 00:00")):
        assert not is_let_in(client)
        again = browser()
        sign_in(again, SHE)
        assert not is_in(again)


def test_also_where_a_file_says_so(tmp_path):
    client = signed_in()
    file = tmp_path / "people.csv"
    file.write_text(
        "employee_no,name,roles,team,supervisor_no,channel,hired_on,left_on,base_salary\n"
        "Y001,吴伟,salesperson,销售1组,Z001,field,2024-01-01,2026-01-31,3600.00\n",
        encoding="utf-8",
    )
    loads = sources_load(sources=contents_of([file]).sources)
    assert [load.reasons for load in loads] == [[]]
    assert not is_let_in(client)
    fragment = client.get(reverse(MINE), headers={"hx-request": "true"})
    assert "HX-Redirect" in fragment.headers


def test_come_back_one_comes_in_again():
    leave(SHE, at("2026-01-10 12:00").date())
    Person.objects.filter(employee_no=SHE).update(left_on=None)
    signed_in()


def test_a_new_password_ends_the_others_and_not_ones_own():
    here, there = signed_in(), signed_in(address=ELSEWHERE)
    sent = {"current_password": PASSWORD, "new_password": NEW, "again": NEW}
    assert here.post(reverse("password"), sent).status_code == 302
    assert is_let_in(here)
    assert not is_let_in(there)
    page = here.get(reverse(MINE)).content.decode()
    assert "this one" in page
    assert AuditRow.objects.filter(action="password").count() == 1
    other = browser()
    sign_in(other, SHE, NEW)
    assert is_in(other)


@pytest.mark.parametrize(
    ("current", "new", "again"),
    [
        ("wrong", NEW, NEW),
        (PASSWORD, NEW, "another-one-1"),
        (PASSWORD, "12345678", "12345678"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "", ""),
        (PASSWORD, f"{NEW}\x00", f"{NEW}\x00"),
        ("", NEW, NEW),
    ],
)
def test_what_is_no_password_changes_nothing(current, new, again):
    client = signed_in()
    sent = {"current_password": current, "new_password": new, "again": again}
    assert client.post(reverse("password"), sent).status_code == 200
    assert user_of(SHE).check_password(PASSWORD)


def test_a_password_set_by_the_program_ends_sessions_too():
    client = signed_in()
    login_set(employee_no=SHE, password=NEW)
    assert not is_let_in(client)


def test_where_one_is_signed_in():
    desk = signed_in(HTTP_USER_AGENT=CHROME)
    signed_in(address=ELSEWHERE, HTTP_USER_AGENT=WECHAT)
    signed_in(MATE, address="192.0.2.99")
    page = desk.get(reverse(MINE)).content.decode()
    for told in ("Chrome · Windows", "WeChat · Android", ELSEWHERE, "203.0.113.5"):
        assert told in page
    assert "192.0.2.99" not in page


def test_one_device_is_signed_out():
    here, there = signed_in(), signed_in(address=ELSEWHERE)
    other = Device.objects.get(address=ELSEWHERE)
    here.post(reverse("device_sign_out", args=[other.pk]))
    assert is_let_in(here)
    assert not is_let_in(there)
    assert here.post(reverse("device_sign_out", args=[other.pk])).status_code == 404


def test_nobody_signs_another_out():
    hers = signed_in()
    row = Device.objects.get()
    for number in (MATE, STRANGER, "H001"):
        assert client_of(number).post(reverse("device_sign_out", args=[row.pk])).status_code == 404
    assert is_let_in(hers)


def test_all_others_are_signed_out():
    here, there, third = signed_in(), signed_in(address=ELSEWHERE), client_of(SHE)
    mates = signed_in(MATE)
    here.post(reverse("others_sign_out"))
    assert is_let_in(here)
    assert is_let_in(mates)
    assert not is_let_in(there)
    assert not is_let_in(third)
    assert here.get(reverse(MINE)).content.decode().count("this one") == 1


def test_a_session_that_is_over_is_not_shown():
    client = signed_in()
    signed_in(address=ELSEWHERE).post(reverse("logout"))
    assert ELSEWHERE not in client.get(reverse(MINE)).content.decode()


def test_the_same_browser_again_is_the_same_device():
    client = signed_in()
    for _again in range(3):
        client.post(reverse("logout"))
        sign_in(client, SHE)
    assert Device.objects.count() == 1


def test_the_cookie_of_the_device_is_signed_and_not_for_scripts():
    cookie = signed_in().cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie.value.count(":") == 2


def test_the_e_mail_is_changed_with_the_password_alone():
    client = signed_in()
    url = reverse("email")
    client.post(url, {"email": "wu@example.com", "current_password": "wrong"})
    assert user_of(SHE).email == ""
    client.post(url, {"email": "wu@example.com", "current_password": PASSWORD})
    assert user_of(SHE).email == "wu@example.com"
    mate = signed_in(MATE)
    page = mate.post(url, {"email": "WU@example.com", "current_password": PASSWORD})
    assert "cannot be used here" in page.content.decode()
    assert user_of(MATE).email == ""
    assert AuditRow.objects.get(action="e-mail").changes == {"email": ["", "wu@example.com"]}


def test_old_tries_are_thrown_away(django_assert_max_num_queries):
    from accounts.models import GuessRow

    GuessRow.objects.create(kind="password", account="x", at=clock.now() - timedelta(days=2))
    signed_in()
    assert not GuessRow.objects.exists()


def test_signing_in_asks_the_database_a_bounded_number_of_times(django_assert_max_num_queries):
    client = browser()
    with django_assert_max_num_queries(30):
        sign_in(client, SHE)
    with django_assert_max_num_queries(6):
        client.get(reverse(MINE))

"""The second factor: asked for, good once, needed by role."""

import base64
import time
from urllib.parse import unquote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.logins.second_factor import (
    Changed,
    factor_check,
    factor_reset,
    factor_set_up,
    rule_set,
)
from accounts.models import SecondFactorRule
from accounts.tests.door import (
    PASSWORD,
    SECRET,
    browser,
    code_of,
    give_code,
    is_in,
    needed_for,
    passwords_for_all,
    sign_in,
    user_of,
    with_second_factor,
    wrong_code,
)
from core.models import AuditRow
from tests.cast import FINANCE, LEADER, MANAGER, PERSONNEL, SHE, client_of, people_make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()


def key_on(page) -> str:
    return page.context["form"].secret


def test_set_up_asked_for_and_given():
    client = browser()
    sign_in(client, FINANCE)
    page = client.get(reverse("second_factor_setup"))
    picture = page.context["picture"]
    assert picture.startswith("data:image/svg+xml;base64,")
    assert b"<svg" in base64.b64decode(picture.split(",")[1])
    assert "style=" not in page.content.decode()
    done = client.post(reverse("second_factor_setup"), {"code": code_of(secret=key_on(page))})
    assert len(done.context["codes"]) == 10
    for code in done.context["codes"]:
        assert code in done.content.decode()
    saved = unquote(done.content.decode().split("charset=utf-8,")[1].split('"')[0])
    assert saved.split() == done.context["codes"]
    assert "no-store" in done.headers["Cache-Control"]

    another = browser()
    assert sign_in(another, FINANCE).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(another)
    assert another.get(reverse("home")).headers["Location"].startswith(reverse("login"))
    give_code(another, wrong_code())
    assert not is_in(another)
    give_code(another, code_of(1, secret=key_on(page)))
    assert is_in(another)


def test_a_wrong_first_code_sets_nothing_up():
    client = browser()
    sign_in(client, FINANCE)
    client.get(reverse("second_factor_setup"))
    for code in ("000000", "", "\x00", "１２３", "x" * 50):
        assert client.post(reverse("second_factor_setup"), {"code": code}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_code_is_good_once():
    with_second_factor(SHE)
    code = code_of()
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, SHE)
        give_code(client, code)
    assert is_in(first)
    assert not is_in(second)
    with time_machine.travel(time.time() + 30):
        assert give_code(second, code).status_code == 200  # still within the time it is shown
        assert not is_in(second)
        give_code(second, code_of())
    assert is_in(second)


def test_the_code_that_set_it_up_is_used_up():
    user = user_of(SHE)
    factor_set_up(user=user, secret=SECRET, step=int(time.time()) // 30)
    assert factor_check(user=user, code=code_of()) is None
    assert factor_check(user=user, code=code_of(1)) is not None


def test_an_older_code_is_no_good_after_a_newer_one():
    with_second_factor(SHE)
    assert factor_check(user=user_of(SHE), code=code_of())
    assert factor_check(user=user_of(SHE), code=code_of(-1)) is None


def test_a_recovery_code_is_good_once():
    codes = with_second_factor(SHE)
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, SHE)
        give_code(client, codes[3])
    assert is_in(first)
    assert not is_in(second)
    give_code(second, codes[4])
    assert is_in(second)
    assert "8 recovery codes are left" in second.get(reverse("my_sign_in")).content.decode()
    assert AuditRow.objects.filter(action="recovery code").count() == 2


def test_on_to_the_page_asked_for():
    with_second_factor(SHE)
    client = browser()
    sign_in(client, SHE, next="/me/sign-in/")
    assert give_code(client, code_of()).headers["Location"] == "/me/sign-in/"


def test_without_a_password_there_is_no_asking_for_a_code():
    client = browser()
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == reverse("login")


def test_nobody_is_asked_by_default():
    for number in (PERSONNEL, FINANCE, MANAGER, LEADER, SHE):
        client = browser()
        sign_in(client, number)
        assert client.get(reverse("my_sign_in")).status_code == 200


PAGES = ("/months/", "/months/2026-10/export/statements.csv", "/me/sign-in/", "/jobs/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("number", [FINANCE, MANAGER])
def test_a_role_that_needs_one_is_led_to_it_before_anything_else(number, address):
    needed_for("finance", "manager")
    client = client_of(number)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("second_factor_setup")
    fragment = client.get(
        address, headers={"hx-request": "true", "hx-current-url": "http://testserver/"}
    )
    assert fragment.headers["HX-Redirect"] == reverse("second_factor_setup")
    assert fragment.content == b""
    assert client.post("/months/2026-11/close/").headers["Location"] == reverse(
        "second_factor_setup"
    )


def test_others_go_on():
    needed_for("finance")
    assert client_of(MANAGER).get("/months/").status_code == 200
    assert client_of(SHE).get(reverse("my_sign_in")).status_code == 200


def test_once_set_up_all_pages_open_and_signing_out_always_does():
    needed_for("finance")
    client = client_of(FINANCE)
    page = client.get(reverse("second_factor_setup"))
    assert "Your role needs" in page.content.decode()
    client.post(reverse("second_factor_setup"), {"code": code_of(secret=key_on(page))})
    assert client.get("/months/").status_code == 200
    other = client_of(FINANCE)
    assert other.post(reverse("logout")).headers["Location"] == reverse("login")


def test_a_session_from_before_has_to_sign_in_again():
    client = client_of(FINANCE)
    with_second_factor(FINANCE)
    assert client.get("/months/").status_code == 200  # nobody asks for it yet
    needed_for("finance")
    assert client.get("/months/").headers["Location"] == "/login/?next=%2Fmonths%2F"
    assert not is_in(client)
    sign_in(client, FINANCE)
    give_code(client, code_of())
    assert client.get("/months/").status_code == 200


def test_turned_off_it_is_asked_for_again_where_needed():
    needed_for("finance")
    with_second_factor(FINANCE)
    client = browser()
    sign_in(client, FINANCE)
    give_code(client, code_of())
    off = reverse("second_factor_off")
    assert client.post(off, {"current_password": "wrong"}).status_code == 200
    assert Authenticator.objects.count() == 2
    client.post(off, {"current_password": PASSWORD})
    assert not Authenticator.objects.exists()
    assert client.get("/months/").headers["Location"] == reverse("second_factor_setup")


def test_new_recovery_codes_end_the_old_ones():
    old = with_second_factor(SHE)
    client = client_of(SHE)
    page = client.post(reverse("recovery_codes"), {"current_password": PASSWORD})
    assert set(page.context["codes"]).isdisjoint(old)
    assert factor_check(user=user_of(SHE), code=old[0]) is None
    assert factor_check(user=user_of(SHE), code=page.context["codes"][0])


def test_no_recovery_codes_without_a_second_factor():
    client = client_of(SHE)
    page = client.post(reverse("recovery_codes"), {"current_password": PASSWORD}, follow=True)
    assert "No second factor is set up" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_set_up_twice_at_once_is_set_up_once():
    with_second_factor(SHE)
    with pytest.raises(Changed):
        with_second_factor(SHE)


def test_personnel_resets_a_lost_one():
    with_second_factor(SHE)
    hers = browser()
    sign_in(hers, SHE)
    give_code(hers, code_of())
    client_of(PERSONNEL).post(reverse("second_factor_reset", args=[SHE]))
    assert not Authenticator.objects.exists()
    assert hers.get(reverse("my_sign_in")).status_code == 302  # whoever found the phone is out
    row = AuditRow.objects.get(action="second factor reset")
    assert row.actor == user_of(PERSONNEL)
    assert SHE in row.subject
    sign_in(hers, SHE)
    assert is_in(hers)


def test_nobody_resets_their_own():
    with_second_factor(PERSONNEL)
    answer = client_of(PERSONNEL).post(reverse("second_factor_reset", args=[PERSONNEL]))
    assert answer.status_code == 403
    assert "of their own" in answer.content.decode()
    assert Authenticator.objects.count() == 2


def test_only_personnel_resets():
    from django.core.exceptions import PermissionDenied

    with_second_factor(SHE)
    for number in (LEADER, MANAGER, SHE):
        with pytest.raises(PermissionDenied):
            factor_reset(actor=user_of(number), user=user_of(SHE))
        assert client_of(number).post(reverse("second_factor_reset", args=[SHE])).status_code == 403
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("number", [PERSONNEL, LEADER])
def test_personnel_and_the_leader_say_who_needs_one(number):
    client = client_of(number)
    page = client.get(reverse("second_factor_rule"))
    sent = {"roles": ["finance", "manager"], "version": page.context["form"]["version"].value()}
    client.post(reverse("second_factor_rule"), sent)
    assert SecondFactorRule.objects.get().roles == "finance+manager"
    assert AuditRow.objects.get(action="second factor rule").changes == {
        "roles": ["", "finance+manager"]
    }
    assert client_of(FINANCE).get("/months/").status_code == 302


def test_the_rule_is_not_overwritten_unseen():
    rule_set(actor=user_of(LEADER), roles=["leader"], version=0)
    with pytest.raises(Changed):
        rule_set(actor=user_of(PERSONNEL), roles=[], version=0)
    assert SecondFactorRule.objects.get().roles == "leader"


@pytest.mark.parametrize("number", [FINANCE, MANAGER, SHE])
def test_others_do_not_say_who_needs_one(number):
    client = client_of(number)
    assert client.get(reverse("second_factor_rule")).status_code == 403
    sent = {"roles": [], "version": 0}
    assert client.post(reverse("second_factor_rule"), sent).status_code == 403


def test_roles_that_are_none_are_refused():
    sent = {"roles": ["salesperson", "x"], "version": 0}
    assert client_of(LEADER).post(reverse("second_factor_rule"), sent).status_code == 200
    assert not SecondFactorRule.objects.exists()


def test_a_page_costs_no_query_more(django_assert_num_queries):
    needed_for("manager")
    client = client_of(FINANCE)
    with django_assert_num_queries(2):  # the session, and the user with person and what is needed
        client.get(reverse("login"))

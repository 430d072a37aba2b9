"""No answer says whether an account exists."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import tasks
from accounts.logins.letters import letter_send
from accounts.models import User
from accounts.tests.door import (
    ELSEWHERE,
    browser,
    is_in,
    leave,
    passwords_for_all,
    sign_in,
    user_of,
    with_second_factor,
)
from tests.cast import MATE, SHE, STRANGER, people_make

pytestmark = pytest.mark.django_db
HER_EMAIL = "wu@example.com"


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()
    User.objects.filter(username=SHE).update(email=HER_EMAIL)


def never_set(number):
    user = user_of(number)
    user.set_unusable_password()
    user.save()


CASES = {
    "wrong password": lambda: (SHE, "a wrong password"),
    "wrong password, by e-mail": lambda: (HER_EMAIL, "a wrong password"),
    "unknown e-mail": lambda: ("nobody@example.com", "a wrong password"),
    "left": lambda: (leave(MATE, date(2026, 1, 31)), (MATE, "spring-rain-42"))[1],
    "no password yet": lambda: (never_set(MATE), (MATE, "spring-rain-42"))[1],
    "switched off": lambda: (
        User.objects.filter(username=MATE).update(is_active=False),
        (MATE, "spring-rain-42"),
    )[1],
    "with a second factor": lambda: (with_second_factor(MATE), (MATE, "a wrong password"))[1],
}


def answer_to(number, password):
    client = browser()
    answer = sign_in(client, number, password)
    assert not is_in(client)
    page = answer.content.replace(number.encode(), b"")
    headers = {k: v for k, v in answer.headers.items() if k not in ("X-Request-ID",)}
    headers.pop("Content-Length", None)
    return answer.status_code, page, sorted(headers), sorted(answer.cookies)


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_that_to_an_unknown_account(case):
    assert answer_to(*CASES[case]()) == answer_to("Y999", "a wrong password")


@pytest.mark.parametrize("case", CASES)
def test_a_password_is_hashed_in_any_case(case, monkeypatch):
    """What takes the time is done for each, once."""
    number, password = CASES[case]()
    hashed = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    true = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a, **k: (hashed.append(1), true(*a, **k))[1]
    )
    sign_in(browser(), number, password)
    one, hashed[:] = len(hashed), []
    sign_in(browser(), "Y999", password)
    assert one == len(hashed) == 1


@pytest.mark.parametrize("case", CASES)
def test_the_database_is_asked_as_much(case):
    number, password = CASES[case]()
    asked = []
    for typed in (number, "nobody@example.com" if "@" in number else "Y999"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sign_in(browser(ELSEWHERE), typed, password)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8


def test_by_e_mail_one_comes_in_whatever_its_capitals():
    client = browser()
    sign_in(client, "Wu@Example.com")
    assert is_in(client)


def test_two_logins_have_no_e_mail_in_common():
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(username=MATE).update(email="WU@example.com")
    User.objects.filter(username__in=[MATE, STRANGER]).update(email="")  # none is not in common


@pytest.fixture
def asked_for(monkeypatch):
    """What the page asks the workers to send."""
    sent = []
    monkeypatch.setattr(tasks.letter, "delay", lambda *args: sent.append(args))
    return sent


def ask(email, **more):
    return browser(**more).post(reverse("forgotten"), {"email": email})


def test_the_page_of_the_forgotten_password_says_the_same(asked_for):
    leave(MATE, date(2026, 1, 31))
    User.objects.filter(username=MATE).update(email="han@example.com")
    answers = {
        (answer.status_code, answer.content)
        for answer in map(ask, [HER_EMAIL, "nobody@example.com", "han@example.com"])
    }
    assert len(answers) == 1
    assert [args[0] for args in asked_for] == [HER_EMAIL, "nobody@example.com", "han@example.com"]
    assert mail.outbox == []  # not by the page itself: it would take longer


def test_the_letter_goes_to_whoever_works_here_alone():
    leave(MATE, date(2026, 1, 31))
    User.objects.filter(username=MATE).update(email="han@example.com")
    for email in ("nobody@example.com", "han@example.com", "Y001", ""):
        assert not letter_send(email=email, address="https://sales.example.com", language="en")
    assert letter_send(email=HER_EMAIL, address="https://sales.example.com", language="zh-hans")
    assert [letter.to for letter in mail.outbox] == [[HER_EMAIL]]
    assert "https://sales.example.com/link/" in mail.outbox[0].body


def test_asking_for_a_letter_signs_nobody_out_and_changes_no_password(asked_for):
    hers = browser()
    sign_in(hers, SHE)
    letter_send(email=HER_EMAIL, address="https://sales.example.com", language="en")
    assert hers.get(reverse("my_sign_in")).status_code == 200
    again = browser()
    sign_in(again, SHE)
    assert is_in(again)


@pytest.mark.parametrize("email", [HER_EMAIL, "nobody@example.com"])
def test_letters_are_limited(asked_for, email):
    answers = [ask(email, address=f"192.0.2.{n}").status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert len(asked_for) == 3


def test_there_is_no_signing_up():
    from allauth.account.adapter import get_adapter
    from django.urls import NoReverseMatch

    assert get_adapter().is_open_for_signup(None) is False
    for name in ("account_signup", "account_email", "account_reset_password", "mfa_index"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for address in ("/signup/", "/accounts/signup/", "/accounts/email/", "/accounts/social/"):
        assert browser().get(address).status_code in (302, 404)


def test_what_is_kept_waiting_does_not_tell_whose_an_e_mail_is():
    """Five at the address, then one at the number: no different from an address of nobody's."""
    answers = []
    for email, address in ((HER_EMAIL, "192.0.2.1"), ("nobody@example.com", "192.0.2.2")):
        client = browser(address)
        for _try in range(5):
            sign_in(client, email, "wrong")
        assert sign_in(client, email, "wrong").status_code == 429
        answers.append(sign_in(client, SHE, "wrong").status_code)
    assert answers == [200, 200]


def test_coming_in_by_either_name_forgets_the_mistakes_at_both():
    client = browser()
    for _round in range(2):
        for _try in range(4):
            sign_in(client, HER_EMAIL, "wrong")
        sign_in(client, SHE)
        assert is_in(client)
        client.post(reverse("logout"))

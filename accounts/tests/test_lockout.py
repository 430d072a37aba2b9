"""Who guesses is slowed down; who is guessed at comes in."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import reverse

from accounts.logins.limiter import guess_charge
from accounts.logins.rules import ACCOUNT, ADDRESS, CODE, DEVICE, PAIR, PASSWORD
from accounts.models import GuessRow
from accounts.tests.door import (
    ELSEWHERE,
    OFFICE,
    browser,
    code_of,
    give_code,
    guess,
    is_in,
    passwords_for_all,
    sign_in,
    with_second_factor,
    wrong_code,
)
from accounts.tests.door import (
    PASSWORD as RIGHT,
)
from core import clock
from tests.builders import at
from tests.cast import MATE, SHE, people_make

pytestmark = pytest.mark.django_db
NOW = at("2026-11-02 09:00")


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()


def test_after_five_the_right_one_has_to_wait_too_and_is_told_how_long():
    stranger = browser()
    with clock.set_to(NOW):
        assert guess(stranger, SHE, PAIR.tries).status_code == 200
    with clock.set_to(NOW + timedelta(minutes=4, seconds=30)):
        answer = sign_in(stranger, SHE)
    assert answer.status_code == 429
    assert "Wait 11 minutes" in answer.content.decode()
    assert not is_in(stranger)
    with clock.set_to(NOW + timedelta(minutes=15)):
        sign_in(stranger, SHE)
    assert is_in(stranger)


def test_it_is_said_in_chinese():
    client = browser()
    guess(client, SHE, PAIR.tries)
    page = client.post(
        reverse("login"),
        {"username": SHE, "password": RIGHT},
        headers={"accept-language": "zh-hans"},
    ).content.decode()
    assert "15 分钟" in page


def test_a_stranger_who_hammers_keeps_her_out_neither_elsewhere_nor_on_her_own_device():
    hers = browser(OFFICE)
    sign_in(hers, SHE)
    hers.post(reverse("logout"))
    assert guess(browser(OFFICE), SHE, 60).status_code == 429
    new = browser(ELSEWHERE)
    sign_in(new, SHE)
    assert is_in(new)
    sign_in(hers, SHE)
    assert is_in(hers)  # from the very address of whoever hammers


def test_thousands_of_addresses_against_one_account_are_slowed_but_she_is_not():
    at_home, device = browser("198.51.100.77"), browser("198.51.100.78")
    sign_in(at_home, SHE)
    sign_in(device, SHE)
    answers = [guess(browser(f"192.0.2.{n}"), SHE, 1).status_code for n in range(60)]
    assert answers.count(200) == ACCOUNT.tries
    newcomer = browser("192.0.2.200")
    assert sign_in(newcomer, SHE).status_code == 429
    # A device of hers from anywhere, and a new browser from where she was before.
    device.post(reverse("logout"))
    device.defaults["REMOTE_ADDR"] = "192.0.2.201"
    sign_in(device, SHE)
    assert is_in(device)
    another = browser("198.51.100.77")
    sign_in(another, SHE)
    assert is_in(another)


def test_thirty_people_of_one_office_who_mistype_are_not_locked():
    office = browser(OFFICE)
    for number in range(30):
        assert guess(office, f"Y1{number:02}", 4).status_code == 200
    sign_in(office, SHE)
    assert is_in(office)


def test_one_address_against_everybody_is_slowed():
    stranger = browser(ELSEWHERE)
    rows = [
        GuessRow(kind=PASSWORD, account=f"y{n}", address=ELSEWHERE) for n in range(ADDRESS.tries)
    ]
    GuessRow.objects.bulk_create(rows)
    assert guess(stranger, "Y777", 1).status_code == 429


def test_an_account_of_ones_own_pays_for_no_guesses():
    client = browser()
    for _round in range(3):
        guess(client, SHE, 2)
        sign_in(client, MATE)
        client.post(reverse("logout"))
    assert sign_in(client, SHE).status_code == 429


def test_the_right_password_forgets_ones_own_mistakes():
    client = browser()
    for _round in range(3):
        guess(client, SHE, PAIR.tries - 1)
        sign_in(client, SHE)
        assert is_in(client)
        client.post(reverse("logout"))


def test_a_known_device_guesses_no_more_than_its_own_limit():
    hers = browser()
    sign_in(hers, SHE)
    hers.post(reverse("logout"))
    assert guess(hers, SHE, DEVICE.tries).status_code == 200
    assert guess(hers, SHE, 1).status_code == 429


def test_a_device_cookie_made_up_or_of_another_account_helps_nothing():
    mates = browser()
    sign_in(mates, MATE)
    mates.post(reverse("logout"))
    guess(mates, SHE, PAIR.tries)
    assert sign_in(mates, SHE).status_code == 429
    mates.cookies["device"] = "something:else:entirely"
    assert sign_in(mates, SHE).status_code == 429


def test_number_capitals_blanks_and_full_width_letters_are_one_account():
    client = browser()
    for typed in (SHE, " y001", "Ｙ００１", "Y001 ", "y001"):
        assert sign_in(client, typed, "wrong").status_code == 200
    assert sign_in(client, SHE).status_code == 429


def test_full_width_digits_come_in():
    client = browser()
    sign_in(client, "Ｙ００１")
    assert is_in(client)


def test_an_unknown_account_is_kept_waiting_in_the_same_words():
    known, unknown = browser(), browser()
    for client, number in ((known, "Y001"), (unknown, "Y999")):
        guess(client, number, PAIR.tries)
    with clock.set_to(clock.now()):
        pages = [
            sign_in(client, number, "wrong").content.replace(number.encode(), b"")
            for client, number in ((known, "Y001"), (unknown, "Y999"))
        ]
    assert pages[0] == pages[1]


def test_what_x_forwarded_for_says_is_not_believed():
    guessed = [
        browser().post(
            reverse("login"),
            {"username": SHE, "password": "wrong"},
            headers={"x-forwarded-for": f"192.0.2.{n}"},
        )
        for n in range(PAIR.tries + 1)
    ]
    assert guessed[-1].status_code == 429


def test_codes_are_limited_and_the_password_does_not_reset_them():
    with_second_factor(SHE)
    client = browser()
    for _round in range(PAIR.tries):
        sign_in(client, SHE)
        assert give_code(client, wrong_code()).status_code == 200
        GuessRow.objects.filter(kind=PASSWORD).delete()
    page = give_code(client, code_of())
    assert not is_in(client)
    assert "Too many tries" in page.content.decode()
    assert GuessRow.objects.filter(kind=CODE).count() == PAIR.tries


def test_the_current_password_is_limited_too():
    client = browser()
    sign_in(client, SHE)
    asked = {"current_password": "wrong", "email": ""}
    answers = [client.post(reverse("email"), asked).status_code for _n in range(DEVICE.tries + 1)]
    assert answers == [200] * DEVICE.tries + [429]


def test_a_hundred_at_once_are_a_hundred(request):
    """Counted before it is looked at: whoever comes second sees the first."""
    sent = [RequestFactory().post("/", REMOTE_ADDR=OFFICE) for _n in range(20)]
    waits = [guess_charge(request=it, account=SHE, kind=PASSWORD) for it in sent]
    assert sum(1 for wait in waits if not wait) == PAIR.tries
    assert GuessRow.objects.count() == PAIR.tries


@pytest.mark.parametrize(
    "command", [["axes_reset"], ["axes_reset_username", SHE], ["axes_reset_ip", OFFICE]]
)
def test_from_the_command_line_the_waiting_is_lifted(command):
    client = browser()
    guess(client, SHE, PAIR.tries + 1)
    call_command(*command)
    sign_in(client, SHE)
    assert is_in(client)

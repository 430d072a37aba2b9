"""One-time links: made, handed over, used once."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.logins.letters import letter_send
from accounts.logins.links import (
    EmailTaken,
    LinkGone,
    Refused,
    Slip,
    link_use,
    links_make,
)
from accounts.models import AccessLink, Device, Person, User
from accounts.tests.door import (
    browser,
    code_of,
    give_code,
    guess,
    is_in,
    leave,
    needed_for,
    passwords_for_all,
    sign_in,
    user_of,
    with_second_factor,
)
from core import clock
from core.models import AuditRow
from tests.cast import MATE, PERSONNEL, SHE, STRANGER, people_make

pytestmark = pytest.mark.django_db
NEW = "autumn-leaf-77"


@pytest.fixture(autouse=True)
def cast(db):
    people_make()
    passwords_for_all()


def person_of(number):
    return Person.objects.get(employee_no=number)


def newest():
    return AccessLink.objects.order_by("-id").values_list("id", flat=True).first() or 0


def make(number, **more):
    made = links_make(
        actor=user_of(PERSONNEL),
        people=[person_of(number)],
        seen=more.pop("seen", newest()),
        **more,
    )
    return made[0]


def token_for(number=SHE):
    slip = make(number)
    assert isinstance(slip, Slip)
    return slip.token


def use(token, client=None, password=NEW, email="", again=None):
    return (client or browser()).post(
        reverse("one_time_link", args=[token]),
        {"new_password": password, "again": again or password, "email": email},
    )


def test_with_it_one_sets_a_password_and_is_in():
    token = token_for()
    client = browser()
    page = client.get(reverse("one_time_link", args=[token]))
    assert "吴伟" in page.content.decode()
    assert use(token, client, email="wu@example.com").headers["Location"] == reverse("home")
    assert is_in(client)
    assert user_of(SHE).email == "wu@example.com"
    other = browser()
    sign_in(other, SHE, NEW)
    assert is_in(other)


def test_only_its_digest_is_kept():
    token = token_for()
    kept = AccessLink.objects.get()
    assert len(kept.digest) == 64
    assert kept.digest not in token
    assert token.split(":")[0] not in kept.digest
    assert not AuditRow.objects.filter(changes__icontains=token.split(":")[0]).exists()


def test_looking_uses_nothing_up_and_wrong_passwords_do_not_either():
    token = token_for()
    for _look in range(3):
        assert browser().get(reverse("one_time_link", args=[token])).status_code == 200
    assert use(token, password="12345678").status_code == 200
    assert use(token, again="another-one-1").status_code == 200
    assert use(token).status_code == 302


def test_it_works_once():
    token = token_for()
    use(token)
    second = browser()
    assert use(token, second, password="somebody-else-9").status_code == 404
    assert not is_in(second)
    assert user_of(SHE).check_password(NEW)


def test_of_two_at_once_one_comes_in(monkeypatch):
    """Both have found the link open; the second finds it used when it comes to it."""
    from accounts.logins import links

    token = token_for()
    found = links.link_open(token)
    link_use(token=token, password=NEW, email="")
    monkeypatch.setattr(links, "link_open", lambda _token: found)
    with pytest.raises(LinkGone):
        link_use(token=token, password="somebody-else-9", email="")
    assert user_of(SHE).check_password(NEW)


def test_it_works_for_seven_days():
    token, now = token_for(), clock.now()
    with clock.set_to(now + timedelta(days=7, minutes=1)):
        assert browser().get(reverse("one_time_link", args=[token])).status_code == 404
        assert use(token).status_code == 404
    with clock.set_to(now + timedelta(days=6, hours=23)):
        assert use(token).status_code == 302


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "~" + t[1:], lambda t: "~~~", str.upper]
)
def test_a_changed_one_is_nothing(change):
    token = token_for()
    pages = set()
    for tried in (change(token), "no-such"):
        answer = browser().get(reverse("one_time_link", args=[tried]))
        assert answer.status_code == 404
        pages.add(answer.content.replace(tried.encode(), b""))
    assert len(pages) == 1


def test_one_that_never_was_signed_is_not_looked_up():
    token_for()
    digest = AccessLink.objects.get().digest
    assert browser().get(reverse("one_time_link", args=[digest])).status_code == 404


def test_nul_bytes_and_very_long_passwords_are_refused_kindly():
    token = token_for()
    assert use(token, password=f"{NEW}\x00").status_code == 200
    assert use(token, password="x1" * 5000).status_code == 200
    assert use(token, email="not an address").status_code == 200
    assert browser().get("/link/%00/").status_code == 404


def test_whoever_has_left_cannot_use_it():
    token = token_for()
    leave(SHE, date(2026, 1, 31))
    assert use(token).status_code == 404


def test_a_new_one_ends_the_old_one_the_sessions_and_the_password():
    hers = browser()
    sign_in(hers, SHE)
    first = token_for()
    assert hers.get(reverse("my_sign_in")).status_code == 302
    sign_in(hers, SHE)
    assert not is_in(hers)
    second = token_for()
    assert use(first).status_code == 404
    assert use(second).status_code == 302


def test_a_new_one_lets_in_who_was_kept_waiting():
    client = browser()
    guess(client, SHE, 6)
    use(token_for(), client)
    assert is_in(client)
    client.post(reverse("logout"))
    other = browser()
    sign_in(other, SHE, NEW)
    assert is_in(other)


def test_using_it_ends_sessions_and_the_letters_link():
    User.objects.filter(username=SHE).update(email="wu@example.com")
    token = token_for()
    letter_send(email="wu@example.com", address="https://x.example", language="en")
    sent = re.search(r"/link/([^/]+)/", mail.outbox[0].body).group(1)
    use(token)
    assert use(sent).status_code == 404


def test_the_letters_link_works_for_an_hour():
    User.objects.filter(username=SHE).update(email="wu@example.com")
    letter_send(email="wu@example.com", address="https://x.example", language="en")
    sent = re.search(r"/link/([^/]+)/", mail.outbox[0].body).group(1)
    now = clock.now()
    with clock.set_to(now + timedelta(minutes=61)):
        assert use(sent).status_code == 404
    assert use(sent, email="wu@example.com").status_code == 302


def test_the_second_factor_is_still_asked_for():
    with_second_factor(SHE)
    client = browser()
    assert use(token_for(), client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    give_code(client, code_of())
    assert is_in(client)


def test_whoever_was_signed_in_on_that_browser_is_out():
    client = browser()
    sign_in(client, MATE)
    use(token_for(), client)
    assert client.session["_auth_user_id"] == str(user_of(SHE).pk)


def test_an_e_mail_of_another_is_refused_and_the_link_stays_good():
    User.objects.filter(username=MATE).update(email="han@example.com")
    token = token_for()
    page = use(token, email="Han@example.com")
    assert page.status_code == 200
    assert "cannot be used here" in page.content.decode()
    assert not user_of(SHE).has_usable_password()
    assert use(token).status_code == 302
    with pytest.raises(EmailTaken):
        link_use(token=token_for(), password=NEW, email="han@example.com")


def test_a_form_sent_twice_makes_one_link():
    seen = newest()
    assert isinstance(make(SHE, seen=seen), Slip)
    assert isinstance(make(SHE, seen=seen), Refused)
    assert AccessLink.objects.filter(state="open").count() == 1


def test_none_for_oneself_nor_for_whoever_has_left():
    leave(STRANGER, date(2026, 1, 31))
    for number in (PERSONNEL, STRANGER):
        refused = make(number)
        assert isinstance(refused, Refused)
        assert str(refused.reason)
    assert not AccessLink.objects.exists()
    assert user_of(PERSONNEL).has_usable_password()


def test_who_is_not_personnel_makes_none():
    made = links_make(actor=user_of(MATE), people=[person_of(SHE)], seen=0)
    assert isinstance(made[0], Refused)
    assert user_of(SHE).has_usable_password()


def test_it_makes_the_account_where_there_is_none():
    person = Person.objects.create(
        employee_no="Y050",
        name="新人",
        roles="salesperson",
        channel="field",
        hired_on=date(2026, 1, 1),
    )
    slip = make("Y050", emails={person.pk: "new@example.com"})
    assert user_of("Y050").email == "new@example.com"
    use(slip.token, email="new@example.com")
    assert AuditRow.objects.filter(action="login link", subject__contains="Y050").exists()
    assert AuditRow.objects.filter(action="password by link", subject__contains="Y050").exists()
    assert Device.objects.filter(user__username="Y050").count() == 1


def test_a_role_that_needs_a_second_factor_is_led_to_it_from_the_link():
    needed_for("finance")
    client = browser()
    use(token_for("C001"), client)
    assert client.get(reverse("home")).headers["Location"] == reverse("second_factor_setup")

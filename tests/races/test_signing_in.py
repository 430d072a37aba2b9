"""At the door at once: what is good once is good once, and a guess is counted before it is made."""

import time

from allauth.mfa.models import Authenticator
from django.test import RequestFactory

from accounts.logins import limiter, links, second_factor
from accounts.logins.limiter import guess_charge
from accounts.logins.links import LinkGone, Slip, link_open, link_use, links_make
from accounts.logins.rules import PAIR, PASSWORD
from accounts.logins.second_factor import factor_check, factor_set_up
from accounts.models import Person, User
from accounts.tests.door import SECRET, code_of
from tests.races.at_once import at_once
from tests.races.october import she

AT_ONCE = 8


def her_login() -> User:
    user, _made = User.objects.get_or_create(username=she().employee_no, defaults={"person": she()})
    return user


def personnel() -> User:
    person = Person.objects.filter(roles__contains="admin").first()
    person = person or Person.objects.create(
        employee_no="H900", name="周超", roles="admin", hired_on="2024-01-01"
    )
    return User.objects.get_or_create(username=person.employee_no, defaults={"person": person})[0]


def token() -> str:
    made = links_make(actor=personnel(), people=[she()], seen=2**40)
    assert isinstance(made[0], Slip), made
    return made[0].token


def used_at_once(url: str) -> list[str]:
    """What passwords came through, of as many holders as there are."""
    key = token()
    wanted = [f"autumn-leaf-{n}" for n in range(AT_ONCE)]

    def with_it(password: str) -> User:
        return link_use(token=key, password=password, email="")

    found = at_once(url, *[lambda it=it: with_it(it) for it in wanted])
    assert all(isinstance(it, User | LinkGone) for it in found), found
    return [word for word, it in zip(wanted, found, strict=True) if isinstance(it, User)]


def test_of_many_holders_of_a_link_one_comes_in(books):
    (came_in,) = used_at_once(books)
    assert her_login().check_password(came_in)


def test_where_all_find_it_open_the_update_decides(books, monkeypatch):
    """All have looked before the first uses it: then only the update can tell."""
    key = token()
    link = link_open(key)
    monkeypatch.setattr(links, "link_open", lambda _token: link)
    found = at_once(
        books, *[lambda: link_use(token=key, password="autumn-leaf-1", email="")] * AT_ONCE
    )
    assert sorted(type(it) for it in found if not isinstance(it, LinkGone)) == [User]


def test_a_code_is_taken_once_however_many_bring_it(books):
    user = her_login()
    factor_set_up(user=user, secret=SECRET, step=0)
    code = code_of()
    found = at_once(books, *[lambda: factor_check(user=user, code=code)] * AT_ONCE)
    assert [type(it) for it in found if it] == [Authenticator]


def test_a_recovery_code_is_taken_once_however_many_bring_it(books):
    user = her_login()
    codes = factor_set_up(user=user, secret=SECRET, step=int(time.time()) // 30 + 9)
    found = at_once(books, *[lambda: factor_check(user=user, code=codes[0])] * AT_ONCE)
    assert [type(it) for it in found if it] == [Authenticator]
    assert second_factor.codes_left(user) == 9


def guess() -> bool:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.5")
    return not guess_charge(request=request, account="Y001", kind=PASSWORD)


def test_as_many_guesses_at_once_as_one_after_another(books):
    found = at_once(books, *[guess] * (4 * PAIR.tries))
    assert all(isinstance(it, bool) for it in found), found
    assert sum(found) <= PAIR.tries


def test_control_counted_afterwards_all_come_through(books, monkeypatch):
    """Were a guess counted only when it was wrong, all of them would be made first."""
    monkeypatch.setattr(limiter, "guess_wait", lambda guess, earlier: None)
    assert sum(at_once(books, *[guess] * (4 * PAIR.tries))) > PAIR.tries

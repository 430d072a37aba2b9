"""People at the door, for the tests of signing in."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accounts.logins.second_factor import factor_set_up
from accounts.models import Person, SecondFactorRule, User

PASSWORD = "spring-rain-42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OFFICE, ELSEWHERE = "203.0.113.5", "198.51.100.9"


def passwords_for_all() -> None:
    User.objects.update(password=make_password(PASSWORD))


def browser(address: str = OFFICE, **more: Any) -> Client:
    """A browser of its own, at an address, reading English."""
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"}, **more)


def sign_in(client: Client, number: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("login"), {"username": number, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def guess(client: Client, number: str, times: int) -> Any:
    for _time in range(times):
        answer = sign_in(client, number, "a wrong password")
    return answer


def user_of(number: str) -> User:
    return User.objects.select_related("person").get(username=number)


def code_of(steps: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code() -> str:
    right = {code_of(n) for n in range(-2, 4)}
    return next(code for code in map("{:06}".format, range(1000)) if code not in right)


def with_second_factor(number: str) -> list[str]:
    """Somebody sets one up, long enough ago; gives the recovery codes."""
    return factor_set_up(user=user_of(number), secret=SECRET, step=0)


def needed_for(*roles: str) -> None:
    SecondFactorRule.objects.update_or_create(pk=1, defaults={"roles": "+".join(roles)})


def give_code(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def leave(number: str, on: Any) -> None:
    Person.objects.filter(employee_no=number).update(left_on=on)

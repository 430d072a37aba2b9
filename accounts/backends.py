"""Who signs in, and who is signed in: read together with the person behind the login.

Every page asks for both, whether a second factor is needed, and whether they stand in for anybody:
it is all one query.
"""

import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.module_loading import import_string

from accounts.models import SecondFactorRule, User
from accounts.querysets import stands_in_on
from core import clock


def logins() -> QuerySet[User]:
    return User.objects.select_related("person").annotate(
        factor_roles=Subquery(SecondFactorRule.objects.values("roles")[:1]),
        factor_held=Exists(
            Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        ),
    )


def typed_name(text: str) -> str:
    """What somebody typed for a name, without blanks around it and full-width letters."""
    return unicodedata.normalize("NFKC", text).strip()


def login_named(text: str) -> User | None:
    """The login that somebody means, by employee number or e-mail. One query in any case."""
    name = typed_name(text)
    if "@" in name:
        return logins().filter(email__iexact=name).exclude(email="").first()
    found = {user.username: user for user in logins().filter(username__in={name, name.upper()})}
    return found.get(name) or found.get(name.upper())


@lru_cache(maxsize=1)
def _logins_on(day: date) -> QuerySet[User]:
    """Logins with all that a page wants to know of them, what other apps want to know included.

    Kept for the day: every page begins with this query, and putting it together takes three times
    as long as asking it.
    """
    extras = {name: import_string(path)() for name, path in settings.LOGIN_EXTRAS.items()}
    return logins().annotate(standing_in_now=stands_in_on(day), **extras)


def login_read(user_id: Any) -> User | None:
    """A login with all that a page wants to know of it, in one query; for whom they stand in is
    asked if they do."""
    user = _logins_on(clock.today()).filter(pk=user_id).first()
    if user is not None:
        user.stands_in = user.standing_in_now  # type: ignore[attr-defined]
    return user


class LoginBackend(ModelBackend):
    """Employee number or e-mail, and password. Who has left is out at once, signed in or not."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if username is None or password is None:
            return None
        user = login_named(username)
        if user is None:
            # The time that a wrong password takes: the answer must not come sooner.
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and not (user.person and user.person.has_left)

    def get_user(self, user_id: Any) -> User | None:
        user = login_read(user_id)
        return user if user and self.user_can_authenticate(user) else None

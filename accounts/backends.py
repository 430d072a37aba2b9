"""Who is signed in, read together with the person behind the login: every page asks for both."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.utils.module_loading import import_string

from accounts.models import User


def login_extras() -> dict[str, Any]:
    """What other apps want to know of whoever is signed in, read in the same query."""
    return {name: import_string(path)() for name, path in settings.LOGIN_EXTRAS.items()}


class LoginBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        logins = User.objects.select_related("person").annotate(**login_extras())
        user = logins.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

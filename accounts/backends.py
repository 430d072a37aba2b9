"""Who is signed in, read together with the person behind the login: every page asks for both."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class LoginBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

"""Who sees which request for support (CUS-6, ORG-1)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.deciding import to_decide_by
from accounts.querysets import led_ids
from customers.querysets.files import SEE_ALL_CUSTOMERS


class SupportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own, those one helps with, those of the people one leads; the heads all. Never a
        mediation with oneself: what was written about one is for who mediates."""
        if user.is_superuser:
            return self
        if user.person_id is None:
            return self.none()
        seen = self.exclude(colleague=user.person_id)
        if user.has_role(*SEE_ALL_CUSTOMERS):
            return seen
        mine = {user.person_id, *led_ids(user)}
        return seen.filter(Q(person__in=mine) | Q(helper=user.person_id))

    def concerning(self, user: Any) -> Self:
        """The mediations with oneself, once somebody mediates: that much is fair (CUS-6)."""
        if user.person_id is None:
            return self.none()
        return self.filter(colleague=user.person_id, state__in=("taken", "done"))

    def to_answer_by(self, user: Any) -> Self:
        """Those that wait for a user's own word: never their own, nor about themself."""
        return to_decide_by(self.filter(state="asked"), user).exclude(colleague=user.person_id)

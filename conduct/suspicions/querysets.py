"""Who sees which suspicions (DIS-3, ORG-1): the manager alone, and never whom it is about."""

from typing import Any, Self

from django.db import models
from django.db.models import Q


def _names(role: str) -> Q:
    # No role's name holds another's, so a substring is exact.
    return Q(gains__roles__contains=role) | Q(loses__roles__contains=role)


# Who decides what: what names the manager goes to the leader, the leader to personnel (ORG-1).
DECIDES = {
    "manager": ~_names("manager") & ~_names("leader"),
    "leader": _names("manager") & ~_names("leader"),
    "admin": _names("leader"),
}


class SuspicionQuerySet(models.QuerySet[Any]):
    def decided_by(self, role: str) -> Self:
        """Those that a role decides (`DECIDES`)."""
        return self.filter(DECIDES[role])

    def visible_to(self, user: Any) -> Self:
        """The manager's, less those that name oneself or whom one stands in for."""
        if user.is_superuser:
            return self
        if user.person_id is None:
            return self.none()
        seen = Q(pk__in=[])
        for role, which in DECIDES.items():
            if user.has_role(role):
                seen |= which
        own = [user.person_id, *(each.absent_id for each in user.stand_ins)]
        return self.filter(seen).exclude(Q(gains__in=own) | Q(loses__in=own))

    def open(self) -> Self:
        """Those nobody has decided on yet."""
        return self.filter(decision=None)

"""The vocabulary of reads of what leaves the house."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from notices.models import GroupChannel, Outgoing, Preference  # noqa: F401  # named in quotes below

WORK_ON_CHANNELS = ("leader", "manager", "admin")


class GroupChannelQuerySet(models.QuerySet["GroupChannel"]):
    def visible_to(self, user: Any) -> "GroupChannelQuerySet":
        """The leader, the manager and personnel see all; others none."""
        if user.is_superuser or user.has_role(*WORK_ON_CHANNELS):
            return self
        return self.none()


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: Any) -> "PreferenceQuerySet":
        """One's own alone, whatever the role."""
        return self.filter(person=user.person_id) if user.person_id else self.none()


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def visible_to(self, user: Any) -> "OutgoingQuerySet":
        """What is sent to oneself, like one's inbox: nobody sees another's."""
        return self.filter(person=user.person_id) if user.person_id else self.none()

    def ready(self, now: datetime) -> "OutgoingQuerySet":
        return self.filter(state="queued", next_try_at__lte=now)

    def lost(self, before: datetime) -> "OutgoingQuerySet":
        """Reserved so long ago that whoever did it has died."""
        return self.filter(state="sending", reserved_at__lt=before)

"""The vocabulary of reads of the inbox: everybody sees their own, and nobody another's."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from notices.models import Notice  # noqa: F401  # named in quotes below


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """One's own alone, whatever the role: not even a superuser reads another's inbox."""
        if user.person_id is None:
            return self.none()
        return self.filter(person=user.person_id)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def kept(self) -> "NoticeQuerySet":
        """What was not put away."""
        return self.filter(archived_at=None)

    def unread_first(self) -> "NoticeQuerySet":
        """Unread first, of those the most pressing; then the newest."""
        return self.order_by(
            models.F("read_at").desc(nulls_first=True),
            models.F("due").asc(nulls_last=True),
            "-id",
        )

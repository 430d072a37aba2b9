"""Finding a notice in one's own inbox."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists.search import choice_filter, search_filter
from notices.models import Notice
from notices.models.inbox import said

ARCHIVED = "archived"


class NoticeFilter(django_filters.FilterSet):
    """By what it says; unread, with a deadline, put away. What was put away is shown only if asked
    for."""

    q = search_filter(_("Words of the notice"), method="saying")
    show = choice_filter(
        _("Show"),
        _("All"),
        method="shown",
        choices=[
            ("unread", _("Unread")),
            ("due", _("With a deadline")),
            (ARCHIVED, _("Put away")),
        ],
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        # Asked for nothing, it leaves out what was put away all the same.
        super().__init__(data or {}, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("show") == ARCHIVED else found.kept()

    def saying(self, rows: QuerySet[Notice], _name: str, wanted: str) -> QuerySet[Notice]:
        """A text is kept in English: it is searched as its reader reads it."""
        texts = rows.order_by().values_list("id", "text", "values")
        wanted = wanted.strip().lower()
        return rows.filter(
            id__in=[pk for pk, text, values in texts if wanted in said(text, values).lower()]
        )

    def shown(self, rows: Any, _name: str, wanted: str) -> Any:
        if wanted == ARCHIVED:
            return rows.exclude(archived_at=None)
        if wanted == "due":
            return rows.filter(due__gt=clock.now()).order_by("due", "-id")
        return rows.unread()

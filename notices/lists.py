"""One's own inbox."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.lists import Bulk, Empty, List
from core.permissions import ALLOWED, Decision
from notices.filters import NoticeFilter
from notices.models import Notice
from notices.navigation import tabs
from notices.services import notice_archive, notice_read
from notices.tables import NoticeTable


def _may(_user: Any) -> Decision:
    return ALLOWED  # the rows are one's own alone


def _read(*, row: Notice, actor: Any) -> bool:
    return notice_read(notice=row)


def _away(*, row: Notice, actor: Any) -> bool:
    return notice_archive(notice=row)


class NoticeList(List):
    """What somebody is told, unread first; what was put away only if asked for."""

    key = "notices"
    title = _("Inbox")
    table = NoticeTable
    filterset = NoticeFilter
    fixed = ("said",)
    bulk = (
        Bulk("read", _("Mark as read"), _may, _read),
        Bulk("away", _("Put away"), _may, _away, "archive"),
    )
    page_template = "notices/inbox.html"
    found_template = "notices/_inbox_found.html"
    nothing = Empty(
        _("Your inbox is empty"),
        _("What is due and what concerns you will be told here. There is nothing to do."),
        "bell",
    )
    nothing_found = Empty(
        _("Nothing found"), _("No notice of this kind. Show all to see the others."), "bell"
    )

    def rows(self) -> Any:
        return Notice.objects.visible_to(self.user).unread_first()

    def table_options(self) -> Mapping[str, Any]:
        return {"request": self.request}

    def context(self) -> Mapping[str, Any]:
        return {"tabs": tabs(self.request)}

"""The list of accounts."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.logins.filters import LoginFilter
from accounts.logins.forms import LinksFileForm
from accounts.logins.links import AT_ONCE
from accounts.logins.permissions import can_rule_second_factor, can_see_logins
from accounts.logins.querysets import logins_of, newest_link
from accounts.logins.tables import LoginTable
from accounts.models import Person
from core.lists import Bulk, Empty, List


class LoginList(List):
    """People with and without an account; those chosen get a link each, on a page to print."""

    key = "logins"
    title = _("Accounts")
    table = LoginTable
    filterset = LoginFilter
    fixed = ("name",)
    bulk = (Bulk("links", _("New links"), can_see_logins, icon="link", address="login_links"),)
    page_template = "account/logins.html"
    found_template = "account/_logins_found.html"
    nothing = Empty(
        _("Nobody is on file"),
        _("Load the table of people first; then each can be given an account."),
        "users",
    )
    nothing_found = Empty(
        _("Nothing found"),
        _("Nobody fits the search. Try fewer letters, or all states."),
        "search",
    )

    def rows(self) -> QuerySet[Person]:
        return logins_of(self.user)

    def context(self) -> Mapping[str, Any]:
        return {
            "seen": newest_link(),
            "at_once": AT_ONCE,
            "file_form": LinksFileForm(),
            "rules_too": bool(can_rule_second_factor(self.user)),
        }

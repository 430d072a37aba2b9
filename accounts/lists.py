"""The list of people."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import PersonFilter
from accounts.models import Person
from accounts.permissions import can_keep_people
from accounts.tables import PersonTable
from core.lists import Empty, List


class PersonList(List):
    """Everybody one may see; who has left is shown only if asked for."""

    key = "people"
    title = pgettext_lazy("menu", "People")
    table = PersonTable
    filterset = PersonFilter
    fixed = ("name",)
    page_template = "accounts/people.html"
    nothing_found = Empty(
        _("Nobody found"),
        _("Nobody you may see fits the search. Try fewer letters, or all teams."),
        "search",
    )

    def rows(self) -> QuerySet[Person]:
        return Person.objects.visible_to(self.user)

    def records(self, found: QuerySet[Person], *, first: int, count: int) -> QuerySet[Person]:
        return found.select_related("supervisor")

    def empty(self) -> Empty:
        if not can_keep_people(self.user):
            return Empty(
                _("Nobody is on file"),
                _("Personnel puts people on file; they appear here."),
                "users",
            )
        return Empty(
            _("Nobody is on file"),
            _("Add a person, or load the people's table on the page of a month."),
            "users",
            reverse("person_new"),
            _("Add a person"),
        )

    def context(self) -> Mapping[str, Any]:
        return {"can_keep": can_keep_people(self.user)}

"""Finding among what is somebody's: orders, goods. By text, by people's names, by whose it is."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, found_by, search_filter

MINE, TEAM = "mine", "team/"


class OwnedFilter(django_filters.FilterSet):
    """Search and whose. What cannot be understood filters nothing.

    `PERSON` is the way to whose a row is, `TEXTS` what is searched as it stands, `NAMED` the ways
    to others with a number and a name, found by pinyin as people are.
    """

    PERSON: ClassVar[str] = "person"
    TEXTS: ClassVar[tuple[str, ...]] = ()
    NAMED: ClassVar[tuple[tuple[str, str], ...]] = ()
    PLACEHOLDER: ClassVar[Any] = ""

    q = search_filter(method="search")
    whose = choice_filter(_("Whose"), _("Everybody"), method="of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["q"].extra["widget"].attrs["placeholder"] = self.PLACEHOLDER
        self.filters["whose"].extra["choices"] = self._choices()

    def _choices(self) -> list[tuple[str, str]]:
        """One's own, for whoever sells and sees others too; then the teams there are."""
        name = f"{self.PERSON}__team"
        teams = self.queryset.order_by(name).values_list(name, flat=True).distinct()
        user = self.request.user
        own = [(MINE, gettext("My own"))] if user.has_role("salesperson", "supervisor") else []
        return own + [(TEAM + team, team) for team in teams if team]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        named = ((self.PERSON, "employee_no"), *self.NAMED)
        return found_by(wanted, rows, texts=self.TEXTS, named=named)

    def of(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == MINE:
            return rows.filter(**{self.PERSON: self.request.user.person_id})
        return rows.filter(**{f"{self.PERSON}__team": wanted.removeprefix(TEAM)})

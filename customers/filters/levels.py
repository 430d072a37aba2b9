"""Finding visits by level: whose, of which month (VIS-5)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.filters import found_people, team_choices
from accounts.models import Person
from core.lists.search import choice_filter, search_filter
from core.months import Month
from core.templatetags.house import month_name
from customers.filters.files import latest_months


def month_asked(asked: str) -> Month:
    """The month an address asks for; this one where it asks for none, or none that is offered."""
    offered = latest_months()
    return next((month for month in offered if str(month) == asked), offered[0])


class LevelFilter(django_filters.FilterSet):
    """Search by salesperson; team; the month the figures are of, this one unless said."""

    q = search_filter(_("Name, number or pinyin"), method="search")
    team = choice_filter(_("Team"), _("All teams"))
    month = choice_filter(_("Month"), _("This month"), method="of_month", choices=[])

    class Meta:
        model = Person
        fields = ["team"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["team"].extra["choices"] = team_choices(self.queryset)
        self.filters["month"].extra["choices"] = [
            (str(month), month_name(month)) for month in latest_months()[1:]
        ]

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        return found_people(people, wanted)

    def of_month(self, people: QuerySet[Person], _name: str, _wanted: str) -> QuerySet[Person]:
        """The same people: the list has read which month it is (`month_asked`)."""
        return people

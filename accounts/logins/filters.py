"""Finding an account among many."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.filters import found_people
from accounts.logins.querysets import STATES
from accounts.models import Person
from core.lists.search import choice_filter, search_filter


class LoginFilter(django_filters.FilterSet):
    """By number, name, pinyin or team; by state. What cannot be understood filters nothing."""

    q = search_filter(_("Number, name, pinyin or team"), method="search")
    state = choice_filter(
        _("State"), _("All states"), field_name="login_state", choices=list(STATES.items())
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        named = found_people(people.model.objects.all(), wanted).values("pk")
        return people.filter(Q(pk__in=named) | Q(team__icontains=wanted.strip()))

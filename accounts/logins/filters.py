"""Finding an account among many."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.logins.querysets import STATES
from accounts.models import Person


class LoginFilter(django_filters.FilterSet):
    """By number, name or team; by state. What cannot be understood filters nothing."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "placeholder": _("Number, name or team"),
            }
        ),
    )
    state = django_filters.ChoiceFilter(
        field_name="login_state",
        label=_("State"),
        empty_label=_("All states"),
        choices=list(STATES.items()),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        text = wanted.strip()
        return people.filter(
            Q(employee_no__icontains=text) | Q(name__icontains=text) | Q(team__icontains=text)
        )

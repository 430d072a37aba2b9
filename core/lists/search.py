"""Finding among many by what people type: part of a number, a name, or the name's pinyin.

However many rows there are, one query reads their names; each name is spelled once and remembered.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.names import matches

LONGEST = 60


def text_box(placeholder: Any = "") -> forms.TextInput:
    """The box that is searched in: "/" leads to it."""
    return forms.TextInput(
        attrs={
            "type": "search",
            "placeholder": placeholder,
            "class": "form-control",
            "autocomplete": "off",
            "enterkeyhint": "search",
            "data-search": "",
        }
    )


def search_filter(placeholder: Any = "", **options: Any) -> django_filters.CharFilter:
    """The box as a filter named `q`; `method` says how it searches."""
    return django_filters.CharFilter(
        label=_("Search"), max_length=LONGEST, widget=text_box(placeholder), **options
    )


def choice_filter(label: Any, every: Any, **options: Any) -> django_filters.ChoiceFilter:
    """One of a few; `every` is what it says while none is chosen."""
    return django_filters.ChoiceFilter(
        label=label,
        empty_label=every,
        widget=forms.Select(attrs={"class": "form-select"}),
        **options,
    )


def word_filter(label: Any, **options: Any) -> django_filters.CharFilter:
    """A box of its own beside the search, for what is typed exactly."""
    attrs = {"type": "search", "class": "form-control form-word", "autocomplete": "off"}
    return django_filters.CharFilter(
        label=label, max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **options
    )


def day_filter(label: Any, **options: Any) -> django_filters.DateFilter:
    """A day of a time in which a company can have books."""
    attrs = {"type": "date", "class": "form-control form-date"}
    return django_filters.DateFilter(
        label=label,
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"),
        **options,
    )


def found_by(
    wanted: str,
    rows: QuerySet[Any],
    *,
    texts: Iterable[str] = (),
    named: Iterable[tuple[str, str]] = (),
) -> QuerySet[Any]:
    """The rows that what was typed names: by fields as they stand (`texts`), and by others they
    lead to that have a number and a name (`named`: the way there, the number's field). One query
    for each of `named`.
    """
    found = Q()
    for text in texts:
        found |= Q(**{f"{text}__icontains": wanted.strip()})
    for way, number in named:
        names = rows.order_by().values_list(way, f"{way}__{number}", f"{way}__name").distinct()
        ids = [pk for pk, no, name in names if pk and matches(wanted, no, name)]
        found |= Q(**{f"{way}__in": ids})
    return rows.filter(found)

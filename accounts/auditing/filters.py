"""Finding changes and openings among a million. What cannot be understood finds nothing less."""

from datetime import date, timedelta
from operator import itemgetter
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.auditing.querysets import logins_named, numbers_named
from core import clock
from core.history.words import action_word, kinds
from core.lists.search import choice_filter, day_filter, search_filter, word_filter
from core.models import AuditRow, Opening

# Records of more people than this are not looked for by pinyin: each is one more text to compare.
MOST_NAMED = 20


def _actions() -> list[tuple[str, str]]:
    called = ((action, action_word(action)) for action in settings.AUDIT_WORDS)
    return sorted(called, key=itemgetter(1))


class _Found(django_filters.FilterSet):
    """Words, who, and the days from and to."""

    q = search_filter(_("Number or name of the record"), method="search")
    who = word_filter(_("By whom"), method="by")
    since = day_filter(_("From day"), method="from_day")
    until = day_filter(_("To day"), method="to_day")

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        found = Q(subject__icontains=wanted)
        numbers = numbers_named(wanted)
        if len(numbers) <= MOST_NAMED:
            for number in numbers:
                found |= Q(subject__icontains=number)
        return rows.filter(found)

    def by(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(actor__in=logins_named(wanted))

    def from_day(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__gte=clock.start_of(day))

    def to_day(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__lt=clock.start_of(day + timedelta(days=1)))


class ChangeFilter(_Found):
    """Changes: also by what was done, and to what kind of record."""

    action = choice_filter(_("What was done"), _("All that was done"), choices=_actions)
    kind = choice_filter(
        _("Kind of record"), _("All records"), method="of_kind", choices=lambda: kinds()
    )

    class Meta:
        model = AuditRow
        fields = ["action"]

    def of_kind(self, rows: QuerySet[AuditRow], _name: str, kind: str) -> QuerySet[AuditRow]:
        return rows.filter(subject__startswith=f"{kind} ")


class OpeningFilter(_Found):
    """Openings: also by how, and by whom they concern."""

    way = choice_filter(_("How"), _("Opened or taken out"), choices=Opening.Way.choices)
    about = word_filter(_("About (employee no.)"))

    class Meta:
        model = Opening
        fields = ["way", "about"]

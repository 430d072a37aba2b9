"""Finding a slip among a million."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.lists.search import choice_filter, day_filter
from core.lists.walking import Way
from core.spelling import words_of
from payroll.people_filters import TEAM, OwnedFilter
from receivables.models import Slip
from receivables.querysets.named import Named, slips_among, ways_named

STATES = [("held", _("held")), ("covered", _("covered")), ("returned", _("returned"))]


class SlipFilter(OwnedFilter):
    """Search by slip, order, customer or salesperson; where it stands; whose; issued when."""

    PLACEHOLDER = _("Slip, order, customer, name or pinyin")

    state = choice_filter(_("State"), _("Any state"), method="in_state", choices=STATES)
    since = day_filter(_("Issued from"), method="issued_from")
    until = day_filter(_("Issued until"), method="issued_until")

    class Meta:
        model = Slip
        fields: list[str] = []

    def _choices(self) -> list[tuple[str, str]]:
        """One's own and the teams one sees, asked of the people: they are fewer than the slips."""
        user = self.request.user
        people = Person.objects.salespeople().visible_to(user).order_by("team")
        teams = people.values_list("team", flat=True).distinct()
        own = [("mine", str(_("My own")))] if user.has_role("salesperson", "supervisor") else []
        return own + [(TEAM + team, team) for team in teams if team]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        """By its number or how it begins, by names in hanzi, pinyin and initials."""
        return rows.filter(pk__in=slips_among(self._named)) if words_of(wanted) else rows

    @cached_property
    def is_search(self) -> bool:
        """Whether something is searched for; filters alone are none."""
        return bool(
            self.is_bound and self.form.is_valid() and words_of(self.form.cleaned_data["q"])
        )

    @cached_property
    def _named(self) -> Sequence[Named]:
        return ways_named(self.form.cleaned_data["q"])

    @cached_property
    def ways(self) -> list[Way]:
        """What fits, in each of the ways that the search finds it in: of some days in the order of
        the days, so that none is looked at that was issued before or after."""
        fitting = self.qs  # asks whether the address can be understood
        asked = self.form.cleaned_data if self.is_bound else {}
        by = "issued_at" if asked.get("since") or asked.get("until") else "id"
        if not self.is_search:
            return [Way(fitting, by=by)]
        rows = self.queryset.all()
        for name, value in asked.items():
            if name != "q":
                rows = self.filters[name].filter(rows, value)
        return [Way(rows.filter(named.slips), named.is_few, by) for named in self._named]

    def in_state(self, rows: Any, _name: str, wanted: str) -> QuerySet[Any]:
        found: QuerySet[Any] = getattr(rows, wanted)()
        return found

    def issued_from(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(issued_at__gte=clock.start_of(day))

    def issued_until(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(issued_at__lt=clock.end_of(day))

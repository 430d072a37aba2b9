"""Finding turns of cleaning."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter, day_filter
from payroll.people_filters import OwnedFilter
from reports.models import CleaningTurn


class CleaningFilter(OwnedFilter):
    """Search by name; coming or past, done or not; whose; from and to which day."""

    PLACEHOLDER = _("Name, number or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("coming", pgettext_lazy("day", "to come")),
            ("open", _("not done yet")),
            ("done", _("to be confirmed")),
            ("confirmed", _("confirmed")),
            ("owed", _("owed for points")),
        ],
    )
    first = day_filter(_("From"), field_name="on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="on", lookup_expr="lte")

    class Meta:
        model = CleaningTurn
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        today = clock.today()
        return {
            "coming": rows.filter(on__gte=today),
            "open": rows.filter(done_at=None, on__lte=today),
            "done": rows.filter(done_at__isnull=False, confirmed_by=None),
            "confirmed": rows.exclude(confirmed_by=None),
            "owed": rows.exclude(owed_for=None),
        }[wanted]

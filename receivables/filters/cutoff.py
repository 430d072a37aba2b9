"""Finding somebody in the snapshot of a cutoff."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter
from payroll.people_filters import OwnedFilter
from receivables.models import CutoffSnapshot


class SnapshotFilter(OwnedFilter):
    """Search by salesperson; who had money or slips in hand."""

    with_ = choice_filter(
        _("In hand"),
        _("With or without"),
        method="having",
        choices=[("money", _("money in hand")), ("slips", _("slips held"))],
    )

    class Meta:
        model = CutoffSnapshot
        fields: list[str] = []

    def having(
        self, rows: QuerySet[CutoffSnapshot], _name: str, wanted: str
    ) -> QuerySet[CutoffSnapshot]:
        return rows.filter(in_hand__gt=0) if wanted == "money" else rows.filter(slips_held__gt=0)

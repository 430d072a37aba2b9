"""Finding leave, and days of reward leave, among many."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.models import Leave, RewardGrant, Status
from core import clock
from core.lists.search import choice_filter, day_filter
from payroll.people_filters import OwnedFilter


class LeaveFilter(OwnedFilter):
    """By whose it is, how it stands, when. Not by why: an illness is not searched for."""

    TEXTS = ()
    PLACEHOLDER = _("Name, number or pinyin")

    status = choice_filter(_("State"), _("Any state"), choices=Status.choices)
    start = day_filter(_("From day"), field_name="end_on", lookup_expr="gte")
    until = day_filter(_("To day"), field_name="start_on", lookup_expr="lte")

    class Meta:
        model = Leave
        fields = ["status"]


class WaitingLeaveFilter(OwnedFilter):
    """Among requests that wait for one's word."""

    TEXTS = ()
    PLACEHOLDER = _("Name, number or pinyin")

    class Meta:
        model = Leave
        fields: list[str] = []


class RewardFilter(OwnedFilter):
    """Days of reward leave: whose, still to be used or not."""

    TEXTS = ("reason",)
    PLACEHOLDER = _("Name, number or what for")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("valid", _("can be used")),
            ("over", _("past its day")),
            ("taken", _("taken back")),
        ],
    )

    class Meta:
        model = RewardGrant
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == "taken":
            return rows.exclude(taken_back_at=None)
        given = rows.filter(taken_back_at=None)
        today = clock.today()
        if wanted == "valid":
            return given.filter(use_by__gte=today)
        return given.filter(use_by__lt=today)

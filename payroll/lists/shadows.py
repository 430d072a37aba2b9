"""The people of a month in the shadow."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, List, TableDataWith
from core.models import JobRun
from core.months import Month
from payroll.filters import ShadowFilter
from payroll.forms import ShadowForm
from payroll.models import Entry, PayMonth, Shadow, ShadowRow
from payroll.permissions import can_close
from payroll.tables import ShadowTable


class ShadowList(List):
    """The latest shadow of a month beside the books. `about`: the month."""

    key = "shadow"
    title = _("Shadow")
    table = ShadowTable
    filterset = ShadowFilter
    fixed = ("name",)
    confidential = True
    page_template = "payroll/shadow.html"
    nothing_found = Empty(
        _("Nobody found"), _("Nobody in this shadow fits the search. Try fewer letters."), "search"
    )

    @cached_property
    def shadow(self) -> Shadow | None:
        made = Shadow.objects.filter(month=self.about["month"])
        return made.select_related("asked_by__person").first()

    @cached_property
    def pay_month(self) -> PayMonth | None:
        return PayMonth.objects.filter(month=self.about["month"]).first()

    @property
    def is_closed(self) -> bool:
        return self.pay_month is not None and self.pay_month.closed_at is not None

    def rows(self) -> QuerySet[ShadowRow]:
        return shadow_rows_of(self.shadow, self.user)

    def records(self, found: QuerySet[ShadowRow], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found.select_related("person", "shadow"), self._with_posted)

    def _with_posted(self, rows: list[Any]) -> list[Any]:
        posted = _posted(self.about["month"], [row.person_id for row in rows])
        for row in rows:
            row.posted = posted.get(row.person_id, Decimal("0.00"))
        return rows

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.is_closed else {"exclude": ("posted",)}

    def empty(self) -> Empty:
        if self.shadow is not None:
            return Empty(
                _("Nobody to show"),
                _("No salesperson whose pay you may see was employed in this month."),
                "users",
            )
        return Empty(
            _("No shadow yet"),
            _(
                "Finance or the manager has the month reckoned as of an instant: it is shown "
                "here, and nothing is posted."
            ),
            "moon",
        )

    def context(self) -> Mapping[str, Any]:
        month: Month = self.about["month"]
        as_of = clock.local(clock.now()).replace(tzinfo=None)
        return {
            "month": month,
            "pay_month": self.pay_month,
            "shadow": self.shadow,
            "run": shadow_run_of(month),
            "can_ask": can_close(self.user, month),
            "form": ShadowForm(initial={"as_of": as_of}),
        }


def shadow_rows_of(shadow: Shadow | None, user: Any) -> QuerySet[ShadowRow]:
    """The rows of those whose pay somebody may see."""
    return ShadowRow.objects.visible_to(user).filter(shadow=shadow)


def shadow_run_of(month: Month) -> JobRun | None:
    """The latest reckoning of a month's shadow."""
    runs = JobRun.objects.filter(kind="shadow", subject__startswith=f"{month} ")
    return runs.order_by("-id").first()


def _posted(month: Month, people: list[int]) -> dict[int, Decimal]:
    """What the statements of these people come to in the books. One query."""
    found: dict[int, Decimal] = {}
    lines = Entry.objects.lines().filter(pay_month=month, person__in=people).order_by()
    moved = lines.values_list("person", "source").annotate(yuan=Sum("amount"))
    for person, source, yuan in moved:
        sofar = found.get(person, Decimal("0.00"))
        found[person] = sofar + (-yuan if source == "pay" else yuan)
    return found

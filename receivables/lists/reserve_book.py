"""The lists of reserves: what is in them, and what a year's end does with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO, MoneyField, total
from core.templatetags.house import yuan
from payroll.querysets import pay_visible_people
from policy.clauses import clause_of
from receivables.filters.cases import ReserveFilter, YearEndFilter
from receivables.querysets.reserve_book import (
    SHOWN_FROM,
    reserve_owners,
    years_with_books,
)
from receivables.tables.cases import ReserveTable, YearEndTable
from receivables.year_end import Year, year_end


class ReserveList(List):
    """One row a salesperson; the sums are of all rows found."""

    key = "reserves"
    title = _("Reserves")
    table = ReserveTable
    filterset = ReserveFilter
    fixed = ("name",)
    confidential = True
    page_template = "receivables/reserves.html"
    nothing = Empty(
        _("No reserves yet"), _("No salesperson whose pay you may see is on file."), "piggy-bank"
    )
    nothing_found = Empty(
        _("Nobody found"), _("Nobody fits the search. Try fewer letters, or all teams."), "search"
    )

    def rows(self) -> QuerySet[Person]:
        return reserve_owners(self.user)

    def sums(self, found: QuerySet[Person], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(
            people=Count("pk"),
            held=Sum("reserve", default=ZERO, output_field=MoneyField()),
            cases=Count("pk", filter=Q(open_cases__gt=0)),
        )
        return [
            Stat(_("People"), intcomma(sums["people"])),
            Stat(_("In the reserves"), yuan(sums["held"])),
            Stat(_("With an open case"), intcomma(sums["cases"])),
        ]

    def context(self) -> Mapping[str, Any]:
        return {"years": years_with_books(clock.now())[:3], "clause": clause_of("RES-1")}


class YearEndList(List):
    """What a year's end does with each reserve. `about`: the year."""

    key = "reserve_year"
    title = _("Year end of the reserve")
    table = YearEndTable
    filterset = YearEndFilter
    fixed = ("name",)
    confidential = True
    page_template = "receivables/reserve_year.html"
    nothing_found = Empty(
        _("Nobody found"),
        _("Nobody fits the search and the outcome. Try fewer letters, or any outcome."),
        "search",
    )

    @property
    def asked(self) -> int:
        year: int = self.about["year"]
        return year

    @cached_property
    def is_too_early(self) -> bool:
        today = clock.today()
        return self.asked == today.year and today.month < SHOWN_FROM

    @cached_property
    def year(self) -> Year:
        """The year; of one whose end is still far off nothing is looked at."""
        if self.is_too_early:
            return Year(self.asked, False, {})
        return year_end(self.asked, clock.now())

    def rows(self) -> QuerySet[Person]:
        if self.is_too_early:
            return Person.objects.none()
        last = date(self.asked, 12, 31)
        seen = pay_visible_people(self.user).filter(roles__contains="salesperson")
        return seen.filter(hired_on__lte=last).filter(
            Q(left_on=None) | Q(left_on__gte=date(self.asked, 1, 1))
        )

    @cached_property
    def filter(self) -> Any:
        return YearEndFilter(
            self.request.GET or None,
            queryset=self.rows(),
            request=self.request,
            ends=self.year.ends,
        )

    def table_options(self) -> Mapping[str, Any]:
        return {"ends": self.year.ends}

    def sums(self, found: QuerySet[Person], table: ListTable) -> Sequence[Stat]:
        nos = found.order_by().values_list("employee_no", flat=True)
        ends = [self.year.ends[no] for no in nos]
        refunded = [end for end in ends if end.kind == "refunded"]
        left = [end for end in ends if end.kind == "left"]
        return [
            Stat(_("Paid back"), _people_and(refunded, total(end.refund for end in refunded))),
            Stat(_("Reward"), yuan(total(end.reward for end in ends))),
            Stat(_("Leavers"), _people_and(left, total(end.refund for end in left))),
            Stat(_("Carried into next year"), yuan(total(end.stays for end in ends))),
        ]

    def empty(self) -> Empty:
        if self.is_too_early:
            return Empty(
                _("Not before November"),
                _("The preview of a year's end comes with November, when little can change it."),
                "hourglass",
            )
        return Empty(
            _("Nobody to show"),
            _("No salesperson whose pay you may see was employed in this year."),
            "users",
        )

    def context(self) -> Mapping[str, Any]:
        return {
            "year": self.asked,
            "is_posted": self.year.is_posted,
            "is_too_early": self.is_too_early,
            "years": [each for each in years_with_books(clock.now()) if each != self.asked][:5],
            "clause": clause_of("RES-2"),
        }


def _people_and(ends: Sequence[Any], amount: Any) -> SafeString:
    return format_html("{} · {}", len(ends), yuan(amount))

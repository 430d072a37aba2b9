"""Finding a customer's file among many."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists.search import choice_filter, found_by
from core.months import Month
from core.spelling import spelled, words_of
from core.templatetags.house import month_name
from customers.models import Customer, Tag
from customers.querysets.files import CustomerQuerySet, or_filed_as
from payroll.people_filters import OwnedFilter

Files = CustomerQuerySet
MONTHS_BACK = 12


def latest_months() -> list[Month]:
    """This month and the twelve before it, the latest first."""
    months = [Month.of(clock.today())]
    while len(months) <= MONTHS_BACK:
        months.append(months[-1].previous())
    return months


class FileFilter(OwnedFilter):
    """Search by number, name, pinyin, address or owner; whose; level, industry, tag; incomplete."""

    PERSON = "owner"
    PLACEHOLDER = _("Number, name, pinyin or owner")

    level = choice_filter(_("Level"), _("Any level"), choices=Customer.Level.choices)
    industry = choice_filter(_("Industry"), _("Any industry"), method="in_industry", choices=[])
    tag = choice_filter(_("Tag"), _("Any tag"), method="with_tag", choices=[])
    state = choice_filter(
        _("Complete or not"),
        _("Complete or not"),
        method="in_state",
        choices=[("incomplete", _("incomplete")), ("quiet", _("not to be disturbed"))],
    )

    opened = choice_filter(_("Opened in"), _("Any month"), method="opened_in", choices=[])

    class Meta:
        model = Customer
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["industry"].extra["choices"] = self._words("industry")
        self.filters["tag"].extra["choices"] = self._tags()
        self.filters["opened"].extra["choices"] = [
            (str(month), month_name(month)) for month in latest_months()
        ]

    def _words(self, name: str) -> list[tuple[str, str]]:
        seen = self.queryset.order_by(name).exclude(**{name: ""})
        return [(word, word) for word in seen.values_list(name, flat=True).distinct()]

    def _tags(self) -> list[tuple[str, str]]:
        seen = Tag.objects.visible_to(self.request.user).order_by("word")
        return [(word, word) for word in seen.values_list("word", flat=True).distinct()]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        """The file's own words and spelling, those of the files whose place it took, or its
        owner's name."""
        words = words_of(wanted)
        if not words:
            return rows
        owned = found_by(wanted, rows, named=((self.PERSON, "employee_no"),))
        named = (
            Q(customer_no__icontains=words)
            | Q(name__icontains=wanted.strip())
            | Q(address__icontains=wanted.strip())
            | Q(pk__in=spelled(Customer, words))
        )
        return rows.filter(or_filed_as(named) | Q(pk__in=owned.order_by().values("pk")))

    def in_industry(self, rows: Files, _name: str, wanted: str) -> Files:
        return rows.filter(industry=wanted)

    def with_tag(self, rows: Files, _name: str, wanted: str) -> Files:
        return rows.filter(tags__word=wanted)

    def opened_in(self, rows: Files, _name: str, wanted: str) -> Files:
        return rows.new_in(Month.parse(wanted))

    def in_state(self, rows: Files, _name: str, wanted: str) -> Files:
        return rows.filter(do_not_disturb=True) if wanted == "quiet" else rows.incomplete()

"""Finding information: by words in hanzi and pinyin, kind, tag, month, who filed it (INFO-1)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, found_by
from core.months import Month
from core.spelling import spelled, words_of
from core.templatetags.house import month_name
from customers.filters.files import latest_months
from customers.models import Customer
from payroll.people_filters import OwnedFilter
from reports.models import Information, InformationTag


def named_by(words: str) -> Q:
    """What part of a line, a text, a tag or a customer names, as it stands or in pinyin."""
    tagged = InformationTag.objects.filter(
        Q(word__icontains=words) | Q(pk__in=spelled(InformationTag, words))
    )
    return (
        Q(title__icontains=words)
        | Q(text__icontains=words)
        | Q(source__icontains=words)
        | Q(pk__in=spelled(Information, words))
        | Q(pk__in=tagged.order_by().values("information"))
        | Q(customer__customer_no__icontains=words)
        | Q(customer__name__icontains=words)
        | Q(customer__in=spelled(Customer, words))
    )


class InformationFilter(OwnedFilter):
    """Search by words, customer or who filed it; kind, tag, month, who, whether it was read."""

    PLACEHOLDER = _("Text, tag, customer or pinyin")

    kind = choice_filter(_("Kind"), _("Any kind"), choices=Information.Kind.choices)
    tag = choice_filter(_("Tag"), _("Any tag"), method="with_tag", choices=[])
    month = choice_filter(_("Month"), _("Any month"), method="in_month", choices=[])
    by = choice_filter(_("Filed by"), _("By anybody"), method="filed_by", choices=[])
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("unread", _("not read by you")),
            ("important", _("told at once")),
            ("market", _("of no customer")),
        ],
    )

    class Meta:
        model = Information
        fields = ["kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["tag"].extra["choices"] = self._tags()
        self.filters["by"].extra["choices"] = self._people()
        self.filters["month"].extra["choices"] = [
            (str(month), month_name(month)) for month in latest_months()
        ]

    def _tags(self) -> list[tuple[str, str]]:
        seen = InformationTag.objects.visible_to(self.request.user).order_by("word")
        return [(word, word) for word in seen.values_list("word", flat=True).distinct()]

    def _people(self) -> list[tuple[str, str]]:
        seen = self.queryset.order_by("person__employee_no")
        return list(seen.values_list("person__employee_no", "person__name").distinct())

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        words = words_of(wanted)
        if not words:
            return rows
        filed = found_by(wanted, rows, named=((self.PERSON, "employee_no"),))
        return rows.filter(named_by(words) | Q(pk__in=filed.order_by().values("pk")))

    def with_tag(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(tags__word=wanted)

    def in_month(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        month = Month.parse(wanted)
        return rows.filter(filed_at__gte=month.start, filed_at__lt=month.end)

    def filed_by(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(person__employee_no=wanted)

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return {
            "unread": rows.filter(is_read=False),
            "important": rows.filter(important=True),
            "market": rows.filter(customer=None),
        }[wanted]

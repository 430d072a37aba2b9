"""Finding among payments: whose bank account, who is paid what, what a shadow comes to."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.filters import found_people, team_choices
from accounts.models import Person
from core.lists.search import choice_filter, found_by, search_filter
from payroll.models import BankAccount, Entry, PayoutLine, ShadowRow


class BankAccountFilter(django_filters.FilterSet):
    """Whose, at which bank, in which state. Numbers are not searched: some see the end alone."""

    q = search_filter(_("Number, name, pinyin or bank"), method="search")
    state = choice_filter(_("State"), _("Any state"), choices=BankAccount.State.choices)

    class Meta:
        model = BankAccount
        fields = ["state"]

    def search(self, rows: QuerySet[BankAccount], _name: str, wanted: str) -> QuerySet[BankAccount]:
        texts = ("holder", "bank", "branch")
        return found_by(wanted, rows, texts=texts, named=[("person", "employee_no")])


class WithoutAccountFilter(django_filters.FilterSet):
    """Who has none: by number, name or pinyin; by team."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    team = choice_filter(_("Team"), _("All teams"))

    class Meta:
        model = Person
        fields = ["team"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["team"].extra["choices"] = team_choices(Person.objects.salespeople())

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        return found_people(people, wanted)


class _OfPeople(django_filters.FilterSet):
    """By whose the row is, or their team."""

    q = search_filter(_("Number, name, pinyin or team"), method="search")

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["person__team"], named=[("person", "employee_no")])


class PayoutFilter(_OfPeople):
    """Who is paid: also by where the payment stands."""

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("missing", _("account missing")),
            ("owed", _("owed")),
            *PayoutLine.State.choices,
        ],
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        owed = Q(paid_state=None) | Q(paid_state=PayoutLine.State.RETURNED)
        if wanted == "missing":
            return rows.filter(owed, account_id=None)
        return rows.filter(owed) if wanted == "owed" else rows.filter(paid_state=wanted)


class PayoutLineFilter(_OfPeople):
    """The payments of a batch."""

    state = choice_filter(_("State"), _("Any state"), choices=PayoutLine.State.choices)

    class Meta:
        model = PayoutLine
        fields = ["state"]


class ShadowFilter(_OfPeople):
    """The people of a shadow."""

    class Meta:
        model = ShadowRow
        fields: list[str] = []

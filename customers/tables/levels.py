"""Visits of a month by customer level, as a list (VIS-5)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from core.lists import ListTable
from customers.querysets.levels import Visited
from customers.rules.levels import Figures, asked_of, figures_of
from customers.tables.visits import CARDS, MAIN, link
from policy.rules import Policy

NAMED = 5  # customers still to visit, by name


def _level(label: Any) -> tables.Column:
    return tables.Column(
        verbose_name=label, accessor="visited", orderable=False, empty_values=(None,)
    )


class LevelTable(ListTable):
    """Salespeople: for each level the visits made of those asked for; who is still to be called
    on."""

    name = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), order_by=("employee_no",), attrs=MAIN
    )
    a = _level(pgettext_lazy("level", "A"))
    b = _level(pgettext_lazy("level", "B"))
    c = _level(pgettext_lazy("level", "C"))
    short = tables.Column(
        verbose_name=gettext_lazy("Still to visit"),
        accessor="visited",
        orderable=False,
        empty_values=(None,),
    )

    class Meta:
        order_by = ("name",)
        attrs = CARDS

    def __init__(self, *args: Any, policy: Policy, is_current: bool, **kwargs: Any) -> None:
        self.policy, self.is_current = policy, is_current
        super().__init__(*args, **kwargs)

    def render_a(self, value: list[Visited], record: Any) -> SafeString | str:
        return self._cell(value, "A", record)

    def render_b(self, value: list[Visited], record: Any) -> SafeString | str:
        return self._cell(value, "B", record)

    def render_c(self, value: list[Visited], record: Any) -> SafeString | str:
        return self._cell(value, "C", record)

    def value_a(self, value: list[Visited]) -> str:
        return self._made_of_asked(value, "A")

    def value_b(self, value: list[Visited]) -> str:
        return self._made_of_asked(value, "B")

    def value_c(self, value: list[Visited]) -> str:
        return self._made_of_asked(value, "C")

    def render_short(self, value: list[Visited]) -> str:
        short = self._short(value)
        named = [f"{each.name} {self._of_one(each)}" for each in short if each.name][:NAMED]
        if left := len(short) - len(named):
            named.append(pgettext("customers", "and %(n)s more") % {"n": left})
        return " · ".join(named)

    def value_short(self, value: list[Visited]) -> int:
        return len(self._short(value))

    def _short(self, visited: list[Visited]) -> list[Visited]:
        return [each for each in visited if each.made < asked_of(each.level, self.policy)]

    def _of_one(self, each: Visited) -> str:
        return f"{each.made}/{asked_of(each.level, self.policy)}"

    def _figures(self, visited: list[Visited], level: str) -> Figures:
        return figures_of(((each.level, each.made) for each in visited), self.policy)[level]

    def _cell(self, visited: list[Visited], level: str, person: Any) -> SafeString | str:
        """What was made of what is asked; of this month it leads to those who are short."""
        figures = self._figures(visited, level)
        if not figures.customers:
            return "—"
        if not figures.short:
            return f"{figures.made}/{figures.asked}"
        said = ngettext("%(n)s customer short", "%(n)s customers short", figures.short)
        told = format_html('<span class="text-secondary">{}</span>', said % {"n": figures.short})
        if self.is_current:
            asked = urlencode({"q": person.employee_no, "state": "short", "level": level})
            told = link(f"{reverse('returns_due')}?{asked}", said % {"n": figures.short})
        return format_html("{}/{} {}", figures.made, figures.asked, told)

    def _made_of_asked(self, visited: list[Visited], level: str) -> str:
        figures = self._figures(visited, level)
        return f"{figures.made}/{figures.asked}" if figures.customers else ""

"""How the rules are shown: what was searched for is marked, a source is called by its name."""

import re
from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.tables.naming import in_chinese
from policy.labels import LABELS, readable
from policy.yearly import DayRead, Kind

register = template.Library()


@register.simple_tag
def marked(text: str, words: Sequence[str] = ()) -> SafeString:
    """A text with every word that was searched for marked."""
    if not words:
        return format_html("{}", text)
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    parts = re.split(f"({'|'.join(longest_first)})", str(text), flags=re.IGNORECASE)
    # Every second part is a hit.
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", p) if n % 2 else p,) for n, p in enumerate(parts)),
    )


@register.filter
def parameter_label(name: str) -> str:
    return str(LABELS.get(name, name))


@register.simple_tag
def parameter_value(name: str, text: str) -> str:
    """A value of the policy table for people to read."""
    return readable(name, text) if text else "—"


_KINDS = {
    Kind.WORKDAY: pgettext_lazy("kind of day", "workday"),
    Kind.WEEKEND: gettext_lazy("weekend"),
    Kind.HOLIDAY: gettext_lazy("public holiday"),
    Kind.MAKEUP: gettext_lazy("make-up workday"),
    Kind.OWN_WORKDAY: gettext_lazy("the company's workday"),
    Kind.OWN_DAY_OFF: gettext_lazy("the company's day off"),
}


@register.simple_tag
def day_kind(day: DayRead) -> str:
    """Why a day is a workday or not."""
    kind = _KINDS[day.kind]
    return f"{kind} · {day.name}" if day.name else str(kind)


@register.simple_tag
def day_says(day: DayRead) -> str:
    """A day with its weekday and kind, for those who do not see the sheet."""
    return f"{date_format(day.date, 'DATE_FORMAT')} {date_format(day.date, 'l')}: {day_kind(day)}"


@register.filter
def weekday_short(day: date) -> str:
    """A weekday where there is little room: 一, Mo."""
    name = date_format(day, "l")
    return name[-1] if in_chinese() else name[:2]

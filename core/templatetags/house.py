"""How the house writes money, months and instants."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core import clock
from core.money import round_half_up
from core.months import Month

register = template.Library()

MINUS = "−"


def yuan_text(amount: Decimal) -> str:
    """Yuan with thousands separators, two decimals and a true minus sign."""
    rounded = round_half_up(Decimal(amount))
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.2f}"


@register.filter
def yuan(amount: Decimal | None) -> SafeString | str:
    """An amount for people to read; a negative one stands out."""
    if amount is None or amount == "":
        return ""
    if amount < 0:
        return format_html('<span class="yuan yuan-minus">{}</span>', yuan_text(amount))
    return format_html('<span class="yuan">{}</span>', yuan_text(amount))


@register.filter
def count(number: int) -> str:
    """A number of things, its thousands apart where there are any."""
    return str(number) if 0 <= number < 1000 else intcomma(number)


@register.filter
def month_name(month: Month) -> str:
    """“2026年10月” or “October 2026”."""
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people write it."""
    if value is None:
        return ""
    return date_format(clock.local(value) if isinstance(value, datetime) else value, "DATE_FORMAT")


@register.filter
def moment(instant: datetime | None) -> str:
    """An instant on the company's clock, to the minute."""
    if instant is None:
        return ""
    local = clock.local(instant)
    return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"


@register.filter
def as_json(value: Any) -> str:
    """A value for a script to read out of an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def said(text: str) -> str:
    """A stored English text in the reader's language (it was marked for gettext where written)."""
    return gettext(text) if text else ""


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The address's query with some parameters changed; an empty value drops one."""
    query = dict(context["request"].GET.lists())
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = [str(value)]
    return f"?{urlencode(query, doseq=True)}"

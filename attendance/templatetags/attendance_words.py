"""Leave in words, for templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from attendance import leave_words as words
from attendance.models import Leave

register = template.Library()


@register.filter
def days_words(days: Decimal) -> str:
    """`1 day`, `2.5 days`."""
    return words.days_words(Decimal(days))


@register.filter
def days_figure(days: Decimal) -> str:
    return words.days_text(Decimal(days))


@register.filter
def span_words(leave: Any) -> str:
    """From when to when."""
    return words.span_words(leave)


@register.simple_tag
def leave_words(leave: Leave, names: Mapping[str, str]) -> str:
    return words.leave_words(leave, names)

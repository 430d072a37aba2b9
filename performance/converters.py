"""Periods in addresses. What does not read as one is no address: 404, never 500."""

from django.core.exceptions import ValidationError
from django.urls import register_converter

from core.converters import is_near
from performance.rules.periods import Period


class PeriodConverter:
    """`2026`, `2026-Q4` or `2026-11` as a `Period`; far-away ones have no pages."""

    regex = "[0-9]{4}(?:-(?:Q[1-4]|[0-9]{2}))?"

    def to_python(self, value: str) -> Period:
        try:
            period = Period.parse(value)
        except ValidationError:
            raise ValueError(value) from None
        if not is_near(period.first):
            raise ValueError(value)
        return period

    def to_url(self, value: Period | str) -> str:
        return str(value)


register_converter(PeriodConverter, "period")

"""Parts of addresses as values. What does not read as one is no address: 404, never 500."""

from django.core.exceptions import ValidationError
from django.urls import register_converter

from core import clock
from core.months import Month

YEARS_BACK = 30
YEARS_AHEAD = 1


class MonthConverter:
    """`2026-10` as a `Month`; far-away months have no pages."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        try:
            month = Month.parse(value)
        except ValidationError:
            raise ValueError(value) from None
        if not is_near(month):
            raise ValueError(value)
        return month

    def to_url(self, value: Month | str) -> str:
        return str(value)


class CodeConverter:
    """A number or code that people give things, as `core.tables.columns.code` takes it."""

    regex = r"[^\s\x00-\x1f\x7f/]{1,32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


class EndingConverter:
    """The ending of a file the program writes."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


def is_near(month: Month) -> bool:
    """Whether a month lies where a company's books can be."""
    year = clock.today().year
    return year - YEARS_BACK <= month.year <= year + YEARS_AHEAD


register_converter(MonthConverter, "month")
register_converter(CodeConverter, "code")
register_converter(EndingConverter, "ending")

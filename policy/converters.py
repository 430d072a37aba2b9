"""Days in addresses."""

from datetime import date

from django.urls import register_converter


class DayConverter:
    """`2026-10-16` as a date; what is none is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "calendarday")

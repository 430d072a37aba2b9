"""A team's month: a row a person, a column a day. Five hundred rows have fifteen thousand cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Person
from attendance.boards.calendar import sign_of
from attendance.boards.days import JudgedDay, Mark, Phase
from attendance.boards.judged import JudgedMonth

Look = tuple[tuple[Mark, ...], bool, bool]


@dataclass(frozen=True)
class GridRow:
    person: Person
    cells: SafeString


def grid_rows(people: Iterable[Person], found: JudgedMonth) -> list[GridRow]:
    """The rows, their cells written out: each look once, however many cells have it."""
    written: dict[Look, SafeString] = {}
    return [GridRow(each, _cells(found.of[each.employee_no], written)) for each in people]


def _cells(days: Mapping[date, JudgedDay], written: dict[Look, SafeString]) -> SafeString:
    cells = []
    for day in days.values():
        look = (day.marks, day.is_workday, day.phase == Phase.NOT_EMPLOYED)
        if look not in written:
            written[look] = _cell(*look)
        cells.append(written[look])
    # Every cell is safe: made by format_html below.
    return mark_safe("".join(cells))  # noqa: S308


def _cell(marks: tuple[Mark, ...], is_workday: bool, is_blank: bool) -> SafeString:
    """The gravest mark gives the colour, all of them their letters."""
    if is_blank:
        return format_html('<td class="{}">', "gb")
    if not marks:
        return format_html('<td class="{}">', "gw" if is_workday else "go")
    letters = "".join(sign_of(mark).sign for mark in marks)
    return format_html('<td class="at-{}">{}', marks[0].value, letters)

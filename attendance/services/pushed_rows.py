"""The rows of a machine's message, read one by one: what is wrong with one stops no other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock

FUTURE = timedelta(minutes=5)  # so far may a machine's clock be ahead
_AT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class Employed(NamedTuple):
    """Somebody on file, as far as a punch has to know them."""

    pk: int
    hired_on: date
    left_on: date | None


class WrongRow(NamedTuple):
    """A row that is not taken; the first is 1."""

    row: int
    reason: str


@dataclass
class ReadRows:
    """`good`: whose and when, in the order of the message."""

    good: list[tuple[int, datetime]] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)


class _Refused(Exception):
    """Why a row is not taken, in the reader's language."""


def rows_read(rows: Sequence[Any], now: datetime) -> ReadRows:
    """Read a message's rows against who is on file. One query."""
    people = _people(rows)
    found = ReadRows()
    for number, row in enumerate(rows, start=1):
        try:
            found.good.append(_read(row, people, now))
        except _Refused as refusal:
            found.wrong.append(WrongRow(number, str(refusal)))
    return found


def _people(rows: Sequence[Any]) -> dict[str, Employed]:
    asked = (row.get("employee_no") for row in rows if isinstance(row, dict))
    # A NUL would stop the query, and no number is that long.
    wanted = {no for no in asked if isinstance(no, str) and len(no) <= 32 and no.isprintable()}
    on_file = Person.objects.filter(employee_no__in=wanted).values_list(
        "employee_no", "pk", "hired_on", "left_on"
    )
    return {no: Employed(pk, hired_on, left_on) for no, pk, hired_on, left_on in on_file}


def _read(row: Any, people: Mapping[str, Employed], now: datetime) -> tuple[int, datetime]:
    if not isinstance(row, dict):
        raise _Refused(_("a row is an object with employee_no and at"))
    number = row.get("employee_no")
    person = people.get(number) if isinstance(number, str) else None
    if person is None:
        raise _Refused(_("nobody has the employee number %(no)s") % {"no": _shown(number)})
    at = _instant(row.get("at"))
    if at > now + FUTURE:
        raise _Refused(_("%(at)s lies in the future") % {"at": _shown(row["at"])})
    day = clock.local_date(at)
    if day < person.hired_on:
        raise _Refused(_("not employed yet on %(day)s") % {"day": day})
    if person.left_on is not None and day > person.left_on:
        raise _Refused(_("left the company on %(day)s") % {"day": person.left_on})
    return person.pk, at


def _instant(value: Any) -> datetime:
    """A reading of the company's clock, or a time with its offset, as an instant in UTC."""
    if isinstance(value, str) and _AT.fullmatch(value):
        try:
            read = datetime.fromisoformat(value)
            return clock.from_local(read) if read.tzinfo is None else read.astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # there is no such day or hour
    raise _Refused(
        _("%(at)s is not a time such as 2026-11-09T08:59:30 or 2026-11-09T08:59:30+08:00")
        % {"at": _shown(value)}
    )


def _shown(value: Any) -> str:
    """What was sent, short and without what a screen or a database does not take."""
    text = value if isinstance(value, str) else repr(value)
    return "“" + "".join(c if c.isprintable() else "�" for c in text[:40]) + "”"

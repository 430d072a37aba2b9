"""A file of employee numbers, for whom accounts are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.backends import typed_name
from accounts.logins.links import AT_ONCE
from accounts.models import Person
from core.tables.reading import UnreadableFile, rows_of
from core.tables.table import shown

HEADERS = ("工号", "employee_no", "员工号", "employee no.")
REASONS_TOLD = 20


@dataclass
class Wanted:
    """Who is named in a file, with the addresses it gives; or what is wrong with it."""

    people: list[Person] = field(default_factory=list)
    emails: dict[int, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def wanted_of(path: Path, people: Any) -> Wanted:
    """Read a file whole; with anything wrong in it nobody is wanted. `people`: who may be named."""
    wanted = Wanted()
    try:
        rows = [(line, cells) for line, cells in rows_of(path) if any(c.strip() for c in cells)]
    except UnreadableFile as unreadable:
        wanted.wrong.append(_("The file %(reason)s.") % {"reason": unreadable.reason})
        return wanted
    if rows and typed_name(rows[0][1][0]).lower() in HEADERS:
        del rows[0]
    if not rows:
        wanted.wrong.append(_("The file names nobody."))
    elif len(rows) > AT_ONCE:
        wanted.wrong.append(
            _("The file names more than %(count)d people: divide it.") % {"count": AT_ONCE}
        )
    else:
        _read(rows, people, wanted)
    return wanted


def _read(rows: Sequence[tuple[int, list[str]]], people: Any, wanted: Wanted) -> None:
    numbers = [typed_name(cells[0].replace("\0", "\ufffd")) for _line, cells in rows]
    known = {p.employee_no: p for p in people.filter(employee_no__in=set(numbers))}
    addresses: set[str] = set()
    for (line, cells), number in zip(rows, numbers, strict=True):
        email = typed_name(cells[1]) if len(cells) > 1 else ""
        if reason := _refusal(known.get(number), number, email, wanted, addresses):
            wanted.wrong.append(_("Line %(line)d: %(reason)s") % {"line": line, "reason": reason})
            continue
        person = known[number]
        wanted.people.append(person)
        if email:
            wanted.emails[person.pk] = email
            addresses.add(email.lower())


def _refusal(
    person: Person | None, number: str, email: str, wanted: Wanted, addresses: set[str]
) -> str:
    if person is None:
        return _("unknown employee: %(no)s") % {"no": shown(number)}
    if person in wanted.people:
        return _("%(no)s stands twice") % {"no": number}
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return _("“%(email)s” is no e-mail address") % {"email": shown(email)}
    return _("“%(email)s” stands twice") % {"email": email} if email.lower() in addresses else ""

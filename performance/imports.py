"""The company's `targets` table (TAR-1)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from accounts.permissions import may_decide
from core.tables.columns import Column, Parser, Reference, code, money, text
from core.tables.table import CheckedRow, Row, RowRefused, Table
from core.tables.writing import unescaped
from performance.models import Target
from performance.querysets import SETS_TARGETS
from performance.rules.periods import Period
from performance.services.targets_loaded import targets_replace


def _numbers() -> dict[str, str]:
    return {no: no for no in Person.objects.values_list("employee_no", flat=True)}


# By number and not by id: a team's row names nobody, and rows without an id have no key.
NUMBER = Reference(what=_("employee"), ids=_numbers)


def period(cell: str) -> str:
    """A period as `Period` writes it. Raises `ValidationError`."""
    return str(Period.parse(cell))


def words(*, longest: int) -> Parser:
    """Text as it was before our own file escaped it: what is set is taken out, and sent again."""
    plain = text(longest=longest)
    return lambda cell: plain(unescaped(cell))


def check_target(row: Row) -> Iterable[tuple[str | None, Any]]:
    if bool(row["employee_no"]) == bool(row["team"]):
        yield "team", _("A target is a person's or a team's.")


def check_targets(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """Whose it is sells something in that time, as on the page that sets it."""
    people = {each.employee_no: each for each in Person.objects.all().iterator(chunk_size=2000)}
    teams = {each.team for each in people.values()}
    for row in rows:
        values = row.values
        if found := _wrong(values, people.get(values["employee_no"]), teams):
            column, reason = found
            yield RowRefused(line=row.line, column=column, reason=reason)


def _wrong(values: Row, person: Person | None, teams: set[str]) -> tuple[str, Any] | None:
    if person is None:
        known = values["team"] in teams
        return None if known else ("team", _("unknown team: %(team)s") % {"team": values["team"]})
    if values.get("name") and values["name"] != person.name:
        said = {"no": person.employee_no, "name": person.name}
        return "name", _("%(no)s is called %(name)s") % said
    if not person.has_role("salesperson"):
        return "employee_no", _("%(no)s sells nothing") % {"no": person.employee_no}
    span = Period.parse(values["period"])
    if not span.employed_days(person.hired_on, person.left_on):
        return "period", _("%(no)s is not employed then") % {"no": person.employee_no}
    return None


def may_set(actor: User, rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """Nobody sets their own by a file either; the manager's is set by the leader."""
    refusals: dict[str, Any] = {}
    plain = set(Person.objects.filter(roles="salesperson").values_list("employee_no", flat=True))
    plain -= {actor.person.employee_no} if actor.person else set()
    for row in rows:
        no = row.values["employee_no"]
        if not no or no in plain:
            continue
        if no not in refusals:
            refusals[no] = may_decide(actor, Person.objects.get(employee_no=no), *SETS_TARGETS)
        if not refusals[no]:
            yield RowRefused(line=row.line, column="employee_no", reason=refusals[no].reason)


targets = Table(
    name="targets",
    zh="销售任务",
    after=("people",),
    columns=(
        Column("employee_no", "工号", code(), key=True, optional=True, empty="", refers=NUMBER),
        Column("team", "团队", words(longest=60), key=True, optional=True, empty="", example=""),
        Column("period", "期间", period, key=True, example="2026-Q4"),
        Column("amount", "任务", money),
    ),
    also=(Column("name", "姓名", words(longest=60), optional=True, empty="", example=""),),
    check_row=check_target,
    check_rows=check_targets,
    may=may_set,
    model=Target,
    save=targets_replace,
    loaded_by=SETS_TARGETS,
    by_them_alone=True,
)

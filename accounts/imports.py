"""The company's `people` table."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Channel, Person, Role
from accounts.services import people_replace
from core.money import ZERO
from core.tables.columns import Column, Reference, code, day, money, one_of, text
from core.tables.table import CheckedRow, Row, RowRefused, Table


def person_ids() -> dict[str, int]:
    return dict(Person.objects.values_list("employee_no", "id"))


PERSON = Reference(what=_("employee"), ids=person_ids)


def employee(
    name: str = "employee_no", zh: str = "工号", field: str = "person_id", **options: Any
) -> Column:
    """The column that names a person of the `people` table."""
    return Column(name, zh, code(), refers=PERSON, field=field, **options)


def roles(cell: str) -> str:
    """Roles joined by `+`, each once, in the order of ORG-1."""
    one = one_of(Role.choices)
    named = [one(part.strip()) for part in cell.split("+")]
    if len(set(named)) < len(named):
        raise ValidationError(
            _("a role stands twice: %(cell)s"), code="twice", params={"cell": cell[:40]}
        )
    return "+".join(role for role in Role.values if role in named)


def check_person(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["left_on"] and row["left_on"] < row["hired_on"]:
        yield "left_on", _("lies before hired_on")
    if "salesperson" in row["roles"] and not row["channel"]:
        yield "channel", _("a salesperson works in the field or by telephone")
    if row["supervisor_no"] == row["employee_no"]:
        yield "supervisor_no", _("nobody is their own supervisor")


def check_people(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """Every supervisor is on file, and following supervisors upward always ends."""
    boss = dict(Person.objects.values_list("employee_no", "supervisor__employee_no"))
    boss.update({r.values["employee_no"]: r.values["supervisor_no"] or None for r in rows})
    circling = _in_circles(boss)
    for row in rows:
        named = row.values["supervisor_no"]
        if named and named not in boss:
            yield RowRefused(
                line=row.line,
                column="supervisor_no",
                reason=_("unknown employee: %(no)s") % {"no": named},
            )
        elif row.values["employee_no"] in circling:
            yield RowRefused(
                line=row.line,
                column="supervisor_no",
                reason=_("the supervisors go round in a circle"),
            )


def _in_circles(boss: Mapping[str, str | None]) -> set[str]:
    """Everybody who meets themselves going upward. However long the chains, each is passed once."""
    circling: set[str] = set()
    passed: set[str] = set()
    for start in boss:
        chain: dict[str, None] = {}
        above: str | None = start
        while above is not None and above not in passed and above not in chain:
            chain[above] = None
            above = boss.get(above)
        if above is not None and above in chain:
            way = list(chain)
            circling.update(way[way.index(above) :])
        passed.update(chain)
    return circling


people = Table(
    name="people",
    zh="人员",
    columns=(
        Column("employee_no", "工号", code(), key=True),
        Column("name", "姓名", text(longest=60)),
        Column("roles", "角色", roles),
        Column("team", "团队", text(longest=60), optional=True, empty=""),
        Column("supervisor_no", "主管工号", code(), optional=True, empty=""),
        Column("channel", "渠道", one_of(Channel.choices), optional=True, empty=""),
        Column("hired_on", "入职日期", day),
        Column("left_on", "离职日期", day, optional=True),
        Column("base_salary", "基本工资", money, optional=True, empty=ZERO),
    ),
    check_row=check_person,
    check_rows=check_people,
    model=Person,
    save=people_replace,
)

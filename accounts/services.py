"""Writes about people and logins."""

from collections.abc import Sequence
from typing import Any

from accounts.models import Person, User
from core.services import audit, audit_subject, facts_replace
from core.tables.table import Row, Saved


def people_replace(*, rows: Sequence[Row], actor: Any) -> Saved:
    """Write people from a file; supervisors may stand anywhere in the same file (ORG-2)."""
    plain = [{k: v for k, v in row.items() if k != "supervisor_no"} for row in rows]
    saved = facts_replace(model=Person, key=("employee_no",), rows=plain, actor=actor)
    moved = _supervisors_set(rows=rows, actor=actor)
    return Saved(saved.new, saved.changed + moved, saved.same - moved) if moved else saved


def _supervisors_set(*, rows: Sequence[Row], actor: Any) -> int:
    known = {p.employee_no: p for p in Person.objects.all()}
    moved = 0
    for row in rows:
        person = known[row["employee_no"]]
        boss = known[row["supervisor_no"]] if row["supervisor_no"] else None
        if person.supervisor_id == (boss.pk if boss else None):
            continue
        had_one = person.supervisor_id
        person.supervisor = boss
        person.save(update_fields=["supervisor"])
        if had_one:
            moved += 1
            audit(
                actor=actor,
                action="replace",
                subject=audit_subject(person),
                changes={"supervisor": row["supervisor_no"] or ""},
            )
    return moved


def login_set(*, employee_no: str, password: str) -> User:
    """Give a person a login, or a login a new password. Raises `Person.DoesNotExist`."""
    person = Person.objects.get(employee_no=employee_no)
    user, _created = User.objects.get_or_create(username=employee_no, defaults={"person": person})
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(actor=None, action="login", subject=audit_subject(person), changes={})
    return user

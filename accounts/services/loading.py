"""People from files, and their logins."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from accounts.logins.subjects import login_subject
from accounts.models import Person, User
from accounts.services.positions import leavers_write, places, places_compare
from core import clock
from core.services import BATCH, audit, facts_replace
from core.tables.staging import Again
from core.tables.table import Row, Saved


def people_replace(*, rows: Iterable[Row], actor: Any) -> Saved:
    """Write people from a file; supervisors may stand anywhere in the same file (ORG-2).

    What changes of somebody's place goes into their history, dated today or the day of hiring.
    """
    write = partial(facts_replace, model=Person, key=("employee_no",), actor=actor)
    before = places()
    newcomers = Again(lambda: (row for row in rows if row["employee_no"] not in before))
    added = write(rows=(_with_supervisor(row, {}) for row in newcomers))
    ids = _person_ids()
    Person.objects.bulk_update(
        [
            Person(pk=ids[row["employee_no"]], supervisor_id=ids[row["supervisor_no"]])
            for row in newcomers
            if row["supervisor_no"]
        ],
        ["supervisor"],
        batch_size=BATCH,
    )
    saved = write(rows=(_with_supervisor(row, ids) for row in rows if row["employee_no"] in before))
    places_compare(before=before, actor=actor)
    leavers_write(as_of=clock.today())
    return Saved(added.new, saved.changed, saved.same)


def _person_ids() -> dict[str, int]:
    return dict(Person.objects.values_list("employee_no", "id"))


def _with_supervisor(row: Row, ids: dict[str, int]) -> Row:
    plain = {name: value for name, value in row.items() if name != "supervisor_no"}
    return {**plain, "supervisor_id": ids.get(row["supervisor_no"])}


def login_set(*, employee_no: str, password: str) -> User:
    """Give a person a login, or a login a new password. Raises `Person.DoesNotExist`."""
    person = Person.objects.get(employee_no=employee_no)
    user, _created = User.objects.get_or_create(username=employee_no, defaults={"person": person})
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(actor=None, action="login", subject=login_subject(person), changes={})
    return user

"""Position changes: decided on by personnel, taking effect on their day, kept for good (ORG-2)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Person, PositionChange, PositionPlan
from accounts.models.positions import PositionKind
from accounts.querysets import ids_below
from accounts.services.refusals import (
    ChangedMeanwhile,
    PeopleRefused,
    in_place,
    person_locked,
    version_of,
)
from core import clock
from core.db import rows_insert
from core.money import to_fen
from core.services import audit, audit_subject

POSITION = ("roles", "team", "supervisor_id", "channel", "base_salary")
SHOWN = (*POSITION, "hired_on", "left_on", "suspended_on")
ONE_DAY = timedelta(days=1)
# A person's place as it was read in bulk: POSITION, hired_on, left_on.
Place = tuple[Any, ...]


@transaction.atomic
def position_change(
    *,
    actor: Any,
    person: Person,
    seen: str,
    kind: str,
    from_on: date,
    values: Mapping[str, Any],
    reason: str,
) -> PositionPlan:
    """Decide on a change of place from a day on; one of today or earlier takes effect at once.

    `values`: what of `POSITION` becomes what (nothing, where somebody is suspended or reinstated).
    `seen`: `version_of` what the form showed. Raises `PeopleRefused`, `ChangedMeanwhile`.
    """
    person = person_locked(person.pk)
    if version_of(person, SHOWN) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this meanwhile: look again."))
    changed = {name: new for name, new in values.items() if getattr(person, name) != new}
    _check(person, kind, from_on, changed)
    if PositionPlan.objects.filter(person=person, from_on=from_on, state="planned").exists():
        raise PeopleRefused(_("A change is planned for that day already."))
    kept = {name: changed.get(name, getattr(person, name)) for name in POSITION}
    plan = PositionPlan.objects.create(
        person=person,
        kind=kind,
        from_on=from_on,
        changed=sorted(changed),
        reason=reason[:200],
        made_by=actor,
        **kept,
    )
    audit(
        actor=actor,
        action="position planned",
        subject=audit_subject(person),
        changes={
            "kind": ["", kind],
            "from_on": ["", from_on.isoformat()],
            **{name: [_text(getattr(person, name)), _text(new)] for name, new in changed.items()},
            **in_place(actor, "admin"),
        },
    )
    if from_on <= clock.today():
        _take_effect(plan)
    return plan


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _check(person: Person, kind: str, from_on: date, changed: Mapping[str, Any]) -> None:
    if from_on < person.hired_on:
        raise PeopleRefused(_("That day lies before the day of hiring."))
    if person.left_on and from_on > person.left_on:
        raise PeopleRefused(_("That day lies after the last day."))
    if kind not in (PositionKind.SUSPENDED, PositionKind.REINSTATED) and not changed:
        raise PeopleRefused(_("Nothing would change."))
    roles = changed.get("roles", person.roles)
    if "salesperson" in roles.split("+") and not changed.get("channel", person.channel):
        raise PeopleRefused(_("A salesperson works in the field or by telephone."))
    if _circles(person, changed):
        raise PeopleRefused(_("The supervisor is the person, or somebody below them."))


def _circles(person: Person, changed: Mapping[str, Any]) -> bool:
    above = changed.get("supervisor_id")
    return above is not None and (above == person.pk or above in ids_below(person.pk))


@transaction.atomic
def position_plan_withdraw(*, actor: Any, plan: PositionPlan) -> None:
    """Take a planned change back. Raises `ChangedMeanwhile` where it is planned no longer."""
    planned = PositionPlan.objects.filter(pk=plan.pk, state="planned")
    if planned.update(state=PositionPlan.State.WITHDRAWN) != 1:
        raise ChangedMeanwhile(_("It took effect, or was withdrawn, already."))
    audit(
        actor=actor,
        action="position withdrawn",
        subject=audit_subject(plan.person),
        changes={
            "state": ["planned", "withdrawn"],
            "from_on": [plan.from_on.isoformat(), ""],
            **in_place(actor, "admin"),
        },
    )


def positions_take_effect(*, as_of: date) -> dict[str, int]:
    """Let every change whose day has come take effect, and write down who has left.

    Run twice, late, or by two workers at once: each takes effect once. Says how many did, how many
    left, and how many are stuck: the supervisor they name is below the person by now.
    """
    planned = PositionPlan.objects.filter(state="planned", from_on__lte=as_of)
    taken = stuck = 0
    for plan in planned.order_by("from_on", "id"):
        with transaction.atomic():
            took = _take_effect(plan)
        taken += took is True
        stuck += took is None
    return {"taken": taken, "stuck": stuck, "left": leavers_write(as_of=as_of)}


def _take_effect(plan: PositionPlan) -> bool | None:
    """In the caller's transaction. False: somebody else did it; None: it cannot."""
    person = person_locked(plan.person_id)
    changed = {name: getattr(plan, name) for name in plan.changed}
    if _circles(person, changed):
        return None
    planned = PositionPlan.objects.filter(pk=plan.pk, state="planned")
    if planned.update(state=PositionPlan.State.DONE) != 1:
        return False
    before = person.base_salary
    if plan.kind == PositionKind.SUSPENDED:
        changed["suspended_on"] = plan.from_on
    elif plan.kind == PositionKind.REINSTATED:
        changed["suspended_on"] = None
    was = {name: _text(getattr(person, name)) for name in changed}
    Person.objects.filter(pk=person.pk).update(**changed)
    person.refresh_from_db()
    PositionChange.objects.create(
        person=person,
        kind=plan.kind,
        from_on=plan.from_on,
        base_salary_before=before,
        reason=plan.reason,
        by=plan.made_by,
        **{name: getattr(person, name) for name in POSITION},
    )
    audit(
        actor=plan.made_by,
        action="position",
        subject=audit_subject(person),
        changes={name: [was[name], _text(new)] for name, new in changed.items()},
    )
    return True


# --- What a load of the people's table does to positions ------------------------------------------


def places() -> dict[str, Place]:
    """Everybody's place, by employee number. One query."""
    rows = Person.objects.order_by().values_list(
        "employee_no", "id", *POSITION, "hired_on", "left_on"
    )
    return {no: tuple(place) for no, *place in rows}


def places_compare(*, before: Mapping[str, Place], actor: Any) -> None:
    """Write down what a load changed of places: dated today, or the day of hiring.

    In the caller's transaction; two statements however many people there are.
    """
    today, at = clock.today(), clock.now()
    rows = [
        _row(place, _kind(old, place), place[-2] if old is None else today, old, at, actor)
        for no, place in places().items()
        if (old := before.get(no)) is None or old[:6] != place[:6]
    ]
    if rows:
        rows_insert(model=PositionChange, columns=COLUMNS, rows=rows)


COLUMNS = (
    "person_id",
    *POSITION,
    "kind",
    "from_on",
    "reason",
    "base_salary_before",
    "at",
    "by_id",
)


def _row(
    place: Place, kind: str, from_on: date, old: Place | None, at: Any, actor: Any
) -> list[Any]:
    """A row as the table keeps it."""
    person, roles, team, supervisor, channel, salary, *_dates = place
    if connection.vendor == "sqlite":
        from_on, at = from_on.isoformat(), str(at.replace(tzinfo=None))  # type: ignore[assignment]
    return [
        person,
        roles,
        team,
        supervisor,
        channel,
        to_fen(salary),
        kind,
        from_on,
        "",
        None if old is None else to_fen(old[5]),
        at,
        actor and actor.pk,
    ]


def _kind(old: Place | None, new: Place) -> str:
    """What a load calls a change: a file does not say whether somebody rose or fell."""
    if old is None:
        return PositionKind.HIRED
    if old[1] != new[1]:
        return PositionKind.ROLES
    return PositionKind.PAY if old[2:5] == new[2:5] else PositionKind.TRANSFER


def leavers_write(*, as_of: date) -> int:
    """Write down whoever has left by a day and whose history does not say so yet.

    From the day after the last one employed. Returns how many. Two statements.
    """
    told = set(
        PositionChange.objects.filter(kind=PositionKind.LEFT)
        .order_by()
        .values_list("person", "from_on")
    )
    left = Person.objects.filter(left_on__lt=as_of).order_by("id")
    at = clock.now()
    rows = [
        _row(tuple(place), PositionKind.LEFT, day, tuple(place), at, None)
        for *place, day in _with_day(left.values_list("id", *POSITION, "hired_on", "left_on"))
        if (place[0], day) not in told
    ]
    if rows:
        with transaction.atomic():
            rows_insert(model=PositionChange, columns=COLUMNS, rows=rows)
    return len(rows)


def _with_day(people: Any) -> Any:
    return ((*place, place[-1] + ONE_DAY) for place in people)


@transaction.atomic
def leaving_set(*, actor: Any, person: Person, seen: str, left_on: date | None) -> Person:
    """Set a person's last day, or take it back (PAY-6). Raises `PeopleRefused`."""
    was = person_locked(person.pk)
    if version_of(was, SHOWN) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this meanwhile: look again."))
    if left_on and left_on < was.hired_on:
        raise PeopleRefused(_("The last day lies before the day of hiring."))
    if left_on == was.left_on:
        return was
    same = Person.objects.filter(pk=was.pk, left_on=was.left_on)
    if same.update(left_on=left_on) != 1:
        raise ChangedMeanwhile(_("Somebody else changed this meanwhile: look again."))
    audit(
        actor=actor,
        action="last day",
        subject=audit_subject(was),
        changes={"left_on": [_text(was.left_on), _text(left_on)], **in_place(actor, "admin")},
    )
    was.left_on = left_on
    return was


def kinds_by_hand() -> Sequence[tuple[str, Any]]:
    """The kinds that personnel chooses among."""
    by_itself = (PositionKind.HIRED, PositionKind.LEFT)
    return [(kind.value, kind.label) for kind in PositionKind if kind not in by_itself]

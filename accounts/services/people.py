"""Adding a person, and keeping what is known of them besides their position (ORG-2)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person, PositionChange, Qualification
from accounts.services.refusals import (
    ChangedMeanwhile,
    PeopleRefused,
    in_place,
    person_locked,
    values_of,
    version_of,
)
from core.services import audit, audit_subject

FACTS = ("name", "phone", "contract_target")


@transaction.atomic
def person_add(
    *, actor: Any, employee_no: str, hired_on: date, values: Mapping[str, Any]
) -> Person:
    """Put somebody on file, with the first line of their history (ORG-2).

    `values`: name, roles (joined by +), team, supervisor, channel, base_salary in yuan, phone,
    contract_target. Raises `PeopleRefused` where the number is taken.
    """
    try:
        with transaction.atomic():
            person = Person.objects.create(employee_no=employee_no, hired_on=hired_on, **values)
    except IntegrityError:
        raise PeopleRefused(
            _("The employee number %(no)s is taken.") % {"no": employee_no}
        ) from None
    PositionChange.objects.create(
        person=person,
        kind="hired",
        from_on=hired_on,
        roles=person.roles,
        team=person.team,
        supervisor=person.supervisor,
        channel=person.channel,
        base_salary=person.base_salary,
        by=actor,
    )
    changes = {name: ["", str(value or "")] for name, value in values.items()}
    audit(
        actor=actor,
        action="add",
        subject=audit_subject(person),
        changes={"hired_on": ["", hired_on.isoformat()], **changes, **in_place(actor, "admin")},
    )
    return person


@transaction.atomic
def person_edit(
    *,
    actor: Any,
    person: Person,
    seen: str,
    name: str,
    phone: str,
    contract_target: Decimal | None,
) -> Person:
    """Change what is known of a person. `seen`: `version_of` what the form showed.

    `contract_target`: yuan a year. Raises `ChangedMeanwhile`.
    """
    was = person_locked(person.pk)
    if version_of(was, FACTS) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this meanwhile: look again."))
    new = {"name": name, "phone": phone, "contract_target": contract_target}
    changes = {
        field: [str(getattr(was, field) or ""), str(value or "")]
        for field, value in new.items()
        if getattr(was, field) != value
    }
    if not changes:
        return was
    if Person.objects.filter(pk=was.pk, **values_of(was, FACTS)).update(**new) != 1:
        raise ChangedMeanwhile(_("Somebody else changed this meanwhile: look again."))
    was.refresh_from_db()
    audit(
        actor=actor,
        action="edit",
        subject=audit_subject(was),
        changes={**changes, **in_place(actor, "admin")},
    )
    return was


@transaction.atomic
def qualification_add(
    *, actor: Any, person: Person, name: str, number: str, valid_until: date | None
) -> Qualification:
    """Keep a qualification (S7.4). The same one again gets the new day it is valid until."""
    person_locked(person.pk)
    kept, _new = Qualification.objects.update_or_create(
        person=person, name=name, number=number, defaults={"valid_until": valid_until}
    )
    audit(
        actor=actor,
        action="qualification",
        subject=audit_subject(person),
        changes={
            "qualification": ["", f"{name} {number} {valid_until or ''}".strip()],
            **in_place(actor, "admin"),
        },
    )
    return kept


@transaction.atomic
def qualification_remove(*, actor: Any, qualification: Qualification) -> None:
    """Take one off the file. Gone already is as good."""
    person = qualification.person
    if Qualification.objects.filter(pk=qualification.pk).delete()[0]:
        audit(
            actor=actor,
            action="qualification",
            subject=audit_subject(person),
            changes={
                "qualification": [f"{qualification.name} {qualification.number}", ""],
                **in_place(actor, "admin"),
            },
        )

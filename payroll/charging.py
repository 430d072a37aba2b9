"""Who charged: whose word stands behind an entry (PAY-3)."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Person
from core.models import AuditRow
from payroll.models import Entry
from payroll.rules.appeals import Party

BY_THE_PROGRAM = ("close ", "final ")


def party_of(person: Person) -> Party:
    """Somebody as the rules see them."""
    return Party(person.employee_no, person.role_set)


def chargers_of(entry: Entry) -> list[Party]:
    """Those who wrote the facts an entry rests on, and whoever posted it by hand. Two queries.

    A fact's writer is who the audit trail names; what came in a file as it was has none. Whoever
    pressed the button of a close has charged nobody: it reckons what the facts say.
    """
    people = Person.objects.filter(
        user__in=AuditRow.objects.filter(subject__in=list(_subjects(entry)), actor__isnull=False)
        .order_by()
        .values("actor")
    )
    found = {person.employee_no: party_of(person) for person in people}
    if entry.posted_by_id and not entry.job.startswith(BY_THE_PROGRAM):
        by_hand: Any = entry.posted_by
        if by_hand.person:
            found[by_hand.person.employee_no] = party_of(by_hand.person)
    return list(found.values())


def _subjects(entry: Entry) -> Iterator[str]:
    """What the audit trail calls the rows of the evidence."""
    for line in entry.evidence:
        if named := settings.EVIDENCE_SUBJECTS.get(line["table"]):
            yield import_string(named)(line["row"])
        elif line["table"] in settings.FACT_ROWS:
            model, _dated = settings.FACT_ROWS[line["table"]]
            yield f"{model.rpartition('.')[2].lower()} {line['row']}"[:80]

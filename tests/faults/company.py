"""The company that has to bear it: `python -m tests.faults.company` loads it where DATABASE_URL is.

Thirty salespeople with a month of fines, pool, slips and reserve. Their ids lie far apart, so that
a close by groups of ids has several groups to go through.
"""

import os
import tempfile
from pathlib import Path

import django

MONTH = "2026-10"
SEED = 30
PEOPLE = 30
TOGETHER, APART = 6, 1000  # as far as a group goes


def load_company() -> None:
    from core.services import sources_load
    from core.tables.folder import contents_of
    from tests.oracle.generator import generate

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, month=MONTH, seed=SEED, people=PEOPLE, policy={})
        for files in ([folder / "people.csv"], sorted(folder.iterdir())):
            loads = sources_load(sources=contents_of(files).sources)
            if wrong := [reason for load in loads for reason in load.reasons]:
                raise ValueError(wrong)
            people_spread()


def people_spread() -> None:
    """Give people ids in several far groups; nothing names them yet but other people."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from accounts.models import Person

    # Salespeople first: their numbers are the last.
    ids = list(Person.objects.order_by("-employee_no").values_list("id", flat=True))
    if max(ids) > len(ids):
        return
    apart = {old: (n // TOGETHER + 1) * APART + n % TOGETHER for n, old in enumerate(ids)}
    with transaction.atomic():
        for old, new in apart.items():
            chief = Person.objects.values_list("supervisor_id", flat=True).get(pk=old)
            Person.objects.filter(pk=old).update(id=new, supervisor_id=apart.get(chief))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Person]):
            cursor.execute(statement)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.testing")
    django.setup()
    load_company()

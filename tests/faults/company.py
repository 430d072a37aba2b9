"""The company that has to bear it: `python -m tests.faults.company` loads it where DATABASE_URL is.

Thirty salespeople with a month of fines, pool, slips and reserve. Their ids lie far apart, so that
a close by groups of ids has several groups to go through.
"""

import csv
import os
import tempfile
from datetime import date
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
        people_stand_apart(folder / "people.csv")
        loads = sources_load(sources=contents_of(sorted(folder.iterdir())).sources)
        if wrong := [reason for load in loads for reason in load.reasons]:
            raise ValueError(wrong)


def people_stand_apart(table: Path) -> None:
    """Put those of the people's table on file, with ids in several far groups."""
    from django.core.management.color import no_style
    from django.db import connection

    from accounts.models import Person

    with table.open(encoding="utf-8-sig", newline="") as rows:
        # Salespeople first: their numbers are the last.
        employee_nos = sorted((row["employee_no"] for row in csv.DictReader(rows)), reverse=True)
    Person.objects.bulk_create(
        Person(
            id=(n // TOGETHER + 1) * APART + n % TOGETHER,
            employee_no=no,
            name=no,
            roles="keeper",
            hired_on=date(2020, 1, 1),
        )
        for n, no in enumerate(employee_nos)
    )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Person]):
            cursor.execute(statement)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.testing")
    django.setup()
    load_company()

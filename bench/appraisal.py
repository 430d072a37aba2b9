"""How long a quarter of everybody takes to appraise, and how much memory (KPI-1).

    .venv/bin/python bench/appraisal.py --people 10000 [--on postgresql]

The company of `facts.py`, whose month is October 2026, with two months more of visits and weeks of
meetings before and after it: the quarter is the fourth. Timed is what the job does from its first
query to the last appraisal written, in a process of its own, on tables that were just analysed, as
the job does itself; then the same again, when nothing has changed. The aims are told beside the
figures, and missing one fails the bench.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases import KINDS, Databases  # noqa: E402

QUARTER = "2026-Q4"
AS_OF = "2027-01-04T10:00:00+08:00"
# Aims for 10,000 people: of the first reckoning, and of the whole process.
SECONDS, MEGABYTES = 60, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", choices=sorted(KINDS), action="append")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measured()))
        return
    failed = False
    for vendor in asked.on or ["postgresql"]:
        failed |= _on(vendor, asked)
    sys.exit(failed)


def _on(vendor: str, asked: argparse.Namespace) -> bool:
    """Measure on one kind of database; whether an aim was missed."""
    with tempfile.TemporaryDirectory() as folder:
        database = KINDS[vendor](Path(folder))
        try:
            database.fill("appraisal", people=asked.people, seed=asked.seed)
            found = _measure(database)
        finally:
            database.drop("appraisal")
    print(f"\n{vendor}, {asked.people} salespeople, {found['visits']} visits")
    aims = {
        "reckoned": (found["seconds"], SECONDS, "s"),
        "reckoned again, nothing changed": (found["again"], SECONDS, "s"),
        "largest process": (found["megabytes"], MEGABYTES, "MB"),
    }
    for what, (value, limit, unit) in aims.items():
        verdict = "met" if value <= limit else "MISSED"
        print(f"  {what:34} {value:9.2f} {unit:3} aim ≤ {limit}  {verdict}")
    print(f"  {'queries of the reading':34} {found['queries']:9d}")
    if found["appraised"] == 0:
        sys.exit("nobody was appraised")
    return any(value > limit for value, limit, _unit in aims.values())


def _measure(database: Databases) -> dict[str, Any]:
    told = database.python("appraisal", "appraisal.py", "--measure")
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def measured() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    import django

    django.setup()
    from datetime import datetime

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from core import clock
    from customers.models import Visit
    from performance.models import Appraisal
    from performance.reads.quarter import appraised_in, quarter_facts
    from performance.rules.periods import Period
    from policy.querysets import policy_book

    _more_facts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    quarter = Period.parse(QUARTER)
    with clock.set_to(datetime.fromisoformat(AS_OF)):
        first, again = _timed(quarter), _timed(quarter)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        policy = policy_book().on(quarter.last_day)
        few = appraised_in(quarter).filter(pk__lte=10)
        with CaptureQueriesContext(connection) as seen:
            quarter_facts(quarter, policy, few)
    return {
        "seconds": first,
        "again": again,
        "megabytes": peak,
        "queries": len(seen),
        "visits": Visit.objects.count(),
        "appraised": Appraisal.objects.count(),
    }


def _timed(quarter: Any) -> float:
    from core.db import read_snapshot, statistics_ensure
    from performance.reads.quarter import appraised_in, quarter_facts
    from performance.services.reckoning import quarter_keep
    from policy.querysets import policy_book

    started = time.perf_counter()
    statistics_ensure()
    policy = policy_book().on(quarter.last_day)
    with read_snapshot():
        facts = quarter_facts(quarter, policy, appraised_in(quarter))
    quarter_keep(quarter=quarter, policy=policy, facts=facts)
    return time.perf_counter() - started


def _more_facts() -> None:
    """October's visits and money once more in November and December; a meeting a week at which
    everybody was due; a target for everybody."""
    from django.db import connection

    shift = {
        "postgresql": "at + interval '{n} days'",
        "sqlite": "strftime('%Y-%m-%d %H:%M:%S', at, '+{n} days')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        for days in (31, 62):
            cursor.execute(
                "INSERT INTO customers_visit (person_id, customer_id, at, kind, content, void)"
                f" SELECT person_id, customer_id, {shift.format(n=days)}, kind, content, void"
                " FROM customers_visit WHERE at >= '2026-10-01' AND at < '2026-11-01'"
            )
        cursor.execute("UPDATE accounts_person SET contract_target = 120000000 WHERE id % 10 > 0")
    _meetings()


def _meetings() -> None:
    from accounts.models import Person, User
    from core import clock
    from reports.models import Meeting, Presence

    by = User.objects.create(username="chair")
    people = list(Person.objects.salespeople().values_list("pk", flat=True))
    for week in range(12):
        on = date(2026, 10, 5) + timedelta(days=7 * week)
        met = Meeting.objects.create(
            kind="weekly", title="例会", on=on, starts_at=clock.start_of(on), state="held"
        )
        Presence.objects.bulk_create(
            [
                Presence(
                    meeting=met,
                    person_id=pk,
                    state="present" if (pk + week) % 9 else "absent",
                    way="tick",
                    by=by,
                )
                for pk in people
            ],
            batch_size=2000,
        )


if __name__ == "__main__":
    main()

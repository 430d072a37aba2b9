"""What the benches time, each in a process of its own on the database DATABASE_URL names.

    DATABASE_URL=… .venv/bin/python bench/steps.py close

Prints one line of JSON: seconds and this process's own work among them (Django's start left out),
its peak memory in MB, and what came of it.
"""

import cProfile
import hashlib
import json
import os
import pstats
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from string import Template
from typing import Any

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from bench.facts import AS_OF, CUTOFF_DAY, MONTH  # noqa: E402
from core import clock  # noqa: E402
from core.months import Month  # noqa: E402
from policy.querysets import policy_book  # noqa: E402
from policy.workdays import collection_month  # noqa: E402

COLUMNS = "key, person_id, rule, source, target, amount, for_month"


def stored(instant: datetime) -> str:
    """An instant as the database keeps it: PostgreSQL is told the zone."""
    text = instant.astimezone(clock.COMPANY_ZONE) - timedelta(hours=8)
    return f"{text:%Y-%m-%d %H:%M:%S}" + ("+00" if connection.vendor == "postgresql" else "")


def script() -> str:
    month = Month.parse(MONTH)
    collecting = collection_month(month, policy_book())
    return Template((BENCH / f"close_{connection.vendor}.sql").read_text()).substitute(
        month=month,
        first=month.first_day,
        last=month.last_day,
        start=stored(month.start),
        end=stored(month.end),
        after=stored(collecting.after),
        cutoff=stored(collecting.cutoff),
        cutoff_day=CUTOFF_DAY,
        as_of=stored(datetime.fromisoformat(AS_OF)),
        now=stored(clock.now()),
    )


def sql() -> dict[str, Any]:
    """The close by hand, in one transaction."""
    text = script()
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "sqlite":
        raw.create_function("sha256", 1, lambda s: hashlib.sha256(s.encode()).hexdigest())
        run = lambda: raw.executescript(f"BEGIN IMMEDIATE;\n{text}\nCOMMIT;")  # noqa: E731
    else:
        run = lambda: raw.execute(f"BEGIN;\n{text}\nCOMMIT;")  # noqa: E731
    return timed(run)


def close() -> dict[str, Any]:
    """The program's close, by the call everybody uses."""
    from payroll.services import month_close

    connection.ensure_connection()
    month = Month.parse(MONTH)
    return timed(lambda: month_close(month=month, as_of=datetime.fromisoformat(AS_OF)))


def profile() -> dict[str, Any]:
    from payroll.services import month_close

    profiler = cProfile.Profile()
    profiler.runcall(month_close, month=Month.parse(MONTH), as_of=datetime.fromisoformat(AS_OF))
    told(profiler)
    return {}


def told(profiler: cProfile.Profile) -> None:
    """The 25 functions with the most time of their own, and the program's own by time in all."""
    text = StringIO()
    stats = pstats.Stats(profiler, stream=text)
    stats.sort_stats("tottime").print_stats(25)
    stats.sort_stats("cumulative").print_stats(r"(charges|querysets|services|assessment|rules)", 30)
    packages = Path(django.__file__).parent.parent
    print(
        text.getvalue().replace(f"{packages}/", "").replace(f"{BENCH.parent}/", ""),
        file=sys.stderr,
    )


def final() -> dict[str, Any]:
    from payroll.services import month_final

    return timed(lambda: month_final(month=Month.parse(MONTH), early_reason="the bench"))


def explain() -> dict[str, Any]:
    """Every statement of the month, and what stands behind every line of it."""
    from accounts.models import Person
    from payroll.explaining import explain as why
    from payroll.models import Entry
    from payroll.sums import statements_found

    month = Month.parse(MONTH)
    explained: Counter[str] = Counter()

    def run() -> None:
        book = policy_book()
        found = statements_found(month, Person.objects.all(), count=Person.objects.count())
        totals = {row.employee_no: row.total for row in found.rows}
        lines = Entry.objects.lines().filter(pay_month=month).select_related("person")
        for entry in lines.order_by("person", "id").iterator():
            found = why(entry, book=book)
            assert found.arithmetic
            assert found.evidence
            totals[entry.employee_no] -= found.on_pay
            explained[entry.employee_no] += 1
        assert not any(totals.values())

    return timed(run) | {"statements": len(explained), "explained": explained.total()}


def request() -> dict[str, Any]:
    """Ask workers for the close and wait until it is done, as the browser does."""
    from core.jobs import job_request
    from core.models import JobRun

    def run() -> None:
        asked = job_request(kind="close", subject=MONTH)
        while asked.is_under_way:
            time.sleep(0.02)
            asked = JobRun.objects.get(pk=asked.pk)
        assert asked.state == JobRun.State.DONE, asked.error

    connection.ensure_connection()
    return timed(run)


def analyze() -> dict[str, Any]:
    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute("ANALYZE"))


def vacuum() -> dict[str, Any]:
    """As a database that has stood for a day."""
    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute("VACUUM ANALYZE"))


def spell() -> dict[str, Any]:
    """What the job `spelling` does within the minute: names by their parts (core/spelling.py)."""
    from core.spelling import spellings_refresh

    return timed(spellings_refresh)


def dump() -> dict[str, Any]:
    """The entries, duties and snapshots of the month, as they compare."""
    found = {}
    for name, query in (
        ("entries", f"SELECT {COLUMNS} FROM payroll_entry"),
        ("duties", "SELECT key, month, person_id, rule, points FROM payroll_duty"),
        ("findings", "SELECT key, month, person_id, rule FROM payroll_finding"),
        (
            "snapshots",
            "SELECT month, person_id, handed_in, in_hand, slips_held "
            "FROM receivables_cutoffsnapshot",
        ),
        ("months", "SELECT month, state, posted_entries, posted_total FROM payroll_paymonth"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(query)
            found[name] = sorted(cursor.fetchall(), key=str)
    return found


def timed(run: Callable[[], Any]) -> dict[str, Any]:
    started, worked = time.perf_counter(), time.process_time()
    run()
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {
        "seconds": seconds,
        "cpu": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


STEPS = {
    f.__name__: f
    for f in (sql, close, profile, final, explain, request, analyze, vacuum, spell, dump)
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](), default=str))

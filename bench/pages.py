"""Hold pages against bare Django pages of the same rows, at 24 people and at many; and, on
PostgreSQL, the list of a million slips against that of a thousand.

    .venv/bin/python bench/pages.py --people 10000 --database both
    .venv/bin/python bench/pages.py --only-slips

Each page is asked for in turns with its bare counterpart (bench/bare.py: one hand-written query,
a plain table, the same layout and middleware), by Django's test client in one process. Shown are
the queries, which must be as many for any number of people, pages a second by the clock, and the
ratio by the process's own work, which others on the machine disturb less (a database of its own
works outside of it). `--profile` shows where the time of the many goes.

The slips (bench/slip_lists.py, what is asked in bench/slip_cases.py) are of companies of their own:
each case may take twice as long among many as among few, and asks as many queries.
"""

import argparse
import cProfile
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

FEW, ROUNDS = 24, 20
SLIPS, FEW_SLIPS, MANY_SLIPS = 100, 1_000, 1_000_000  # a person's, and a company's
PAGES = {"month": "bare_month", "statements": "bare_statements"}


def measure(seconds: float, profile: bool) -> dict[str, Any]:
    """In a process of its own: each page of the database DATABASE_URL names, and its bare one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.bare"
    django.setup()
    from django.test import Client
    from django.urls import reverse

    from accounts.models import Person, User
    from bench.facts import MONTH
    from bench.steps import told
    from core.months import Month

    manager = Person.objects.get(employee_no="M001")
    user, _new = User.objects.get_or_create(username="M001", defaults={"person": manager})
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    found = {}
    for name, bare in PAGES.items():
        month = Month.parse(MONTH)
        addresses = [reverse(each, args=[month]) for each in (name, bare)]
        queries = [queries_of(client, address) for address in addresses]
        per_second, per_second_worked = in_turns(client, addresses, seconds)
        found[name] = {
            "queries": queries,
            "per_second": per_second,
            "per_second_worked": per_second_worked,
        }
        if profile:
            profiler = cProfile.Profile()
            profiler.runcall(lambda address=addresses[0]: [client.get(address) for _ in range(5)])
            told(profiler)
    return found


def queries_of(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)  # the first one compiles templates
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return len(captured)


def in_turns(client: Any, addresses: list[str], seconds: float) -> tuple[list[float], list[float]]:
    """Pages a second of each address, and a second of work, asked for in turns so that both meet
    the same machine.
    """
    counts, spent, worked = ([0.0] * len(addresses) for _each in range(3))
    for _round in range(ROUNDS):
        for index, address in enumerate(addresses):
            started, work = time.perf_counter(), time.process_time()
            now = started
            while now < started + seconds / ROUNDS:
                client.get(address)
                counts[index] += 1
                now = time.perf_counter()
            spent[index] += now - started
            worked[index] += time.process_time() - work
    return [n / took for n, took in zip(counts, spent, strict=True)], [
        n / took for n, took in zip(counts, worked, strict=True)
    ]


def bench(databases: Any, people: int, arguments: argparse.Namespace) -> dict[str, Any]:
    name = "few" if people == FEW else "many"
    databases.fill(name, people=people, seed=arguments.seed)
    databases.step(name, "close")
    databases.step(name, "analyze")
    command = ["pages.py", "--measure", "--seconds", str(arguments.seconds)]
    if arguments.profile and name == "many":
        command.append("--profile")
    return json.loads(databases.python(name, *command).splitlines()[-1])


def report(found: dict[int, dict[str, Any]]) -> list[str]:
    misses = []
    for page in PAGES:
        queries = [by_page[page]["queries"][0] for by_page in found.values()]
        for people, by_page in found.items():
            per_second, bare = by_page[page]["per_second"]
            ratio = per_second / bare
            worked, bare_worked = by_page[page]["per_second_worked"]
            met = ratio >= 0.5
            print(
                f"  {page:12} {people:6d} people {by_page[page]['queries'][0]:3d} queries "
                f"{per_second:8.1f}/s, bare {bare:8.1f}/s, ratio {ratio:5.2f} aim ≥ 0.5  "
                f"(by work {worked / bare_worked:4.2f})  "
                f"{'met' if met else 'MISSED'}"
            )
            misses += [] if met else [f"{page} at {people}"]
        met = len(set(queries)) == 1 and queries[0] <= 12
        print(f"  {page:12} queries {queries} aim: equal and ≤ 12  {'met' if met else 'MISSED'}")
        misses += [] if met else [f"queries of {page}"]
    return misses


def slips(databases: Any, people: int, seed: int) -> list[str]:
    """The list of slips at 10 people and at many; a hundred slips each."""
    from bench.slip_lists import compare

    try:
        for name, size in (("few", FEW_SLIPS // SLIPS), ("many", people)):
            databases.fill(name, people=size, seed=seed)
            databases.step(name, "spell")
            databases.step(name, "vacuum")
        print(f"\nslips, {FEW_SLIPS} and {people * SLIPS}")
        return compare(databases.url("few"), databases.url("many"))
    finally:
        for name in ("few", "many"):
            databases.drop(name)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--server", help="a superuser's PostgreSQL")
    parser.add_argument("--profile", action="store_true", help="where the time of the many goes")
    parser.add_argument("--only-slips", action="store_true", help="a million of them, and few")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.seconds, arguments.profile)))
        return
    from bench.databases import KINDS, Postgresql

    Postgresql.server = arguments.server or Postgresql.server
    misses = []
    for vendor, kind in KINDS.items():
        if arguments.database not in (vendor, "both") or arguments.only_slips:
            continue
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            databases = kind(Path(folder))
            try:
                found = {n: bench(databases, n, arguments) for n in (FEW, arguments.people)}
            finally:
                for name in ("few", "many"):
                    databases.drop(name)
        print(f"\n{vendor}")
        misses += [f"{miss} ({vendor})" for miss in report(found)]
    if arguments.database != "sqlite":
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            people = MANY_SLIPS // SLIPS if arguments.only_slips else arguments.people
            misses += slips(Postgresql(Path(folder)), people, arguments.seed)
    print(f"\naims missed: {', '.join(misses) or 'none'}")


if __name__ == "__main__":
    main()

"""Hold the month's close against the same close by hand in SQL, in one run.

    .venv/bin/python bench/close.py --people 10000 --database both --workers 1,2

For each database: a company is made once (bench/facts.py) and copied for every run. Timed are the
SQL (bench/close_*.sql, one transaction), the program's close, the close again, final, and every
statement read with every line explained; on tables never analysed and, close and SQL, on analysed
ones; then the close at a quarter and half the people. Each runs in a process of its own, Django's
start left out of the seconds but not of the memory. That both make the same entries, duties and
snapshots is compared as sets; the bench fails where they differ.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.databases import KINDS, ROOT, Databases, Postgresql

BROKERS = [f"redis://127.0.0.1:6379/{number}" for number in range(9, 16)]
READY_AFTER = 60


@dataclass
class Report:
    """What was measured, and whether the aims were met."""

    vendor: str = ""
    misses: list[str] = field(default_factory=list)

    def line(self, what: str, seconds: float) -> None:
        print(f"  {what:44} {seconds:9.2f} s", flush=True)

    def run(self, what: str, run: dict[str, Any]) -> None:
        """A run of bench/steps.py. Its own work tells more than the clock on a busy machine."""
        print(
            f"  {what:44} {run['seconds']:9.2f} s {run['cpu']:9.2f} s of work"
            f" {run['peak_mb']:6.0f} MB",
            flush=True,
        )

    def aim(self, what: str, value: float, limit: float, unit: str = "") -> None:
        met = value <= limit
        if not met:
            self.misses.append(f"{what} ({self.vendor})")
        verdict = "met" if met else "MISSED"
        print(f"  {what:44} {value:9.2f} {unit:3} aim ≤ {limit:g}  {verdict}", flush=True)


def compare(databases: Databases, one: str, other: str) -> None:
    """Exit loudly unless two databases hold the same entries, duties, findings and snapshots."""
    left, right = databases.step(one, "dump"), databases.step(other, "dump")
    for name, rows in left.items():
        ours, theirs = set(map(tuple, rows)), set(map(tuple, right[name]))
        if len(ours) != len(rows) or ours != theirs or len(theirs) != len(right[name]):
            only = [sorted(ours - theirs, key=str)[:5], sorted(theirs - ours, key=str)[:5]]
            sys.exit(f"{name} of {one} and {other} DIFFER: only there {only[0]}, here {only[1]}")
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in left.items() if rows)
    print(f"  {'the same in ' + one + ' and ' + other:44} {counts}", flush=True)


def bench(databases: Databases, people: int, seed: int, report: Report, repeat: int) -> None:
    print(f"\n{databases.vendor}, {people} salespeople", flush=True)
    report.vendor = databases.vendor
    started = time.perf_counter()
    databases.fill("company", people=people, seed=seed)
    report.line("(the company made)", time.perf_counter() - started)

    by_hand, first = never_analysed(databases, report, repeat)
    again = databases.step("program", "close")
    report.run("program, close again", again)
    to_the_end(databases, report, first)

    databases.copy("company", "warm")
    databases.step("warm", "analyze")
    warm_by_hand = best(databases, "warm", "sql", "sql", repeat)
    report.run("SQL, analysed", warm_by_hand)
    warm = best(databases, "warm", "program", "close", repeat)
    report.run("program, close, analysed", warm)

    report.aim("close / SQL", first["seconds"] / by_hand["seconds"], 5, "×")
    report.aim("close / SQL, analysed", warm["seconds"] / warm_by_hand["seconds"], 5, "×")
    report.aim("close again / close", again["seconds"] / first["seconds"], 0.5, "×")
    peak = max(each["peak_mb"] for each in (first, again, warm))
    report.aim("memory of a close", peak, 500, "MB")
    linear(databases, people, seed, report, first["seconds"], repeat)


def best(databases: Databases, template: str, name: str, step: str, repeat: int) -> dict[str, Any]:
    """The fastest of some runs, each on a fresh copy; the last copy stays."""
    runs = []
    for _run in range(repeat):
        databases.copy(template, name)
        runs.append(databases.step(name, step))
    return min(runs, key=lambda run: run["seconds"])


def never_analysed(
    databases: Databases, report: Report, repeat: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    by_hand = best(databases, "company", "sql", "sql", repeat)
    report.run("SQL", by_hand)
    first = best(databases, "company", "program", "close", repeat)
    report.run("program, close", first)
    compare(databases, "sql", "program")
    return by_hand, first


def to_the_end(databases: Databases, report: Report, first: dict[str, Any]) -> None:
    final = databases.step("program", "final")
    report.run("program, final", final)
    explain = databases.step("program", "explain")
    report.run(f"program, {explain['explained']} lines explained", explain)
    both = first["seconds"] + final["seconds"] + explain["seconds"]
    report.line("from facts to statements explained", both)


def linear(
    databases: Databases,
    people: int,
    seed: int,
    report: Report,
    seconds_at_all: float,
    repeat: int,
) -> None:
    """What a person costs at a quarter and half of the people, against all of them."""
    costs = {people: seconds_at_all / people}
    for part in (people // 4, people // 2):
        databases.fill("part", people=part, seed=seed)
        by_hand = best(databases, "part", "sql", "sql", repeat)
        found = best(databases, "part", "program", "close", repeat)
        compare(databases, "sql", "program")
        report.run(f"SQL, {part} people", by_hand)
        report.run(f"program, close, {part} people", found)
        costs[part] = found["seconds"] / part
    dearest = costs[people] / min(costs.values())
    report.aim("a person at all / at a part (linear)", dearest, 1.25, "×")


# --- Workers -------------------------------------------------------------------------------------


def with_workers(
    databases: Databases, counts: list[int], broker: str, report: Report
) -> dict[int, float]:
    """The close asked for as the browser does, done by real worker processes."""
    databases.copy("company", "sql")
    databases.step("sql", "sql")
    found = {}
    for count in counts:
        databases.copy("company", "worked")
        os.environ["CELERY_BROKER_URL"] = broker
        workers = [start_worker(databases, number) for number in range(count)]
        try:
            for worker, log in workers:
                wait_until_ready(worker, log)
            asked = databases.step("worked", "request")
            peak = max(peak_of(worker) for worker, _log in workers)
            worked = sum(work_of(worker) for worker, _log in workers)
        finally:
            for worker, _log in workers:
                worker.terminate()
            for worker, _log in workers:
                worker.wait(timeout=30)
            del os.environ["CELERY_BROKER_URL"]
        report.run(f"close by {count} worker processes", asked | {"cpu": worked, "peak_mb": peak})
        compare(databases, "sql", "worked")
        found[count] = asked["seconds"]
    if {1, 2} <= found.keys():
        report.aim("close by two workers / by one", found[2] / found[1], 0.6, "×")
    return found


def start_worker(databases: Databases, number: int) -> tuple[subprocess.Popen[bytes], Path]:
    log = databases.folder / f"worker{number}.log"
    command = ["worker", "--pool", "solo", "--loglevel", "info", "--without-mingle"]
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "salesforce", *command, "-n", f"bench{number}"],
            env=databases.environment("worked") | {"LOG_LEVEL": "INFO"},
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return worker, log


def wait_until_ready(worker: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_AFTER
    while b" ready." not in log.read_bytes():
        if worker.poll() is not None or time.monotonic() > until:
            sys.exit(f"a worker did not start:\n{log.read_text()}")
        time.sleep(0.1)


def peak_of(worker: subprocess.Popen[bytes]) -> float:
    """The peak memory of a running process in MB, where the system tells (Linux)."""
    status = Path(f"/proc/{worker.pid}/status")
    if not status.exists():
        return float("nan")
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def work_of(worker: subprocess.Popen[bytes]) -> float:
    """The CPU seconds of a running process, its start included (Linux)."""
    stat = Path(f"/proc/{worker.pid}/stat")
    if not stat.exists():
        return float("nan")
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def broker_of_its_own(wanted: str | None) -> Iterator[str]:
    """An empty Redis database, emptied afterwards: one with anything in it is somebody's."""
    for url in [wanted] if wanted else BROKERS:
        client = redis.Redis.from_url(url)
        if not client.dbsize():
            try:
                yield url
            finally:
                client.flushdb()
            return
    sys.exit("no empty Redis database; name one with --broker")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1, help="keep the fastest of so many runs")
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--server", default=Postgresql.server, help="a superuser's PostgreSQL")
    parser.add_argument("--workers", help="e.g. 1,2: a close by so many workers (PostgreSQL)")
    parser.add_argument("--broker", help="an empty Redis database for --workers")
    parser.add_argument("--only-workers", action="store_true", help="leave the rest out")
    parser.add_argument("--profile", action="store_true", help="only the profile of the close")
    arguments = parser.parse_args()
    Postgresql.server = arguments.server
    report = Report()
    kinds = KINDS.values() if arguments.database == "both" else [KINDS[arguments.database]]
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            databases = kind(Path(folder))
            try:
                run(databases, arguments, report)
            finally:
                for name in ("company", "sql", "program", "warm", "part", "worked"):
                    databases.drop(name)
    print(f"\naims missed: {', '.join(report.misses) or 'none'}")


def run(databases: Databases, arguments: argparse.Namespace, report: Report) -> None:
    people, seed = arguments.people, arguments.seed
    if arguments.profile:
        databases.fill("company", people=people, seed=seed)
        databases.step("company", "profile")
        return
    if arguments.only_workers:
        databases.fill("company", people=people, seed=seed)
    else:
        bench(databases, people, seed, report, arguments.repeat)
    if arguments.workers and databases.vendor == "postgresql":
        counts = [int(count) for count in arguments.workers.split(",")]
        with broker_of_its_own(arguments.broker) as broker:
            with_workers(databases, counts, broker, report)


if __name__ == "__main__":
    main()

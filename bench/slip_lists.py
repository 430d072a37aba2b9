"""Hold the list of slips of a large company against that of a small one.

    .venv/bin/python bench/slip_lists.py postgres://…/few postgres://…/many

Both databases are filled (bench/facts.py), their names spelled, their tables analysed, as
bench/pages.py does it. Each has a process of its own with Django's test client; pages are asked for
in turns, few and many, so that both meet the same machine. Medians count.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.slip_cases import (  # noqa: E402
    FINANCE,
    MANAGER,
    SALESPERSON,
    SUPERVISOR,
    Case,
    cases,
)

ROUNDS, AIM, MOST_QUERIES = 15, 2.0, 12
LED = 10  # people of the supervisor


class Asked:
    """A process that answers for one database."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--answer"],
            env={**os.environ, "DATABASE_URL": url},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, case: Case) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def answer() -> None:
    """Read cases, a line each; say of each what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    import django

    django.setup()
    from django.db import connection
    from django.db.models import Max
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from receivables.models import Slip

    clients = {}
    for who, user in _logins().items():
        clients[who] = Client(SERVER_NAME="localhost", raise_request_exception=True)
        clients[who].force_login(user)
    last = Slip.objects.aggregate(last=Max("pk"))["last"]
    for line in sys.stdin:
        case = Case(*json.loads(line))
        asked = dict(case.asked)
        if case.before is not None:
            asked["before"] = str(max(int(last * case.before), 40))
        connection.queries_log.clear()  # it holds so many, and no more are counted
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            response = clients[case.who].get("/slips/", asked)
            took = time.perf_counter() - started
        assert response.status_code == 200, (case, response.status_code)
        rows = response.content.count(b'class="row-link"')
        told = {"ms": took * 1000, "queries": len(captured), "rows": rows}
        print(json.dumps(told), flush=True)


def _logins() -> dict[str, Any]:
    from datetime import date

    from accounts.models import Person, User

    for no, roles in ((FINANCE, "finance"), (SUPERVISOR, "supervisor")):
        fields = {"name": no, "roles": roles, "hired_on": date(2020, 1, 1), "base_salary": 1}
        Person.objects.get_or_create(employee_no=no, defaults=fields)
    head = Person.objects.get(employee_no=SUPERVISOR)
    Person.objects.filter(pk__lte=LED).update(supervisor=head)
    found = {}
    for no in (MANAGER, FINANCE, SUPERVISOR, SALESPERSON):
        person = Person.objects.get(employee_no=no)
        found[no], _new = User.objects.get_or_create(username=no, defaults={"person": person})
    return found


def compare(few: str, many: str, *, rounds: int = ROUNDS, only: str = "") -> list[str]:
    """Print what each case takes in two databases; say which miss the aim."""
    misses = []
    asked = [Asked(few), Asked(many)]
    try:
        print(f"  {'who':7} {'what is asked':22} {'rows':>9} {'queries':>7} {'ms':>14} ratio")
        for case in cases():
            if only in f"{case.who} {case.what}":
                misses += _compared(case, asked, rounds)
    finally:
        for each in asked:
            each.end()
    return misses


def _compared(case: Case, asked: list[Asked], rounds: int) -> Iterator[str]:
    few, many = asked
    said = [each(case) for each in asked]  # the first one makes ready
    rows, queries = ([each[name] for each in said] for name in ("rows", "queries"))
    # Where few slips have less to show, their first page is what shows as much.
    as_much = case if rows[0] >= rows[1] else Case(case.who, "first page", {})
    taken: list[list[float]] = [[], [], []]
    for _round in range(rounds):
        turns = ((few, case), (few, as_much), (many, case))
        for times, (each, what) in zip(taken, turns, strict=True):
            times.append(each(what)["ms"])
    ms = [statistics.median(times) for times in taken]
    # A page without rows asks for no money and no sums.
    alike = queries[0] == queries[1] or not all(rows)
    limit = max(ms[:2]) if as_much != case else statistics.median([*taken[0], *taken[1]])
    met = ms[2] <= AIM * limit and alike and max(queries) <= MOST_QUERIES
    print(
        f"  {case.who[:6]:7} {case.what:22} {rows[0]:4d} {rows[1]:4d} "
        f"{queries[0]:3d} {queries[1]:3d}  {limit:6.1f} {ms[2]:7.1f} {ms[2] / limit:5.2f} "
        f"{'met' if met else 'MISSED'}",
        flush=True,
    )
    if not met:
        yield f"{case.who} {case.what}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--answer"]:
        answer()
    else:
        missed = compare(*sys.argv[1:3], only=" ".join(sys.argv[3:]))
        print(f"\naims missed: {', '.join(missed) or 'none'}")

"""Big files: in bounded memory, all or nothing, and nobody else kept waiting or overwritten."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person
from attendance.models import Punch, TripReport
from core import clock
from core.models import AuditRow, TableLoad
from core.services import facts_replace, sources_load
from core.tables import reading
from core.tables.folder import contents_of
from core.tables.staging import BATCH
from core.tables.table import WrongRow
from tests import migrated
from tests.browser import databases

ROOT = Path(__file__).parents[1]
PEOPLE = 20
BEGAN = datetime.fromisoformat("2024-01-01T08:00:00")
MANY = 200_000

Rows = Iterable[tuple[str, ...]]


def write_csv(folder: Path, table: str, header: str, rows: Rows) -> Path:
    """A file of any length, written as its rows come."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(header.split())
        out.writerows(rows)
    return path


def people(folder: Path) -> Path:
    header = "employee_no name roles team supervisor_no channel hired_on left_on base_salary"
    rest = ("salesperson", "", "", "field", "2018-03-01", "", "3000")
    return write_csv(folder, "people", header, ((no(n), no(n), *rest) for n in range(PEOPLE)))


def no(number: int) -> str:
    return f"Y{number % PEOPLE:03}"


def punch_rows(count: int) -> Rows:
    return ((no(n), (BEGAN + timedelta(minutes=n)).isoformat()) for n in range(count))


def punches(folder: Path, count: int, *more: tuple[str, str]) -> Path:
    rows = (row for part in (punch_rows(count), more) for row in part)
    return write_csv(folder, "punches", "employee_no at", rows)


def trip_reports(folder: Path, reported: dict[int, str]) -> Path:
    """Reports by number, each with its hour and minute; a number is somebody's day."""
    rows = ((no(n), str(day_of(n)), f"{day_of(n)}T{at}:00") for n, at in reported.items())
    return write_csv(folder, "trip_reports", "employee_no date reported_at", rows)


def day_of(number: int) -> date:
    return date(2024, 1, 1) + timedelta(days=number // PEOPLE)


def load(*paths: Path) -> tuple[list[TableLoad], list[WrongRow]]:
    told: list[WrongRow] = []
    return sources_load(sources=contents_of(paths).sources, tell=told.append), told


def counts(done: TableLoad) -> tuple[int, int, int, int]:
    return done.new, done.changed, done.same, done.wrong


# Within the tests' own transaction.


@pytest.mark.django_db
def test_new_changed_and_same_rows_are_counted_and_audited_as_one_by_one(tmp_path: Path) -> None:
    # Three batches, and in each of them rows of every kind, in no order.
    first = dict.fromkeys(range(0, 3 * BATCH, 2), "20:30")
    second = {n: "19:15" if n % 3 == 0 else "20:30" for n in reversed(range(3 * BATCH))}
    new = [n for n in second if n not in first]
    changed = [n for n in second if n in first and first[n] != second[n]]
    load(people(tmp_path), trip_reports(tmp_path, first))
    (done,), told = load(trip_reports(tmp_path, second))
    assert told == []
    assert counts(done) == (len(new), len(changed), 3 * BATCH - len(new) - len(changed), 0)
    ids = dict(Person.objects.values_list("employee_no", "id"))
    audited = AuditRow.objects.order_by("id").values_list("action", "subject", "changes")
    assert list(audited) == [
        (
            "replace",
            f"tripreport {TripReport(person_id=ids[no(n)], date=day_of(n))}",
            {"reported_at": [f"{day_of(n)}T20:30:00", f"{day_of(n)}T19:15:00"]},
        )
        for n in changed
    ]
    kept = TripReport.objects.values_list("person__employee_no", "date", "reported_at")
    assert {(who, day): f"{clock.local(at):%H:%M}" for who, day, at in kept} == {
        (no(n), day_of(n)): at for n, at in second.items()
    }
    (again,), told = load(trip_reports(tmp_path, second))
    assert (told, counts(again)) == ([], (0, 0, 3 * BATCH, 0))
    assert AuditRow.objects.count() == len(changed)


@pytest.mark.django_db
def test_new_rows_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    load(people(tmp_path), punches(tmp_path, 3 * BATCH))
    kept = Punch.objects.order_by("id").values_list("at", flat=True)
    assert list(kept) == sorted(kept)
    assert len(kept) == 3 * BATCH


@pytest.mark.django_db
def test_a_wrong_last_line_leaves_nothing_of_a_big_file(tmp_path: Path) -> None:
    load(people(tmp_path))
    (done,), told = load(punches(tmp_path, 20_000, ("Y001", "never")))
    assert counts(done) == (0, 0, 0, 1)
    assert [(wrong.line, wrong.column) for wrong in told] == [(20_002, "at")]
    assert not Punch.objects.exists()


@pytest.mark.django_db
def test_keys_that_stand_twice_far_apart_are_told_in_their_place(tmp_path: Path) -> None:
    load(people(tmp_path))
    first, second = list(punch_rows(2))
    late = ("Y009", "2026-10-12T08:00:00")
    more = [("Y001", "never"), first, late, late, first, ("NOBODY", first[1]), second]
    (done,), told = load(punches(tmp_path, 3 * BATCH, *more))
    line = 3 * BATCH + 2
    assert [(wrong.line, wrong.column, wrong.reason) for wrong in told] == [
        (line, "at", "“never” is not a local time (YYYY-MM-DDTHH:MM:SS)"),
        (line + 1, "employee_no", "the same key stands on line 2"),
        (line + 3, "employee_no", f"the same key stands on line {line + 2}"),
        (line + 4, "employee_no", "the same key stands on line 2"),
        (line + 5, "employee_no", "unknown employee: NOBODY"),
        (line + 6, "employee_no", "the same key stands on line 3"),
    ]
    assert not Punch.objects.exists()
    assert done.wrong == 6


@pytest.mark.django_db
def test_what_was_read_before_a_file_breaks_off_is_told_first(tmp_path: Path) -> None:
    load(people(tmp_path))
    path = punches(tmp_path, 1, ("Y001", "never"))
    path.write_text(path.read_text(encoding="utf-8") + 'Y001,"', encoding="utf-8")
    _done, told = load(path)
    assert [wrong.line for wrong in told] == [3, 4]


@pytest.mark.django_db
def test_a_file_of_more_rows_than_a_sheet_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(people(tmp_path))
    monkeypatch.setattr(reading, "MAX_ROWS", 11)  # the header is one of them
    (done,), _told = load(punches(tmp_path, 10))
    assert counts(done) == (10, 0, 0, 0)
    (done,), told = load(punches(tmp_path, 12))
    assert counts(done) == (0, 0, 0, 1)
    assert (told[0].line, told[0].reason) == (12, "has more rows than a sheet can have")


@pytest.mark.django_db
def test_a_service_that_gives_a_key_twice_is_at_fault(tmp_path: Path) -> None:
    load(people(tmp_path))
    row = {
        "person_id": Person.objects.values_list("id", flat=True)[0],
        "at": clock.from_local(BEGAN),
    }
    with pytest.raises(ValueError, match="twice"):
        facts_replace(model=Punch, key=("person_id", "at"), rows=[row, row], actor=None)
    assert not Punch.objects.exists()


# Processes of their own, on a database of their own: what they write is really written.

HARNESS = """
import json, sys, threading
from pathlib import Path
import django
django.setup()
import psutil
from django.db import connection
from core.services import sources_load
from core.tables import merging
from core.tables.folder import contents_of

here, peak, done = psutil.Process(), 0, threading.Event()
write = merging._Difference.write

def say(**what):
    print(json.dumps(what), flush=True)

def watch():
    global peak
    while not done.wait(0.005):
        peak = max(peak, here.memory_info().rss)

def write_when_told(difference, then):
    merging._Difference.write = write
    say(ready=True)
    sys.stdin.readline()
    write(difference, then)

def hurry():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 500")

how, *paths = sys.argv[1:]
if how == "halt":
    merging._Difference.write = write_when_told
if how == "hurry":
    hurry()
watcher = threading.Thread(target=watch)
watcher.start()
loads = sources_load(
    sources=contents_of(map(Path, paths)).sources, tell=lambda wrong: say(told=str(wrong))
)
done.set()
watcher.join()
say(counts=[[l.new, l.changed, l.same, l.wrong] for l in loads], megabytes=peak / 2**20)
"""

OTHER_WRITER = """
import json, sys, threading, time
import django
django.setup()
from attendance.models import Punch
from core.models import JobRun

told = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), told.set())).start()
longest, seen, number = 0.0, set(), 0
print("writing", flush=True)
while not told.wait(0.005):
    began = time.perf_counter()
    JobRun.objects.create(kind="test", subject=str(number))
    longest, number = max(longest, time.perf_counter() - began), number + 1
    seen.add(Punch.objects.count())
print(json.dumps({"longest": longest, "writes": number, "seen": sorted(seen)}))
"""


@dataclass(frozen=True)
class House:
    """A migrated database of its own, with its people, for processes that commit."""

    folder: Path
    environment: dict[str, str]

    def start(self, program: str, *arguments: str | Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def load(self, *paths: Path) -> dict[str, Any]:
        return finished(self.start(HARNESS, "plain", *paths))

    def count(self, *tables: str) -> list[int]:
        found = finished(
            self.start(
                "import json, sys, django; django.setup()\n"
                "from django.apps import apps\n"
                "print(json.dumps({'rows': [apps.get_model(m).objects.count()"
                " for m in sys.argv[1:]]}))",
                *tables,
            )
        )
        return list(found["rows"])


def finished(process: "subprocess.Popen[str]", said: str = "") -> dict[str, Any]:
    """What a process says last; it must end well."""
    out, err = process.communicate(said, timeout=300)
    assert process.returncode == 0, err
    return dict(json.loads(out.splitlines()[-1]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """With its people; to be copied."""
    folder = tmp_path_factory.mktemp("template")
    with databases.copy_of(migrated.template(), folder) as url:
        made = house_at(url, folder)
        assert made.load(people(folder))["counts"] == [[PEOPLE, 0, 0, 0]]
        yield made


@pytest.fixture
def house(template: House, tmp_path: Path) -> Iterator[House]:
    with databases.copy_of(template.environment["DATABASE_URL"], tmp_path) as url:
        yield house_at(url, tmp_path)


def house_at(url: str, folder: Path) -> House:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "salesforce.testing",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder / "var"),
    }
    return House(folder, environment)


def test_memory_is_bounded_by_a_batch_and_not_by_the_file(house: House) -> None:
    small, big = house.folder / "small", house.folder / "big"
    few = house.load(punches(small, MANY // 10))
    many = house.load(punches(big, MANY))
    again = house.load(big / "punches.csv")
    assert many["counts"] == [[MANY - MANY // 10, 0, MANY // 10, 0]]
    assert again["counts"] == [[0, 0, MANY, 0]]
    assert max(many["megabytes"], again["megabytes"]) < few["megabytes"] + 20


def test_others_write_and_see_all_or_nothing_while_a_big_file_is_loaded(house: House) -> None:
    other = house.start(OTHER_WRITER)
    assert other.stdout
    assert other.stdout.readline() == "writing\n"
    assert house.load(punches(house.folder, MANY))["counts"] == [[MANY, 0, 0, 0]]
    time.sleep(0.2)  # one more look
    found = finished(other)
    assert found["seen"] == [0, MANY]
    assert found["writes"] > 50
    # About half a second alone; the tests share the machine, and a writer waits for twenty.
    assert found["longest"] < 5


def load_at_once(house: House, path: Path, rows: int) -> None:
    """Load a file in two processes that both have read it before either writes."""
    both = [house.start(HARNESS, "halt", path) for _ in range(2)]
    for process in both:
        assert process.stdout
        assert json.loads(process.stdout.readline()) == {"ready": True}
    for process in both:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    done = sorted(finished(process)["counts"][0] for process in both)
    # One wrote, the other found everything written; neither has anything to complain of.
    assert done[0] == [0, 0, rows, 0]
    assert sum(done[1]) == rows


def test_the_same_file_twice_at_once_is_loaded_once(house: House) -> None:
    load_at_once(house, punches(house.folder, 20_000), 20_000)
    assert house.count("attendance.Punch") == [20_000]


def test_the_same_corrections_twice_at_once_are_made_and_audited_once(house: House) -> None:
    house.load(trip_reports(house.folder, dict.fromkeys(range(3_000), "20:30")))
    again = dict.fromkeys(range(3_000, 0, -1), "19:15")
    load_at_once(house, trip_reports(house.folder, again), 3_000)
    assert house.count("attendance.TripReport", "core.AuditRow") == [3_001, 2_999]


def test_two_corrections_at_once_each_leave_what_they_met(house: House) -> None:
    # The one that comes second replaces what the first one wrote, and says so.
    house.load(trip_reports(house.folder, {0: "20:30"}))
    waiting = house.start(HARNESS, "halt", trip_reports(house.folder / "first", {0: "19:00"}))
    assert waiting.stdout
    waiting.stdout.readline()
    house.load(trip_reports(house.folder / "second", {0: "18:00"}))
    assert finished(waiting, "\n")["counts"] == [[0, 1, 0, 0]]
    found = finished(
        house.start(
            "import json, django; django.setup()\n"
            "from core.models import AuditRow\n"
            "rows = AuditRow.objects.order_by('id').values_list('changes', flat=True)\n"
            "print(json.dumps({'changes': [c['reported_at'] for c in rows]}))"
        )
    )
    at = [f"{day_of(0)}T{hour}:00" for hour in ("20:30", "18:00", "19:00")]
    assert found["changes"] == [at[:2], at[1:]]


@contextmanager
def lock_held(house: House) -> Iterator["subprocess.Popen[str]"]:
    """Somebody writes punches and does not come to an end."""
    holder = house.start(
        "import sys, django; django.setup()\n"
        "from django.db import transaction\n"
        "from core.db import queue_up\n"
        "with transaction.atomic():\n"
        "    queue_up('attendance_punch')\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    yield holder
    if holder.poll() is None:
        holder.communicate("")


def test_a_file_that_waits_for_too_long_says_so(house: House) -> None:
    with lock_held(house) as holder:
        process = house.start(HARNESS, "hurry", punches(house.folder, 10))
        assert process.stdout
        told = json.loads(process.stdout.readline())["told"]
        holder.communicate("")
        done = finished(process)
    assert told == (
        "punches.csv: something else was being written for too long: load the file again"
    )
    assert done["counts"] == [[0, 0, 0, 1]]
    assert house.count("attendance.Punch") == [0]

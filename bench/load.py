"""Time a file of punches into the database, beside the same rows by hand-written SQL.

    .venv/bin/python bench/load.py --rows 200000

Works on a database of its own, made for the run and thrown away (SQLite; or the PostgreSQL that
DATABASE_URL names, which must be empty). By hand is COPY into a temporary table and an upsert on
PostgreSQL, executemany and an upsert on SQLite; it checks nothing. Memory is the peak of a process
that does nothing but load. On SQLite a process of its own writes all the while, and says how long
it was kept waiting at most.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 300
MAKE_STAGE = "CREATE TEMPORARY TABLE by_hand (employee_no text, at text)"
UPSERT = {
    "postgresql": """
        INSERT INTO attendance_punch (person_id, at)
        SELECT person.id, by_hand.at::timestamp AT TIME ZONE 'Asia/Shanghai'
        FROM by_hand JOIN accounts_person AS person USING (employee_no)
        ON CONFLICT (person_id, at) DO NOTHING
    """,
    "sqlite": """
        INSERT INTO attendance_punch (person_id, at)
        SELECT person.id, datetime(by_hand.at, '-8 hours')
        FROM by_hand JOIN accounts_person AS person USING (employee_no) WHERE true
        ON CONFLICT (person_id, at) DO NOTHING
    """,
}


# The files.


def write_files(folder: Path, rows: int) -> None:
    """The people, and their punches day by day: in, out to lunch, back, out."""
    folder.mkdir()
    header = "employee_no,name,roles,team,supervisor_no,channel,hired_on,left_on,base_salary"
    people = [f"Y{n:03},n{n},salesperson,,,field,2018-03-01,,3000" for n in range(PEOPLE)]
    (folder / "people.csv").write_text("\n".join([header, *people, ""]), encoding="utf-8")
    began = datetime.fromisoformat("2024-01-01T08:50:00")
    with (folder / "punches.csv").open("w", encoding="utf-8") as file:
        file.write("employee_no,at\n")
        for n in range(rows):
            punch, person = divmod(n, PEOPLE)
            day, of_day = divmod(punch, 4)
            at = began + timedelta(days=day, hours=3 * of_day, seconds=person)
            file.write(f"Y{person:03},{at.isoformat()}\n")


# What runs in processes of its own: `bench/load.py --do WHAT FOLDER`.


def timed(name: str, act: Callable[[], object]) -> None:
    started = time.perf_counter()
    act()
    print(f"{name}={time.perf_counter() - started}", flush=True)


def load(folder: Path, *tables: str) -> None:
    from core.services import sources_load
    from core.tables.folder import contents_of

    sources = contents_of(folder / f"{table}.csv" for table in tables).sources
    assert not any(done.wrong for done in sources_load(sources=sources))


def by_hand(folder: Path) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MAKE_STAGE)
        if connection.vendor == "postgresql":
            with (
                (folder / "punches.csv").open("rb") as file,
                cursor.copy("COPY by_hand FROM STDIN (FORMAT csv, HEADER)") as copy,
            ):
                while block := file.read(1 << 16):
                    copy.write(block)
        else:
            with (folder / "punches.csv").open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                next(rows)
                cursor.executemany("INSERT INTO by_hand VALUES (%s, %s)", rows)
        cursor.execute(UPSERT[connection.vendor])
        cursor.execute("DROP TABLE by_hand")


def compare(folder: Path) -> None:
    """Both ways from the same start; the hand-written one first, on a warm connection."""
    timed("by_hand", lambda: by_hand(folder))
    timed("by_hand_again", lambda: by_hand(folder))
    forget()
    timed("load", lambda: load(folder, "punches"))
    timed("load_again", lambda: load(folder, "punches"))


def forget() -> None:
    """No punch was ever loaded."""
    from django.db import connection

    from attendance.models import Punch

    Punch.objects.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def write_all_the_while() -> None:
    """A small write every hundredth of a second until told to stop; the longest any took."""
    from core.models import JobRun

    told = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), told.set())).start()
    longest, number = 0.0, 0
    print("writing", flush=True)
    while not told.wait(0.01):
        started = time.perf_counter()
        JobRun.objects.create(kind="bench", subject=str(number))
        longest, number = max(longest, time.perf_counter() - started), number + 1
    print(f"longest={longest}\nwrites={number}", flush=True)


def do(what: str, folder: Path) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    if what == "write":
        write_all_the_while()
        return
    load(folder, "people")
    if what == "load":
        load(folder, "punches")
    else:
        forget()
    if what == "compare":
        compare(folder)


# The run.


def command(what: str, folder: Path) -> list[str]:
    return [sys.executable, __file__, "--do", what, str(folder)]


def figures(said: str) -> dict[str, float]:
    return {k: float(v) for k, _is, v in (line.partition("=") for line in said.splitlines()) if v}


def run(what: str, folder: Path, environment: dict[str, str]) -> tuple[dict[str, float], int]:
    """What a process of its own says, and the megabytes it took at most."""
    child = subprocess.Popen(
        command(what, folder), env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    assert child.stdout
    said = child.stdout.read()
    _pid, status, usage = os.wait4(child.pid, 0)
    assert status == 0, f"{what} failed"
    return figures(said), usage.ru_maxrss // 1024


def waited(folder: Path, environment: dict[str, str]) -> dict[str, float]:
    """How long a load kept another writer waiting at most."""
    run("forget", folder, environment)
    with subprocess.Popen(
        command("write", folder),
        env=environment,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "writing\n"
        run("load", folder, environment)
        said, _err = writer.communicate("")
        assert writer.returncode == 0, "the other writer was turned away"
    return figures(said)


def tell(name: str, figure: float, unit: str, also: str = "") -> None:
    print(f"{name:36} {figure:8.2f} {unit:2}  {also}".rstrip(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--do", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.do:
        do(arguments.do[0], Path(arguments.do[1]))
        return
    with tempfile.TemporaryDirectory() as made:
        environment = {**os.environ, "VAR_DIR": str(Path(made) / "var")}
        migrate = [sys.executable, "manage.py", "migrate", "-v", "0"]
        subprocess.run(migrate, env=environment, cwd=ROOT, check=True)
        large, small = Path(made) / "large", Path(made) / "small"
        write_files(large, arguments.rows)
        write_files(small, arguments.rows // 10)
        report(large, small, arguments.rows, environment)


def report(large: Path, small: Path, rows: int, environment: dict[str, str]) -> None:
    for count, folder in ((rows // 10, small), (rows, large)):
        run("forget", folder, environment)
        tell(f"{count} rows, peak memory", run("load", folder, environment)[1], "MB")
    times, _peak = run("compare", large, environment)
    for name, by_hand in (("load", "by_hand"), ("load_again", "by_hand_again")):
        called = name.replace("_", " ")
        tell(f"{rows} rows, {called}, by hand", times[by_hand], "s")
        also = f"{times[name] / times[by_hand]:.1f} times as long"
        tell(f"{rows} rows, {called}", times[name], "s", also)
    other = waited(large, environment)
    tell("another writer waited at most", other["longest"], "s", f"in {other['writes']:.0f} writes")


if __name__ == "__main__":
    main()

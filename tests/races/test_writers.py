"""Eight processes write as fast as they can: nobody is sent away, nothing is lost or doubled."""

import os
import subprocess
import sys

from core.models import AuditRow
from receivables.models import Payment, Slip
from tests.browser import databases
from tests.faults.program import ROOT

WRITERS, WRITES = 8, 500


def written_by_all(url: str, folder: str, *, writes: int, how: tuple[str, ...] = ()) -> list[str]:
    """What the writers said when all had written, errors first."""
    env = os.environ | {
        "DATABASE_URL": url,
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "salesforce.testing",
    }
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.races.writer", f"W{n}", str(writes), *how],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for n in range(WRITERS)
    ]  # fmt: skip
    try:
        for writer in writers:
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        said = "".join(writer.communicate(timeout=300)[0] for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    return sorted(said.splitlines())


def test_nobody_is_sent_away_and_numbers_have_no_gap(books, tmp_path):
    slips, payments = set(Slip.objects.values_list("slip_no", flat=True)), Payment.objects.count()
    trail = AuditRow.objects.count()
    said = written_by_all(books, str(tmp_path), writes=WRITES)
    assert not [line for line in said if line.startswith("error")]
    assert len(said) == WRITERS, said
    assert AuditRow.objects.count() - trail == WRITERS * WRITES
    of_each = [len(range(n, WRITES, 3)) for n in range(3)]
    new = sorted(set(Slip.objects.values_list("slip_no", flat=True)) - slips)
    assert len(new) == WRITERS * of_each[0]
    numbers = [int(number.lstrip("S")) for number in new]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert Payment.objects.count() - payments == WRITERS * of_each[1]


def test_control_unguarded_some_are_sent_away(books, tmp_path):
    said = written_by_all(books, str(tmp_path), writes=90, how=("--unguarded",))
    why = "slip_no" if databases.is_postgres() else "database is locked"
    assert [line for line in said if why in line]

"""Two thousand slips by four clerks at once, some breaking off: no number is missing or twice."""

import os
import subprocess
import sys

from django.db.models import Count

from receivables.models import Slip
from receivables.verification import slips as verified
from tests.faults.program import ROOT

CLERKS, SLIPS = 4, 2000


def issued_by_all(url: str, folder: str, *, slips: int, how: tuple[str, ...] = ()) -> list[str]:
    """What the clerks said when all had issued theirs."""
    env = os.environ | {
        "DATABASE_URL": url,
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "salesforce.testing",
    }
    each = str(slips // CLERKS)
    clerks = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.races.issuer", f"W{n}", each, str(n), *how],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(CLERKS)
    ]
    try:
        for clerk in clerks:
            assert clerk.stdout.readline() == "ready\n"
        for clerk in clerks:
            clerk.stdin.write("go\n")
            clerk.stdin.flush()
        said = "".join(clerk.communicate(timeout=300)[0] for clerk in clerks)
    finally:
        for clerk in clerks:
            clerk.kill()
            clerk.wait()
    return sorted(said.splitlines())


def numbers() -> list[int]:
    return sorted(int(no.lstrip("S")) for no in Slip.objects.values_list("slip_no", flat=True))


def test_no_gap_and_no_double_after_two_thousand(books, tmp_path):
    before = numbers()
    said = issued_by_all(books, str(tmp_path), slips=SLIPS)
    # Where a machine is very busy one waits too long, and begins anew: no number is lost by it.
    said = [line for line in said if "database is locked" not in line]
    assert said == [f"kept {SLIPS // CLERKS}"] * CLERKS
    new = numbers()[len(before) :]
    assert new == list(range(before[-1] + 1, before[-1] + 1 + SLIPS))
    assert not [problem for problem in verified() if "S00" in str(problem)]
    by_clerk = Slip.objects.filter(person__employee_no__startswith="W").values("person")
    assert {row["n"] for row in by_clerk.annotate(n=Count("id"))} == {SLIPS // CLERKS}


def test_control_unguarded_numbers_collide(books, tmp_path):
    """Without waiting two take the same number, and the unique key sends one of them away."""
    said = issued_by_all(books, str(tmp_path), slips=200, how=("--unguarded",))
    why = ("slip_no", "locked", "duplicate")
    assert [line for line in said if line.startswith("error") and any(w in line for w in why)]

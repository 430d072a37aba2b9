"""A program under test together with its books, as this process sees them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from core import clock
from tests.browser import databases
from tests.faults.company import MONTH
from tests.faults.ledger import Ledger, ledger, looking_at, wrong_with_the_books
from tests.faults.program import ROOT, Program
from tests.faults.servers import wait_until

FINISHED = ("done", "failed")


@dataclass
class Books:
    program: Program
    company: str

    @staticmethod
    def made(url: str, folder: Path) -> str:
        """Fill an empty database with the company."""
        env = os.environ | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "salesforce.testing",
        }
        for command in (["manage.py", "migrate", "-v", "0"], ["-m", "tests.faults.company"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True)
        return url

    @classmethod
    @contextmanager
    def of(cls, program: Program, company: str) -> Iterator["Books"]:
        with looking_at(program.database), program.in_touch():
            yield cls(program, company)

    # Asking for work.

    def request(self, month: str = MONTH) -> Any:
        """Ask for a close, as the page does."""
        from core.jobs import job_request

        with clock.set_to(self.program.now()):
            return job_request(kind="close", subject=month)

    def runs(self, *kinds: str) -> list[Any]:
        from core.models import JobRun

        found = JobRun.objects.order_by("id")
        return list(found.filter(kind__in=kinds) if kinds else found)

    def wait_finished(self, run: Any, *, patience: float = 60.0) -> Any:
        def finished() -> bool:
            run.refresh_from_db()
            return run.state in FINISHED

        wait_until(finished, what=f"{run} {run.state}\n{self.program.logs()}", patience=patience)
        return run

    def close(self, month: str = MONTH) -> Any:
        """Ask for a close and see it done."""
        run = self.wait_finished(self.request(month))
        assert run.state == "done", (run.error, self.program.logs())
        return run

    # What came of it.

    def ledger(self) -> Ledger:
        return ledger()

    def as_of(self, month: str = MONTH) -> datetime:
        """The instant the month was last closed as of."""
        from core.months import Month
        from payroll.models import PayMonth

        found = PayMonth.objects.get(month=Month.parse(month)).closed_as_of
        assert found is not None
        return found

    def undisturbed(self, month: str = MONTH) -> Ledger:
        """The ledger of a company nothing ever happened to, closed as of the same instant."""
        return undisturbed(self.company, month, self.as_of(month))

    def assert_undisturbed(self, month: str = MONTH) -> None:
        assert wrong_with_the_books() == []
        assert self.ledger() == self.undisturbed(month)

    def assert_settled(self, month: str = MONTH) -> None:
        """The books balance, and a close as of the same instant finds nothing to do."""
        from core.months import Month
        from payroll.services import month_close

        assert wrong_with_the_books() == []
        again = month_close(month=Month.parse(month), as_of=self.as_of(month))
        assert {(c.posted, c.reversed) for c in again} == {(0, 0)}


@cache
def undisturbed(company: str, month: str, *as_of: datetime) -> Ledger:
    from core.months import Month
    from payroll.services import month_close

    folder = Path(tempfile.mkdtemp())
    try:
        with databases.copy_of(company, folder) as url, looking_at(url):
            for instant in as_of:
                month_close(month=Month.parse(month), as_of=instant)
            return ledger()
    finally:
        shutil.rmtree(folder)

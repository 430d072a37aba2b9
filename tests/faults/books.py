"""A program under test together with its books, as this process sees them."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from core import clock
from tests.browser import databases
from tests.faults.company import MONTH
from tests.faults.ledger import Ledger, ledger, looking_at, wrong_with_the_books
from tests.faults.program import ROOT, Program, Started
from tests.faults.servers import PATIENCE, wait_until

TICK = re.compile(r"Task core\.tasks\.tick\[[\w-]+\] received")
FINISHED = ("done", "failed")


@dataclass
class Books:
    program: Program
    company: str

    @staticmethod
    def made(url: str, folder: Path) -> str:
        """Fill a database that has nothing but its tables with the company."""
        env = os.environ | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "salesforce.testing",
        }
        company = [sys.executable, "-m", "tests.faults.company"]
        subprocess.run(company, cwd=ROOT, env=env, check=True)
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

    def wait_finished(self, run: Any, *, patience: float = PATIENCE) -> Any:
        wait_until(lambda: self.is_finished(run), what=self.told, patience=patience)
        return run

    def is_finished(self, run: Any) -> bool:
        run.refresh_from_db()
        return run.state in FINISHED

    def settle(self, *, patience: float = 180.0) -> None:
        """Wait until nothing is under way any more."""

        def idle() -> bool:
            return all(run.state in FINISHED for run in self.runs())

        wait_until(idle, what=self.told, patience=patience)

    def told(self) -> str:
        """All that is known of where it stands."""
        return "\n".join([*self.states(), self.program.logs()])

    def states(self) -> list[str]:
        return [f"{run} {run.state} {run.attempt} {run.error}" for run in self.runs()]

    def forget_reading(self) -> None:
        """The next close has nothing to go by but facts and ledger, and goes through everything."""
        from core.models import Reading

        Reading.objects.all().delete()

    def drop_index(self, name: str) -> None:
        """Take away what the database itself refuses by."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {name}")

    def errors(self) -> set[str]:
        """What people are told went wrong."""
        return {run.error for run in self.runs() if run.error}

    def attempts(self, pks: list[int]) -> set[int]:
        """The attempts these runs are at."""
        return {run.attempt for run in self.runs() if run.pk in pks}

    def ticks(self) -> int:
        """How often a tick came to a worker."""
        return sum(len(TICK.findall(one.log.read_text(errors="replace"))) for one in self.workers())

    def received(self) -> int:
        """How many messages came to workers."""
        return sum(one.received() for one in self.workers())

    def attempts_of_parts(self) -> set[int]:
        """The attempts that the parts of closes are at."""
        return {part.attempt for part in self.runs("close_group")}

    def at_work(self) -> list[Any]:
        """What is in somebody's hands."""
        return [run for run in self.runs() if run.state == "running"]

    def base_pay(self) -> set[Decimal]:
        """The base salaries that stand in the ledger."""
        from payroll.models import Entry

        standing = Entry.objects.standing().filter(rule="BASE")
        return set(standing.values_list("amount", flat=True))

    def workers(self) -> list[Started]:
        return [one for one in self.program.started if one.log.name.startswith("worker")]

    def at(self, text: str) -> datetime:
        """The instant at which the company's clock shows that."""
        return clock.from_local(datetime.fromisoformat(text))

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
        return dict(self.closed())[month]

    def closed(self) -> tuple[tuple[str, datetime], ...]:
        """The months that are closed, each with the instant it was last closed as of."""
        from payroll.models import PayMonth

        months = PayMonth.objects.exclude(closed_as_of=None).order_by("month")
        return tuple((str(month.month), month.closed_as_of) for month in months)

    def assert_undisturbed(self) -> None:
        """The books are those of a company nothing ever happened to, entry by entry."""
        assert wrong_with_the_books() == []
        assert self.ledger() == undisturbed(self.company, self.closed())

    def assert_converged(self) -> None:
        """The same of what stands, where closes on the way found what no longer does."""
        assert wrong_with_the_books() == []
        assert (
            self.ledger().standing_part()
            == undisturbed(self.company, self.closed()).standing_part()
        )

    def assert_settled(self, month: str = MONTH) -> None:
        """The books balance, and a close as of the same instant finds nothing to do, even if it
        goes through everything again."""
        from core.months import Month
        from payroll.services import month_close

        assert wrong_with_the_books() == []
        self.forget_reading()
        again = month_close(month=Month.parse(month), as_of=self.as_of(month))
        assert {(c.posted, c.reversed) for c in again} == {(0, 0)}


@cache
def undisturbed(company: str, closed: tuple[tuple[str, datetime], ...]) -> Ledger:
    """The books of a company whose months were closed one after the other, as of those instants."""
    from core.months import Month
    from payroll.services import month_close

    folder = Path(tempfile.mkdtemp())
    try:
        with databases.copy_of(company, folder) as url, looking_at(url):
            for month, as_of in closed:
                month_close(month=Month.parse(month), as_of=as_of)
            return ledger()
    finally:
        shutil.rmtree(folder)

"""`close YYYY-MM [--as-of INSTANT] [--shadow]`: post all of a month that has fallen due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import clock
from core.arguments import instant_argument, month_argument
from core.db import read_snapshot
from core.progress import progress_bar
from core.tables.writing import to_csv
from payroll.assessment import assess_everybody
from payroll.exports import TOTAL
from payroll.services import CannotClose, close_length, month_close
from payroll.shadow import shadow_rows


class Command(BaseCommand):
    help = "Close a month: post what has fallen due. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument(
            "--as-of", help="count what falls due up to this instant (default: now)"
        )
        parser.add_argument(
            "--shadow", action="store_true", help="compute and show the statements, post nothing"
        )

    def handle(
        self, *args: Any, month: str, as_of: str | None, shadow: bool, **options: Any
    ) -> None:
        wanted = month_argument(month)
        instant = instant_argument(as_of) if as_of else clock.now()
        with progress_bar(total=close_length(wanted)) as advance:
            if shadow:
                with read_snapshot():
                    assessment = assess_everybody(month=wanted, as_of=instant, progress=advance)
                self.stdout.write(
                    to_csv(
                        ("employee_no", "rule", "amount"), shadow_rows(assessment, total_name=TOTAL)
                    ),
                    ending="",
                )
                return
            try:
                closes = month_close(month=wanted, as_of=instant, progress=advance)
            except CannotClose as refusal:
                raise CommandError(str(refusal)) from None
        for closed in closes:
            for employee_no in closed.set_aside:
                self.stderr.write(
                    _("%(month)s: %(person)s could not be reckoned and was set aside")
                    % {"month": closed.month, "person": employee_no}
                )
            self.stdout.write(
                _("%(month)s: %(posted)s entries posted, %(reversed)s reversed")
                % {"month": closed.month, "posted": closed.posted, "reversed": closed.reversed}
            )

"""`export TABLE YYYY-MM`: one table of a month, as CSV on standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.arguments import month_argument
from core.tables import exports
from core.tables.writing import to_csv


class Command(BaseCommand):
    help = "Write one table of a month as CSV to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=sorted(exports()))
        parser.add_argument("month", help="YYYY-MM")

    def handle(self, *args: Any, table: str, month: str, **options: Any) -> None:
        export = exports()[table]
        columns = [english for english, _chinese in export.columns]
        rows = list(export.rows(month_argument(month)))
        self.stdout.write(to_csv(columns, rows), ending="")
        if not rows:
            self.stderr.write(
                _("%(table)s is empty: %(month)s has not been closed, or nothing came of it")
                % {"table": table, "month": month}
            )

"""`final YYYY-MM`: the month takes no more entries, and what is due is paid out.

Whoever has the machine stands for finance and the manager both, and says why when it is early.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.arguments import month_argument
from payroll.services import CannotFinal, month_final


class Command(BaseCommand):
    help = "Make a closed month final."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument(
            "--early",
            metavar="REASON",
            default="made final from the command line",
            help="why before the time to object is over; kept in the audit trail",
        )

    def handle(self, *args: Any, month: str, early: str, **options: Any) -> None:
        try:
            month_final(month=month_argument(month), early_reason=early)
        except CannotFinal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("%(month)s is final.") % {"month": month})

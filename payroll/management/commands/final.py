"""`final YYYY-MM`: the month takes no more entries, and what is due is paid out."""

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

    def handle(self, *args: Any, month: str, **options: Any) -> None:
        try:
            month_final(month=month_argument(month))
        except CannotFinal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("%(month)s is final.") % {"month": month})

"""`verify [--deep]`: check every invariant of the books (PAY-5); says what is wrong, with ids."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.verification import problems


class Command(BaseCommand):
    help = "Check that the books balance; prints what is wrong and exits 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deep", action="store_true", help="read every file too")

    def handle(self, *args: Any, deep: bool = False, **options: Any) -> None:
        count = 0
        for problem in problems(deep=deep):
            count += 1
            self.stdout.write(str(problem))
        if count:
            self.stderr.write(_("%(count)s things are wrong") % {"count": count})
            raise SystemExit(1)
        self.stdout.write(_("The books balance."))

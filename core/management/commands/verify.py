"""`verify`: check every invariant of the books (PAY-5); says what is wrong, with ids."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.verification import problems


class Command(BaseCommand):
    help = "Check that the books balance; prints what is wrong and exits 1."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for problem in problems():
            count += 1
            self.stdout.write(str(problem))
        if count:
            self.stderr.write(_("%(count)s things are wrong") % {"count": count})
            raise SystemExit(1)
        self.stdout.write(_("The books balance."))

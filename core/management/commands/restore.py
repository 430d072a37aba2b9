"""`restore FILE`: put an archive made by `backup` in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.append_only import TriggersMissing
from core.backups import BrokenArchive, CannotDump, CannotRestore, restore


class Command(BaseCommand):
    help = "Restore an archive made by `backup` into an empty database, then verify the books."
    # The tables may not be there yet, or be those of another version.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="also where the database is not empty"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("%(file)s is not a file") % {"file": file})
        try:
            wrong = restore(source=file, replace=replace, tell=self.stdout.write)
        except (BrokenArchive, CannotRestore, CannotDump) as refusal:
            raise CommandError(
                _("Nothing was changed: %(reason)s") % {"reason": refusal}
            ) from refusal
        except TriggersMissing as missing:
            raise CommandError(
                _("Restored, but append-only triggers are missing: %(names)s") % {"names": missing}
            ) from missing
        for problem in wrong:
            self.stdout.write(str(problem))
        if wrong:
            raise CommandError(_("Restored, but the books do not balance"))
        self.stdout.write(_("Restored. The books balance."))

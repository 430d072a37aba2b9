"""`backup FILE`: the database and the files in one archive, while people go on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.backups import CannotDump, backup


class Command(BaseCommand):
    help = "Write the database and the files people sent in into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.resolve().parent.is_dir():
            raise CommandError(_("%(folder)s is not a folder") % {"folder": file.parent})
        try:
            backup(target=file)
        except (CannotDump, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(file)s: %(size)s bytes") % {"file": file, "size": file.stat().st_size}
        )

"""`load FOLDER`: bring in every table found there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.progress import progress_bar
from core.services import sources_load
from core.tables.folder import contents_of


class Command(BaseCommand):
    help = "Load every table (csv or xlsx) found in a folder; a wrong file is left out whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(_("%(folder)s is not a folder") % {"folder": folder})
        contents = contents_of(path for path in folder.iterdir() if path.is_file())
        for stranger in contents.strangers:
            self.stderr.write(str(stranger))
        if not contents.sources:
            raise CommandError(_("%(folder)s holds none of the tables") % {"folder": folder})
        with progress_bar(total=len(contents.sources)) as advance:
            loads = sources_load(
                sources=contents.sources,
                progress=advance,
                tell=lambda wrong: self.stderr.write(str(wrong)),
            )
        for load in loads:
            if not load.wrong:
                self.stdout.write(
                    _("%(file)s: %(new)s new, %(changed)s changed, %(same)s as before")
                    % {
                        "file": load.file,
                        "new": load.new,
                        "changed": load.changed,
                        "same": load.same,
                    }
                )
        if refused := [load for load in loads if load.wrong]:
            raise CommandError(
                _("%(count)s of %(all)s files were refused; nothing of them was kept")
                % {"count": len(refused), "all": len(loads)}
            )

"""Taking a backup and restoring one."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from core import append_only, clock, migrated
from core.backups import archive, databases
from core.files.disk import PARTIAL
from core.models import Heartbeat
from core.verification import Problem, problems

# What a database holds that nobody has worked with: migrate makes them, or a process alive.
_OF_ITSELF = (ContentType, Permission, Heartbeat)


class CannotRestore(Exception):
    """The backup does not fit this database; nothing was changed."""


def backup(*, target: Path) -> None:
    """Write everything into one archive: all that was committed before this began is in it."""
    if target.exists():
        raise databases.CannotDump(_("%(file)s is there already") % {"file": target})
    with _beside(target) as folder:
        databases.dump(folder / archive.DATABASE)
        # After the database: a file that a row names is there before the row.
        media = Path(settings.MEDIA_ROOT)
        if media.is_dir():
            shutil.copytree(
                media,
                folder / archive.FILES,
                copy_function=_link_or_copy,
                # What is being written yet, no row of the database above names.
                ignore=shutil.ignore_patterns(f"*{PARTIAL}"),
            )
        made = archive.Manifest(
            vendor=connection.vendor,
            made_at=clock.now().isoformat(),
            migrations=[list(key) for key in sorted(migrated.applied())],
            digests={part: archive.digest_of(folder / part) for part in archive.parts(folder)},
        )
        archive.pack(folder=folder, target=target, manifest=made)


def restore(*, source: Path, replace: bool, tell: Callable[[str], None]) -> list[Problem]:
    """Put an archive in the place of the database; gives what `verify` finds wrong afterwards.

    Only an empty database is filled unless `replace` is said; what it held is then kept in an
    archive of its own beside the one restored. An archive that is broken, or of another kind of
    database, or of a newer program, changes nothing. An older one is migrated.
    """
    filled = not _is_empty()
    if filled and not replace:
        raise CannotRestore(_("the database is not empty: --replace puts the backup in its place"))
    with _beside(source) as folder:
        manifest = archive.unpack(archive=source, folder=folder)
        _fits(manifest)
        databases.check(folder / archive.DATABASE)
        if filled:
            before = source.with_name(f"before-{clock.now():%Y%m%dT%H%M%S}-{source.name}")
            backup(target=before)
            tell(_("What the database held is kept in %(file)s") % {"file": before})
        databases.load(folder / archive.DATABASE)
        if (folder / archive.FILES).is_dir():
            shutil.copytree(folder / archive.FILES, settings.MEDIA_ROOT, dirs_exist_ok=True)
    append_only.assert_standing()
    if migrated.known() - migrated.applied():
        tell(_("The backup is of an older version: its tables are brought up to date"))
        call_command("migrate", verbosity=0)
    return list(problems())


def _fits(manifest: archive.Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise CannotRestore(
            _("the backup is of %(theirs)s, this database is %(ours)s")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    if {(app, name) for app, name in manifest.migrations} - migrated.known():
        raise CannotRestore(_("the backup was made by a newer version of the program"))


def _is_empty() -> bool:
    """Whether no table holds a row that somebody would miss."""
    there = set(connection.introspection.table_names())
    return not any(
        model._base_manager.exists()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in there
        and model not in _OF_ITSELF
        and model._meta.label not in settings.FILLED_BY_MIGRATE
    )


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder for our eyes only on the disk that has room for an archive; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.resolve().parent) as folder:
        yield Path(folder)


def _link_or_copy(source: str, target: str) -> None:
    # Files are never changed once they are there: on the same disk a second name will do.
    try:
        os.link(source, target)
    except FileNotFoundError:
        # Taken away since the folder was read: only what no row names ever is.
        return
    except OSError:
        shutil.copy2(source, target)

"""Everything the program knows in one file, and back: the database and the files people sent in.

A backup is taken while people work: the database is read as it was at one instant. A restore checks
the archive before it touches anything, and replaces all of the database in one transaction.
"""

from core.backups.archive import BrokenArchive
from core.backups.databases import CannotDump
from core.backups.services import CannotRestore, backup, restore

__all__ = ["BrokenArchive", "CannotDump", "CannotRestore", "backup", "restore"]

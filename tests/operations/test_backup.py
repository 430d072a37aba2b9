"""A backup is whole while people work, comes back as it was, and a broken one changes nothing."""

import gzip
import io
import json
import stat
import tarfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser import databases
from tests.operations.processes import Place

FILES = "test-files"  # MEDIA_ROOT of the tests' settings
COUNTS = """
from accounts.models import Person
from claims.models import Damage
from core.models import AuditRow
from payroll.models import Entry
print(Person.objects.count(), Entry.objects.count(), Damage.objects.count())
"""
DAMAGES = """
from claims.models import Damage
print(*Damage.objects.values_list("damage_no", flat=True))
"""
CHANGE = 'from accounts.models import Person; Person.objects.update(name="changed")'
NAMES = 'from accounts.models import Person; print(*Person.objects.values_list("name", flat=True))'

KEEP_A_FILE = """
from django.core.files.uploadedfile import SimpleUploadedFile
from core.files.services import file_keep
from core.tests.file_corpus import PDF
file_keep(upload=SimpleUploadedFile("a.pdf", PDF), actor=None, kind="appeal", owner="1")
"""

RESTORE_EACH = """
from django.core.management import CommandError, call_command
for file in {files}:
    try:
        call_command("restore", file, replace=True)
    except CommandError as refusal:
        print(refusal)
"""


@pytest.fixture
def kept(place: Place) -> Path:
    """A backup of the stage, with a file somebody sent in."""
    place.python(KEEP_A_FILE)
    (place.folder / FILES / "证明.pdf").write_bytes(b"evidence")
    file = place.folder / "kept.tar.gz"
    assert "bytes" in place.manage("backup", str(file))
    return file


def test_there_and_back(place, bare, kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "balance" in bare.manage("restore", str(kept))
    assert bare.python(COUNTS) == place.python(COUNTS)
    assert bare.python(NAMES) == place.python(NAMES)
    assert (bare.folder / FILES / "证明.pdf").read_bytes() == b"evidence"
    (private,) = (bare.folder / FILES / "private").glob("??/*")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(private.parent.stat().st_mode) == 0o700
    assert "balance" in bare.manage("verify", "--deep")
    again = bare.folder / "again.tar.gz"
    bare.manage("backup", str(again))
    assert "balance" in bare.manage("restore", str(again), "--replace")
    assert bare.python(COUNTS) == place.python(COUNTS)


def test_only_a_database_that_is_empty_is_filled(place, kept):
    place.python(CHANGE)
    assert "not empty" in place.refused("restore", str(kept))
    assert set(place.python(NAMES).split()) == {"changed"}
    said = place.manage("restore", str(kept), "--replace")
    assert "changed" not in place.python(NAMES)
    # What was there before is not lost.
    (before,) = place.folder.glob("before-*.tar.gz")
    assert before.name in said
    place.manage("restore", str(before), "--replace")
    assert set(place.python(NAMES).split()) == {"changed"}


def test_a_migrated_database_nobody_worked_with_is_empty(bare, kept):
    bare.manage("migrate", "-v", "0")
    assert "balance" in bare.manage("restore", str(kept))


def test_nothing_is_written_over(place, kept):
    before = kept.read_bytes()
    assert "there already" in place.refused("backup", str(kept))
    assert kept.read_bytes() == before
    assert "not a folder" in place.refused("backup", str(place.folder / "none" / "file"))
    assert not [*place.folder.glob("*.partial"), *place.folder.glob(".backup-*")]


def _rewritten(source: Path, target: Path, change) -> Path:
    """A copy of an archive whose parts were changed (None: left out)."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def _manifest(**changes):
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return json.dumps({**json.loads(content), **changes}).encode()

    return change


def _flipped(name: str, content: bytes) -> bytes:
    middle = len(content) // 2
    turned = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    return turned if name == "database" else content


def _other_vendor() -> str:
    return "sqlite" if databases.is_postgres() else "postgresql"


def _broken(kept: Path, folder: Path) -> list[tuple[Path, str]]:
    whole = kept.read_bytes()
    cut, empty, text = folder / "cut", folder / "empty", folder / "text"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    empty.write_bytes(b"")
    text.write_bytes(gzip.compress("工资".encode() * 1000))
    outside = folder / "outside"
    with tarfile.open(outside, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../../out"), io.BytesIO())
    newer = [["core", "0001_initial"], ["core", "9999_later"]]
    garbled = _rewritten(kept, folder / "garbled", _flipped)
    missing = _rewritten(kept, folder / "missing", lambda n, c: None if n == "database" else c)
    stranger = _rewritten(kept, folder / "stranger", _manifest(vendor=_other_vendor()))
    later = _rewritten(kept, folder / "later", _manifest(migrations=newer))
    future = _rewritten(kept, folder / "future", _manifest(format=2))
    return [
        *((file, "no backup, or not all") for file in (cut, empty, text, outside)),
        *((file, "damaged") for file in (garbled, missing)),
        (stranger, f"backup is of {_other_vendor()}"),
        *((file, "newer version") for file in (later, future)),
    ]


def test_a_broken_archive_changes_nothing(place, kept, tmp_path_factory):
    place.python(CHANGE)
    before = place.python(COUNTS)
    folder = tmp_path_factory.mktemp("broken")
    broken = _broken(kept, folder)
    said = place.python(RESTORE_EACH.format(files=[str(file) for file, _ in broken])).splitlines()
    for (file, reason), line in zip(broken, said, strict=True):
        assert line.startswith("Nothing was changed: "), file.name
        assert reason in line, file.name
    assert place.python(COUNTS) == before
    assert set(place.python(NAMES).split()) == {"changed"}
    assert "balance" in place.manage("verify")
    assert not list(folder.glob("before-*"))


def test_a_database_that_cannot_be_read_in_changes_nothing(place, kept, tmp_path_factory):
    """The digests fit, and yet the database inside is none."""
    import hashlib

    place.python(CHANGE)
    rubbish = b"SQLite format 3\0" + b"rubbish" * 2000
    digests = {"database": hashlib.sha256(rubbish).hexdigest()}

    def change(name: str, content: bytes) -> bytes | None:
        if name == "manifest.json":
            return _manifest(digests=digests)(name, content)
        return rubbish if name == "database" else None

    file = _rewritten(kept, tmp_path_factory.mktemp("rubbish") / "file", change)
    assert "Nothing was changed" in place.refused("restore", str(file), "--replace")
    assert set(place.python(NAMES).split()) == {"changed"}


def test_without_postgresqls_programs_it_says_so(place):
    (place.folder / "bin").mkdir()
    place.env["PATH"] = str(place.folder / "bin")
    file = str(place.folder / "none.tar.gz")
    if databases.is_postgres():
        assert "pg_dump is not installed" in place.refused("backup", file)
    else:
        assert "bytes" in place.manage("backup", file)


def test_a_backup_while_others_write(place, bare):
    """Two processes load and close without a pause while the backup is taken."""
    with ExitStack() as stack:
        writers = [
            stack.enter_context(place.started("-m", "tests.operations.writer", name))
            for name in ("a", "b")
        ]
        committed = [writer.stdout.readline().strip() for writer in writers for _ in range(3)]
        file = place.folder / "busy.tar.gz"
        place.manage("backup", str(file))
        # They did write during the backup, and after it.
        assert all(writer.poll() is None for writer in writers)
        later = [writer.stdout.readline().strip() for writer in writers]
        assert all(later)
    assert "balance" in bare.manage("restore", str(file))
    there = set(bare.python(DAMAGES).split())
    assert there >= set(committed)
    assert set(place.python(DAMAGES).split()) > there

"""What is kept of files that people send, and what is refused."""

import io
import os
import stat
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import clock
from core.files import disk, reading
from core.files.models import MAX_FILES, StoredFile
from core.files.querysets import files_of
from core.files.reading import file_read, shown
from core.files.services import FileRefused, file_keep, orphans_sweep
from core.files.verification import contents, files
from core.tests import file_corpus as corpus
from core.tests.file_corpus import upload


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def keep(name="a.jpg", content=None, **more):
    content = corpus.picture() if content is None else content
    about = {"actor": None, "kind": "appeal", "owner": "7", **more}
    return file_keep(upload=upload(name, content), **about)


def kept(file):
    return disk.path_of(file.pk).read_bytes()


def opened(file):
    return Image.open(disk.path_of(file.pk))


REFUSED = {
    "empty": ("a.jpg", b"", "is empty"),
    "exe by another name": ("photo.jpg", corpus.EXE, "none of the files taken here"),
    "svg with a script": ("drawing.svg", corpus.SVG, "none of the files taken here"),
    "html": ("page.png", corpus.HTML, "none of the files taken here"),
    "text": ("说明.txt", "说明".encode() * 100, "none of the files taken here"),
    "zip": ("a.zip", b"PK\x03\x04" + bytes(100), "none of the files taken here"),
    "tiff": ("a.tif", corpus.picture("TIFF"), "none of the files taken here"),
    "heic": ("IMG_1.HEIC", corpus.HEIC, "send it as JPEG"),
    "cut jpeg": ("a.jpg", corpus.picture(size=(400, 400))[:-200], "not complete"),
    "cut png": ("a.png", corpus.picture("PNG", size=(400, 400))[:-40], "not complete"),
    "cut webp": ("a.webp", corpus.picture("WEBP", size=(400, 400))[:-40], "not complete"),
    "a head alone": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(60), "not complete"),
    "garbled png": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(300), "not complete"),
    "a bomb": ("bomb.png", corpus.bomb(), "too many points"),
    "a smaller bomb": ("bomb.png", corpus.bomb(9000), "too many points"),
    "large picture": ("a.jpg", corpus.picture() + bytes(10 * 2**20), "larger than 10 MB"),
    "large pdf": ("a.pdf", corpus.PDF + bytes(20 * 2**20), "larger than 20 MB"),
    "cut pdf": ("a.pdf", corpus.PDF[:-30], "not complete"),
    "acting pdf": ("a.pdf", corpus.acting_pdf(), "holds a program"),
    "launching pdf": ("a.pdf", corpus.acting_pdf(b"/Launch"), "holds a program"),
    "acting pdf, escaped": ("a.pdf", corpus.acting_pdf(b"/J#61vaScript"), "holds a program"),
    "acting pdf, packed": ("a.pdf", corpus.acting_pdf_packed(), "holds a program"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_nothing(db, folder, case):
    name, content, reason = REFUSED[case]
    with pytest.raises(FileRefused, match=reason):
        keep(name, content)
    assert not StoredFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


TAKEN = {
    "jpeg": ("a.jpg", corpus.picture(), "a.jpg", "JPEG"),
    "jpeg by another name": ("a.pdf", corpus.picture(), "a.jpg", "JPEG"),
    "cmyk": ("扫描.jpeg", corpus.picture(mode="CMYK"), "扫描.jpg", "JPEG"),
    "grey": ("a.jpg", corpus.picture(mode="L"), "a.jpg", "JPEG"),
    "png": ("a.PNG", corpus.picture("PNG"), "a.webp", "WEBP"),
    "transparent": ("a.png", corpus.picture("PNG", mode="RGBA"), "a.webp", "WEBP"),
    "16 bits": ("a.png", corpus.deep_grey(), "a.webp", "WEBP"),
    "one bit": ("a.png", corpus.picture("PNG", mode="1"), "a.webp", "WEBP"),
    "webp": ("a.webp", corpus.picture("WEBP"), "a.webp", "WEBP"),
    "animated": ("a.gif", corpus.animated(), "a.webp", "WEBP"),
    "something behind it": ("a.png", corpus.picture("PNG") + corpus.HTML, "a.webp", "WEBP"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_pictures_are_written_anew(db, case):
    name, content, kept_as, form = TAKEN[case]
    file = keep(name, content)
    assert file.name == kept_as
    assert kept(file) != content
    assert b"script" not in kept(file)
    with opened(file) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == (form, 1)
        assert picture.mode in ("RGB", "RGBA")
    assert file.size == len(kept(file))
    with Image.open(disk.path_of(file.pk, thumbnail=True)) as small:
        assert (small.format, max(small.size) <= 400) == ("WEBP", True)


def test_a_photo_stands_upright_and_tells_no_place(db):
    file = keep("IMG.jpg", corpus.photo())
    with opened(file) as picture:
        assert picture.size == (40, 60)
        assert not picture.getexif()
        # The camera was turned: what was left is above.
        assert min(picture.getpixel((20, 10))) > 200
        assert max(picture.getpixel((20, 50))) < 60
    assert b"Spy phone" not in kept(file)
    assert b"a comment" not in kept(file)


def test_colours_stay_what_they_were(db):
    with opened(keep("a.png", corpus.deep_grey())) as picture:
        assert abs(picture.getpixel((5, 5))[0] - 128) <= 2
    with opened(keep("a.jpg", corpus.picture(mode="CMYK"))) as picture:
        assert min(picture.getpixel((5, 5))) > 200
        assert max(picture.getpixel((55, 5))) < 60
    with opened(keep("b.png", corpus.picture("PNG", mode="RGBA"))) as picture:
        assert abs(picture.getpixel((5, 5))[3] - 200) <= 2


def test_no_larger_than_of_use(db):
    with opened(keep("a.jpg", corpus.picture(size=(5000, 3000)))) as picture:
        assert picture.size == (2560, 1536)


@pytest.mark.parametrize("content", [corpus.PDF, corpus.ENCRYPTED_PDF])
def test_a_pdf_is_kept_as_it_is(db, content):
    file = keep("合同.PDF", content)
    assert (file.name, file.media_type, file.has_thumbnail) == (
        "合同.pdf",
        "application/pdf",
        False,
    )
    assert kept(file) == content
    assert file.sha256 == file.sent_sha256


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\x\\照片 1.JPG", "照片 1.jpg"),
        ("a\x00b\n.jpg", "a b.jpg"),
        ("\u202egpj.exe", "gpj.exe.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        (".jpg", "jpg.jpg"),
        ("好" * 300 + ".jpg", "好" * 100 + ".jpg"),
        ("a.heic", "a.jpg"),
    ],
)
def test_names_are_names_and_no_paths(db, folder, name, cleaned):
    sent = upload("a.jpg", corpus.picture())
    sent._name = name  # past Django's own cleaning
    file = file_keep(upload=sent, actor=None, kind="appeal", owner="7")
    assert file.name == cleaned
    assert disk.path_of(file.pk).is_relative_to(folder)
    assert file.pk.hex in str(disk.path_of(file.pk))


@given(st.text(max_size=300))
def test_any_name_can_be_shown(name):
    cleaned = shown(name)
    assert 0 < len(cleaned) <= 100
    assert cleaned.isprintable()
    assert "/" not in cleaned
    cleaned.encode()


@given(st.binary(max_size=400), st.sampled_from([*TAKEN, "pdf"]), st.integers(0, 2000))
def test_whatever_is_sent_is_read_or_refused(noise, case, at):
    content = corpus.PDF if case == "pdf" else TAKEN[case][1]
    spoilt = content[:at] + noise + content[at + len(noise) :]
    with suppress(FileRefused):  # and nothing else
        assert file_read(upload("a", spoilt)).size > 0


def test_for_our_eyes_only(db, folder):
    path = disk.path_of(keep().pk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_taps_keep_it_once(db, folder):
    first, second = keep(), keep()
    assert first == second
    assert StoredFile.objects.count() == 1
    assert keep(owner="8") != first
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 4


def test_two_at_once_keep_it_once(db, folder, monkeypatch):
    """Another request writes the row between our look and our write."""
    read = file_read(upload("a.jpg", corpus.picture()))
    write, came = disk.write, []

    def other_first(path, content):
        write(path, content)
        if not came:
            came.append(True)
            came.append(keep())

    monkeypatch.setattr(disk, "write", other_first)
    assert file_keep(upload=read, actor=None, kind="appeal", owner="7") == came[1]
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 2


def test_so_many_and_no_more(db):
    for number in range(MAX_FILES):
        keep(content=corpus.picture(size=(40 + number, 40)))
    with pytest.raises(FileRefused, match="No more than 10"):
        keep(content=corpus.picture(size=(99, 40)))
    keep(owner="8", content=corpus.picture(size=(99, 40)))
    assert [f.position for f in files_of("appeal", [7])["7"]] == list(range(1, MAX_FILES + 1))


def test_the_database_holds_the_bounds(db):
    keep()
    taken = {"kind": "appeal", "owner": "7", "name": "x", "media_type": "image/jpeg"}
    for wrong in (
        {"position": 11, "size": 1},
        {"position": 0, "size": 1},
        {"position": 1, "size": 1},
        {"position": 2, "size": 0},
        {"position": 2, "size": 1, "media_type": "text/html"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.create(**{**taken, **wrong, "sha256": "0", "sent_sha256": "0"})


def test_a_row_is_never_changed(db):
    keep()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        StoredFile.objects.update(owner="8")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        StoredFile.objects.all().delete()


def test_many_records_in_one_query(db, django_assert_num_queries):
    keep(owner="1")
    keep(owner="2")
    with django_assert_num_queries(1):
        found = files_of("appeal", range(1, 100))
    assert [len(found[owner]) for owner in ("1", "2", "3")] == [1, 1, 0]
    with django_assert_num_queries(0):
        assert files_of("appeal", []) == {}


def test_rolled_back_leaves_an_orphan_that_is_swept(db, folder):
    stays = keep()
    with transaction.atomic():
        gone = keep(owner="8")
        transaction.set_rollback(True)
    assert disk.path_of(gone.pk).is_file()
    stranger = disk.folder() / "ab" / "readme"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_text("none of ours")
    assert orphans_sweep() == 0  # it could still be in somebody's transaction
    assert orphans_sweep(now=clock.now() + timedelta(days=2)) == 2
    assert not disk.path_of(gone.pk).exists()
    assert disk.path_of(stays.pk).is_file()
    assert stranger.is_file()
    assert not list(files())


def test_a_full_disk_leaves_no_row(db, folder, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        keep()
    assert not StoredFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_verify_tells_what_is_gone_or_changed(db):
    assert not [*files(), *contents()]
    gone, cut, turned = keep(owner="1"), keep(owner="2"), keep(owner="3")
    disk.path_of(gone.pk).unlink()
    os.truncate(disk.path_of(cut.pk), 5)
    path = disk.path_of(turned.pk)
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    assert {problem.where for problem in files()} == {str(gone.pk), str(cut.pk)}
    assert {problem.where for problem in contents()} == {str(cut.pk), str(turned.pk)}


def test_a_large_photo_is_read_while_others_can_write(db):
    """A photo of 12 million points takes less than what a writer waits."""
    content = corpus.picture(size=(4000, 3000))
    began = time.monotonic()
    read = file_read(upload("a.jpg", content))
    assert time.monotonic() - began < 10
    assert isinstance(read, reading.ReadFile)
    assert not connection.queries_log
    assert io.BytesIO(read.thumbnail).getbuffer().nbytes < 60_000

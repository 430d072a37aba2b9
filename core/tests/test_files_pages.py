"""Files in the browser: who opens them, and what a browser is told about them."""

import logging

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from core import clock
from core.files import disk
from core.files.fields import FilesField
from core.files.services import file_keep
from core.forms import UploadForm
from core.models import Opening
from core.tests import file_corpus as corpus
from core.tests.file_corpus import upload
from tests import cast
from tests.cast import LEADER, SHE, STRANGER, client_of


def owner_or_leader(user, file):
    return user.username in (file.owner, LEADER)


def owner(file):
    return file.owner


@pytest.fixture(autouse=True)
def company(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_KINDS = {
        "appeal": f"{__name__}.owner_or_leader",
        "medical": f"{__name__}.owner_or_leader",
    }
    settings.CONFIDENTIAL_FILE_KINDS = {"medical": f"{__name__}.owner"}
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield


def keep(name="照片 “1”.png", content=None, kind="appeal", owner=SHE):
    content = corpus.picture("PNG") if content is None else content
    return file_keep(upload=upload(name, content), actor=None, kind=kind, owner=owner)


@pytest.mark.parametrize("name", ["file", "file_thumbnail"])
def test_whose_it_is_opens_it_and_nobody_else(name):
    address = reverse(name, args=[keep().pk])
    for who, status in ((SHE, 200), (LEADER, 200), (STRANGER, 404)):
        assert client_of(who).get(address).status_code == status, who
    assert Client().get(address).status_code == 302
    assert client_of(SHE).post(address).status_code == 405


def test_a_kind_nobody_answers_for_is_opened_by_nobody():
    file = keep(kind="unknown")
    assert client_of(SHE).get(reverse("file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    "no_id", ["1", "x", "../", "0" * 32, "00000000-0000-0000-0000-000000000000"]
)
def test_no_such_file(no_id):
    assert client_of(SHE).get(f"/files/{no_id}/").status_code == 404


def test_a_picture_in_the_page():
    file = keep()
    answer = client_of(SHE).get(reverse("file", args=[file.pk]))
    assert answer.content == disk.path_of(file.pk).read_bytes()
    told = answer.headers
    assert told["Content-Type"] == "image/webp"
    assert told["Content-Length"] == str(file.size)
    assert told["Content-Disposition"] == (
        "inline; filename*=utf-8''%E7%85%A7%E7%89%87%20%E2%80%9C1%E2%80%9D.webp"
    )
    assert told["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["X-Frame-Options"] == "DENY"
    assert told["Cache-Control"] == "private, no-cache"


def test_a_pdf_is_a_download():
    answer = client_of(SHE).get(reverse("file", args=[keep("a.pdf", corpus.PDF).pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_head_tells_the_same_and_sends_nothing():
    file = keep()
    answer = client_of(SHE).head(reverse("file", args=[file.pk]))
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(file.size)


def test_what_the_browser_knows_is_not_sent_again_but_asked_again():
    address = reverse("file", args=[keep().pk])
    etag = client_of(SHE).get(address).headers["ETag"]
    again = client_of(SHE).get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client_of(STRANGER).get(address, headers={"if-none-match": etag}).status_code == 404


def test_a_confidential_one_is_stored_nowhere_and_has_no_thumbnail():
    file = keep(kind="medical")
    answer = client_of(SHE).get(reverse("file", args=[file.pk]))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Opening.objects.get().about == SHE
    assert "ETag" not in answer.headers
    assert client_of(SHE).get(reverse("file_thumbnail", args=[file.pk])).status_code == 404


def test_a_pdf_has_no_thumbnail():
    pdf = keep("a.pdf", corpus.PDF)
    assert client_of(SHE).get(reverse("file_thumbnail", args=[pdf.pk])).status_code == 404


def test_bytes_that_are_gone_are_not_there_and_raise_the_alarm(caplog):
    file = keep()
    disk.path_of(file.pk).unlink()
    with caplog.at_level(logging.ERROR):
        assert client_of(SHE).get(reverse("file", args=[file.pk])).status_code == 404
    assert file.pk.hex in caplog.text


def test_no_folder_of_ours_is_handed_out(settings):
    file = keep()
    name = disk.path_of(file.pk).relative_to(settings.MEDIA_ROOT)
    for root in ("", "/media", "/files", "/static"):
        assert client_of(SHE).get(f"{root}/{name}").status_code == 404


class Form(UploadForm):
    files = FilesField(required=False)


def form_of(*sent, needed=False, **more):
    form = Form(QueryDict(), MultiValueDict({"files": list(sent)}), **more)
    form.fields["files"].required = needed
    return form


def test_a_form_gives_files_already_read():
    form = form_of(upload("a.jpg", corpus.picture()), upload("b.pdf", corpus.PDF))
    assert form.is_valid()
    kept = [
        file_keep(upload=read, actor=None, kind="appeal", owner=SHE)
        for read in form.cleaned_data["files"]
    ]
    assert [file.name for file in kept] == ["a.jpg", "b.pdf"]


def test_a_form_without_files():
    form = form_of()
    assert form.is_valid()
    assert form.cleaned_data["files"] == []
    assert form_of(needed=True).errors["files"] == ["Choose at least one file"]


def test_a_form_tells_every_reason():
    form = form_of(upload("a.jpg", corpus.EXE), upload("b.jpg", b""), upload("c.pdf", corpus.PDF))
    assert [reason.split("”")[0] for reason in form.errors["files"]] == ["“a.jpg", "“b.jpg"]


def test_a_form_takes_so_many():
    sent = [upload(f"{n}.pdf", corpus.PDF) for n in range(11)]
    assert form_of(*sent).errors["files"] == ["No more than 10 files"]


def test_a_request_too_large_is_no_request_without_files():
    form = form_of(too_large=True)
    assert "larger than 200 MB together" in str(form.errors)


def test_a_file_that_lies_on_the_disk_is_read_like_one_in_memory():
    sent = TemporaryUploadedFile("a.jpg", "image/jpeg", 0, None)
    sent.write(corpus.picture())
    sent.size = sent.tell()
    form = form_of(sent)
    assert form.is_valid(), form.errors
    sent.close()


def test_the_field_tells_the_browser_what_it_takes():
    field = str(form_of()["files"])
    for said in ("multiple", 'accept="image/jpeg', 'data-max-files="10"', "data-too-large="):
        assert said in field
    assert "required" not in field

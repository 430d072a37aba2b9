"""Files that hang with a notice: for its readers, and nobody else (NOTE-1)."""

import pytest
from django.urls import reverse

from core.files.models import MAX_FILES, StoredFile
from core.files.reading import file_read
from core.models import AuditRow
from core.tests import file_corpus as corpus
from notices.models import BoardNotice
from notices.services import BoardText, board_post, board_withdraw
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
HERS = "销售1组"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pdf(name="plan.pdf", extra=b""):
    return corpus.upload(name, corpus.PDF + extra)


def hung_up(people, **said):
    return board_post(
        actor=people[MANAGER].user,
        said=BoardText("T", "x", **said),
        files=[file_read(pdf()), file_read(pdf("list.pdf", b"\n%2"))],
    )


def test_several_files_hang_with_a_notice(people):
    answer = client_of(MANAGER).post(
        reverse("board_new"),
        {"title": "T", "text": "x", "files": [pdf(), pdf("list.pdf", b"\n%2")]},
    )
    notice = BoardNotice.objects.get()
    assert answer["Location"] == reverse("board_notice", args=[notice.pk])
    page = client_of(SHE).get(answer["Location"]).content.decode()
    for file in StoredFile.objects.filter(kind="notice", owner=str(notice.pk)):
        assert reverse("file", args=[file.pk]) in page
    assert "plan.pdf" in page
    assert "list.pdf" in page
    assert AuditRow.objects.get(action="board post").changes["files"] == ["plan.pdf", "list.pdf"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [(SHE, True), (MATE, True), (STRANGER, False), (FINANCE, False), (SUPERVISOR, True),
     (MANAGER, True), (LEADER, True), (PERSONNEL, True)],
)  # fmt: skip
def test_they_are_for_whoever_reads_the_notice(people, who, sees):
    notice = hung_up(people, teams=(HERS,))
    file = StoredFile.objects.filter(owner=str(notice.pk)).first()
    answer = client_of(who).get(reverse("file", args=[file.pk]))
    assert answer.status_code == (200 if sees else 404)


def test_taken_from_the_board_its_readers_open_them_no_more(people):
    notice = hung_up(people)
    address = reverse("file", args=[StoredFile.objects.first().pk])
    assert client_of(SHE).get(address).status_code == 200
    board_withdraw(actor=people[MANAGER].user, notice=notice, version=1, why="x")
    assert client_of(SHE).get(address).status_code == 404
    assert client_of(MANAGER).get(address).status_code == 200


def test_a_change_adds_files_and_keeps_those_there(people):
    notice = hung_up(people)
    answer = client_of(MANAGER).post(
        reverse("board_edit", args=[notice.pk]),
        {"title": "T", "text": "y", "version": 1, "files": [pdf("more.pdf", b"\n%3")]},
    )
    assert answer.status_code == 302
    names = StoredFile.objects.filter(owner=str(notice.pk)).order_by("position")
    assert [file.name for file in names] == ["plan.pdf", "list.pdf", "more.pdf"]


def test_a_file_that_is_not_kept_hangs_nothing_up(people):
    answer = client_of(MANAGER).post(
        reverse("board_new"),
        {"title": "T", "text": "x", "files": [corpus.upload("a.pdf", b"MZ no pdf")]},
    )
    assert answer.status_code == 400
    assert not BoardNotice.objects.exists()


def test_one_file_too_many_changes_nothing(people):
    notice = hung_up(people)
    files = [pdf(f"{n}.pdf", b"\n%%n%d" % n) for n in range(MAX_FILES - 1)]
    answer = client_of(MANAGER).post(
        reverse("board_edit", args=[notice.pk]),
        {"title": "T", "text": "changed", "version": 1, "files": files},
    )
    assert answer.status_code == 400
    notice.refresh_from_db()
    assert (notice.text, notice.version) == ("x", 1)
    assert StoredFile.objects.filter(owner=str(notice.pk)).count() == 2

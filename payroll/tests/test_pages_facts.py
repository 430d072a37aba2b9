"""Files from the browser: each whole or not at all, and the reader is told why."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attendance.models import Punch
from core import uploads
from core.models import FileImport, TableLoad
from core.tables.writing import to_xlsx
from customers.models import Customer
from tests.cast import MANAGER, MONTH, client_of

pytestmark = pytest.mark.usefixtures("people")

ADDRESS = reverse("facts_load", args=[MONTH])
RIGHT = "employee_no,at\nY001,2026-10-12T08:58:00\nY001,2026-10-12T18:03:00\n"
WRONG = "employee_no,at\nY001,2026-10-12T08:58:00\nY999,yesterday\n"


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def send(*files: SimpleUploadedFile) -> str:
    """Send files from the month's page, and load what can be: both answers together."""
    client = client_of(MANAGER)
    before = TableLoad.objects.count()
    answer = client.post(ADDRESS, {"files": list(files)}, follow=True)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert TableLoad.objects.count() == before
    sent = FileImport.objects.first()  # the latest
    if sent and reverse("import_load", args=[sent.pk]) in shown:
        answer = client.post(reverse("import_load", args=[sent.pk]), follow=True)
        assert answer.redirect_chain[-1][0] == reverse("month", args=[MONTH])
        shown += answer.content.decode()
    return shown


def test_a_right_file_is_loaded():
    shown = send(file("punches.csv", RIGHT))
    assert "1 file loaded: 2 new, 0 changed, 0 as before." in shown
    assert Punch.objects.count() == 2
    assert TableLoad.objects.get().actor.username == MANAGER


def test_sent_twice_it_changes_nothing():
    send(file("punches.csv", RIGHT))
    assert "0 new, 0 changed, 2 as before" in send(file("punches.csv", RIGHT))
    assert Punch.objects.count() == 2


def test_a_wrong_file_is_refused_whole_and_says_where():
    shown = send(file("punches.csv", WRONG))
    assert "2 wrong" in shown
    assert "Nothing can be loaded" in shown
    assert "line 3" in shown
    assert "unknown employee: Y999" in shown
    assert not Punch.objects.exists()


def test_what_the_command_refused_stands_on_the_months_page_until_a_right_file_comes():
    TableLoad.objects.create(
        table="punches", file="punches.csv", wrong=1, reasons=["punches.csv: x"]
    )
    page = reverse("month", args=[MONTH])
    assert "punches.csv (Punches) was refused" in client_of(MANAGER).get(page).content.decode()
    assert "was refused" not in send(file("punches.csv", RIGHT))


def test_many_files_at_once_each_on_its_own():
    customers = "customer_no,name,address,scale,owner_no,created_on\nK1,甲公司,,,Y001,2026-10-01\n"
    shown = send(
        file("punches.csv", WRONG), file("customers.csv", customers), file("notes.txt", "hello")
    )
    assert "1 file loaded" in shown
    assert "Left out, as something is wrong: punches.csv" in shown
    assert "notes.txt: neither .csv nor .xlsx" in shown
    assert Customer.objects.count() == 1


def test_a_workbook_with_a_chinese_sheet():
    book = to_xlsx("打卡", ["工号", "at"], [["Y001", "2026-10-12T08:58:00"]])
    send(file("十月.xlsx", book))
    assert TableLoad.objects.get().table == "punches"


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"\x00\x01\x02",
        b"employee_no,at\nY001,\x00\n",
        b"PK\x03\x04 not a workbook",
        "employee_no,at\nY001,２０２６-10-12T08:58:00\n".encode(),
    ],
)
@pytest.mark.parametrize("name", ["punches.csv", "punches.xlsx"])
def test_nonsense_is_refused_kindly(name, made):
    send(file(name, made))
    assert not Punch.objects.exists()


def test_a_bomb_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    shown = send(file("punches.xlsx", packed.getvalue()))
    assert "unpacks to far more" in shown


def test_a_very_long_name():
    send(file(f"{'打' * 80}.csv", RIGHT))
    assert not TableLoad.objects.exists()


def test_nothing_chosen():
    assert "Choose at least one file" in send()


def test_a_file_too_large(monkeypatch):
    monkeypatch.setattr("core.forms.MAX_FILE_BYTES", 20)
    assert "punches.csv is larger than" in send(file("punches.csv", RIGHT))
    assert not TableLoad.objects.exists()


def test_a_request_too_large_is_read_to_its_end_and_not_kept(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 20)
    assert "together; send them one by one" in send(file("punches.csv", RIGHT))
    assert not TableLoad.objects.exists()

"""Tables as files: readable by Excel in China, in the reader's language."""

import io

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from core.tables import exports
from tests.cast import MANAGER, MONTH, client_of

pytestmark = pytest.mark.usefixtures("closed")


def download(table: str, ending: str, language: str = "en"):
    client = client_of(MANAGER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(reverse("month_export", args=[MONTH, table, ending]))


def test_csv_opens_in_excel():
    answer = download("statements", "csv")
    assert answer.content.startswith(b"\xef\xbb\xbfemployee_no,rule,amount\n")
    assert b"Y001,TOTAL,2910.00\n" in answer.content
    assert 'filename="statements-2026-10.csv"' in answer.headers["Content-Disposition"]


def test_csv_in_chinese():
    answer = download("statements", "csv", "zh-hans")
    assert answer.content.decode("utf-8-sig").startswith("工号,条款,金额\n")


def test_xlsx_in_chinese():
    sheet = openpyxl.load_workbook(io.BytesIO(download("statements", "xlsx", "zh-hans").content))
    rows = list(sheet["工资单"].iter_rows(values_only=True))
    assert rows[0] == ("工号", "条款", "金额")
    assert ("Y001", "TOTAL", 2910) in rows


@pytest.mark.parametrize("table", list(exports()))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_table(table, ending):
    assert download(table, ending).status_code == 200


@pytest.mark.parametrize("file", ["passwords.csv", "statements.pdf", "statements.csv.exe"])
def test_what_is_no_table(file):
    assert client_of(MANAGER).get(f"/months/2026-10/export/{file}").status_code == 404

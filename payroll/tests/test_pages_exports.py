"""Tables as files: readable by Excel in China, in the reader's language."""

import io
from collections import defaultdict
from decimal import Decimal

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from core.models import Opening
from core.tables import exports
from payroll.models import Entry
from tests.cast import MANAGER, MATE, MONTH, SHE, SUPERVISOR, client_of

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


def book(language: str = "en") -> openpyxl.Workbook:
    client = client_of(MANAGER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse("month_book", args=[MONTH]))
    assert 'filename="book-2026-10.xlsx"' in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_monthly_book_holds_every_table_of_the_month():
    sheets = book("zh-hans").sheetnames
    assert sheets[0] == "工资"
    assert sheets[1 : 1 + len(exports())] == [export.zh for export in exports().values()]
    sheet = book("zh-hans")["工资单"]
    alone = openpyxl.load_workbook(
        io.BytesIO(download("statements", "xlsx", "zh-hans").content)
    ).active
    assert list(sheet.values) == list(alone.values)
    opening = Opening.objects.filter(subject="book 2026-10")
    assert opening.count() == 2


def test_the_sums_of_the_monthly_book_are_the_ledgers():
    """Added up by hand from the entries, rule by rule and person by person."""
    head, *rows, last = book()["Pay"].values
    assert last[0] == "Total"
    rules = {name.split()[0]: n for n, name in enumerate(head[3:-1], start=3)}
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in Entry.objects.filter(pay_month=MONTH).select_related("person"):
        for account, sign in ((entry.target, 1), (entry.source, -1)):
            if account == "pay":
                found[entry.person.employee_no, entry.rule] += sign * entry.amount
    assert found
    for (no, rule), amount in found.items():
        (row,) = [row for row in rows if row[0] == no]
        assert Decimal(str(row[rules[rule]])) == amount, (no, rule)
    for row in rows:
        own = sum(amount for (no, _rule), amount in found.items() if no == row[0])
        assert Decimal(str(row[-1])) == own
    assert Decimal(str(last[-1])) == sum(found.values())


def test_a_supervisor_has_the_team_alone_in_the_book():
    answer = client_of(SUPERVISOR).get(reverse("month_book", args=[MONTH]))
    found = openpyxl.load_workbook(io.BytesIO(answer.content))
    named = [sheet for sheet in found if sheet["A1"].value in ("No.", "employee_no")]
    assert len(named) >= 5
    for sheet in named:
        assert {row[0] for row in list(sheet.values)[1:]} <= {SHE, MATE, "Total"}, sheet.title
    assert {row[0] for row in list(found["Pay"].values)[1:]} == {SHE, MATE, "Total"}

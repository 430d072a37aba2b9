"""Who leaves is settled, a statement is taken as a file, and a limit that is met is marked."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core.models import Opening
from core.months import Month
from payroll.models import Entry
from payroll.services import month_close, month_final
from payroll.statements import statement_of
from policy.models import PolicyParameter
from tests import builders
from tests.cast import CLOSED_AT, MANAGER, MATE, MONTH, PERSONNEL, SHE, STRANGER, client_of


def her() -> Person:
    return Person.objects.get(employee_no=SHE)


def leaves(**more: object) -> None:
    Person.objects.filter(employee_no=SHE).update(left_on=date(2026, 10, 23), **more)
    month_close(month=MONTH, as_of=CLOSED_AT)


def settled(who: str = MANAGER, whose: str = SHE) -> str:
    answer = client_of(who).get(reverse("settlement", args=[whose]))
    assert answer.status_code == 200
    return answer.content.decode()


# --- Settlement ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_who_leaves_gets_the_reserve_back():
    builders.reserve_opening(her(), "2026-09-30", "450.00")
    leaves()
    page = settled()
    assert "450.00" in page
    assert "held back" not in page
    assert "signatures" in page


@pytest.mark.usefixtures("people")
def test_an_open_case_holds_the_reserve_back_and_is_named():
    builders.reserve_opening(her(), "2026-09-30", "450.00")
    builders.bad_debt(builders.order(her(), delivered={"2026-02-02": "900.00"}), "B7")
    builders.bad_debt(builders.order(Person.objects.get(employee_no=STRANGER), "O2"), "B-STRANGER")
    leaves()
    page = settled()
    assert "held back" in page
    assert "B7" in page
    assert "B-STRANGER" not in page


@pytest.mark.usefixtures("people")
def test_what_is_owed_is_shown_as_owed():
    PolicyParameter.objects.create(
        effective_on=date(2026, 1, 1), parameter="deduction_cap_on", value="yes"
    )
    builders.damage(her(), cost_price="9000.00", on="2026-10-12")
    leaves()
    month_final(month=MONTH, early_reason="all have seen it")
    carried = Entry.objects.get(rule="PAY-4", person=her()).amount
    assert carried > 8000
    assert f"{carried:,.2f}" in settled()


@pytest.mark.usefixtures("closed")
def test_who_stays_is_not_settled_yet():
    assert "Nobody is settled who stays" in settled(SHE)


@pytest.mark.parametrize(("who", "whose"), [(SHE, STRANGER), (PERSONNEL, SHE), (MATE, SHE)])
@pytest.mark.usefixtures("closed")
def test_no_settlement_of_a_stranger(who, whose):
    assert client_of(who).get(reverse("settlement", args=[whose])).status_code == 404


@pytest.mark.usefixtures("closed")
def test_few_queries():
    client = client_of(MANAGER)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("settlement", args=[SHE]))
    assert len(asked) < 20, len(asked)


# --- A statement as a file ----------------------------------------------------------------------


def taken(who: str, ending: str, whose: str = SHE) -> bytes:
    answer = client_of(who).get(reverse("statement_export", args=[MONTH, whose, ending]))
    assert answer.status_code == 200
    return bytes(answer.content)


@pytest.mark.usefixtures("closed")
def test_the_file_holds_the_lines_of_the_page_and_is_kept():
    rows = list(csv.DictReader(io.StringIO(taken(SHE, "csv").decode("utf-8-sig"))))
    found = statement_of(her(), MONTH, her().user)
    lines = [(group.clause.rule, line) for group in found.groups for line in group.lines]
    assert [(row["rule"], Decimal(row["amount"])) for row in rows[:-1]] == [
        (rule, line.amount) for rule, line in lines
    ]
    assert rows[-1]["rule"] == "TOTAL"
    assert Decimal(rows[-1]["amount"]) == found.sums.total
    assert all(row["evidence"] for row in rows[:-1])
    sheet = openpyxl.load_workbook(io.BytesIO(taken(SHE, "xlsx"))).active
    assert sheet.max_row == len(rows) + 1
    assert Opening.objects.filter(kind="statement", about=SHE, actor=her().user).count() == 2


@pytest.mark.usefixtures("closed")
def test_no_file_of_a_month_without_lines_or_of_a_stranger():
    for month, whose in ((Month(2026, 9), SHE), (MONTH, STRANGER)):
        address = reverse("statement_export", args=[month, whose, "csv"])
        assert client_of(SHE).get(address).status_code == 404
    assert not Opening.objects.exists()


# --- Limits on the statement --------------------------------------------------------------------


def statement_page() -> str:
    page = client_of(SHE).get(reverse("statement", args=[MONTH, SHE]))
    return page.content.decode()


@pytest.mark.parametrize(("lost", "marked"), [("720.00", False), ("720.01", True)])
@pytest.mark.usefixtures("people")
def test_a_fifth_of_the_wage_is_marked(lost, marked):
    builders.damage(her(), cost_price=lost, on="2026-10-12")
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert ("more than 20 %" in statement_page()) is marked
    assert ("工资支付暂行规定 第十六条" in statement_page()) is marked


@pytest.mark.parametrize(
    ("minimum", "marked"), [("2910.00", False), ("2910.01", True), ("0", False)]
)
@pytest.mark.usefixtures("people")
def test_less_than_the_minimum_wage_is_marked(minimum, marked):
    PolicyParameter.objects.create(
        effective_on=date(2026, 1, 1), parameter="minimum_wage", value=minimum
    )
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert ("less than the local minimum wage" in statement_page()) is marked

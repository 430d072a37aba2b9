"""Paying out (PAY-6): accounts confirmed by another, the bank's file, nobody paid twice."""

import csv
import hashlib
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, User
from core.models import AuditRow
from core.money import total
from core.verification import problems
from payroll.forms import passes_luhn
from payroll.models import BankAccount, Entry, PayoutBatch, PayoutLine
from payroll.services import (
    AccountRefused,
    CannotPay,
    bank_account_confirm,
    bank_account_enter,
    bank_account_refuse,
    month_final,
    payout_line_tell,
    payout_make,
)
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

CARD = "6222020200112233445"
EVERYBODY = (MANAGER, FINANCE, CASHIER, LEADER, SUPERVISOR, KEEPER, PERSONNEL, SHE, MATE, STRANGER)


def user(employee_no: str) -> User:
    return User.objects.get(username=employee_no)


def entered(employee_no: str, *, by: str | None = None, number: str = CARD) -> BankAccount:
    person = Person.objects.get(employee_no=employee_no)
    return bank_account_enter(
        actor=user(by or employee_no),
        person=person,
        holder=person.name,
        bank="中国工商银行",
        branch="宁波支行",
        number=number,
        valid_from=date(2026, 1, 1),
    )


def confirmed(employee_no: str, number: str = CARD) -> BankAccount:
    account = entered(employee_no, number=number)
    bank_account_confirm(actor=user(FINANCE), account=account)
    return account


@pytest.fixture
def final(closed) -> None:
    month_final(month=MONTH, early_reason="all have seen it")


# --- Accounts -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_an_account_counts_once_another_has_confirmed_it():
    account = entered(SHE)
    assert not BankAccount.objects.in_force(date(2026, 11, 1)).exists()
    bank_account_confirm(actor=user(PERSONNEL), account=account)
    assert BankAccount.objects.in_force(date(2026, 11, 1)).get() == account
    assert not BankAccount.objects.in_force(date(2025, 12, 31)).exists()


@pytest.mark.parametrize("who", [FINANCE, PERSONNEL])
@pytest.mark.usefixtures("people")
def test_nobody_confirms_what_they_entered(who):
    account = entered(SHE, by=who)
    with pytest.raises(AccountRefused, match="Somebody else"):
        bank_account_confirm(actor=user(who), account=account)
    assert (
        client_of(who).post(reverse("bank_account_confirm", args=[account.pk])).status_code == 403
    )
    account.refresh_from_db()
    assert account.state == "waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(
            state="confirmed", decided_by=user(who), decided_at=account.entered_at
        )


@pytest.mark.usefixtures("people")
def test_nobody_confirms_their_own():
    account = entered(FINANCE, by=PERSONNEL)
    with pytest.raises(AccountRefused, match="Somebody else"):
        bank_account_confirm(actor=user(FINANCE), account=account)


@pytest.mark.usefixtures("people")
def test_decided_once():
    account = entered(SHE)
    bank_account_refuse(actor=user(PERSONNEL), account=account, reason="the name is another")
    with pytest.raises(AccountRefused, match="meanwhile"):
        bank_account_confirm(actor=user(FINANCE), account=account)


@pytest.mark.usefixtures("people")
def test_a_form_sent_twice_enters_one():
    entered(SHE)
    with pytest.raises(AccountRefused, match="waits"):
        entered(SHE)
    assert BankAccount.objects.count() == 1


FORM = {"holder": "吴伟", "bank": "工商银行", "branch": "", "valid_from": "2026-11-02"}


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("6222 0202-0011 2233445", CARD),
        ("６２２２０２０２００１１２２３３４４５", CARD),
        ("1234567", None),
        ("1" * 31, None),
        ("62220202001122x3445", None),
        ("6222020200112233445\x00", None),
        ("", None),
        ("²²²²²²²²²²²²", "222222222222"),
    ],
)
@pytest.mark.usefixtures("people")
def test_numbers_as_people_type_them(number, kept):
    answer = client_of(SHE).post(reverse("bank_account", args=[SHE]), {**FORM, "number": number})
    assert answer.status_code == (302 if kept else 422)
    assert list(BankAccount.objects.values_list("number", flat=True)) == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("number", "right"), [("4111111111111111", True), ("4111111111111112", False), (CARD, False)]
)
def test_check_digit(number, right):
    assert passes_luhn(number) is right


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [
        (SHE, SHE, 200),
        (SHE, MATE, 404),
        (SHE, STRANGER, 404),
        (SUPERVISOR, SHE, 404),
        (OTHER_SUPERVISOR, STRANGER, 404),
        (MANAGER, SHE, 404),
        (LEADER, SHE, 404),
        (CASHIER, SHE, 404),
        (KEEPER, SHE, 404),
        (FINANCE, STRANGER, 200),
        (PERSONNEL, STRANGER, 200),
    ],
)
@pytest.mark.usefixtures("people")
def test_whose_account_one_sees(who, whose, status):
    confirmed(whose)
    address = reverse("bank_account", args=[whose])
    answer = client_of(who).get(address)
    assert answer.status_code == status
    assert CARD not in answer.content.decode()
    account = BankAccount.objects.get()
    shown = client_of(who).post(reverse("bank_account_reveal", args=[account.pk]))
    sees = who in (whose, FINANCE)
    assert shown.status_code == (200 if sees else 403 if who == PERSONNEL else 404)
    assert (CARD in shown.content.decode()) is sees
    assert AuditRow.objects.filter(action="bank account revealed").count() == int(sees)
    for verdict in ("confirm", "refuse"):
        address = reverse(f"bank_account_{verdict}", args=[account.pk])
        expected = 302 if who == PERSONNEL else 403 if status == 200 else 404
        if who == FINANCE:
            expected = 302
        assert client_of(who).post(address).status_code == expected


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.usefixtures("people")
def test_the_list_of_accounts(who):
    entered(STRANGER)
    answer = client_of(who).get(reverse("bank_accounts"))
    assert answer.status_code == (200 if who in (FINANCE, PERSONNEL) else 403)


@pytest.mark.usefixtures("people")
def test_no_number_is_written_to_the_audit_trail():
    confirmed(SHE)
    assert not [row for row in AuditRow.objects.all() if CARD in str(row.changes)]


# --- Paying -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("closed")
def test_a_draft_is_not_paid_out():
    confirmed(SHE)
    with pytest.raises(CannotPay, match="final"):
        payout_make(month=MONTH, actor=user(FINANCE))


@pytest.mark.usefixtures("final")
def test_who_has_no_account_waits_for_the_next_batch():
    confirmed(SHE)
    first = payout_make(month=MONTH, actor=user(FINANCE))
    assert (first.count, first.total) == (1, Decimal("2910.00"))
    with pytest.raises(CannotPay, match="Nobody is left"):
        payout_make(month=MONTH, actor=user(FINANCE))
    confirmed(MATE)
    second = payout_make(month=MONTH, actor=user(FINANCE))
    assert [line.person.employee_no for line in second.lines.all()] == [MATE]
    assert (first.number, second.number) == (1, 2)
    assert not list(problems())


@pytest.mark.usefixtures("final")
def test_the_file_is_what_the_ledger_pays_out():
    for place, employee_no in enumerate((SHE, MATE, STRANGER)):
        confirmed(employee_no, number=f"622202020011223344{place}")
    batch = payout_make(month=MONTH, actor=user(FINANCE))
    answer = client_of(FINANCE).get(reverse("payout_file", args=[batch.pk, "csv"]))
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["序号", "收款人户名", "收款账号", "开户行", "金额", "用途"]
    assert rows[1] == [
        "1", "吴伟", "6222020200112233440", "中国工商银行宁波支行", "2910.00", "2026年10月工资",
    ]  # fmt: skip
    due = Entry.objects.filter(pay_month=MONTH, target="bank").values_list("amount", flat=True)
    assert total(Decimal(row[4]) for row in rows[1:]) == total(due) == batch.total
    assert len(rows) - 1 == len(due) == batch.count
    assert hashlib.sha256(text.encode()).hexdigest() == batch.sha256
    xlsx = client_of(FINANCE).get(reverse("payout_file", args=[batch.pk, "xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[2] for row in cells] == [row[2] for row in rows[1:]]  # a number stays text
    assert [f"{row[4]:.2f}" for row in cells] == [row[4] for row in rows[1:]]


@pytest.mark.usefixtures("final")
def test_taken_again_it_is_the_same_file_and_says_so():
    confirmed(SHE)
    batch = payout_make(month=MONTH, actor=user(FINANCE))
    address = reverse("payout_file", args=[batch.pk, "csv"])
    first = client_of(FINANCE).get(address).content
    bank_account_confirm(actor=user(FINANCE), account=entered(SHE, number="99999999"))
    assert client_of(FINANCE).get(address).content == first
    actions = AuditRow.objects.filter(action__startswith="payout file").order_by("id")
    assert [row.action for row in actions] == ["payout file", "payout file again"]
    page = client_of(FINANCE).get(reverse("payout_batch", args=[batch.pk])).content.decode()
    assert "taken 2 times" in page


@pytest.mark.usefixtures("final")
def test_what_the_bank_returns_is_owed_again():
    confirmed(SHE)
    first = payout_make(month=MONTH, actor=user(FINANCE))
    line = first.lines.get()
    tell = {"line": line, "actor": user(FINANCE)}
    with pytest.raises(CannotPay, match="Say why"):
        payout_line_tell(**tell, seen="sent", state="returned")
    payout_line_tell(**tell, seen="sent", state="paid")
    with pytest.raises(CannotPay, match="meanwhile"):
        payout_line_tell(**tell, seen="sent", state="returned", reason="closed account")
    payout_line_tell(**tell, seen="paid", state="returned", reason="closed account")
    with pytest.raises(CannotPay, match="stays returned"):
        payout_line_tell(**tell, seen="returned", state="paid")
    again = payout_make(month=MONTH, actor=user(FINANCE))
    assert again.lines.get().amount == line.amount
    assert not list(problems())


@pytest.mark.usefixtures("final")
def test_the_database_pays_nobody_twice():
    confirmed(SHE)
    line = payout_make(month=MONTH, actor=user(FINANCE)).lines.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


@pytest.mark.usefixtures("final")
def test_verify_sees_a_payment_that_is_not_due():
    confirmed(SHE)
    batch = payout_make(month=MONTH, actor=user(FINANCE))
    PayoutLine.objects.filter(batch=batch).update(amount=Decimal("2910.01"))
    assert {problem.check for problem in problems()} == {"payouts"}


# --- Pages --------------------------------------------------------------------------------------

READS = (MANAGER, FINANCE, CASHIER, LEADER)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.usefixtures("final")
def test_who_comes_to_the_payout(who):
    confirmed(STRANGER)
    batch = payout_make(month=MONTH, actor=user(FINANCE))
    line = batch.lines.get()
    client = client_of(who)
    reads, pays = who in READS, who == FINANCE
    for name, args in (("payout", [MONTH]), ("payout_batch", [batch.pk])):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == (200 if reads else 403)
        assert CARD not in answer.content.decode()
    address = reverse("payout_file", args=[batch.pk, "csv"])
    assert client.get(address).status_code == (200 if pays else 403)
    before = PayoutLine.objects.get().state
    for name, args in (
        ("payout_make", [MONTH]),
        ("payout_line_paid", [line.pk]),
        ("payout_line_returned", [line.pk]),
        ("payout_all_paid", [batch.pk]),
    ):
        assert client.post(reverse(name, args=args)).status_code == (302 if pays else 403)
        assert client.get(reverse(name, args=args)).status_code == 405
    if not pays:
        assert PayoutLine.objects.get().state == before
        assert PayoutBatch.objects.count() == 1


@pytest.mark.usefixtures("final")
def test_whose_account_is_missing_comes_first():
    confirmed(SHE)
    page = client_of(FINANCE).get(reverse("payout", args=[MONTH])).content.decode()
    assert page.index("韩娜") < page.index("吴伟")
    assert "missing: enter it" in page


@pytest.mark.parametrize("page", ["payout", "payout_batch", "bank_accounts"])
@pytest.mark.usefixtures("final")
def test_as_many_queries_for_three_as_for_one(page):
    def asked() -> int:
        batch = PayoutBatch.objects.order_by("-id").first()
        args = {"payout": [MONTH], "payout_batch": [batch.pk], "bank_accounts": []}[page]
        client = client_of(FINANCE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page, args=args)).status_code == 200
        return len(queries)

    confirmed(SHE)
    payout_make(month=MONTH, actor=user(FINANCE))
    few = asked()
    for employee_no in (MATE, STRANGER):
        confirmed(employee_no)
    payout_make(month=MONTH, actor=user(FINANCE))
    entered(SHE, number="88888888")
    assert asked() <= few + 1  # who entered what waits
    assert few < 13


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?page=1000000000", "?page=%00"])
@pytest.mark.usefixtures("final")
def test_any_page_number(query):
    assert client_of(FINANCE).get(reverse("payout", args=[MONTH]) + query).status_code == 200


@pytest.mark.parametrize("name", ["payout_batch", "payout_line_paid", "bank_account_confirm"])
@pytest.mark.parametrize("pk", [0, 999999999, 10**29])
@pytest.mark.usefixtures("final")
def test_nothing_of_that_number(name, pk):
    client = client_of(FINANCE)
    address = reverse(name, args=[pk])
    answer = client.get(address) if name == "payout_batch" else client.post(address)
    assert answer.status_code == 404

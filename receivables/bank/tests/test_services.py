"""Files are taken once, lines settled once, and what was done wrong is taken back."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from core.imports.keeping import folder_of
from core.models import AuditRow, JobRun
from receivables.bank.models import BankDay, BankLayout, BankLine, BankMatch, BankStatement
from receivables.bank.services import (
    ChangedMeanwhile,
    MatchRefused,
    Pays,
    StatementRefused,
    line_aside,
    line_match,
    line_undo,
    lines_match,
    statement_columns,
    statement_drop,
    statement_receive,
    statement_take,
    statements,
)
from receivables.bank.tests.conftest import HENGDA, HUAQIANG, HUAWEI, bomb, row
from receivables.bank.verification import bank as bank_problems
from receivables.models import Payment, Undoing
from receivables.tasks import bank_run
from tests.builders import at, day, payment, yuan

State = BankLine.State


@pytest.fixture(autouse=True)
def books_are_right(bank):
    yield
    assert list(bank_problems()) == []


# Files.


def test_a_file_is_looked_through_and_then_taken(bank):
    bank.slip("S1", "1000.00")
    sent = bank.send(
        row("1,000.00", no="A1"), row("", out="50.00", no="A2"), row("7.00", "税务局", no="A3")
    )
    assert (sent.found["new"], sent.found["incoming"], sent.found["outgoing"]) == (3, 2, 1)
    assert not BankLine.objects.exists()
    statement_take(actor=bank.finance, statement=sent)
    states = dict(BankLine.objects.values_list("serial", "state"))
    assert states == {"A1": State.MATCHED, "A2": State.OUTGOING, "A3": State.UNMATCHED}
    made = Payment.objects.get(slip__slip_no="S1")
    assert (made.payment_no, made.amount, made.method) == ("S1-1", yuan("1000.00"), "transfer")
    assert made.received_at == at("2026-10-12 15:12:03")


def test_the_columns_are_remembered_for_the_next_file(bank):
    first = statement_receive(
        actor=bank.finance, file=ContentFile(bank.csv(row("5.00", no="A1")), name="a.csv")
    )
    assert first.state == BankStatement.State.COLUMNS
    assert first.header_line == 3
    columns = {**first.columns, "memo": 7, "serial": 6}
    statement_columns(actor=bank.finance, statement=first, columns=columns)
    second = statement_receive(
        actor=bank.finance, file=ContentFile(bank.csv(row("6.00", memo="M2")), name="b.csv")
    )
    assert second.state == BankStatement.State.READ
    assert second.columns == columns
    assert second.found["rows"][0][5] == "M2"
    assert BankLayout.objects.get().said_by == bank.finance


def test_what_comes_twice_is_taken_once(bank):
    bank.take(row("5.00", no="A1"), row("6.00"), row("6.00"))
    again = bank.take(
        row("6.00"), row("5.00", no="A1"), row("6.00"), row("6.00"), row("5.00", no="A1")
    )
    assert again.found["taken"] == 1  # the third of three equal ones is new
    assert BankLine.objects.count() == 4


def test_a_file_is_taken_once_however_often_it_is_asked(bank):
    sent = bank.send(row("5.00"))
    stale = BankStatement.objects.get(pk=sent.pk)
    statement_take(actor=bank.finance, statement=sent)
    with pytest.raises(StatementRefused):
        statement_take(actor=bank.finance, statement=stale)
    with pytest.raises(StatementRefused):
        statement_columns(actor=bank.finance, statement=stale, columns=stale.columns)
    assert BankLine.objects.count() == 1


def test_a_file_with_a_wrong_line_is_left_out_whole(bank):
    sent = bank.send(
        row("5.00"), row("1.234,00"), row("6.00", on="2026-02-30"), row("1.00", on="20991231")
    )
    assert [number for number, _reason in sent.found["reasons"]] == [5, 6, 7]
    with pytest.raises(StatementRefused):
        statement_take(actor=bank.finance, statement=sent)
    assert not BankLine.objects.exists()
    assert BankStatement.objects.get().state == BankStatement.State.READ


def test_gb18030_and_a_workbook_are_read(bank, tmp_path):
    sent = statement_receive(
        actor=bank.finance,
        file=ContentFile(bank.csv(row("5.00")).decode().encode("gb18030"), name="g.csv"),
    )
    assert sent.headers[4] == "对方户名"
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["某某银行", None, None])
    book.active.append(["交易日期", "交易金额", "对方户名", "摘要"])
    book.active.append([day("2026-10-12"), 1234.5, HENGDA, "货款"])
    book.save(tmp_path / "x.xlsx")
    sent = statement_receive(
        actor=bank.finance, file=ContentFile((tmp_path / "x.xlsx").read_bytes(), name="x.xlsx")
    )
    statement_columns(actor=bank.finance, statement=sent, columns=sent.columns)
    statement_take(actor=bank.finance, statement=BankStatement.objects.get(pk=sent.pk))
    line = BankLine.objects.get()
    assert (line.amount, line.day, line.has_time) == (yuan("1234.50"), day("2026-10-12"), False)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"a,b\n1,2\n", "a.csv"),
        (b'a,b,c\n"1,2,3\n', "a.csv"),
        (b"\x00\x00\x00", "a.csv"),
        (b"\xff\xfe\xff", "a.csv"),
        (bomb(), "a.xlsx"),
        (b"no workbook", "a.xlsx"),
    ],
)
def test_files_that_are_no_statement_are_refused_and_not_kept(bank, content, name, settings):
    with pytest.raises(StatementRefused):
        statement_receive(actor=bank.finance, file=ContentFile(content, name=name))
    assert not BankStatement.objects.exists()
    assert not any((settings.MEDIA_ROOT / "imports").iterdir())


def test_a_file_that_changed_on_the_disk_is_not_taken(bank):
    sent = bank.send(row("5.00"))
    path = folder_of(sent) / sent.files[0]["path"]
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(StatementRefused):
        statement_take(actor=bank.finance, statement=sent)
    assert not BankLine.objects.exists()
    assert BankStatement.objects.get().state == BankStatement.State.DROPPED


def test_a_file_that_is_dropped_is_gone(bank):
    sent = bank.send(row("5.00"))
    statement_drop(statement=sent)
    assert not folder_of(sent).exists()
    with pytest.raises(StatementRefused):
        statement_take(actor=bank.finance, statement=sent)


def test_a_long_file_is_a_job_and_done_twice_is_done_once(bank, monkeypatch):
    monkeypatch.setattr(statements, "AT_ONCE", 2)
    sent = bank.send(*(row(f"{n}.00", no=f"A{n}") for n in range(1, 6)))
    statement_take(actor=bank.finance, statement=sent)
    assert not BankLine.objects.exists()
    run = JobRun.objects.get(kind="bank")
    bank_run(run.pk)
    assert BankLine.objects.count() == 5
    run.refresh_from_db()
    assert run.state == JobRun.State.DONE
    assert run.outcome["unmatched"] == 5
    JobRun.objects.filter(pk=run.pk).update(state=JobRun.State.QUEUED)
    bank_run(run.pk)
    assert BankLine.objects.count() == 5


def test_taking_that_died_on_the_way_goes_on_where_it_stopped(bank, monkeypatch):
    monkeypatch.setattr(statements, "AT_A_TIME", 2)
    sent = bank.send(*(row(f"{n}.00") for n in range(1, 6)))
    keep, calls = statements._keep, []

    def dies(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError
        keep(*args)

    monkeypatch.setattr(statements, "_keep", dies)
    with pytest.raises(RuntimeError):
        statement_take(actor=bank.finance, statement=sent)
    assert BankLine.objects.count() == 2
    monkeypatch.setattr(statements, "_keep", keep)
    run = JobRun.objects.create(kind="bank", subject=str(sent.pk))
    bank_run(run.pk)
    assert BankLine.objects.count() == 5
    sent.refresh_from_db()
    assert (sent.state, sent.found["taken"]) == (BankStatement.State.TAKEN, 5)


# Lines.


def test_a_recorded_transfer_is_confirmed_and_stays_as_it_was_recorded(bank):
    owed = bank.slip("S1", "1000.00")
    told = payment(owed, amount="1000.00", method="transfer", received="2026-10-12 09:00")
    bank.take(row("1,000.00", on="20261013"))
    told.refresh_from_db()
    assert told.received_at == at("2026-10-12 09:00")
    match = BankMatch.objects.get()
    assert (match.payment, match.made, match.by) == (told, False, None)
    assert Payment.objects.count() == 1


def test_another_date_is_doubtful_and_corrected_only_by_finance(bank):
    owed = bank.slip("S1", "1000.00")
    told = payment(owed, amount="1000.00", method="transfer", received="2026-10-12 09:00")
    bank.take(row("1,000.00", on="20261015"))
    line = BankLine.objects.get()
    assert line.state == State.DOUBTFUL
    assert "date_differs" in str(line.proposals)
    pays = [Pays(owed.pk, yuan("1000.00"), told.pk)]
    line_match(actor=bank.finance, line=line, pays=pays, bank_date=True)
    told.refresh_from_db()
    assert told.received_at == line.booked_at
    row_ = AuditRow.objects.get(action="correct by bank")
    assert row_.changes["received_at"] == ["2026-10-12T09:00:00", "2026-10-15T15:12:03"]


def test_customers_alike_are_left_to_finance(bank):
    bank.slip("S1", "1000.00", HUAQIANG)
    bank.slip("S2", "1000.00", HUAWEI)
    bank.take(row("1000.00", HUAQIANG), row("1000.00", "宁波华弓电子有限公司", no="B"))
    assert set(BankLine.objects.values_list("state", flat=True)) == {State.DOUBTFUL}
    assert not Payment.objects.exists()


def test_split_and_merged_payments_are_matched(bank):
    bank.slip("S1", "1000.00")
    bank.slip("S2", "300.00", HUAQIANG)
    bank.slip("S3", "55.50", HUAQIANG)
    bank.take(row("400.00"), row("600.00", on="20261014"), row("355.50", HUAQIANG))
    paid = {p.payment_no: p.amount for p in Payment.objects.all()}
    assert paid == {
        "S1-1": yuan("400.00"), "S1-2": yuan("600.00"), "S2-1": yuan("300.00"),
        "S3-1": yuan("55.50"),
    }  # fmt: skip


def test_by_hand_over_several_slips_with_a_rest(bank):
    one, other = bank.slip("S1", "1000.00"), bank.slip("S2", "500.00", HUAWEI)
    line = bank.line("1600.00", "张建国")
    pays = [Pays(one.pk, yuan("1000.00")), Pays(other.pk, yuan("500.00"))]
    with pytest.raises(MatchRefused, match=r"100\.00"):
        line_match(actor=bank.finance, line=line, pays=pays)
    assert not Payment.objects.exists()
    line_match(actor=bank.finance, line=line, pays=pays, reason="prepaid")
    line.refresh_from_db()
    assert (line.state, line.aside, line.reason) == (State.MATCHED, yuan("100.00"), "prepaid")
    assert line.settled_by == bank.finance


@pytest.mark.parametrize("amount", ["1000.01", "0.00", "-5.00"])
def test_no_slip_is_paid_past_its_due(bank, amount):
    owed = bank.slip("S1", "1000.00")
    line = bank.line("2000.00")
    with pytest.raises(MatchRefused):
        line_match(actor=bank.finance, line=line, pays=[Pays(owed.pk, Decimal(amount))], reason="x")
    line.refresh_from_db()
    assert line.state == State.UNMATCHED
    assert not Payment.objects.exists()


def test_no_more_is_matched_than_came_in_also_if_a_slip_is_named_twice(bank):
    owed = bank.slip("S1", "1000.00")
    line = bank.line("600.00")
    pays = [Pays(owed.pk, yuan("400.00")), Pays(owed.pk, yuan("300.00"))]
    with pytest.raises(MatchRefused):
        line_match(actor=bank.finance, line=line, pays=pays)
    assert not BankMatch.objects.exists()


def test_a_recorded_transfer_is_confirmed_once(bank):
    owed = bank.slip("S1", "1000.00")
    told = payment(owed, amount="1000.00", method="transfer", received="2026-10-12 09:00")
    pays = [Pays(owed.pk, yuan("1000.00"), told.pk)]
    line, other = bank.line("1000.00"), bank.line("1000.00")
    line_match(actor=bank.finance, line=line, pays=pays)
    with pytest.raises(MatchRefused):
        line_match(actor=bank.finance, line=other, pays=pays)
    assert BankMatch.objects.count() == 1


def test_cash_is_no_transfer(bank):
    owed = bank.slip("S1", "1000.00")
    cash = payment(owed, amount="1000.00", method="cash")
    pays = [Pays(owed.pk, yuan("1000.00"), cash.pk)]
    with pytest.raises(MatchRefused):
        line_match(actor=bank.finance, line=bank.line("1000.00"), pays=pays)


def test_a_returned_slip_takes_no_new_money(bank):
    owed = bank.slip("S1", "1000.00", returned="2026-10-09 10:00")
    with pytest.raises(MatchRefused):
        line_match(
            actor=bank.finance, line=bank.line("1000.00"), pays=[Pays(owed.pk, yuan("1000.00"))]
        )
    assert not Payment.objects.exists()


def test_who_comes_second_is_told_who_was_first(bank):
    owed = bank.slip("S1", "1000.00")
    line = bank.line("1000.00")
    seen = BankLine.objects.get(pk=line.pk)
    line_aside(actor=bank.finance, line=line, reason="interest")
    for does in (
        lambda: line_match(actor=bank.finance, line=seen, pays=[Pays(owed.pk, yuan("1000.00"))]),
        lambda: line_aside(actor=bank.finance, line=seen, reason="else"),
        lambda: line_undo(actor=bank.finance, line=seen, reason="else"),
    ):
        with pytest.raises(ChangedMeanwhile, match=bank.finance.get_full_name()):
            does()
    assert not Payment.objects.exists()


def test_undone_a_payment_made_from_the_line_never_came(bank):
    bank.slip("S1", "1000.00")
    bank.take(row("1000.00"))
    line = BankLine.objects.get()
    with pytest.raises(MatchRefused):
        line_undo(actor=bank.finance, line=line, reason=" ")
    line_undo(actor=bank.finance, line=line, reason="of another customer")
    made = Payment.objects.get()
    assert made.net == 0
    assert Undoing.objects.get().kind == "mismatch"
    line.refresh_from_db()
    assert (line.state, line.settled_at) == (State.UNMATCHED, None)
    # By itself it is not matched again, but proposed; by hand it is, as the next payment.
    lines_match()
    line.refresh_from_db()
    assert line.state == State.DOUBTFUL
    slip, _payment, _amount = line.proposals[0]["parts"][0]
    line_match(actor=bank.finance, line=line, pays=[Pays(slip, yuan("1000.00"))])
    assert [p.payment_no for p in Payment.objects.all()] == ["S1-1", "S1-2"]


def test_undone_a_recorded_transfer_stays_recorded(bank):
    owed = bank.slip("S1", "1000.00")
    told = payment(owed, amount="1000.00", method="transfer", received="2026-10-12 09:00")
    bank.take(row("1000.00"))
    line_undo(actor=bank.finance, line=BankLine.objects.get(), reason="wrong")
    told.refresh_from_db()
    assert told.net == yuan("1000.00")
    assert not BankMatch.objects.standing().exists()


def test_matching_again_finds_what_was_issued_since(bank):
    bank.take(row("1000.00"))
    assert BankLine.objects.get().state == State.UNMATCHED
    bank.slip("S1", "1000.00")
    assert lines_match() == {"matched": 1, "doubtful": 0, "unmatched": 0}
    assert lines_match() == {"matched": 0, "doubtful": 0, "unmatched": 0}


def test_a_number_that_is_taken_is_passed_over(bank):
    owed = bank.slip("S1", "1000.00")
    payment(bank.slip("S9", "5.00"), "S1-1", amount="5.00")
    line_match(actor=bank.finance, line=bank.line("10.00"), pays=[Pays(owed.pk, yuan("10.00"))])
    assert Payment.objects.filter(slip=owed).get().payment_no == "S1-2"


def test_what_the_books_do_not_bear_out_is_told(bank):
    owed = bank.slip("S1", "1000.00")
    line, other = bank.line("600.00"), bank.line("400.00")
    line_match(actor=bank.finance, line=line, pays=[Pays(owed.pk, yuan("600.00"))])
    assert list(bank_problems()) == []
    match = BankMatch.objects.get()
    told = []
    for wrong in (
        lambda: BankMatch.objects.update(amount=yuan("599.99")),
        lambda: BankLine.objects.filter(pk=other.pk).update(
            state=State.MATCHED, settled_at=line.booked_at
        ),
        lambda: Payment.objects.filter(pk=match.payment_id).update(amount=yuan("1.00")),
        lambda: BankDay.objects.update(reconciled_at=line.booked_at),
    ):
        with transaction.atomic():
            wrong()
            told.append(sorted({problem.where for problem in bank_problems()}))
            transaction.set_rollback(True)
    assert told == [
        [f"line {line.pk}"],
        ["2026-10-12", f"line {other.pk}"],
        ["S1-1"],
        ["2026-10-12"],
    ]
    assert list(bank_problems()) == []


# Days.


def test_a_day_is_reconciled_when_nothing_is_left_and_says_by_whom(bank):
    bank.slip("S1", "1000.00")
    bank.take(row("1000.00"), row("5.00", "税务局"), row("1000.00", on="20261013", no="x"))
    twelfth = BankDay.objects.get(day=day("2026-10-12"))
    assert twelfth.reconciled_at is None
    left = BankLine.objects.left().get(day=day("2026-10-12"), amount=yuan("5.00"))
    line_aside(actor=bank.finance, line=left, reason="tax refund")
    for line in BankLine.objects.left().filter(day=day("2026-10-12")):
        line_aside(actor=bank.finance, line=line, reason="x")
    twelfth.refresh_from_db()
    assert twelfth.reconciled_at is not None
    assert twelfth.reconciled_by == bank.finance
    left.refresh_from_db()
    line_undo(actor=bank.finance, line=left, reason="wrong")
    twelfth.refresh_from_db()
    assert (twelfth.reconciled_at, twelfth.reconciled_by) == (None, None)
    assert AuditRow.objects.filter(action="reopen day").exists()


def test_a_new_line_opens_a_reconciled_day(bank):
    bank.take(row("", out="5.00", no="A"))
    assert BankDay.objects.get().reconciled_at is not None
    bank.take(row("7.00", "税务局", no="B"))
    assert BankDay.objects.get().reconciled_at is None

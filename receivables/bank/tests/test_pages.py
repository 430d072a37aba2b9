"""Finance's pages: sending, choosing, accepting, and what is typed wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from core.models import JobRun
from receivables.bank.models import BankDay, BankLine, BankMatch, BankStatement
from receivables.bank.services import lines_match
from receivables.bank.tests.conftest import HENGDA, HUAQIANG, HUAWEI, row
from receivables.models import Payment
from tests import cast
from tests.builders import payment


@pytest.fixture
def finance(client, bank):
    client.force_login(bank.finance)
    return client


def page_of(line):
    return reverse("bank_line", args=[line.pk])


def do(client, line, what, **said):
    data = {"version": line.version, **said}
    return client.post(reverse(f"bank_line_{what}", args=[line.pk]), data)


def text_of(answer):
    return answer.content.decode()


def test_from_the_file_to_the_reconciled_day(finance, bank):
    bank.slip("S1", "1000.00")
    file = SimpleUploadedFile("工行.csv", bank.csv(row("1,000.00", no="A"), row("", out="3.00")))
    answer = finance.post(reverse("bank"), {"file": file}, follow=True)
    assert "Say once which column is which" in text_of(answer)
    sent = BankStatement.objects.get()
    columns = {name: str(at) for name, at in sent.columns.items()}
    answer = finance.post(reverse("bank_file_columns", args=[sent.pk]), columns, follow=True)
    assert "2 lines: 2 new (1 in, 1 out), 0 known already." in text_of(answer)
    answer = finance.post(reverse("bank_file_take", args=[sent.pk]), follow=True)
    assert "2 lines are new" in text_of(answer)
    days = text_of(finance.get(reverse("bank")))
    assert "reconciled" in days
    assert "by itself" in days
    listed = text_of(finance.get(reverse("bank_lines")))
    assert "matched by itself" in listed
    assert "−3.00" in listed
    assert "S1" in listed
    slip = text_of(finance.get(reverse("slip", args=["S1"])))
    assert "On the bank statement" in slip
    assert page_of(BankLine.objects.get(serial="A")) in slip


def test_an_order_says_to_finance_which_of_its_transfers_the_bank_confirms(finance, bank):
    owed, other = bank.slip("S1", "1000.00"), bank.slip("S2", "95.00")
    panel = reverse("order_panel", args=[owed.order.order_no, "bank"])
    assert "No transfer is recorded for this order." in text_of(finance.get(panel))
    payment(other, "P8", amount="40.00", method="transfer", received="2026-10-11 09:00")
    payment(other, "P-CASH", amount="55.00", method="cash", received="2026-10-11 09:00")
    bank.take(row("1,000.00", no="A"))
    made = BankMatch.objects.get()
    shown = text_of(finance.get(panel))
    told, confirmed = shown[: shown.index("S1-1")], shown[shown.index("S1-1") :]
    assert "No line of the bank confirms it yet." in told
    assert "P8" in told
    assert page_of(made.line) in confirmed
    assert "No line" not in confirmed
    assert "P-CASH" not in shown  # cash does not go through the bank
    address = reverse("order", args=[owed.order.order_no])
    assert panel in text_of(finance.get(address))
    for who in (cast.SHE, cast.MANAGER, cast.LEADER, cast.CASHIER):
        stranger = cast.client_of(who)
        assert stranger.get(panel).status_code == 404
        assert panel not in text_of(stranger.get(address))


def test_a_long_match_shows_how_far_it_is_and_what_became_of_it(finance, bank):
    page, again = reverse("bank"), reverse("bank_match_again")
    run = JobRun.objects.create(kind="bank", subject="all", state="running", steps=40, done=7)
    polls = {"HX-Request": "true", "HX-Target": "bank-progress"}
    for shown in (finance.get(page), finance.get(page, headers=polls)):
        assert "7 / 40" in text_of(shown)
        assert 'hx-trigger="every 2s"' in text_of(shown)
    JobRun.objects.filter(pk=run.pk).update(state="done")
    assert finance.get(page, headers=polls).headers["HX-Refresh"] == "true"
    assert "bank-progress" not in text_of(finance.get(page))
    JobRun.objects.filter(pk=run.pk).update(state="failed", error="no room on the disk")
    assert "no room on the disk" in text_of(finance.get(page))
    assert cast.client_of(cast.MANAGER).get(page, headers=polls).status_code == 403
    assert finance.post(again).status_code == 302


def test_a_proposal_is_accepted_with_one_key_and_leads_to_the_next_line(finance, bank):
    bank.slip("S1", "1000.00", HUAQIANG)
    bank.slip("S2", "1000.00", HUAWEI)
    line, other = bank.line("1000.00", HUAQIANG), bank.line("77.00", "税务局", on="2026-10-13")
    lines_match()
    line.refresh_from_db()
    shown = text_of(finance.get(page_of(line)))
    assert 'data-key="1"' in shown
    assert "the amount fits something else as well" in shown
    assert shown.index("S1") < shown.index("S2")
    slip, _none, amount = line.proposals[0]["parts"][0]
    answer = do(finance, line, "match", **{f"pays-{slip}-0": amount})
    assert answer.url == page_of(other)
    made = BankMatch.objects.get()
    assert made.payment.slip.slip_no == "S1"
    assert made.found["reasons"]
    assert made.by == bank.finance


def test_what_was_paid_meanwhile_is_not_proposed_any_more(finance, bank):
    owed = bank.slip("S1", "1000.00")
    line = bank.line("1000.00", "宁波恒通五金有限公司")
    lines_match()
    offered = f'name="pays-{owed.pk}-0"'
    assert offered in text_of(finance.get(page_of(line)))
    payment(owed, amount="1000.00")
    shown = text_of(finance.get(page_of(line)))
    assert offered not in shown
    assert "Nothing fits by name and amount." in shown
    answer = do(finance, line, "match", **{f"pays-{owed.pk}-0": "1000.00"})
    assert answer.status_code == 400
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("words", ["S1", "恒达", "hengda", "hd", "1000", "D90001"])
def test_slips_are_found_by_hand_and_what_was_typed_stays(finance, bank, words):
    from core.spelling import spellings_refresh

    owed = bank.slip("S1", "1000.00")
    spellings_refresh()
    line = bank.line("400.00", "张建国")
    field = f"pays-{owed.pk}-0"
    assert field in text_of(finance.get(page_of(line), {"q": words}))
    other = bank.slip("S2", "50.00", HUAQIANG)
    answer = do(finance, line, "match", search="on", q="S2", **{field: "350"})
    shown = text_of(answer)
    assert answer.status_code == 200
    assert 'value="350"' in shown
    assert f"pays-{other.pk}-0" in shown
    assert not BankMatch.objects.exists()
    do(finance, line, "match", **{field: "350", f"pays-{other.pk}-0": "50.00"})
    assert sorted(str(p.amount) for p in Payment.objects.all()) == ["350.00", "50.00"]


@pytest.mark.parametrize(
    "typed", ["NaN", "1e999", "１００", "-5", "0", "abc", "99999999999999999999", "1.234", "\x00"]
)
def test_amounts_typed_wrong_are_told_and_kept(finance, bank, typed):
    owed = bank.slip("S1", "1000.00")
    line = bank.line("400.00")
    answer = do(finance, line, "match", q="S1", reason="why", **{f"pays-{owed.pk}-0": typed})
    assert answer.status_code == 400
    assert 'value="why"' in text_of(answer)
    assert not BankMatch.objects.exists()
    assert BankLine.objects.get(pk=line.pk).is_left


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"pays-999999-0": "5.00"},
        {"pays-9999999999999999999-0": "5.00"},
        {"pays-1-9223372036854775807": "5.00"},
        {"version": "x"},
        {"version": "-1"},
        {"version": "99999999999999"},
        {"version": ""},
        {"pays-0-0": "5.00"},
        {"pays-1-0": "5.00", "reason": "x" * 501},
    ],
)
def test_nonsense_is_refused_and_nothing_changes(finance, bank, said):
    line = bank.line("400.00")
    for what in ("match", "undo"):
        answer = do(finance, line, what, **said)
        assert answer.status_code == 400, what
    line.refresh_from_db()
    assert line.version == 0
    assert not BankMatch.objects.exists()


def test_a_line_is_set_aside_with_a_reason_alone(finance, bank):
    line = bank.line("400.00", "税务局")
    assert do(finance, line, "aside", reason="").status_code == 400
    assert do(finance, line, "aside", reason="x\x00y").status_code == 400
    answer = finance.post(
        reverse("bank_line_aside", args=[line.pk]), {"version": 0, "reason": "退税"}, follow=True
    )
    line.refresh_from_db()
    assert (line.state, line.reason) == ("aside", "退税")
    BankDay.objects.get(day=line.day, reconciled_by=bank.finance)
    assert "is reconciled: nothing is left." in text_of(answer)


def test_taken_back_with_a_reason(finance, bank):
    bank.slip("S1", "1000.00")
    bank.take(row("1000.00"))
    line = BankLine.objects.get()
    assert "the payer is this customer by name" in text_of(finance.get(page_of(line)))
    assert do(finance, line, "undo", reason="").status_code == 400
    do(finance, line, "undo", reason="belongs to another")
    shown = text_of(finance.get(page_of(line)))
    assert "belongs to another" in shown
    assert Payment.objects.get().net == 0


def test_who_comes_second_is_told_on_the_page(finance, bank):
    line = bank.line("400.00")
    do(finance, line, "aside", reason="first")
    answer = do(finance, line, "aside", reason="second")
    assert answer.status_code == 400
    assert "was faster" in text_of(answer)
    assert BankLine.objects.get().reason == "first"


@pytest.mark.parametrize(
    "file",
    [
        None,
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.csv", b""),
        SimpleUploadedFile("a.csv", b"a,b\n"),
        SimpleUploadedFile("a.xlsx", b"no workbook"),
    ],
)
def test_files_that_are_no_statement(finance, file):
    answer = finance.post(reverse("bank"), {"file": file} if file else {}, follow=True)
    assert answer.status_code == 200
    assert "alert" in text_of(answer)
    assert not BankStatement.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [{}, {"date": "0"}, {"date": "99"}, {"date": "x"}, {"date": "0", "amount": "0", "payer": "0"},
     {"date": "0", "amount": "2", "credit": "3", "payer": "4"}],
)  # fmt: skip
def test_columns_that_cannot_be_read(finance, bank, columns):
    finance.post(reverse("bank"), {"file": SimpleUploadedFile("a.csv", bank.csv(row("1.00")))})
    sent = BankStatement.objects.get()
    answer = finance.post(reverse("bank_file_columns", args=[sent.pk]), columns)
    assert answer.status_code == 400
    sent.refresh_from_db()
    assert sent.state == BankStatement.State.COLUMNS


@pytest.mark.parametrize("query", [
    {"state": "left"}, {"state": "automatic"}, {"state": "by_hand"}, {"state": "outgoing"},
    {"day": "2026-10-12"}, {"day": "x"}, {"q": "S1"}, {"q": "\x00"}, {"export": "csv"},
    {"sort": "-amount"}, {"page": "9" * 30},
])  # fmt: skip
def test_the_lists_take_whatever_the_address_says(finance, bank, query):
    bank.slip("S1", "1000.00")
    bank.take(row("1000.00"), row("", out="5.00"))
    for name in ("bank_lines", "bank"):
        answer = finance.get(reverse(name), query)
        assert answer.status_code == 200
        if answer.streaming:
            b"".join(answer.streaming_content)


def test_the_desk_says_what_is_left(finance, bank):
    bank.line("400.00")
    shown = text_of(finance.get(reverse("home")))
    assert "Bank to reconcile" in shown
    assert "1 line left · 400.00" in shown


def test_as_many_queries_for_many_lines_as_for_few(finance, bank, django_assert_max_num_queries):
    for n in range(30):
        bank.slip(f"S{n}", "1000.00", HENGDA if n % 2 else HUAQIANG)
    line = bank.line("1000.00")
    for n in range(30):
        bank.line(f"{n + 1}.00", on=f"2026-10-{n % 28 + 1:02}")
    lines_match()
    for address in (
        reverse("bank"),
        reverse("bank_lines"),
        page_of(line),
        f"{page_of(line)}?q=S",
    ):
        finance.get(address)
        with django_assert_max_num_queries(12):
            assert finance.get(address).status_code == 200


def test_the_account_is_for_finance(client, bank):
    line = bank.line("1.00")
    for who in (cast.SHE, cast.MANAGER, cast.CASHIER, cast.LEADER):
        client.force_login(User.objects.get(username=who))
        assert client.get(page_of(line)).status_code == 403
        assert "for finance" in text_of(client.get(reverse("bank")))

"""The lists of people, accounts, payments and the trail: each has what every list can."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.models import AuditRow, Opening
from payroll.models import BankAccount, PayoutBatch, PayoutLine, Shadow, ShadowRow
from payroll.services import bank_account_confirm, bank_account_enter, month_final, payout_make
from tests import cast
from tests.cast import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)
from tests.test_pages_lists import alike, file_rows, page_rows

CARD = "6222020200112233445"


def login(employee_no: str) -> User:
    return User.objects.get(username=employee_no)


def entered(employee_no: str, *, by: str = PERSONNEL) -> BankAccount:
    return bank_account_enter(
        actor=login(by),
        person=Person.objects.get(employee_no=employee_no),
        holder="吴伟",
        bank="中国工商银行",
        branch="宁波支行",
        number=CARD,
        valid_from=date(2026, 1, 1),
    )


@pytest.fixture(autouse=True)
def final(db: None) -> Iterator[None]:
    """A month paid out to one of three, as the books and the trail have it."""
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        cast.closed_month()
        with clock.set_to(cast.CLOSED_AT + timedelta(days=9)):
            month_final(month=MONTH, actor=login(FINANCE))
            bank_account_confirm(actor=login(FINANCE), account=entered(SHE))
            payout_make(month=MONTH, actor=login(FINANCE))
            entered(STRANGER)
            Opening.objects.create(
                actor=login(LEADER), way="opened", kind="conduct", subject="x 1", about=SHE
            )
            shadow = Shadow.objects.create(month=MONTH, as_of=cast.CLOSED_AT)
            for no in (SHE, MATE, STRANGER):
                ShadowRow.objects.create(
                    shadow=shadow,
                    person=Person.objects.get(employee_no=no),
                    by_rule={"BASE": "3600.00"},
                    total="3600.00",
                )
            yield


def address(name: str) -> str:
    about = {"payout": [MONTH], "month_shadow": [MONTH], "statements": [MONTH]}.get(name, [])
    if name == "payout_batch":
        about = [PayoutBatch.objects.get().pk]
    return reverse(name, args=about)


# The list, who reads it, the columns of which a file says what the page says, how many rows.
LISTS = [
    ("people", MANAGER, "employee_no,name,team,supervisor,channel,status", 11),
    ("people", SUPERVISOR, "employee_no,name,team", 3),
    ("logins", PERSONNEL, "employee_no,name,team,login_state,second_factor", 11),
    ("bank_accounts", PERSONNEL, "employee_no,name,holder,bank,state,entered_by", 2),
    ("bank_accounts_missing", FINANCE, "employee_no,name,team", 2),
    ("payout", CASHIER, "employee_no,name,team,account,state,amount", 3),
    ("payout_batch", CASHIER, "employee_no,name,team,account,state,amount", 1),
    ("month_shadow", SUPERVISOR, "employee_no,name,team,by_rule,total", 2),
    ("audit", LEADER, "who,action,subject", None),
    ("audit_openings", PERSONNEL, "kind,subject,actor,way,about", 1),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "who", "columns", "rows"), LISTS)
def test_a_file_is_what_is_shown(name, who, columns, rows, ending):
    client, page = client_of(who), address(name)
    headers, shown = page_rows(client, page, f"columns={columns}")
    if headers[0] == "Chosen":
        headers, shown = headers[1:], [line[1:] for line in shown]
    assert len(headers) == len(columns.split(","))
    assert len(shown) == (AuditRow.objects.count() if rows is None else rows)
    first, *kept = file_rows(client, page, f"columns={columns}", ending)
    assert first == headers
    assert len(kept) == len(shown)
    for line, cells in zip(shown, kept, strict=True):
        assert all(alike(text.replace("the program", ""), cell)
                   for text, cell in zip(line, cells, strict=True)), (line, cells)  # fmt: skip
    assert CARD not in str(kept)


CONFIDENTIAL = ["bank_accounts", "payout", "payout_batch", "month_shadow", "statements", "audit"]


def reader_of(name: str) -> str:
    return MANAGER if name == "audit" else FINANCE


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_taking_out_what_is_confidential_is_an_opening(name):
    who = reader_of(name)
    known = Opening.objects.count()
    file_rows(client_of(who), address(name), "q=Y001", "csv")
    taken = Opening.objects.order_by("-id").first()
    assert Opening.objects.count() == known + 1
    assert (taken.actor.username, taken.way, taken.kind) == (who, "exported", "list")
    assert taken.subject.startswith("list ")
    assert taken.details["query"] == "q=Y001"
    assert client_of(who).get(address(name)).status_code == 200
    assert Opening.objects.count() == known + 1  # looking is not taking


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_what_cannot_be_written_down_is_not_given(name, monkeypatch):
    def away(**_asked):
        raise OperationalError("the log is away")

    monkeypatch.setattr("core.confidential.opening_write", away)
    answer = client_of(reader_of(name)).get(address(name), {"export": "csv"})
    assert answer.status_code == 503
    assert "吴伟" not in answer.content.decode()
    assert not AuditRow.objects.filter(action="export").exists()


def test_what_is_not_confidential_is_no_opening():
    known = Opening.objects.count()
    file_rows(client_of(MANAGER), address("people"), "", "csv")
    assert Opening.objects.count() == known
    assert AuditRow.objects.filter(action="export", subject="list people").count() == 1


def test_a_stranger_is_in_no_file():
    for name in ("people", "month_shadow", "statements"):
        kept = str(file_rows(client_of(SUPERVISOR), address(name), "q=Y00", "csv"))
        assert SHE in kept
        assert STRANGER not in kept
    assert client_of(SHE).get(address("people"), {"export": "csv"}).status_code == 403


# --- Several bank accounts at once --------------------------------------------------------------


def confirm(who: str, *accounts: BankAccount, **more: object) -> str:
    sent = {"do": "confirm", "row": [each.pk for each in accounts], **more}
    return client_of(who).post(address("bank_accounts"), sent, follow=True).content.decode()


def state(account: BankAccount) -> str:
    return BankAccount.objects.values_list("state", flat=True).get(pk=account.pk)


def test_several_accounts_are_confirmed_each_by_itself():
    hers = BankAccount.objects.get(person__employee_no=STRANGER)  # entered by personnel
    own, other = entered(FINANCE, by=PERSONNEL), entered(MATE, by=FINANCE)
    said = confirm(FINANCE, hers, own, other)
    assert "1 done" in said
    assert "2 refused" in said
    assert "Somebody else confirms it" in said
    assert (state(hers), state(own), state(other)) == ("confirmed", "waiting", "waiting")
    assert "1 needed nothing" in confirm(FINANCE, hers)
    assert "1 done" in confirm(PERSONNEL, other)


def test_refused_and_strangers_accounts_stay_as_they_are():
    hers = BankAccount.objects.get(person__employee_no=STRANGER)
    for who in (MANAGER, LEADER, STRANGER, SUPERVISOR):
        sent = {"do": "confirm", "row": hers.pk}
        assert client_of(who).post(address("bank_accounts"), sent).status_code == 403
    assert state(hers) == "waiting"
    BankAccount.objects.filter(pk=hers.pk).update(
        state="refused", decided_by=login(FINANCE), decided_at=clock.now(), reason="x"
    )
    assert "decided on meanwhile" in confirm(FINANCE, hers)
    assert state(hers) == "refused"


# --- Links for those chosen ---------------------------------------------------------------------


def test_all_found_get_a_link_as_long_as_they_are_as_many():
    client = client_of(PERSONNEL)
    sent = {"chosen": "all", "seen": 0, "found": 1}
    page = client.post(f"{reverse('login_links')}?q=wuwei", sent)
    assert [each["slip"].person.employee_no for each in page.context["slips"]] == [SHE]
    told = client.post(f"{reverse('login_links')}?q=Y00", sent, follow=True).content.decode()
    assert "it has 3 rows now" in told


@pytest.mark.parametrize("name", sorted({name for name, *_more in LISTS}))
def test_nothing_found_says_so(name):
    who = next(reader for known, reader, *_more in LISTS if known == name)
    said = client_of(who).get(address(name), {"q": "zzzzzz"}).content.decode()
    assert "Show all" in said
    assert "<tbody>" not in said


# --- What a page asks the database --------------------------------------------------------------


def many(rows: int) -> None:
    """So many more people, each with an account that waits, a payment, a row in the shadow."""
    made = Person.objects.bulk_create(
        Person(
            employee_no=f"W{rows}-{n}",
            name="李雷",
            roles="salesperson",
            team="销售9组",
            hired_on="2024-01-01",
            supervisor=Person.objects.get(employee_no=SUPERVISOR) if n == 0 else None,
        )
        for n in range(rows)
    )
    BankAccount.objects.bulk_create(
        BankAccount(
            person=each,
            holder="李雷",
            bank="工行",
            number=CARD,
            valid_from="2026-01-01",
            entered_by=login(PERSONNEL),
        )
        for each in made[::2]
    )
    paid = PayoutBatch.objects.get()
    PayoutLine.objects.bulk_create(
        PayoutLine(
            batch=paid, month=MONTH, person=each, amount=1, holder="x", bank="工行", number=CARD
        )
        for each in made
    )  # fmt: skip
    shadow = Shadow.objects.get()
    ShadowRow.objects.bulk_create(
        ShadowRow(shadow=shadow, person=each, by_rule={"BASE": "1.00"}, total=1) for each in made
    )
    AuditRow.objects.bulk_create(
        AuditRow(actor=login(FINANCE), action="x", subject=f"charge {n}", changes={})
        for n in range(rows)
    )
    Opening.objects.bulk_create(
        Opening(actor=login(FINANCE), way="opened", kind="x", subject=f"x {n}") for n in range(rows)
    )


def test_as_many_queries_however_many_rows():
    asked = []
    for rows in (10, 1_000):
        many(rows)
        counts = {}
        for name, who, *_more in LISTS:
            client, page = client_of(who), address(name)
            for query in ("", "?q=ll"):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(page + query).status_code == 200
                counts[name, who, query] = len(queries)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[1].values()) < 12, asked[1]

"""The history of every record, read by everybody: nothing in it that its reader may not see."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.handing_over import HandoverItem
from accounts.logins.links import email_set
from accounts.models import Person, User
from accounts.services import handover_tick, person_edit, position_change
from accounts.services.people import FACTS
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from core import clock
from core.models import AuditRow
from core.services import facts_replace
from customers.models import Customer
from notices.services import BoardText, board_change, board_post
from orders.models import Order
from payroll.models import Entry
from payroll.reviewing import seen_of
from payroll.services import (
    appeal_decide,
    appeal_file,
    bank_account_confirm,
    bank_account_enter,
    month_final,
    payout_line_tell,
    payout_make,
    statement_acknowledge,
)
from receivables.models import Slip
from tests import cast
from tests.builders import customer, order, slip
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

EVERYBODY = tuple(member.employee_no for member in MEMBERS)
CONTRACT = {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL}
HER_PAY = {SHE, SUPERVISOR, MANAGER, LEADER, FINANCE, CASHIER}
ACCOUNTS = {SHE, FINANCE, PERSONNEL}
FILES = {SHE, SUPERVISOR, MANAGER, LEADER}

# Words that stand in one change each, and who may read them, on whatever page.
SALARY, TARGET, EMAIL = "7,391.11", "7,391.22", "canary7391@example.com"
NUMBER, BANK, RETURNED = "7399", "BANK-CANARY", "RETURNED-CANARY"
GOODS, OBJECTS, ADDRESS = "GOODS-CANARY", "OBJECTS-CANARY", "ADDRESS-CANARY"
AMOUNT, BOARD = "7,391.33", "BOARD-CANARY"
MAY_READ = {
    SALARY: CONTRACT,
    TARGET: CONTRACT,
    EMAIL: {SHE, PERSONNEL},
    NUMBER: ACCOUNTS | {MANAGER, LEADER, CASHIER},  # the last digits stand in the batch
    BANK: ACCOUNTS | {MANAGER, LEADER, CASHIER},
    RETURNED: {MANAGER, LEADER, FINANCE, CASHIER},
    GOODS: CONTRACT,
    OBJECTS: {SHE, SUPERVISOR, MANAGER, LEADER},
    ADDRESS: FILES,
    AMOUNT: HER_PAY,
    BOARD: {LEADER, MANAGER, PERSONNEL},
}


def login(employee_no: str) -> User:
    return User.objects.get(username=employee_no)


@pytest.fixture(autouse=True)
def her(db: None) -> Iterator[Person]:
    with clock.set_to(cast.CLOSED_AT):
        her = cast.people_make()[SHE]
        cast.closed_month()
        yield her


def person_changed(her: Person) -> None:
    personnel = login(PERSONNEL)
    position_change(
        actor=personnel, person=her, seen=version_of(her, SHOWN), kind="pay",
        from_on=clock.today(), values={"base_salary": Decimal("7391.11")}, reason="",
    )  # fmt: skip
    her.refresh_from_db()
    person_edit(
        actor=personnel, person=her, seen=version_of(her, FACTS), name=her.name,
        phone="", contract_target=Decimal("7391.22"),
    )  # fmt: skip
    email_set(user=login(SHE), email=EMAIL)
    item = HandoverItem(her.pk, f"loan/{GOODS}", "", "goods")
    handover_tick(actor=personnel, person=her, item=item, to=Person.objects.get(employee_no=MATE))


def paid_out(her: Person) -> int:
    account = bank_account_enter(
        actor=login(SHE), person=her, holder=her.name, bank=BANK, branch="",
        number="622202000000007399", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    bank_account_confirm(actor=login(FINANCE), account=account)
    month_final(month=MONTH, early_reason="x")
    batch = payout_make(month=MONTH, actor=login(FINANCE))
    payout_line_tell(
        line=batch.lines.get(), seen="sent", state="returned", reason=RETURNED, actor=login(FINANCE)
    )
    return batch.pk


def appealed(her: Person) -> int:
    entry = Entry.objects.lines().filter(person=her, rule="ATT-4").order_by("-id")[0]
    appeal = appeal_file(entry=entry, text=OBJECTS, token=UUID(int=1), actor=login(SHE))
    appeal_decide(appeal=appeal, grant=False, reply="no", actor=login(MANAGER))
    return appeal.pk


def facts_changed(her: Person) -> None:
    customer("K-CANARY", her)
    slip(order(her, "O-CANARY"), "S-CANARY")
    for model, key, row in (
        (Customer, "customer_no", {"customer_no": "K-CANARY", "address": ADDRESS}),
        (Order, "order_no", {"order_no": "O-CANARY", "amount": Decimal("7391.33")}),
        (Slip, "slip_no", {"slip_no": "S-CANARY", "amount_due": Decimal("7391.44")}),
    ):
        facts_replace(model=model, key=(key,), rows=[row], actor=login(FINANCE))


def hung_up() -> int:
    notice = board_post(actor=login(MANAGER), said=BoardText("T", "x"))
    said = BoardText("T", "x", teams=(BOARD,))
    changed = board_change(actor=login(MANAGER), notice=notice, version=1, said=said)
    board_change(
        actor=login(MANAGER), notice=notice, version=changed.version, said=replace(said, teams=())
    )
    return notice.pk


def everything(her: Person) -> list[str]:
    """The pages on which a history stands."""
    seen = seen_of(MONTH, her.pk)
    statement_acknowledge(month=MONTH, person=her, digest=seen.digest, actor=login(SHE))
    appeal = appealed(her)
    batch = paid_out(her)
    person_changed(her)
    facts_changed(her)
    notice = hung_up()
    return [
        reverse("person_panel", args=[SHE, "history"]),
        reverse("person_handover", args=[SHE]),
        reverse("login_of", args=[SHE]),
        reverse("bank_account", args=[SHE]),
        reverse("payout_batch", args=[batch]),
        reverse("appeal", args=[appeal]) + "?history=latest",
        reverse("customer", args=["K-CANARY"]) + "?history=latest",
        reverse("order", args=["O-CANARY"]) + "?history=latest",
        reverse("slip", args=["S-CANARY"]),
        reverse("board_notice", args=[notice]),
        reverse("month", args=[MONTH]),
        reverse("statement", args=[MONTH, SHE]) + "?history=latest",
        reverse("settlement", args=[SHE]),
        reverse("calendar_day", args=["2026-12-25"]),
    ]


def history_in(page: str) -> str:
    """The history alone: what the rest of a page shows is that page's own matter."""
    _before, found, rest = page.partition('id="history"')
    return rest.partition("</section>")[0] if found else ""


def test_nobody_reads_in_a_history_what_is_not_theirs(her: Person) -> None:
    pages = everything(her)
    read: dict[str, set[str]] = {word: set() for word in MAY_READ}
    for who in EVERYBODY:
        browser = client_of(who)
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code in (200, 403, 404), (who, page)
            told = history_in(answer.content.decode())
            for word in MAY_READ:
                if escape(word) in told:
                    read[word].add(who)
    leaks = {word: sorted(who - MAY_READ[word]) for word, who in read.items()}
    assert {word: who for word, who in leaks.items() if who} == {}
    # The words do stand somewhere: a history that shows nothing would leak nothing either.
    assert {word for word, who in read.items() if not who} == set()


@pytest.mark.parametrize(
    ("who", "sees"),
    [(SHE, True), (PERSONNEL, True), (MANAGER, True), (LEADER, True),
     (SUPERVISOR, True), (FINANCE, False), (CASHIER, False), (KEEPER, False)],
)  # fmt: skip
def test_the_history_of_a_person_is_for_whoever_sees_the_contract(
    her: Person, who: str, sees: bool
) -> None:
    person_changed(her)
    page = client_of(who).get(reverse("person", args=[SHE])).content.decode()
    assert (f"{reverse('person_panel', args=[SHE, 'history'])}" in page) is sees
    answer = client_of(who).get(reverse("person_panel", args=[SHE, "history"]))
    assert answer.status_code == (200 if sees else 404)
    assert (SALARY in answer.content.decode()) is sees


@pytest.mark.parametrize("who", [MATE, STRANGER, OTHER_SUPERVISOR])
def test_a_strangers_history_is_not_there(her: Person, who: str) -> None:
    person_changed(her)
    assert client_of(who).get(reverse("person_panel", args=[SHE, "history"])).status_code == 404


def test_a_supervisor_sees_who_took_over_and_no_pay(her: Person) -> None:
    person_changed(her)
    address = reverse("person_handover", args=[SHE]) + "?history=latest"
    page = client_of(SUPERVISOR).get(address).content.decode()
    assert GOODS in history_in(page)
    assert SALARY not in page
    assert EMAIL not in page


def test_what_the_bank_returned_is_no_part_of_the_month(her: Person) -> None:
    batch = paid_out(her)
    assert (
        RETURNED not in client_of(SUPERVISOR).get(reverse("month", args=[MONTH])).content.decode()
    )
    page = client_of(FINANCE).get(reverse("payout_batch", args=[batch])).content.decode()
    assert RETURNED in history_in(page)


def test_older_changes_of_a_person_follow_in_place(her: Person) -> None:
    for number in range(12):
        her.refresh_from_db()
        person_edit(
            actor=login(PERSONNEL), person=her, seen=version_of(her, FACTS),
            name=her.name, phone=f"1380000{number:04}", contract_target=None,
        )  # fmt: skip
    address = reverse("person_panel", args=[SHE, "history"])
    first = client_of(PERSONNEL).get(address).content.decode()
    assert "13800000011" in first
    assert "13800000000" not in history_in(first).partition("13800000001")[0]
    older = first.partition(f'href="{address}?history=')[2].partition("#")[0]
    rest = client_of(PERSONNEL).get(f"{address}?history={older}").content.decode()
    assert "13800000000" in rest


def actions_of(tree: Any) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit":
            said = next(k.value for k in node.keywords if k.arg == "action")
            if isinstance(said, ast.JoinedStr | ast.Name):
                continue  # one of a few, named in settings by hand
            yield from (n.value for n in ast.walk(said) if isinstance(n, ast.Constant))


def test_every_action_has_its_word(settings: Any) -> None:
    missing = {
        action
        for path in settings.BASE_DIR.glob("*/**/*.py")
        if not {"tests", ".venv", "node_modules", "bench"} & set(path.parts)
        for action in actions_of(ast.parse(path.read_text()))
        if action not in settings.AUDIT_WORDS
    }
    assert missing == set()


def test_what_a_change_of_position_undid_is_told(her: Person) -> None:
    for kind in ("suspended", "reinstated"):
        her.refresh_from_db()
        position_change(
            actor=login(PERSONNEL), person=her, seen=version_of(her, SHOWN), kind=kind,
            from_on=clock.today(), values={}, reason="",
        )  # fmt: skip
    changed = [row.changes for row in AuditRow.objects.filter(action="position").order_by("id")]
    today = clock.today().isoformat()
    assert changed == [{"suspended_on": ["", today]}, {"suspended_on": [today, ""]}]

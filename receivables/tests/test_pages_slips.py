"""The pages of slips: the sitting, the list, a slip, sheets, blocks, and the phone's queue."""

import re
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person, User
from core import clock
from core.models import StoredFile
from customers.models import Customer
from orders.models import Order
from receivables.models import BlockLift, LateHandover, Payment, Refusal, Slip
from receivables.services import unpaid_converge
from tests import cast
from tests.builders import at, order, payment, slip
from tests.cast import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

TODAY = "2026-11-02 09:00"  # a Monday
MORNING = reverse("slips_morning")
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        cast.people_make()
        yield


def who(employee_no: str) -> Person:
    return Person.objects.get(employee_no=employee_no)


def sold(by: str, order_no: str, delivered: str = "1000.00") -> Order:
    made = order(who(by), order_no, delivered={"2026-10-20": delivered}, amount=delivered)
    bought = Customer.objects.create(
        customer_no=f"K-{order_no}", name=f"{order_no}的客户", created_on="2024-01-01"
    )
    Order.objects.filter(pk=made.pk).update(customer=bought)
    return made


@pytest.fixture
def owed() -> dict[str, Order]:
    found = {no: sold(no, f"D-{no}") for no in (SHE, MATE, STRANGER)}
    unpaid_converge(as_of=clock.today())
    return found


def blocked(by: Order) -> None:
    on = slip(by, f"B-{by.order_no}", due="1.00", issued="2026-10-21 09:00")
    payment(on, f"P-{by.order_no}", amount="1.00", received="2026-10-30 10:00")


def sitting(*orders: Order, token: object = None, **more: object) -> dict[str, object]:
    amounts = {f"amount-{each.pk}": "100.00" for each in orders}
    rows = [str(each.pk) for each in orders]
    return {"token": str(token or uuid4()), "row": rows, **amounts, **more}


def text(answer) -> str:
    return answer.content.decode()


# --- The morning ------------------------------------------------------------------------------


def test_the_sitting_suggests_what_is_owed(owed):
    page = text(client_of(FINANCE).get(MORNING))
    assert [f"D-{no}" in page for no in owed] == [True] * 3
    assert page.count('value="1000.00"') == 3
    assert "D-Y002" in text(client_of(FINANCE).get(MORNING, {"q": "D-Y002"}))
    assert "D-Y001" not in text(client_of(FINANCE).get(MORNING, {"q": "D-Y002"}))


def test_many_are_issued_at_once_and_a_refused_line_keeps_nobody_back(owed):
    her, mate, stranger = owed.values()
    blocked(her)
    data = sitting(her, mate, stranger) | {f"amount-{stranger.pk}": "1000.01"}
    before = Slip.objects.count()
    answer = client_of(FINANCE).post(MORNING, data)
    page = text(answer)
    assert answer.status_code == 200
    assert Slip.objects.count() == before + 1
    assert Slip.objects.get(order=mate).amount_due == 100
    assert "not handed in yet" in page
    assert "the order leaves 1,000.00" in page
    assert 'value="1000.01"' in page  # what was typed stays
    assert Slip.objects.get(order=mate).slip_no in page


def test_a_sitting_sent_twice_is_issued_once(owed):
    data = sitting(owed[MATE], owed[STRANGER])
    browser = client_of(FINANCE)
    first, again = browser.post(MORNING, data), browser.post(MORNING, data)
    assert Slip.objects.count() == 2
    for slip_no in Slip.objects.values_list("slip_no", flat=True):
        assert slip_no in text(first)
        assert slip_no in text(again)


def test_the_next_sitting_issues_the_rest(owed):
    browser = client_of(FINANCE)
    page = text(browser.post(MORNING, sitting(owed[MATE])))
    assert 'value="900.00"' in page
    [token] = re.findall(r'name="token"\s+value="([^"]+)"', page)
    browser.post(MORNING, sitting(owed[MATE], token=token))
    assert Slip.objects.filter(order=owed[MATE]).count() == 2


def test_the_block_and_who_lifts_it_are_told_first(owed):
    blocked(owed[SHE])
    page = text(client_of(FINANCE).get(MORNING))
    assert "money received on" in page
    assert "the manager can lift it" in page
    assert re.search(rf'value="{owed[SHE].pk}"[^>]*disabled', page)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"order": "D-NONE", "much": "5"}, "no such order"),
        ({"order": "d-y002", "much": "1000.01"}, "leaves 1,000.00"),
        ({"order": "D-Y002", "much": "NaN"}, "not an amount"),
        ({"order": "D-Y002", "much": "1e999"}, "not an amount"),
        ({"order": "D-Y002", "much": "１００"}, "not an amount"),
        ({"order": "D-Y002", "much": "-5"}, "needs an amount"),
        ({"order": "D-Y002", "much": ""}, "How much"),
        ({"order": "D-Y002", "who": "Y999", "much": "5"}, "nobody with this"),
        ({"order": "D-Y002", "who": "C002", "much": "5"}, "no salesperson"),
        ({"order": "D\x00NONE", "much": "5"}, "no such order"),
    ],
)
def test_another_order_is_refused_beside_its_line_and_kept(owed, line, why):
    data = {"token": str(uuid4()), "key": str(uuid4()), "who": "", **line}
    answer = client_of(FINANCE).post(MORNING, data)
    assert answer.status_code == 400
    assert why in text(answer)
    assert (
        f'value="{line["order"].replace(chr(0), "")}' in text(answer) or "d-y002" in line["order"]
    )
    assert not Slip.objects.exists()


def test_another_order_goes_to_whom_it_is_said(owed):
    data = {"token": str(uuid4()), "key": str(uuid4()), "order": "d-y002", "much": "70"}
    client_of(FINANCE).post(MORNING, data | {"who": "y003"})
    assert Slip.objects.get().person == who(STRANGER)


def test_rubbish_is_no_line(owed):
    for data in (
        {},
        {"row": ["x", "-1", "9" * 30, ""], "token": "no"},
        {"row": [str(10**17)], "token": str(uuid4())},
        {"amount-x": "1", "key": "no", "order": "", "who": "", "much": ""},
    ):
        assert client_of(FINANCE).post(MORNING, data).status_code == 400
    assert not Slip.objects.exists()
    for query in ({"q": "\x00"}, {"page": "9" * 30}, {"q": "%"}):
        assert client_of(FINANCE).get(MORNING, query).status_code == 200


def test_a_day_off_is_told_and_nothing_is_refused(owed):
    with clock.set_to(at("2026-11-01 09:00")):
        page = text(client_of(FINANCE).get(MORNING))
        assert "is a day off" in page
        client_of(FINANCE).post(MORNING, sitting(owed[MATE]))
    assert Slip.objects.count() == 1
    assert "is a day off" not in text(client_of(FINANCE).get(MORNING))


def test_orders_are_offered_while_typing(owed):
    offered = text(client_of(FINANCE).get(reverse("slips_morning_orders"), {"order": "Y002"}))
    assert 'value="D-Y002"' in offered
    assert "1,000.00" in offered
    assert not text(client_of(FINANCE).get(reverse("slips_morning_orders"))).strip()


# --- List, slip, sheets -----------------------------------------------------------------------


@pytest.fixture
def three(owed) -> None:
    slip(owed[SHE], "S-HELD", due="100.00", issued="2026-10-25 09:00")
    covered = slip(owed[MATE], "S-COVERED", due="100.00", issued="2026-10-26 09:00")
    payment(covered, "PC", amount="100.00", handed_in="2026-10-27 10:00")
    slip(owed[STRANGER], "S-BACK", due="9.00", issued="2026-10-27 09:00", returned=TODAY)


def slips_shown(user: str, **query: str) -> set[str]:
    page = text(client_of(user).get(reverse("slips"), query))
    return {no for no in ("S-HELD", "S-COVERED", "S-BACK") if f"/slips/{no}/" in page}


@pytest.mark.parametrize(
    ("user", "sees"),
    [
        (FINANCE, {"S-HELD", "S-COVERED", "S-BACK"}),
        (CASHIER, {"S-HELD", "S-COVERED", "S-BACK"}),
        (MANAGER, {"S-HELD", "S-COVERED", "S-BACK"}),
        (SUPERVISOR, {"S-HELD", "S-COVERED"}),
        (SHE, {"S-HELD"}),
    ],
)
def test_whose_slips_one_sees(three, user, sees):
    assert slips_shown(user) == sees


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "held"}, {"S-HELD"}),
        ({"state": "covered"}, {"S-COVERED"}),
        ({"state": "returned"}, {"S-BACK"}),
        ({"q": "s-he"}, {"S-HELD"}),
        ({"q": "D-Y002"}, {"S-COVERED"}),
        ({"q": "金敏"}, {"S-BACK"}),
        ({"q": "y001"}, {"S-HELD"}),
        ({"since": "2026-10-26"}, {"S-COVERED", "S-BACK"}),
        ({"until": "2026-10-25"}, {"S-HELD"}),
        ({"whose": "team/销售2组"}, {"S-BACK"}),
        ({"state": "nonsense", "since": "9999-99-99"}, {"S-HELD", "S-COVERED", "S-BACK"}),
    ],
)
def test_slips_are_found(three, query, found):
    assert slips_shown(FINANCE, **query) == found


def test_a_slip_found_by_pinyin(three):
    from core.spelling import spellings_refresh

    spellings_refresh()
    assert slips_shown(FINANCE, q="jinmin") == {"S-BACK"}


def test_the_file_has_the_figures(three):
    answer = client_of(FINANCE).get(reverse("slips"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    [covered] = [line for line in lines if "S-COVERED" in line]
    assert covered.count("100.00") == 3
    assert "0.00" in covered


def test_a_slip_shows_its_money_and_what_was_undone(three):
    Payment.objects.update(undone=40)
    page = text(client_of(FINANCE).get(reverse("slip", args=["S-COVERED"])))
    assert "undone" in page
    assert "60.00" in page
    assert "data:image/svg+xml" in page
    assert "Record money" not in page


def test_sheets_are_of_slips_one_may_see(three):
    numbers = {"no": ["S-HELD", "S-COVERED", "\x00"]}
    page = text(client_of(SHE).get(reverse("slip_sheets"), numbers))
    assert re.findall(r"S-[A-Z]+(?=</p>)", page) == ["S-HELD"]
    as_list = text(client_of(FINANCE).get(reverse("slip_sheets"), numbers | {"as": "list"}))
    assert as_list.count('class="qr"') == 2
    rows = [str(pk) for pk in Slip.objects.values_list("pk", flat=True)]
    chosen = text(client_of(FINANCE).post(reverse("slip_sheets"), {"row": rows}))
    assert chosen.count('class="qr"') == 3


def test_finance_takes_a_slip_back(three):
    address = reverse("slip_take_back", args=["S-HELD"])
    assert client_of(MANAGER).post(address).status_code == 403
    client_of(FINANCE).post(address)
    assert Slip.objects.get(slip_no="S-HELD").returned_at


# --- Blocks -----------------------------------------------------------------------------------


def test_the_manager_lifts_a_block_with_a_reason(owed):
    blocked(owed[SHE])
    address = reverse("slips_lift", args=[SHE])
    shown = text(client_of(FINANCE).get(reverse("slips_blocked")))
    assert "received on" in shown
    assert "Lift for today" not in shown
    for other in (FINANCE, LEADER, SHE):
        assert client_of(other).post(address, {"reason": "x"}).status_code == 403
    assert client_of(MANAGER).post(address, {"reason": " "}).status_code == 400
    assert not BlockLift.objects.exists()
    client_of(MANAGER).post(address, {"reason": "客户急着付款"})
    assert BlockLift.objects.get().lifted_by.username == MANAGER
    page = text(client_of(FINANCE).get(MORNING))
    assert "客户急着付款" in page
    client_of(FINANCE).post(MORNING, sitting(owed[SHE]))
    assert Slip.objects.filter(order=owed[SHE], amount_due=100).count() == 1


# --- The phone --------------------------------------------------------------------------------


@pytest.fixture
def hers(owed) -> Slip:
    return slip(owed[SHE], "S-HERS", due="500.00", issued="2026-11-02 08:30")


def money(**more: object) -> dict[str, object]:
    said = {"token": str(uuid4()), "amount": "120.00", "method": "cash", "at": "2026-11-02T08:45"}
    return said | more


def sent(by: str, name: str, data: dict[str, object], slip_no: str = "S-HERS"):
    return client_of(by).post(reverse(name, args=[slip_no]), data, headers=JSON)


def test_the_road_shows_her_slips_and_no_other(hers, owed):
    slip(owed[MATE], "S-MATE", issued="2026-11-02 08:30")
    page = text(client_of(SHE).get(reverse("road")))
    assert ("S-HERS" in page, "S-MATE" in page) == (True, False)
    tokens = re.findall(r'name="token"\s+value="([^"]+)"', page)
    assert len(tokens) == len(set(tokens)) == 2
    assert client_of(FINANCE).get(reverse("road")).status_code == 403


def test_the_queue_is_answered_the_same_the_second_time(hers):
    data = money(by=str(User.objects.get(username=SHE).pk))
    first, again = sent(SHE, "payment_new", data), sent(SHE, "payment_new", data)
    assert first.json()["said"] == again.json()["said"]
    assert "380.00" in first.json()["card"]
    assert Payment.objects.get().payment_no == "S-HERS-1"


def test_a_plain_form_leads_back_to_the_slip(hers):
    address = reverse("payment_new", args=["S-HERS"])
    assert client_of(SHE).post(address, money()).status_code == 302
    refused = client_of(SHE).post(address, money(amount="380.01"))
    assert refused.status_code == 400
    assert "380.00 is still due" in text(refused)
    assert 'value="380.01"' in text(refused)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"amount": "500.01"}, "500.00 is still due"),
        ({"amount": "NaN"}, "not an amount"),
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "1\x00"}, "Null"),
        ({"amount": ""}, "required"),
        ({"method": "gold"}, "valid choice"),
        ({"method": "cheque"}, "cheque has its number"),
        ({"at": "2026-11-02T09:06"}, "still to come"),
        ({"at": "2026-11-02T08:29"}, "issued only"),
        ({"at": "0001-01-01T00:00"}, "a day and a time"),
        ({"at": "gestern"}, "a day and a time"),
        ({"token": "x"}, "UUID"),
    ],
)
def test_what_is_wrong_with_money_is_told(hers, more, why):
    answer = sent(SHE, "payment_new", money(**more))
    assert answer.status_code == 400
    assert why in " ".join(answer.json()["errors"])
    assert not Payment.objects.exists()


def test_what_another_typed_is_not_sent_under_this_login(hers):
    mate = str(User.objects.get(username=MATE).pk)
    assert sent(SHE, "payment_new", money(by=mate)).status_code == 409
    assert not Payment.objects.exists()


def test_only_who_holds_the_slip_records(hers):
    for other, status in ((SUPERVISOR, 403), (FINANCE, 403), (MATE, 404)):
        assert sent(other, "payment_new", money()).status_code == status
    assert "Only who holds" in sent(FINANCE, "payment_new", money()).json()["errors"][0]
    assert not Payment.objects.exists()


def test_a_slip_returned_meanwhile_is_told_and_what_was_recorded_stays_so(hers):
    data = money(method="transfer")
    sent(SHE, "payment_new", data)
    Slip.objects.filter(pk=hers.pk).update(returned_at=clock.now())
    assert sent(SHE, "payment_new", data).status_code == 200
    refused = sent(SHE, "payment_new", money())
    assert refused.status_code == 403
    assert "returned" in refused.json()["errors"][0]
    assert Payment.objects.count() == 1


def picture() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "JPEG")
    return SimpleUploadedFile("支票.jpg", written.getvalue(), "image/jpeg")


def test_a_cheque_with_its_photo_and_one_added_later(hers):
    cheque = {"method": "cheque", "cheque_no": "06127788", "cheque_bank": "宁波银行"}
    sent(SHE, "payment_new", money(**cheque, photos=picture()))
    paid = Payment.objects.get()
    assert (paid.cheque_no, paid.cheque_bank) == ("06127788", "宁波银行")
    kept = StoredFile.objects.get(kind="payment", owner=str(paid.pk))
    for user, status in ((SHE, 200), (FINANCE, 200), (SUPERVISOR, 200), (MATE, 404)):
        assert client_of(user).get(reverse("file", args=[kept.pk])).status_code == status
    address = reverse("payment_photos", args=["S-HERS", paid.pk])
    rubbish = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert client_of(SHE).post(address, {"photos": rubbish}).status_code == 400
    assert client_of(FINANCE).post(address, {"photos": picture()}).status_code == 403
    assert StoredFile.objects.filter(kind="payment").count() == 1
    assert client_of(SHE).post(address, {"photos": picture()}).status_code == 302


def test_a_photo_that_is_none_records_nothing(hers):
    rubbish = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert sent(SHE, "payment_new", money(photos=rubbish)).status_code == 400
    assert not Payment.objects.exists()


def test_a_refusal_with_its_promise(hers):
    said = {"token": str(uuid4()), "at": "2026-11-02T08:50", "reason": "老板不在"}
    bad = sent(SHE, "refusal_new", said | {"promised_on": "2026-11-01"})
    assert (bad.status_code, Refusal.objects.count()) == (400, 0)
    good = said | {"promised_on": "2026-11-05"}
    assert sent(SHE, "refusal_new", good).status_code == 200
    assert sent(SHE, "refusal_new", good).status_code == 200
    assert Refusal.objects.get().reason == "老板不在"
    assert "老板不在" in text(client_of(SHE).get(reverse("road")))
    assert "老板不在" in text(client_of(FINANCE).get(reverse("slip", args=["S-HERS"])))


def test_a_late_handover_is_declared_before_the_day_ends(hers):
    address = reverse("road_late")
    page = text(client_of(SHE).get(address))
    assert "18:00" in page
    assert client_of(SHE).post(address, {"day": "2026-11-01", "reason": "x"}).status_code == 400
    assert client_of(SHE).post(address, {"day": "2026-11-02", "reason": ""}).status_code == 400
    assert not LateHandover.objects.exists()
    said = {"day": "2026-11-02", "reason": "在台州"}
    assert client_of(SHE).post(address, said).status_code == 302
    assert LateHandover.objects.get().reason == "在台州"
    assert "declared" in text(client_of(SHE).get(reverse("road")))


def test_a_token_is_for_who_is_signed_in(hers):
    said = client_of(SHE).get(reverse("road_token")).json()
    assert said["user"] == User.objects.get(username=SHE).pk
    assert said["token"]


def test_the_desk_leads_to_the_sitting_and_the_road(owed, hers):
    blocked(owed[MATE])
    desk = text(client_of(FINANCE).get(reverse("home")))
    assert 'id="desk-slips-morning"' in desk
    assert reverse("slips_morning") in desk
    assert 'id="desk-slips-blocked"' in text(client_of(MANAGER).get(reverse("home")))
    sent(SHE, "payment_new", money())
    assert f'href="{reverse("road_late")}"' in text(client_of(SHE).get(reverse("home")))
    client_of(SHE).post(reverse("road_late"), {"day": "2026-11-02", "reason": "在台州"})
    assert f'href="{reverse("road_late")}"' not in text(client_of(SHE).get(reverse("home")))

"""IOU-1: an IOU with its photo, its original at finance, and the list of what is missing."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person, User
from core import clock
from core.files.models import StoredFile
from core.files.reading import file_read
from core.models import AuditRow
from orders.models import Delivery, Order
from policy.workdays import Workdays
from receivables.models import Iou, UnpaidDelivery
from receivables.querysets.ious import (
    ious_missing,
    ious_to_bring,
    originals_to_come,
    terms_now,
    unpaid_now,
)
from receivables.rules.ious import IouFact, iou_state
from receivables.services import IouRefused, iou_original, iou_record, unpaid_converge
from tests import cast
from tests.builders import at, bad_debt, order, payment, slip, yuan
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

NOW = at("2026-11-10 10:00")  # a Tuesday
MISSING, ORIGINALS = reverse("ious_missing"), reverse("iou_originals")
OWED = "2026-11-05"  # a Thursday: due on Friday the 6th at 18:00


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(NOW):
        cast.people_make()
        yield


def someone(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def login(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def owes(who: str = SHE, on: str = OWED, amount: str = "1000.00") -> Delivery:
    made = order(someone(who), f"D-{who}-{on}", delivered={on: amount})
    unpaid_converge(as_of=clock.today())
    return Delivery.objects.select_related("order").get(order=made)


def photo(colour: int = 200) -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 40), (colour, 90, 60)).save(written, "JPEG")
    return SimpleUploadedFile("iou.jpg", written.getvalue(), content_type="image/jpeg")


def record(of: Delivery, amount: str = "1000.00", **more: Any) -> Iou:
    return iou_record(
        **{
            "actor": login(of.order.person.employee_no),
            "delivery": of,
            "amount": yuan(amount),
            "signed_by": "王师傅",
            "has_seal": True,
            "files": [file_read(photo())],
            "token": uuid4(),
            **more,
        }
    )


def missing_of(who: str = MANAGER) -> set[str]:
    rows = UnpaidDelivery.objects.visible_to(login(who))
    found = ious_missing(rows, terms_now())
    return {f"{row.order.order_no} {row.iou_state}" for row in found.select_related("order")}


# Recording.


def test_recorded_with_its_photo_and_in_the_trail():
    made = record(owes())
    assert StoredFile.objects.get(kind="iou", owner=str(made.pk)).has_thumbnail
    row = AuditRow.objects.get(action="record", subject__startswith="iou")
    assert row.changes["amount"] == [None, "1000.00"]
    assert made.recorded_by == login(SHE)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"files": []}, "with a photo"),
        ({"signed_by": "  "}, "who signed"),
        ({"amount": yuan("1000.01")}, r"1,000\.00 of the delivery is unpaid"),
        ({"amount": yuan("0")}, "is unpaid"),
        ({"amount": yuan("-1")}, "is unpaid"),
    ],
)
def test_what_is_no_iou_leaves_nothing(wrong, says):
    delivery = owes()
    with pytest.raises(IouRefused, match=says):
        record(delivery, **wrong)
    assert not Iou.objects.exists()
    assert not StoredFile.objects.exists()


def test_twice_the_same_form_is_once():
    delivery, token = owes(), uuid4()
    assert record(delivery, token=token) == record(delivery, token=token)
    assert (Iou.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_what_is_unpaid_now_counts_what_came_in_today():
    delivery = owes()
    on = slip(delivery.order, due="5000.00")
    payment(on, amount="400.00", received="2026-11-10 09:00", handed_in="2026-11-10 09:30")
    assert unpaid_now(delivery) == yuan("600.00")
    with pytest.raises(IouRefused, match=r"600\.00 of the delivery"):
        record(delivery, "1000.00")
    payment(on, "P2", amount="600.00", method="transfer", received="2026-11-10 09:40")
    assert unpaid_now(delivery) == 0
    with pytest.raises(IouRefused, match="needs no IOU"):
        record(delivery, "600.00")


def test_on_the_day_of_delivery_before_the_job_has_looked():
    made = order(someone(SHE), "TODAY", delivered={"2026-11-10": "300.00"})
    delivery = Delivery.objects.get(order=made)
    assert unpaid_now(delivery) == yuan("300.00")
    page = client_of(SHE).get(reverse("iou_new", args=["TODAY", "2026-11-10"]))
    assert 'value="300.00"' in page.content.decode()
    record(delivery, "300.00")
    assert client_of(SHE).get(reverse("unpaid_delivery", args=["TODAY", "2026-11-10"]))


def test_the_page_of_a_dead_debt_asks_for_nothing():
    delivery = owes()
    page = reverse("unpaid_delivery", args=[delivery.order.order_no, OWED])
    assert "due by" in client_of(SHE).get(page).content.decode()
    bad_debt(delivery.order, opened="2026-11-06", dead="2026-11-09")
    assert unpaid_now(delivery) == 0
    page_says = client_of(SHE).get(page).content.decode()
    assert "due by" not in page_says
    assert "it needs no IOU" in page_says


# What is missing.


def test_missing_from_the_end_of_work_of_the_next_workday():
    delivery = owes(on="2026-11-09")
    name = delivery.order.order_no
    with clock.set_to(at("2026-11-10 18:00")):
        assert missing_of() == set()
        assert list(ious_to_bring(UnpaidDelivery.objects.all()))
    with clock.set_to(at("2026-11-10 18:01")):
        assert missing_of() == {f"{name} missing"}
        record(delivery, "999.00")
        assert missing_of() == {f"{name} missing"}
        made = record(delivery, "1.00")
        assert missing_of() == {f"{name} original_missing"}
        for each in Iou.objects.all():
            iou_original(actor=login(FINANCE), iou=each)
        assert missing_of() == set()
    assert made.original_at is None


def test_paid_returned_or_dead_nothing_is_missing():
    delivery = owes()
    assert len(missing_of()) == 1
    Delivery.objects.filter(pk=delivery.pk).update(returned=yuan("1000.00"))
    unpaid_converge(as_of=clock.today() + timedelta(days=1))
    assert missing_of() == set()
    assert not ious_to_bring(UnpaidDelivery.objects.all()).exists()


def test_the_list_says_what_the_rule_says():
    """Over deliveries on two weeks of days, with IOUs of all kinds."""
    hers = someone(SHE)
    for n in range(28):
        on = date(2026, 11, 10) - timedelta(days=n // 2)
        made = order(hers, f"R{n:02}", delivered={on.isoformat(): "100.00"})
        delivery = Delivery.objects.get(order=made)
        for part in range(n % 4):
            Iou.objects.create(
                delivery=delivery,
                amount=yuan("50.00"),
                signed_by="x",
                token=uuid4(),
                original_at=NOW if (n + part) % 3 else None,
            )
    unpaid_converge(as_of=clock.today())
    terms, wanted = terms_now(), set()
    for row in UnpaidDelivery.objects.open().select_related("order"):
        facts = [
            IouFact(each.amount, each.original_at is not None)
            for each in Iou.objects.filter(delivery__order=row.order)
        ]
        due = terms.due(row.delivered_on)
        state = iou_state(row.unpaid, facts, due=due, now=clock.now())
        if state.value in ("missing", "original_missing"):
            wanted.add(f"{row.order.order_no} {state.value}")
    assert missing_of() == wanted
    assert {each.split()[1] for each in wanted} == {"missing", "original_missing"}
    assert isinstance(terms.calendar, Workdays)


def test_each_sees_those_of_their_own():
    owes(SHE), owes(MATE), owes(STRANGER)
    names = {no: f"D-{no}-{OWED} missing" for no in (SHE, MATE, STRANGER)}
    assert missing_of(SHE) == {names[SHE]}
    assert missing_of(SUPERVISOR) == {names[SHE], names[MATE]}
    assert missing_of(FINANCE) == set(names.values())
    for who in (SHE, SUPERVISOR, FINANCE, CASHIER):
        page = client_of(who).get(MISSING).content.decode()
        shown = {no for no in names if f'data-delivery="D-{no}-{OWED}"' in page}
        assert {names[no] for no in shown} == missing_of(who)
    for who in (KEEPER, PERSONNEL):
        assert client_of(who).get(MISSING).status_code == 403


def test_the_page_of_what_is_missing_says_when_it_was_due():
    delivery = owes()
    page = client_of(SUPERVISOR).get(MISSING).content.decode()
    assert "Nov. 6, 2026 18:00" in page
    assert "the IOU" in page
    record(delivery)
    page = client_of(SUPERVISOR).get(MISSING, {"state": "original_missing"}).content.decode()
    assert "the original" in page
    assert f'data-delivery="{delivery.order.order_no}"' in page
    assert (
        "data-delivery="
        not in client_of(SUPERVISOR).get(MISSING, {"state": "missing"}).content.decode()
    )
    file = b"".join(client_of(SUPERVISOR).get(MISSING, {"export": "csv"})).decode("utf-8-sig")
    assert f"D-{SHE}-{OWED}" in file


# Originals.


def test_received_once_and_in_the_trail():
    made = record(owes())
    assert list(originals_to_come(Iou.objects.all())) == [made]
    assert iou_original(actor=login(FINANCE), iou=made) is True
    assert iou_original(actor=login(FINANCE), iou=made) is False
    assert AuditRow.objects.filter(action="original").count() == 1
    assert list(originals_to_come(Iou.objects.all())) == []


def test_what_is_paid_needs_no_original_and_waits_again_when_undone():
    delivery = owes()
    record(delivery)
    on = slip(delivery.order, due="5000.00")
    paid = payment(on, amount="1000.00", received="2026-11-10 09:00", handed_in="2026-11-10 09:30")
    with clock.set_to(at("2026-11-11 09:00")):
        unpaid_converge(as_of=clock.today())
        assert not originals_to_come(Iou.objects.all()).exists()
        type(paid).objects.update(undone=yuan("1000.00"))
        unpaid_converge(as_of=clock.today() + timedelta(days=1))
        assert originals_to_come(Iou.objects.all()).exists()


def test_one_click_receives_one_and_many_at_once():
    ious = [record(owes(on=f"2026-11-0{n}"), token=uuid4()) for n in (2, 3, 4)]
    finance = client_of(FINANCE)
    page = finance.get(ORIGINALS).content.decode()
    assert page.count("data-iou=") == 3
    one = reverse("iou_original", args=[ious[0].pk])
    assert f'formaction="{one}"' in page
    assert finance.post(one).status_code == 302
    assert "received already" in finance.post(one, follow=True).content.decode()
    rest = [str(each.pk) for each in ious]
    answer = finance.post(ORIGINALS, {"do": "received", "row": rest}, follow=True)
    assert "2 done" in answer.content.decode()
    assert not Iou.objects.filter(original_at=None).exists()
    assert AuditRow.objects.filter(action="original").count() == 3


@pytest.mark.parametrize("who", [SHE, SUPERVISOR, MANAGER, CASHIER])
def test_originals_go_to_finance_alone(who):
    made = record(owes())
    page = client_of(who).get(ORIGINALS).content.decode()
    assert "formaction" not in page
    assert client_of(who).post(reverse("iou_original", args=[made.pk])).status_code == 403
    assert client_of(who).post(ORIGINALS, {"do": "received", "row": [made.pk]}).status_code == 403
    assert Iou.objects.get().original_at is None


def test_nobody_receives_the_original_of_their_own():
    made = record(owes())
    Order.objects.update(person=someone(FINANCE))
    finance = client_of(FINANCE)
    assert finance.post(reverse("iou_original", args=[made.pk])).status_code == 403
    answer = finance.post(ORIGINALS, {"do": "received", "row": [made.pk]}, follow=True)
    assert "Somebody else receives" in answer.content.decode()
    assert Iou.objects.get().original_at is None


# The phone.


def sent(**but: Any) -> dict[str, Any]:
    return {
        "token": str(uuid4()),
        "amount": "1000.00",
        "signed_by": "王师傅",
        "has_seal": "on",
        "files": photo(),
        **but,
    }


def form_of(delivery: Delivery) -> str:
    return reverse("iou_new", args=[delivery.order.order_no, delivery.delivered_on])


def test_a_salesperson_records_one_on_the_phone():
    delivery = owes()
    page = client_of(SHE).get(form_of(delivery)).content.decode()
    assert 'value="1000.00"' in page
    answer = client_of(SHE).post(form_of(delivery), sent())
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse(
        "unpaid_delivery", args=[delivery.order.order_no, OWED]
    )
    made = Iou.objects.get()
    assert (made.signed_by, made.has_seal) == ("王师傅", True)
    file = StoredFile.objects.get(kind="iou")
    address = reverse("file", args=[file.pk])
    for who, status in ((SHE, 200), (SUPERVISOR, 200), (FINANCE, 200), (STRANGER, 404)):
        assert client_of(who).get(address).status_code == status, who
    page = client_of(SUPERVISOR).get(answer.headers["Location"]).content.decode()
    assert address in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": []},
        {"files": SimpleUploadedFile("x.jpg", b"no picture", content_type="image/jpeg")},
        {"amount": "1000.01"},
        {"amount": "0"},
        {"amount": "NaN"},
        {"amount": "1e999"},
        {"amount": ""},
        {"signed_by": "\x00"},
        {"signed_by": " "},
        {"signed_by": "x" * 61},
        {"token": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(wrong):
    delivery = owes()
    answer = client_of(SHE).post(form_of(delivery), sent(**wrong))
    assert answer.status_code == 400
    assert not Iou.objects.exists()
    assert not StoredFile.objects.exists()
    if "signed_by" not in wrong:
        assert "王师傅" in answer.content.decode()


@pytest.mark.parametrize("who", [SUPERVISOR, MANAGER, FINANCE])
def test_others_do_not_record(who):
    delivery = owes()
    assert client_of(who).get(form_of(delivery)).status_code == 403
    assert client_of(who).post(form_of(delivery), sent()).status_code == 403
    assert not Iou.objects.exists()


def test_a_strangers_delivery_is_not_there():
    delivery = owes()
    page = reverse("unpaid_delivery", args=[delivery.order.order_no, OWED])
    for address in (form_of(delivery), page):
        assert client_of(STRANGER).get(address).status_code == 404
    assert client_of(STRANGER).post(form_of(delivery), sent()).status_code == 404
    assert not Iou.objects.exists()


@pytest.mark.parametrize("on", ["2026-11-04", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_no_delivery_on_that_day(on):
    owes()
    for name in ("unpaid_delivery", "iou_new", "plan_new"):
        address = reverse(name, args=[f"D-{SHE}-{OWED}", OWED]).replace(OWED + "/", on + "/")
        assert on in address
        assert client_of(SHE).get(address).status_code == 404


# The desk.


def test_the_desk_says_which_to_bring_by_when():
    owes(on="2026-11-09")
    desk = client_of(SHE).get(reverse("home")).content.decode()
    assert "IOUs to bring" in desk
    assert "by Nov. 10, 2026 18:00" in desk
    assert "IOUs to bring" not in client_of(MATE).get(reverse("home")).content.decode()


def test_the_desk_of_finance_receives_originals_with_one_click():
    made = record(owes())
    desk = client_of(FINANCE).get(reverse("home")).content.decode()
    assert reverse("iou_original", args=[made.pk]) in desk

"""The pages of orders: what they show, to whom, and what becomes of bad input."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.files.querysets import files_of
from core.models import AuditRow
from core.spelling import spellings_refresh
from core.tests.file_corpus import picture
from orders.models import Delivery, Dispute, MarginRequest, Order, Transfer
from orders.services import dispute_open, transfer_ask, transfer_decide, version_of
from receivables.models import Undoing
from tests.builders import customer, order, payment, slip, yuan
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    MANAGER,
    MATE,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
BAD_AMOUNTS = [
    "", "x", "NaN", "Infinity", "1e3", "1e999", "１００", "1,000", "1.001", "-0", "9" * 40, "\0",
]  # fmt: skip
BAD_DAYS = ["x", "2026-02-30", "０２", "0001-01-01", "9999-12-31", "\0"]


def user(no=SHE):
    return User.objects.select_related("person").get(username=no)


def shown(no, name, *args, query=""):
    answer = client_of(no).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(no, name, *args, **data):
    return client_of(no).post(reverse(name, args=args), data)


def listed(no, query=""):
    rows = client_of(no).get(reverse("orders") + query).context["table"].paginated_rows
    return [row.record.order_no for row in rows]


@pytest.fixture
def some(people, hers):
    """Beside hers: one of a stranger's, delivered and paid, and one of hers that is not signed."""
    paid = order(people[STRANGER], "D00008", amount="100.00", delivered={"2026-10-12": "100.00"})
    payment(slip(paid), amount="100.00", handed_in="2026-10-21 10:00")
    order(people[SHE], "D00009", signed=None)


def test_everybody_lists_what_they_may_see(some):
    assert listed(SHE) == ["D00009", "D00007"]
    assert listed(SUPERVISOR) == ["D00009", "D00007"]
    assert listed(MATE) == []
    assert listed(STRANGER) == ["D00008"]
    assert listed(FINANCE) == ["D00009", "D00008", "D00007"]
    assert client_of(KEEPER).get(reverse("orders")).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?signed=no", ["D00009"]),
        ("?signed=yes", ["D00008", "D00007"]),
        ("?delivery=none", ["D00009"]),
        ("?delivery=part", ["D00007"]),
        ("?delivery=full", ["D00008"]),
        ("?payment=owed", ["D00007"]),
        ("?payment=open", ["D00009", "D00007"]),
        ("?payment=paid", ["D00008"]),
        ("?dispute=open", ["D00007"]),
        ("?q=D00008", ["D00008"]),
        ("?q=jinmin", ["D00008"]),
        ("?whose=team/销售2组", ["D00008"]),
        ("?payment=x&signed=%00&q=%00", ["D00009", "D00008", "D00007"]),
    ],
)
def test_the_filters(some, hers, query, found):
    dispute_open(actor=None, order=hers, text="x", amount=None, token=uuid4())
    assert listed(MANAGER, query) == found


def test_the_sums_are_of_all_that_is_found(some):
    Delivery.objects.filter(order__order_no="D00007").update(returned=yuan("1000"))
    answer = client_of(FINANCE).get(reverse("orders"))
    stats = [str(stat.value) for stat in answer.context["stats"]]
    assert [each.partition(">")[2].removesuffix("</span>") or each for each in stats] == [
        "3", "100,100.00", "9,100.00", "100.00",
    ]  # fmt: skip


def test_money_that_does_not_count_is_not_counted(some):
    on = slip(Order.objects.get(order_no="D00007"), "S2")
    payment(on, "P2", amount="70.00")  # in hand
    bounced = payment(on, "P3", amount="30.00", handed_in="2026-10-21 10:00")
    Undoing.objects.create(
        payment=bounced,
        kind="bounced",
        amount=yuan("30"),
        on=bounced.received_at.date(),
        reason="x",
        token=uuid4(),
    )
    bounced.undone = yuan("30")
    bounced.save()
    rows = client_of(SHE).get(reverse("orders")).context["table"].paginated_rows
    assert [row.record.counted for row in rows] == [0, 0]


def test_an_orders_page(people, hers):
    Delivery.objects.update(returned=yuan("1000"))
    dispute_open(actor=user(), order=hers, text="a dent", amount=None, token=uuid4())
    page = shown(SHE, "order", hers.order_no)
    for word in ("K1", "50,000.00", "9,000.00", "a dent", "in dispute"):
        assert word in page, word
    assert reverse("delivery_new", args=[hers.order_no]) in page
    # The cashier reads it and can do nothing to it.
    assert reverse("delivery_new", args=[hers.order_no]) not in shown(
        CASHIER, "order", hers.order_no
    )


def test_an_orders_page_asks_little(people, hers):
    for n in range(12):
        dispute_open(actor=user(), order=hers, text=f"no {n}", amount=None, token=uuid4())
    transfer_ask(actor=user(), order=hers, to_person=people[MATE], reason="x", token=uuid4())
    browser = client_of(MANAGER)
    browser.get(reverse("order", args=[hers.order_no]))
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("order", args=[hers.order_no]))
    assert len(asked) < 12, [each["sql"] for each in asked]


def test_the_money_of_an_order(people, hers):
    payment(slip(hers, "S7", due="4000.00"), amount="4000.00", handed_in="2026-10-21 10:00")
    slip(hers, "S8", held_by=people[MATE])
    page = shown(SHE, "order_panel", hers.order_no, "money")
    for word in ("4,000.00", "6,000.00", "S7", "S8", "11–30"):
        assert word in page, word
    assert reverse("slip", args=["S8"]) not in page  # her mate's
    assert reverse("slip", args=["S8"]) in shown(FINANCE, "order_panel", hers.order_no, "money")
    missing = client_of(SHE).get(reverse("order_panel", args=[hers.order_no, "nothing"]))
    assert missing.status_code == 404


def test_a_stranger_finds_nothing(hers):
    opened = dispute_open(actor=None, order=hers, text="x", amount=None, token=uuid4())
    names = (
        "order", "order_edit", "order_sign", "delivery_new", "dispute_new", "transfer_new",
        "margin_new",
    )  # fmt: skip
    for name in names:
        assert client_of(STRANGER).get(reverse(name, args=[hers.order_no])).status_code == 404
    assert sent(STRANGER, "dispute_settle", opened.pk, outcome="x").status_code == 404
    assert Dispute.objects.get().is_open


# Entering one.


def entered(no=SHE, **data):
    given = {"token": str(uuid4()), "customer": "K9", "amount": "1234.50", **data}
    return sent(no, "order_new", **given)


@pytest.fixture
def mine(people):
    made = customer("K9", people[SHE])
    made.name = "宁波恒达"
    made.save()
    return made


def test_a_salesperson_enters_an_order_of_the_own_customer(people, mine):
    answer = entered(terms="in ten days", signed_on="2026-11-01")
    made = Order.objects.get()
    assert answer.url == reverse("order", args=[made.order_no])
    assert (made.person, made.customer, made.amount) == (people[SHE], mine, yuan("1234.50"))


def test_she_enters_none_for_others_nor_of_their_customers(people, mine):
    assert entered(person=MATE).status_code == 302
    assert Order.objects.get().person == people[SHE]
    assert entered(MATE).status_code == 400
    assert Order.objects.count() == 1


def test_who_leads_others_says_whose_it_is(people, mine):
    assert entered(SUPERVISOR, person=MATE).status_code == 302
    assert entered(FINANCE).status_code == 302
    assert list(Order.objects.order_by("id").values_list("person__employee_no", flat=True)) == [
        MATE,
        SHE,
    ]
    assert entered(SUPERVISOR, person=STRANGER).status_code == 400
    mine.owner = None
    mine.save()
    assert entered(FINANCE).status_code == 400
    assert Order.objects.count() == 2


def test_the_customer_is_found_by_what_is_typed(people, mine):
    customer("K10", people[SHE])
    spellings_refresh()
    for typed, status in (("hengda", 302), ("k", 400), ("K9", 302), ("zzz", 400), ("", 400)):
        assert entered(customer="", customer_q=typed).status_code == status, typed
    answer = entered(customer="", customer_q="k", terms="kept what was typed")
    page = answer.content.decode()
    assert 'value="K10"' in page
    assert "kept what was typed" in page
    found = shown(SHE, "order_customers", query="?customer_q=hengd")
    assert "宁波恒达" in found
    assert "宁波恒达" not in shown(MATE, "order_customers", query="?customer_q=hengd")


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("K9", True),
        (" k9 ", True),
        ("宁波恒达", True),
        (" 宁波恒达 ", True),
        ("恒达", False),
        ("hengda", False),
        ("K", False),
        ("宁波恒达\0", True),
        ("%", False),
        ("", False),
    ],
)
def test_finance_names_a_customer_and_looks_for_none(people, mine, typed, finds):
    customer("K10", people[MATE])
    spellings_refresh()
    found = client_of(FINANCE).get(reverse("order_customers"), {"customer_q": typed})
    told = found.content.decode()
    assert ('value="K9"' in told) is finds
    assert "K10" not in told
    assert people[SHE].name not in told
    if "\0" not in typed:
        answer = entered(FINANCE, customer="", customer_q=typed, person=MATE)
        assert answer.status_code == (302 if finds else 400)
        assert people[SHE].name not in answer.content.decode()
    # The manager, who sees the file, reads whose it is.
    assert people[SHE].name in shown(MANAGER, "order_customers", query="?customer_q=hengda")


def test_finance_is_told_what_to_type(mine):
    assert "Whole customer no. or whole name" in shown(FINANCE, "order_new")
    assert "name or pinyin" in shown(SHE, "order_new")
    said = "No customer has this number or this whole name."
    assert said in shown(FINANCE, "order_customers", query="?customer_q=hengda")
    assert said in entered(FINANCE, customer="K").content.decode()


def test_who_is_finance_and_sells_looks_among_the_own(people, mine):
    people[MATE].roles = "salesperson+finance"
    people[MATE].save()
    customer("K10", people[MATE])
    assert 'value="K10"' in shown(MATE, "order_customers", query="?customer_q=k1")
    assert 'value="K9"' not in shown(MATE, "order_customers", query="?customer_q=恒达")
    told = shown(MATE, "order_customers", query="?customer_q=宁波恒达")
    assert 'value="K9"' in told
    assert people[SHE].name not in told


def test_an_order_of_an_unknown_customer_stays_changeable_by_finance(people, hers):
    page = shown(FINANCE, "order_edit", hers.order_no)
    assert f'value="{hers.customer.customer_no}"' in page
    offered = page.partition('class="found-customers"')[2].partition("</div>")[0]
    assert people[SHE].name not in offered


@pytest.mark.parametrize("amount", BAD_AMOUNTS)
def test_no_amount(mine, amount):
    assert entered(amount=amount).status_code == 400
    assert not Order.objects.exists()


@pytest.mark.parametrize("on", BAD_DAYS)
def test_no_day(mine, on):
    assert entered(signed_on=on).status_code == 400
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"token": "x"},
        {"token": ""},
        {"customer": "\0"},
        {"customer": "", "customer_q": "\0"},
        {"order_no": "a b"},
        {"order_no": "a/b"},
        {"order_no": "x" * 33},
        {"order_no": "\0"},
        {"terms": "x" * 2001},
        {"terms": "\0"},
        {"margin": "1e9"},
        {"amount": "0"},
        {"amount": "-5"},
    ],
)
def test_what_is_no_order(mine, data):
    assert entered(**data).status_code == 400
    assert not Order.objects.exists()


def test_the_same_form_twice_is_one_order(mine):
    token = str(uuid4())
    assert entered(token=token).url == entered(token=token).url
    assert Order.objects.count() == 1


# Keeping one.


def test_an_order_is_changed(hers):
    page = shown(SHE, "order_edit", hers.order_no)
    assert 'name="signed_on"' not in page
    assert 'name="signed_on"' in shown(FINANCE, "order_edit", hers.order_no)
    data = {"seen": version_of(hers), "customer": "K1", "amount": "60000", "margin": "100"}
    assert sent(SHE, "order_edit", hers.order_no, **data).status_code == 302
    again = sent(SHE, "order_edit", hers.order_no, **data)
    assert again.status_code == 400
    assert "look again" in again.content.decode()
    hers.refresh_from_db()
    assert (hers.amount, hers.margin) == (yuan("60000"), yuan("100"))
    assert str(hers.signed_on) == "2026-09-01"


@pytest.mark.parametrize("amount", [*BAD_AMOUNTS, "50000.01"])
def test_no_delivery(hers, amount):
    data = {"delivered_on": "2026-10-20", "amount": amount}
    assert sent(SHE, "delivery_new", hers.order_no, **data).status_code == 400
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("on", ["", *BAD_DAYS])
def test_no_day_of_a_delivery(hers, on):
    data = {"delivered_on": on, "amount": "1"}
    assert sent(SHE, "delivery_new", hers.order_no, **data).status_code == 400
    assert Delivery.objects.count() == 1


def test_who_sold_it_does_not_correct_what_is_owed(hers):
    pk = Delivery.objects.get().pk
    data = {
        "seen_on": "2026-10-12",
        "seen_amount": "10000.00",
        "delivered_on": "2026-10-12",
        "amount": "1.00",
        "reason": "x",
    }
    refused = sent(SHE, "delivery_correct", pk, **data)
    assert refused.status_code == 403
    assert "somebody else than who sold it" in refused.content.decode()
    assert Delivery.objects.get().amount == yuan("10000")
    assert sent(FINANCE, "delivery_correct", pk, **data).status_code == 302
    assert Delivery.objects.get().amount == yuan("1")


def test_scans_are_kept_and_opened_by_who_sees_the_order(hers):
    def upload(name, content=None):
        return SimpleUploadedFile(name, content or picture("PNG"), "image/png")

    good = client_of(SHE).post(
        reverse("order_scans", args=[hers.order_no]), {"files": upload("合同.png")}
    )
    assert good.status_code == 302
    [kept] = files_of("order", [hers.pk])[str(hers.pk)]
    for no, status in ((SHE, 200), (FINANCE, 200), (STRANGER, 404), (MATE, 404)):
        assert client_of(no).get(reverse("file", args=[kept.pk])).status_code == status, no
    for files in ({}, {"files": upload("x.png", b"not a picture")}):
        bad = client_of(SHE).post(reverse("order_scans", args=[hers.order_no]), files)
        assert bad.status_code == 400
    assert len(files_of("order", [hers.pk])[str(hers.pk)]) == 1
    assert AuditRow.objects.filter(action="scan").count() == 1


# Transfers.


def test_a_transfer_from_asking_to_the_new_salesperson(people, hers):
    data = {"token": str(uuid4()), "to_person": MATE, "reason": "moved"}
    answer = sent(SHE, "transfer_new", hers.order_no, **data)
    transfer = Transfer.objects.get()
    assert answer.url == reverse("transfer", args=[transfer.pk])
    # The other reads of it, and cannot open the order yet.
    page = shown(MATE, "transfer", transfer.pk)
    assert "moved" in page
    assert reverse("order", args=[hers.order_no]) not in page
    decided = sent(MANAGER, "transfer_decision", transfer.pk, do="approve", reply="agreed")
    assert decided.status_code == 302
    assert client_of(SHE).get(reverse("order", args=[hers.order_no])).status_code == 404
    assert "agreed" in shown(SHE, "transfer", transfer.pk)
    assert hers.order_no in shown(SHE, "transfers")
    assert hers.order_no in shown(MATE, "order", hers.order_no)


def test_a_decision_needs_its_reason_and_comes_once(people, hers):
    asked = transfer_ask(
        actor=user(), order=hers, to_person=people[MATE], reason="x", token=uuid4()
    )
    for reply in ("", "  ", "\0", "x" * 2001):
        answer = sent(MANAGER, "transfer_decision", asked.pk, do="approve", reply=reply)
        assert answer.status_code == 400, reply
    assert Transfer.objects.get().is_open
    transfer_decide(
        actor=user(MANAGER),
        transfer=Transfer.objects.select_related("order").get(),
        approve=False,
        reply="no",
    )
    late = client_of(MANAGER).post(
        reverse("transfer_decision", args=[asked.pk]),
        {"do": "approve", "reply": "yes"},
        follow=True,
    )
    assert "has been decided" in late.content.decode()
    assert Order.objects.get(pk=hers.pk).person == people[SHE]


@pytest.mark.parametrize("to", ["", "nobody", "\0", SHE, MANAGER, "x" * 99])
def test_nobody_to_pass_it_to(hers, to):
    data = {"token": str(uuid4()), "to_person": to, "reason": "moved"}
    assert sent(SHE, "transfer_new", hers.order_no, **data).status_code == 400
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    "data", [{"amount": "0"}, {"margin": "x"}, {"margin": "50000.01"}, {"reason": ""}]
)
def test_no_margin_to_approve(hers, data):
    given = {"token": str(uuid4()), "amount": "50000", "margin": "1", "reason": "x", **data}
    assert sent(SHE, "margin_new", hers.order_no, **given).status_code == 400
    assert not MarginRequest.objects.exists()


def test_under_the_floor_the_page_says_what_to_do(people, floor):
    row = order(people[SHE], "D00010", signed=None)
    assert "say the gross margin" in shown(SHE, "order", "D00010")
    row.margin = yuan("10")
    row.save()
    assert reverse("margin_new", args=["D00010"]) in shown(SHE, "order", "D00010")
    refused = sent(SHE, "order_sign", "D00010", seen=version_of(row), signed_on="2026-11-01")
    assert refused.status_code == 400
    assert "10 %" in refused.content.decode()


def test_the_desks(people, hers):
    dispute_open(actor=user(), order=hers, text="x", amount=None, token=uuid4())
    asked = transfer_ask(
        actor=user(), order=hers, to_person=people[MATE], reason="x", token=uuid4()
    )
    address = reverse("transfer", args=[asked.pk])
    for no, keys in (
        (SHE, {"own-transfers", "disputes"}),
        (MATE, {"own-transfers"}),
        (MANAGER, {"transfers", "disputes"}),
        (SUPERVISOR, {"disputes"}),
        (STRANGER, set()),
    ):
        page = shown(no, "home")
        ours = {"own-transfers", "disputes", "transfers", "margins"}
        assert {key for key in ours if f'id="desk-{key}"' in page} == keys, no
        assert (address in page) == bool(keys & {"own-transfers", "transfers"}), no

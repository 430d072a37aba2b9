"""The pages on which finance undoes a payment or takes goods back (SLIP-6)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.models import JobRun
from orders.models import GoodsReturn
from payroll.services import month_close
from receivables.models import Payment, Undoing
from tests import builders
from tests.builders import at
from tests.cast import CLOSED_AT, FINANCE, MONTH, SHE, client_of, people_make

pytestmark = pytest.mark.django_db

URL = "/payments/P1/undo/"
NOW = "2026-11-03 09:00"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(at(NOW)):
        yield


@pytest.fixture
def cheque() -> Payment:
    people = people_make()
    order = builders.order(people[SHE], delivered={"2026-10-05": "9000.00"})
    slip = builders.slip(order, due="9000.00")
    found = builders.payment(
        slip, amount="9000.00", method="cheque", received="2026-10-12 10:00",
        handed_in="2026-10-12 17:00",
    )  # fmt: skip
    month_close(month=MONTH, as_of=CLOSED_AT)
    return found


@pytest.fixture
def finance(cheque) -> Client:
    return client_of(FINANCE)


def said(**changed: str) -> dict[str, str]:
    first = {
        "token": str(uuid4()), "seen": "9000.00", "amount": "9000.00", "on": "2026-11-03",
        "kind": "bounced", "reason": "余额不足",
    }  # fmt: skip
    return {**first, **changed}


def confirmed(data: dict[str, str]) -> dict[str, str]:
    shown = "/".join(data[name] for name in ("token", "seen", "amount", "on"))
    return {**data, "confirm": shown}


def test_what_follows_is_shown_and_nothing_is_done(finance):
    page = finance.post(URL, said()).content.decode()
    assert "9,000.00" in page
    assert "90.00" in page  # the commission
    assert not Undoing.objects.exists()


def test_confirmed_it_is_done_and_the_month_follows(finance, django_capture_on_commit_callbacks):
    before = JobRun.objects.filter(kind="close").count()
    with django_capture_on_commit_callbacks():
        answer = finance.post(URL, confirmed(said()))
    assert answer["Location"] == reverse("slip", args=["S1"])
    assert Payment.objects.get().undone == Payment.objects.get().amount
    assert Undoing.objects.get().recorded_by.person.employee_no == FINANCE
    assert JobRun.objects.filter(kind="close").count() == before + 1


def test_only_what_was_shown_is_confirmed(finance):
    """Whoever changes the amount after looking sees again what follows."""
    data = confirmed(said(kind="refund")) | {"amount": "1.00"}
    assert finance.post(URL, data).status_code == 200
    assert not Undoing.objects.exists()


def test_who_looked_before_another_undid_part_of_it_is_told(finance, cheque):
    Payment.objects.update(undone="100.00")
    answer = finance.post(URL, confirmed(said()))
    assert answer.status_code == 400
    assert "8,900.00" in answer.content.decode()
    assert not Undoing.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"amount": "NaN"}, {"amount": "1e999"}, {"amount": "１００"}, {"amount": ""},
        {"amount": "9000.01"}, {"on": "2026-02-30"}, {"on": "9999-12-31"}, {"token": "x"},
        {"kind": "gone"}, {"reason": ""}, {"reason": "\0"}, {"seen": "-1"},
    ],
)  # fmt: skip
def test_bad_input_is_told_and_changes_nothing(finance, bad):
    data = said(**bad)
    answer = finance.post(URL, confirmed(data))
    assert answer.status_code == 400
    assert not Undoing.objects.exists()
    assert Payment.objects.get().undone == 0


def test_nobody_undoes_their_own(finance):
    Person.objects.filter(employee_no=FINANCE).update(roles="finance+salesperson")
    builders.order(Person.objects.get(employee_no=FINANCE), "O9", delivered={"2026-10-06": "5.00"})
    assert finance.get("/orders/O9/deliveries/2026-10-06/return/").status_code == 403


def test_goods_come_back(finance):
    url = "/orders/O1/deliveries/2026-10-05/return/"
    assert finance.get(url).status_code == 200
    data = confirmed(said(amount="500.00"))
    page = finance.post(url, {**data, "confirm": ""}).content.decode()
    assert "不变" in page or "Nothing changes" in page
    assert finance.post(url, data)["Location"] == reverse("order", args=["O1"])
    assert str(GoodsReturn.objects.get().amount) == "500.00"


def test_the_way_back_says_nothing_of_another_page(finance):
    """“先不定稿” belongs to the finalising of a month."""
    finance.cookies.load({"django_language": "zh-hans"})
    page = finance.get(URL, headers={"accept-language": "zh-hans"}).content.decode()
    assert "取消" in page
    assert "定稿" not in page.partition("<main")[2]

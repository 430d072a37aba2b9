"""A search goes way by way, and its pages are as of one list (adr/0020)."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.spelling import spellings_refresh
from customers.models import Customer
from receivables.lists import slips as listed
from receivables.models import Slip
from receivables.querysets import named
from tests import cast
from tests.builders import at, order, payment, slip
from tests.cast import FINANCE, MATE, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
MANY = 60
NAMES = ("宁波华强", "宁波永泰", "温州五金")


@pytest.fixture(autouse=True)
def people(db: None) -> Iterator[None]:
    with clock.set_to(at("2026-11-02 09:00")):
        cast.people_make()
        yield


@pytest.fixture
def numbers() -> list[str]:
    """Slips of three customers by turns, two of Ningbo, as is a seller; the latest first."""
    sellers = [Person.objects.get(employee_no=no) for no in (SHE, MATE, SHE)]
    Person.objects.filter(employee_no=MATE).update(name="宁波")
    orders = []
    for n, name in enumerate(NAMES):
        bought = Customer.objects.create(customer_no=f"KX{n}", name=name, created_on="2024-01-01")
        made = order(sellers[n], f"D-{n}")
        made.customer = bought
        made.save(update_fields=["customer"])
        orders.append(made)
    spellings_refresh()
    made_of = [slip(orders[n % 3], f"T{n:04d}", due="10.00") for n in range(MANY)]
    for each in made_of[::2]:
        payment(each, f"P-{each.slip_no}", amount="10.00", handed_in="2026-10-20 12:00")
    return [each.slip_no for each in made_of][::-1]


def of(numbers: list[str], *turns: int) -> list[str]:
    return [no for no in numbers if int(no[1:]) % 3 in turns]


def of_typed(numbers: list[str], typed: str) -> list[str]:
    return of(numbers, *{"宁波": (0, 1), "D-2": (2,)}.get(typed, (0, 1, 2)))


def pages(user: str, **asked: str) -> list[str]:
    """The numbers on all pages, one after the other."""
    client, found, further = client_of(user), [], {}
    for _page in range(10):
        page = client.get(reverse("slips"), {**asked, **further}).content.decode()
        shown = re.findall(r'class="row-link" href="[^"]*/slips/([^/"]+)/"', page)
        found += shown
        if len(shown) < 25:
            return found
        further = {"before": str(Slip.objects.get(slip_no=shown[-1]).pk)}
    raise AssertionError("no end of pages")


@pytest.fixture(params=["few", "many"])
def how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names taken one by one, or looked at as their slips come by."""
    if request.param == "many":
        monkeypatch.setattr(named, "FEW", 0)
        monkeypatch.setattr(listed, "FEW_PEOPLE", -1)


@pytest.mark.parametrize(
    ("typed", "turns"),
    [
        ("宁波", (0, 1)),  # customers, and a seller whose customers they are besides
        ("ningbo", (0, 1)),
        ("nb", (0, 1)),
        ("温州", (2,)),
        ("wenzhouwujin", (2,)),
        (MATE, (1,)),
        ("D-2", (2,)),
        ("d-", (0, 1, 2)),
        ("黑龙", ()),
    ],
)
def test_all_that_is_named_once_and_in_order(numbers, how, typed, turns):
    found = of(numbers, *turns)
    assert pages(FINANCE, q=typed) == found
    assert pages(FINANCE, q=typed, sort="slip_no") == found[::-1]


def test_with_what_else_is_asked(numbers, how):
    held = [no for no in of(numbers, 0, 1) if int(no[1:]) % 2]
    assert pages(FINANCE, q="宁波", state="held") == held
    assert pages(FINANCE, q="宁波", state="covered") == [
        no for no in of(numbers, 0, 1) if no not in held
    ]
    assert pages(SUPERVISOR, q="宁波") == of(numbers, 0, 1)
    assert pages(SHE, q="宁波") == of(numbers, 0)


@pytest.mark.parametrize("typed", ["", "宁波", "D-2"])
def test_slips_of_some_days_come_in_the_order_of_the_days(numbers, how, typed):
    """Some were entered late: their numbers say another order. Many are of one instant."""
    days = [(int(no[1:]) * 7 % 20, no) for no in of_typed(numbers, typed)]
    for each in Slip.objects.all():
        day = int(each.slip_no[1:]) * 7 % 20
        Slip.objects.filter(pk=each.pk).update(issued_at=at(f"2026-10-{day + 1:02d} 09:00"))
    asked = {"q": typed} if typed else {}
    latest_first = [no for _day, no in sorted(days, reverse=True)]
    assert pages(FINANCE, **asked, since="2026-09-01") == latest_first
    assert pages(FINANCE, **asked, until="2026-10-31", sort="slip_no") == latest_first[::-1]
    some = [no for day, no in sorted(days, reverse=True) if 3 <= day + 1 <= 17]
    assert pages(FINANCE, **asked, since="2026-10-03", until="2026-10-17") == some
    answer = client_of(FINANCE).get(
        reverse("slips"), {**asked, "until": "2026-10-31", "export": "csv"}
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == latest_first


def test_numbers_by_how_they_begin(numbers, how):
    assert pages(FINANCE, q="T001") == [no for no in numbers if no.startswith("T001")]
    assert pages(FINANCE, q="t") == numbers
    assert pages(FINANCE, q="7") == ["T0007"]


def test_they_are_counted_once_and_no_further_than_told(numbers, how, monkeypatch):
    def told(**asked: str) -> str:
        page = client_of(FINANCE).get(reverse("slips"), asked)
        [stat] = page.context["stats"]
        return str(stat.value)

    assert told(q="宁波") == "40"
    every = int(told())
    monkeypatch.setattr(listed, "SEARCHED_TO", 39)
    assert told(q="宁波") == "39+"
    assert told() == str(every)
    monkeypatch.setattr(listed, "COUNTED_TO", every - 1)
    assert told() == f"{every - 1}+"


def test_a_name_is_found_before_it_is_spelled(numbers):
    late = Customer.objects.create(customer_no="KX9", name="舟山海味", created_on="2024-01-01")
    made = order(Person.objects.get(employee_no=SHE), "D-9")
    made.customer = late
    made.save(update_fields=["customer"])
    slip(made, "T0900")
    assert pages(FINANCE, q="舟山") == ["T0900"]

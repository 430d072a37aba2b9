"""Who leaves: from the hand-over list to the final settlement and back (PAY-6)."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from accounts.handing_over import handover_items
from accounts.models import Person, User
from accounts.services import handover_tick
from core import clock
from payroll.models import PayoutBatch, PayoutLine
from tests import cast
from tests.builders import customer
from tests.cast import (
    CASHIER,
    FINANCE,
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

SETTLEMENT, HANDOVER = reverse("settlement", args=[SHE]), reverse("person_handover", args=[SHE])


@pytest.fixture(autouse=True)
def her(db: None) -> Iterator[Person]:
    with clock.set_to(cast.CLOSED_AT):
        her = cast.people_make()[SHE]
        customer("K-CANARY", her)
        cast.closed_month()
        Person.objects.filter(pk=her.pk).update(left_on=date(2026, 11, 5))
        her.refresh_from_db()
        yield her


def page(who: str, address: str) -> str:
    answer = client_of(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", [SHE, SUPERVISOR, MANAGER, LEADER])
def test_the_settlement_names_what_is_still_to_hand_over(her: Person, who: str) -> None:
    said = page(who, SETTLEMENT)
    assert "K-CANARY" in said
    assert HANDOVER in said
    assert SETTLEMENT in page(who, HANDOVER)


@pytest.mark.parametrize("who", [FINANCE, CASHIER])
def test_who_sees_no_list_sees_how_many(her: Person, who: str) -> None:
    said = page(who, SETTLEMENT)
    assert "1 thing still to hand over" in said
    assert "K-CANARY" not in said
    assert HANDOVER not in said


def test_personnel_hands_over_and_sees_no_settlement(her: Person) -> None:
    assert SETTLEMENT not in page(PERSONNEL, HANDOVER)
    assert client_of(PERSONNEL).get(SETTLEMENT).status_code == 404


@pytest.mark.parametrize("who", [MATE, STRANGER, OTHER_SUPERVISOR])
def test_a_strangers_are_not_there(her: Person, who: str) -> None:
    assert client_of(who).get(SETTLEMENT).status_code == 404
    assert client_of(who).get(HANDOVER).status_code == 404


def test_handed_over_nothing_is_left(her: Person) -> None:
    (item,) = handover_items([her.pk])
    to = Person.objects.get(employee_no=MATE)
    handover_tick(actor=User.objects.get(username=PERSONNEL), person=her, item=item, to=to)
    assert "Everything has been handed over" in page(SHE, SETTLEMENT)


def test_the_page_of_a_leaver_leads_to_the_settlement_and_names_payments(her: Person) -> None:
    account = {"holder": her.name, "bank": "ICBC", "number": "622202000000007399"}
    batch = PayoutBatch.objects.create(
        month=MONTH, number=1, count=1, total=7391, sha256="0" * 64,
        made_by=User.objects.get(username=FINANCE),
    )  # fmt: skip
    PayoutLine.objects.create(batch=batch, month=MONTH, person=her, amount=7391, **account)
    address = reverse("person_panel", args=[SHE, "statements"])
    said = page(SUPERVISOR, address)
    assert SETTLEMENT in said
    assert "7,391.00" in said
    for stranger in (MATE, OTHER_SUPERVISOR, PERSONNEL):
        assert client_of(stranger).get(address).status_code == 404
    mates = page(MATE, reverse("person_panel", args=[MATE, "statements"]))
    assert "Final settlement" not in mates

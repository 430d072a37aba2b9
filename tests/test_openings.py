"""Who opened which confidential record is written down, and theirs to know whom it concerns."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Person, User
from conduct.models import ConductCase
from core import clock
from core.models import AuditRow, Opening
from payroll.services import bank_account_enter
from tests import cast
from tests.builders import customer
from tests.cast import (
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

CASE = "CASE-CANARY"


@pytest.fixture(autouse=True)
def her(db: None) -> Iterator[Person]:
    with clock.set_to(cast.CLOSED_AT):
        her = cast.people_make()[SHE]
        ConductCase.objects.create(
            case_no=CASE, person=her, offence="secrets", sanction="forfeit",
            decided_on=date(2026, 10, 5),
        )  # fmt: skip
        yield her


def openings() -> list[tuple[str, str, str, str]]:
    rows = Opening.objects.order_by("id").values_list("actor__username", "kind", "subject", "about")
    return list(rows)


CONDUCT = reverse("person_panel", args=[SHE, "conduct"])


@pytest.mark.parametrize("who", [SUPERVISOR, MANAGER, LEADER, PERSONNEL])
def test_the_conduct_of_another_is_opened_on_purpose(her: Person, who: str) -> None:
    page = client_of(who).get(reverse("person", args=[SHE])).content.decode()
    assert CASE not in page
    assert "click from:find a" in page
    assert openings() == []
    assert CASE in client_of(who).get(CONDUCT).content.decode()
    assert openings() == [(who, "conduct", f"conduct {SHE}", SHE)]


def test_ones_own_conduct_is_ones_own(her: Person) -> None:
    assert (
        "click from:find a"
        not in client_of(SHE).get(reverse("person", args=[SHE])).content.decode()
    )
    assert CASE in client_of(SHE).get(CONDUCT).content.decode()
    assert openings() == []


@pytest.mark.parametrize("who", [MATE, STRANGER, OTHER_SUPERVISOR, FINANCE])
def test_who_may_not_see_it_opens_nothing(her: Person, who: str) -> None:
    assert client_of(who).get(CONDUCT).status_code == 404
    assert openings() == []


def test_who_looked_at_my_file(her: Person) -> None:
    client_of(MANAGER).get(CONDUCT)
    mine = reverse("person_panel", args=[SHE, "openings"])
    page = client_of(SHE).get(mine).content.decode()
    assert "陶洋" in page
    assert "conduct file" in page
    for other in (MANAGER, PERSONNEL, SUPERVISOR, STRANGER):
        assert client_of(other).get(mine).status_code == 404
    nobodys = client_of(MATE).get(reverse("person_panel", args=[MATE, "openings"]))
    assert "陶洋" not in nobodys.content.decode()


def test_a_customers_file_leaves_an_opening_and_no_change(her: Person) -> None:
    customer("K-CANARY", her)
    address = reverse("customer", args=["K-CANARY"])
    assert client_of(SUPERVISOR).get(address).status_code == 200
    assert client_of(STRANGER).get(address).status_code == 404
    assert openings() == [(SUPERVISOR, "customer", "customer K-CANARY", "")]
    assert not AuditRow.objects.filter(subject__startswith="customer").exists()


@pytest.mark.parametrize(("who", "written"), [(FINANCE, True), (SHE, False)])
def test_a_whole_account_number_shown_to_another(her: Person, who: str, written: bool) -> None:
    account = bank_account_enter(
        actor=User.objects.get(username=SHE), person=her, holder=her.name, bank="ICBC", branch="",
        number="622202000000007399", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    page = client_of(who).post(reverse("bank_account_reveal", args=[account.pk]))
    assert "622202000000007399" in page.content.decode()
    wanted = [(FINANCE, "bankaccount", f"bankaccount {SHE}", SHE)]
    assert openings() == (wanted if written else [])
    assert AuditRow.objects.filter(action="bank account revealed").count() == 1


def test_a_file_of_the_statements_is_written_down(her: Person) -> None:
    cast.closed_month()
    address = reverse("statements", args=[MONTH])
    client_of(FINANCE).get(address)
    assert openings() == []
    answer = client_of(FINANCE).get(address, {"export": "csv"})
    assert SHE in answer.getvalue().decode()
    assert openings() == [(FINANCE, "list", f"list statements {MONTH}", "")]

"""Cash of a fine that was excused or forgiven later goes back to whoever paid it (ATT-2, ATT-3)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, User
from attendance.models import Excuse, FinePayment, Punch
from attendance.pool_shown import pool_shown
from attendance.services.fines import (
    fine_give_back,
    fine_tick,
    fine_untick,
    fines_hand_over,
    fines_sign,
)
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from attendance.verification import fine_handovers
from core import clock
from core.models import AuditRow
from core.months import Month
from notices.models import Notice
from payroll.models import Entry, Waiver
from payroll.services import month_close
from tests.builders import at, day
from tests.cast import CASHIER, FINANCE, MANAGER, SHE, client_of

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"
KEY = f"ATT-2/{SHE}/{MONDAY}/in"
FINE = {"employee_no": SHE, "date": MONDAY, "side": "in"}


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


@pytest.fixture
def her(people) -> Person:
    """Late on Monday; she paid in cash. It is Tuesday, half past ten."""
    for text in (f"{MONDAY} 09:30", f"{MONDAY} 18:00", f"{TUESDAY} 09:00"):
        Punch.objects.create(person=people[SHE], at=at(text))
    with clock.set_to(at(f"{TUESDAY} 10:30")):
        fine_tick(person=people[SHE], day=day(MONDAY), side="in", actor=user(MANAGER))
        yield people[SHE]


def paid() -> FinePayment:
    return FinePayment.objects.select_related("person", "handover").get()


def excuse(her: Person) -> None:
    Excuse.objects.update_or_create(
        person=her, date=day(MONDAY), side="in", defaults={"status": "accepted"}
    )


def handed_over(*, signed: bool = True) -> None:
    made = fines_hand_over(expected=Decimal("5.00"), token=uuid4(), actor=user(MANAGER))
    if signed:
        fines_sign(handover=made, actor=user(CASHIER))


def give_back(who: str, **more):
    data = {**FINE, "handover": paid().handover_id or "", **more}
    return client_of(who).post(reverse("fines_give_back"), data, follow=True)


def close() -> None:
    month_close(month=NOVEMBER, as_of=clock.now())


def standing() -> list[tuple[str, str]]:
    return list(Entry.objects.standing().filter(key=KEY).values_list("source", "target"))


def cash() -> Decimal:
    return Entry.objects.balances().get(("cash", ""), Decimal(0))


def test_excused_it_leaves_the_pool_and_the_cash_is_given_back_by_who_took_it(her):
    close()
    assert standing() == [("cash", "pool")]
    assert pool_shown(NOVEMBER).in_cash == Decimal("5.00")
    excuse(her)
    close()
    assert standing() == []
    assert cash() == 0
    assert pool_shown(NOVEMBER).in_pool == 0
    page = client_of(MANAGER).get(reverse("fines")).text
    assert "To give back" in page
    assert "Given back." in give_back(MANAGER).text
    row = paid()
    assert (row.given_back_at, row.given_back_by) == (clock.now(), user(MANAGER))
    assert Notice.objects.filter(person=her, key__endswith="given-back").count() == 1
    page = client_of(MANAGER).get(reverse("fines")).text
    assert "To give back" not in page
    assert user(MANAGER).get_full_name() in page
    assert "Nothing ticked that was not handed over." in page
    close()
    assert standing() == []


def test_twice_is_once(her):
    excuse(her)
    seen = paid()
    fine_give_back(payment=seen, actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile):
        fine_give_back(payment=seen, actor=user(MANAGER))
    assert "meanwhile" in give_back(MANAGER).text
    assert AuditRow.objects.filter(action="fine given back").count() == 1


def test_a_fine_that_stands_is_not_given_back(her):
    assert "The fine stands" in give_back(MANAGER).text
    assert paid().given_back_at is None
    assert "To give back" not in client_of(MANAGER).get(reverse("fines")).text


def test_a_fine_that_was_forgiven_is_given_back(her):
    Waiver.objects.create(key=KEY, reason="x", granted_by=user(MANAGER))
    assert "To give back" in client_of(MANAGER).get(reverse("fines")).text
    fine_give_back(payment=paid(), actor=user(MANAGER))
    assert paid().given_back_at is not None


def test_what_the_cashier_signed_for_the_cashier_gives_back(her):
    handed_over(signed=False)
    excuse(her)
    for who, status in ((MANAGER, 403), (CASHIER, 403)):
        assert give_back(who).status_code == status
    page = client_of(MANAGER).get(reverse("fines")).text
    assert "the cashier signs for it first" in page
    fines_sign(handover=paid().handover, actor=user(CASHIER))
    assert give_back(MANAGER).status_code == 403
    assert give_back(FINANCE).status_code == 403
    page = client_of(CASHIER).get(reverse("fines")).text
    assert "To give back" in page
    assert "Cash in hand" not in page
    assert "Given back." in give_back(CASHIER).text
    # The handover was of so much, and stays so.
    assert list(fine_handovers()) == []


def test_handed_over_meanwhile_it_is_told(her):
    excuse(her)
    seen = paid()
    handed_over()
    with pytest.raises(ChangedMeanwhile):
        fine_give_back(payment=seen, actor=user(MANAGER))
    assert "meanwhile" in give_back(CASHIER, handover="").text
    assert paid().given_back_at is None


def test_given_back_it_is_neither_handed_over_nor_unticked(her):
    excuse(her)
    seen = paid()
    fine_give_back(payment=seen, actor=user(MANAGER))
    with pytest.raises(AttendanceRefused, match="no cash"):
        handed_over()
    with pytest.raises(ChangedMeanwhile):
        fine_untick(payment=seen, actor=user(MANAGER))
    assert "fines-in-hand" not in client_of(MANAGER).get("/").text


def test_should_it_stand_again_it_is_taken_from_pay(her):
    close()
    excuse(her)
    fine_give_back(payment=paid(), actor=user(MANAGER))
    Excuse.objects.update(status="rejected")
    close()
    assert standing() == [("pay", "pool")]
    assert cash() == 0
    with pytest.raises(AttendanceRefused, match="from pay"):
        fine_tick(person=her, day=day(MONDAY), side="in", actor=user(MANAGER))


def test_a_close_as_of_before_still_counts_it_as_paid(her):
    before = clock.now()
    excuse(her)
    with clock.set_to(at(f"{TUESDAY} 11:00")):
        fine_give_back(payment=paid(), actor=user(MANAGER))
        Excuse.objects.update(status="rejected")
        month_close(month=NOVEMBER, as_of=before)
    assert standing() == [("cash", "pool")]


@pytest.mark.parametrize(
    "data", [{"employee_no": "Y999"}, {"side": "up"}, {"date": "x"}, {"handover": "-1"}]
)
def test_what_reads_badly_is_nobodys(her, data):
    excuse(her)
    assert give_back(MANAGER, **data).status_code == 404
    assert paid().given_back_at is None

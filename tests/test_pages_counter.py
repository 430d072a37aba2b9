"""The counter's pages: what was typed is kept, a difference is told at once, bad input breaks
nothing, and a page asks as much for a full hand as for an empty one."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, StandIn
from core import clock
from receivables.models import DaySheet, Discrepancy, Handover, Payment, SlipCount
from receivables.querysets.day_sheets import next_sheet
from tests import cast
from tests.builders import at, order, payment, slip
from tests.cast import CASHIER, FINANCE, KEEPER, MATE, SHE, client_of

EVENING = at("2026-10-20 17:30")
TEXTS = ("\0", "\0a", "1e999", "NaN", "１２", "-0", "'; DROP TABLE", "%s{}", "\ud7ff", "x" * 3_000)


@pytest.fixture(autouse=True)
def _evening(db):
    with clock.set_to(EVENING):
        cast.people_make()
        yield


@pytest.fixture
def brought():
    her = Person.objects.get(employee_no=SHE)
    on = slip(order(her), "S1")
    return [payment(on, "P1", amount="300.00"), payment(on, "P2", method="cheque")]


def path_of(who: str = SHE) -> str:
    return reverse("counter_person", args=[who])


def sent(rows, **more):
    ids = [str(row.pk) for row in rows]
    return {"token": str(uuid4()), "payments": ids, "note_10000": "3", **more}


@pytest.mark.parametrize("typed", ["S1", "s1", SHE, "吴伟", "http://x/slips/S1/"])
def test_the_box_leads_to_who_brings_money(brought, typed):
    answer = client_of(CASHIER).get(reverse("counter"), {"q": typed})
    assert answer.headers["Location"] == path_of()


@pytest.mark.parametrize("typed", TEXTS)
def test_whatever_is_scanned_is_looked_for(typed):
    assert client_of(CASHIER).get(reverse("counter"), {"q": typed}).status_code in (200, 302)


def test_nobody_found_says_so_and_keeps_what_was_typed():
    answer = client_of(CASHIER).get(reverse("counter"), {"q": "S999"})
    assert "S999" in answer.text
    assert "Nobody found" in answer.text


def test_counted_and_on_to_the_receipt(brought):
    cashier = client_of(CASHIER)
    answer = cashier.post(path_of(), sent(brought))
    made = Handover.objects.get()
    assert answer.headers["Location"] == reverse("handover", args=[made.pk])
    page = cashier.get(answer.headers["Location"]).text
    assert "300.00" in page
    assert "1,000.00" in page
    assert reverse("counter") in page


def test_a_difference_is_asked_about_before_it_is_written(brought):
    cashier = client_of(CASHIER)
    form = sent(brought[:1], note_10000="2")
    answer = cashier.post(path_of(), form)
    assert answer.status_code == 400
    assert "100.00 is missing" in answer.text
    assert 'value="-100.00"' in answer.text
    assert 'value="2"' in answer.text  # what was counted is kept
    assert not Handover.objects.exists()
    assert cashier.post(path_of(), {**form, "seen": "-100.00"}).status_code == 302
    assert Discrepancy.objects.get().amount == -100


def test_who_is_second_is_told_and_nothing_is_written(brought):
    client_of(CASHIER).post(path_of(), sent(brought))
    answer = client_of(CASHIER).post(path_of(), sent(brought))
    assert answer.status_code == 409
    assert "Nothing was handed in" in answer.text
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("typed", [*TEXTS, "-1", "1.5", "1e999", "NaN", "9" * 30, "100000"])
@pytest.mark.parametrize("field", ["note_10000", "payments", "token", "seen"])
def test_bad_input_hands_nothing_in(brought, field, typed):
    answer = client_of(CASHIER).post(path_of(), sent(brought, **{field: typed}))
    assert answer.status_code in (302, 400, 409)
    if answer.status_code != 302:
        assert not Handover.objects.exists()
        assert not Payment.objects.filter(handed_in_at__isnull=False).exists()
    else:
        assert Handover.objects.get().difference == 0


def test_fields_that_are_missing_hand_nothing_in(brought):
    assert client_of(CASHIER).post(path_of(), {}).status_code == 400
    assert not Handover.objects.exists()


def test_nobody_counts_their_own_money():
    Person.objects.filter(employee_no=CASHIER).update(roles="cashier+salesperson")
    answer = client_of(CASHIER).get(path_of(CASHIER))
    assert answer.status_code == 403
    assert "their own money" in answer.text


def test_a_stand_in_counts_but_not_whom_they_stand_in_for(brought):
    absent, stand_in = (Person.objects.get(employee_no=no) for no in (CASHIER, KEEPER))
    StandIn.objects.create(
        absent=absent, stand_in=stand_in, roles="cashier",
        from_on=clock.today(), until_on=clock.today(), reason="ill",
    )  # fmt: skip
    Person.objects.filter(pk=absent.pk).update(roles="cashier+salesperson")
    assert client_of(KEEPER).get(path_of(CASHIER)).status_code == 403
    assert client_of(KEEPER).post(path_of(), sent(brought)).status_code == 302


def difference_of(brought, **more) -> Discrepancy:
    client_of(CASHIER).post(path_of(), sent(brought[:1], note_10000="2", seen="-100.00", **more))
    return Discrepancy.objects.get()


def test_explained_on_the_phone_and_settled_once_by_finance(brought):
    found = difference_of(brought)
    page = reverse("difference", args=[found.pk])
    explain, settle = f"{page}explain/", f"{page}settle/"
    assert client_of(SHE).post(explain, {"version": 0, "text": ""}).status_code == 400
    assert client_of(SHE).post(explain, {"version": 0, "text": "找错了"}).status_code == 302
    assert "找错了" in client_of(FINANCE).get(page).text
    said = {"version": 1, "way": "borne", "note": "ok"}
    assert client_of(FINANCE).post(settle, {**said, "version": 0}).status_code == 409
    assert client_of(FINANCE).post(settle, {**said, "way": "given_back"}).status_code == 400
    assert client_of(FINANCE).post(settle, said).status_code == 302
    second = client_of(FINANCE).post(settle, said)
    assert second.status_code == 409
    assert "was first" in second.text


def test_who_counted_does_not_settle(brought):
    found = difference_of(brought)
    Person.objects.filter(employee_no=CASHIER).update(roles="cashier+finance")
    settle = reverse("difference_settle", args=[found.pk])
    answer = client_of(CASHIER).post(settle, {"version": 0, "way": "borne", "note": "x"})
    assert answer.status_code == 403
    found.refresh_from_db()
    assert found.state == "open"


@pytest.mark.parametrize("typed", TEXTS)
def test_bad_words_about_a_difference(brought, typed):
    found = difference_of(brought)
    settle = reverse("difference_settle", args=[found.pk])
    said = {"version": typed, "way": typed, "note": typed, "payment": typed}
    assert client_of(FINANCE).post(settle, said).status_code in (400, 409)
    explain = reverse("difference_explain", args=[found.pk])
    answer = client_of(SHE).post(explain, {"version": 0, "text": typed})
    assert answer.status_code in (302, 400)
    cash = reverse("difference_cash", args=[found.pk])
    answer = client_of(CASHIER).post(cash, {"token": typed, "note_10000": typed})
    assert answer.status_code == 400
    assert Handover.objects.count() == 1


def test_the_missing_cash_is_counted_and_settles_it(brought):
    found = difference_of(brought)
    cash = reverse("difference_cash", args=[found.pk])
    assert cash in client_of(CASHIER).get(path_of()).text
    wrong = client_of(CASHIER).post(cash, {"token": str(uuid4()), "note_5000": 1})
    assert wrong.status_code == 400
    assert "Exactly" in wrong.text
    made = client_of(CASHIER).post(cash, {"token": str(uuid4()), "note_10000": 1})
    assert made.status_code == 302
    assert "missing from an earlier count" in client_of(CASHIER).get(made.headers["Location"]).text


def test_a_day_is_closed_signed_and_stands_in_the_list(brought):
    cashier, finance = client_of(CASHIER), client_of(FINANCE)
    cashier.post(path_of(), sent(brought))
    through = next_sheet()["through"]
    made = cashier.post(reverse("sheet_make"), {"through": through})
    again = cashier.post(reverse("sheet_make"), {"through": through}, follow=True)
    assert "Nothing has been counted" in again.text
    sheet = DaySheet.objects.get()
    page = finance.get(made.headers["Location"]).text
    assert "1,000.00" in page
    assert sheet.sheet_no in finance.get(reverse("sheets")).text
    finance.post(reverse("sheet_sign_off", args=[sheet.sheet_no]))
    told = finance.post(reverse("sheet_sign_off", args=[sheet.sheet_no]), follow=True).text
    assert "already" in told


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "１"])
def test_a_sheet_through_nothing_is_not_made(brought, typed):
    client_of(CASHIER).post(path_of(), sent(brought))
    assert client_of(CASHIER).post(reverse("sheet_make"), {"through": typed}).status_code == 302
    assert not DaySheet.objects.exists()


def test_slips_are_counted_by_finance_and_confirmed_by_her(brought):
    page = reverse("slips_agree", args=[SHE])
    finance = client_of(FINANCE)
    assert "S1" in finance.get(page).text
    assert finance.post(page, {"seen": ["S2"], "shown": []}).status_code == 400
    made = finance.post(page, {"seen": ["S1"], "shown": []})
    count = SlipCount.objects.get()
    assert count.missing == ["S1"]
    assert made.headers["Location"] == reverse("slip_count", args=[count.pk])
    assert client_of(MATE).get(made.headers["Location"]).status_code == 404
    client_of(SHE).post(reverse("slip_count_agree", args=[count.pk]))
    count.refresh_from_db()
    assert count.confirmed_at == EVENING


@pytest.mark.parametrize("typed", TEXTS)
def test_bad_numbers_count_no_slips(brought, typed):
    page = reverse("slips_agree", args=[SHE])
    answer = client_of(FINANCE).post(page, {"seen": ["S1"], "shown": [typed]})
    assert answer.status_code in (302, 400)
    if answer.status_code == 400:
        assert not SlipCount.objects.exists()


def queries(who: str, page: str) -> int:
    browser = client_of(who)
    browser.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)


def test_a_full_hand_costs_no_more_than_an_empty_one(brought):
    pages = [(CASHIER, path_of()), (FINANCE, reverse("slips_agree", args=[SHE]))]
    before = [queries(*page) for page in pages]
    of = order(Person.objects.get(employee_no=SHE), "O2")
    for number in range(30):
        payment(
            slip(of, f"T{number}"), f"Q{number}", received=f"2026-10-{number % 19 + 1:02} 09:00"
        )
    assert [queries(*page) for page in pages] == before
    assert max(before) < 12


def test_a_long_evening_costs_no_more_than_a_short_one(brought):
    cashier = client_of(CASHIER)
    of = order(Person.objects.get(employee_no=SHE), "O2")

    def counted(first: int, last: int) -> None:
        for number in range(first, last):
            row = payment(slip(of, f"T{number}"), f"Q{number}", amount="100.00")
            cashier.post(path_of(), sent([row], note_10000=2, seen="100.00"))

    def pages() -> list[int]:
        cashier.post(reverse("sheet_make"), {"through": next_sheet()["through"]})
        last = DaySheet.objects.first()
        assert last
        own = [reverse("sheet", args=[last.sheet_no]), reverse("sheets")]
        return [
            queries(FINANCE, page) for page in [*own, reverse("differences"), reverse("handovers")]
        ]

    counted(0, 2)
    few = pages()
    counted(2, 20)
    assert pages() == few
    assert max(few) < 12

"""The orders' table does not undo what was decided in the program (ORD-1, ORD-2)."""

import pytest

from core.services import sources_load
from core.tables.folder import contents_of
from orders.models import Order
from tests.builders import order, transfer, yuan
from tests.cast import MATE, SHE

pytestmark = pytest.mark.django_db
HEAD = "order_no,customer_no,employee_no,amount,signed_on\n"


def load(tmp_path, row):
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    return done


def test_an_order_that_was_transferred_stays_with_whom_it_went_to(people, hers, tmp_path):
    transfer(hers, people[MATE], "2026-10-20 10:00")
    done = load(tmp_path, f"D00007,K1,{SHE},50000.00,2026-09-01")
    assert (done.wrong, "transferred" in done.reasons[0]) == (1, True)
    assert Order.objects.get().person == people[MATE]
    done = load(tmp_path, f"D00007,K1,{MATE},60000.00,2026-09-01")
    assert (done.wrong, done.changed) == (0, 1)


def test_an_order_that_never_was_follows_its_table(people, hers, tmp_path):
    assert load(tmp_path, f"D00007,K1,{MATE},50000.00,2026-09-01").changed == 1
    assert Order.objects.get().person == people[MATE]


def test_an_order_is_not_made_less_than_its_margin(people, tmp_path):
    row = order(people[SHE], "D00008")
    row.margin, row.terms = yuan("100"), "in ten days"
    row.save()
    done = load(tmp_path, f"D00008,K1,{SHE},99.99,2026-09-01")
    assert (done.wrong, "100.00" in done.reasons[0]) == (1, True)
    assert load(tmp_path, f"D00008,K1,{SHE},100.00,2026-09-01").changed == 1
    row.refresh_from_db()
    assert (row.amount, row.margin, row.terms) == (yuan("100"), yuan("100"), "in ten days")

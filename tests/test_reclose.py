"""A close converges: again, after loading again, after facts corrected and corrected back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import models

from accounts.models import Person
from attendance.models import Excuse, Leave
from claims.models import Damage
from core.money import ZERO
from core.verification import problems
from orders.models import Order
from payroll.assessment import assess_everybody
from payroll.exports import TOTAL, statement_rows
from payroll.models import Entry, PayMonth
from payroll.rules import Account
from payroll.services import (
    CannotClose,
    CannotFinal,
    month_close,
    month_final,
    waiver_grant,
    waiver_withdraw,
)
from payroll.shadow import shadow_rows
from receivables.models import Payment
from tests.books import AFTER_NOVEMBER, AFTER_OCTOBER, NOVEMBER, OCTOBER, october_closed
from tests.worked import close, exported, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def october(tmp_path: Path) -> Path:
    october_closed(tmp_path)
    return tmp_path


def settled(fn) -> None:
    """The same exports, and nothing wrong with the books."""
    before = exported("2026-10")
    fn()
    close("2026-10", AFTER_OCTOBER)
    assert exported("2026-10") == before
    assert [str(p) for p in problems()] == []


def test_closing_again_posts_nothing(october):
    before, entries = exported("2026-10"), Entry.objects.count()
    closes = month_close(month=OCTOBER, as_of=PayMonth.objects.get(month=OCTOBER).closed_as_of)
    assert [(c.posted, c.reversed) for c in closes] == [(0, 0)]
    assert (exported("2026-10"), Entry.objects.count()) == (before, entries)


def test_loading_again_changes_nothing(october):
    settled(lambda: load(october))


def corrected_and_back(model: type[models.Model], field: str, other) -> None:
    """Correct one row of a fact, close, and correct it back."""
    row = model._default_manager.order_by("id").exclude(**{field: None}).first()
    value = getattr(row, field)
    wrong = other(value)
    assert wrong != value
    model._default_manager.filter(pk=row.pk).update(**{field: wrong})
    close("2026-10", AFTER_OCTOBER)
    model._default_manager.filter(pk=row.pk).update(**{field: value})


@pytest.mark.parametrize(
    ("model", "field", "other"),
    [
        pytest.param(Payment, "handed_in_at", lambda at: at + timedelta(days=40), id="handed in"),
        pytest.param(Order, "amount", lambda yuan: yuan / 4, id="order"),
        pytest.param(
            Excuse, "status", lambda s: "rejected" if s == "accepted" else "accepted", id="excuse"
        ),
        pytest.param(
            Leave, "status", lambda s: "rejected" if s == "approved" else "cancelled", id="leave"
        ),
        pytest.param(Person, "base_salary", lambda yuan: yuan + 1000, id="salary"),
    ],
)
def test_corrected_and_corrected_back_leaves_no_trace_in_the_exports(october, model, field, other):
    settled(lambda: corrected_and_back(model, field, other))


def test_a_correction_reverses_and_posts(october):
    line = Entry.objects.standing().filter(rule="BASE").first()
    Person.objects.filter(pk=line.person_id).update(base_salary=line.amount * 2)
    close("2026-10", AFTER_OCTOBER)
    history = list(Entry.objects.filter(key=line.key).order_by("id"))
    assert [e.reverses_id for e in history] == [None, line.pk, None]
    assert [e.on_pay for e in history][:2] == [line.amount, -line.amount]


def test_a_waived_charge_goes_and_comes_back(october):
    line = Entry.objects.standing().filter(rule="RES-1").first()
    before = exported("2026-10")
    waiver_grant(key=line.key, reason="经理同意")
    close("2026-10", AFTER_OCTOBER)
    assert not Entry.objects.standing().filter(key=line.key).exists()
    assert exported("2026-10") != before
    assert waiver_withdraw(key=line.key, reason="a mistake")
    close("2026-10", AFTER_OCTOBER)
    assert exported("2026-10") == before


def test_a_shadow_says_the_same_and_posts_nothing(october):
    posted = list(statement_rows(OCTOBER))
    entries = Entry.objects.count()
    as_of = PayMonth.objects.get(month=OCTOBER).closed_as_of
    shadow = shadow_rows(assess_everybody(month=OCTOBER, as_of=as_of), total_name=TOTAL)
    assert list(shadow) == posted
    assert Entry.objects.count() == entries


def test_final_pays_out_and_brings_forward_once(october):
    totals = {no: amount for no, rule, amount in statement_rows(OCTOBER) if rule == TOTAL}
    assert any(amount < 0 for amount in totals.values())
    month_final(month=OCTOBER, early_reason="a test")
    paid = {e.employee_no: e.amount for e in Entry.objects.filter(target=Account.BANK)}
    assert paid == {no: amount for no, amount in totals.items() if amount > 0}
    close("2026-11", AFTER_NOVEMBER)
    close("2026-11", AFTER_NOVEMBER)
    brought = {no: amount for no, rule, amount in statement_rows(NOVEMBER) if rule == "PAY-6"}
    # Who has left keeps owing, unless November holds a line of theirs to set it against.
    here = set(Person.objects.employed_in(NOVEMBER).values_list("employee_no", flat=True))
    here |= {no for no, rule, _yuan in statement_rows(NOVEMBER) if rule not in ("PAY-6", TOTAL)}
    owed = {no: amount for no, amount in totals.items() if amount < 0 and no in here}
    assert brought == owed
    assert [str(p) for p in problems()] == []


def test_what_comes_out_after_the_final_stands_in_the_next_month(october):
    month_final(month=OCTOBER, early_reason="a test")
    before = exported("2026-10")["statements"]
    person = Person.objects.salespeople().employed_in(NOVEMBER).first()
    Damage.objects.create(
        damage_no="LATE", person=person, on=OCTOBER.last_day, item="台灯", cost_price=ZERO + 88
    )
    close("2026-11", AFTER_NOVEMBER)
    assert exported("2026-10")["statements"] == before
    entry = Entry.objects.get(key=f"GOOD-2/{person.employee_no}/LATE")
    assert (entry.pay_month, entry.for_month, entry.on_pay) == (NOVEMBER, OCTOBER, ZERO - 88)
    assert [str(p) for p in problems()] == []


def test_a_rise_of_today_does_not_reach_a_final_month(october):
    month_final(month=OCTOBER, early_reason="a test")
    Person.objects.update(base_salary=99999, roles="supervisor", channel="telephone")
    closes = month_close(month=OCTOBER) if Person.objects.salespeople().exists() else []
    Person.objects.filter(employee_no="Y001").update(roles="salesperson")
    closes += month_close(month=OCTOBER)
    assert [(c.posted, c.reversed) for c in closes if c.month == OCTOBER] == [(0, 0)]


def test_final_is_refused_until_everything_is_right(october):
    with pytest.raises(CannotFinal, match="not been closed"):
        month_final(month=NOVEMBER, early_reason="a test")
    PayMonth.objects.filter(month=OCTOBER).update(closed_as_of=OCTOBER.start)
    with pytest.raises(CannotFinal, match="before it ended"):
        month_final(month=OCTOBER, early_reason="a test")
    close("2026-10", AFTER_OCTOBER)
    close("2026-11", AFTER_NOVEMBER)
    with pytest.raises(CannotFinal, match="2026-10 is not final yet"):
        month_final(month=NOVEMBER, early_reason="a test")
    paid = Entry.objects.standing().filter(rule="BASE", for_month=OCTOBER).first()
    Person.objects.filter(pk=paid.person_id).update(base_salary=123)
    with pytest.raises(CannotFinal, match="facts have changed"):
        month_final(month=OCTOBER, early_reason="a test")
    close("2026-10", AFTER_OCTOBER)
    month_final(month=OCTOBER, early_reason="a test")
    with pytest.raises(CannotFinal, match="already"):
        month_final(month=OCTOBER, early_reason="a test")


def test_a_close_that_makes_no_sense_is_refused(october):
    with pytest.raises(CannotClose, match="not begun"):
        month_close(month=NOVEMBER, as_of=OCTOBER.start)
    with pytest.raises(CannotClose, match="no salesperson"):
        month_close(month=OCTOBER.of(OCTOBER.first_day.replace(year=1950)))

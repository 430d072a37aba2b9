"""Slips are agreed by number: before + issued − settled − returned = held, whatever happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import clock
from notices.models import Notice
from receivables.models import Payment, SlipCount
from receivables.rules.slip_counts import slip_movements
from receivables.services import (
    ChangedMeanwhile,
    CounterRefused,
    slip_count_confirm,
    slip_count_keep,
    slip_return,
)
from tests.builders import at, order, payment, person, slip, yuan

ACTS = st.lists(
    st.tuples(st.sampled_from(["issue", "settle", "return", "undo", "count"]), st.integers(0, 9)),
    max_size=60,
)


@given(ACTS)
def test_the_equation_holds_by_number_whatever_happens(acts):
    """A slip is issued, covered, uncovered again by a bounced cheque, returned, in any order."""
    issued, covered, returned = set(), set(), set()
    before, since = frozenset(), set()
    for act, number in [*acts, ("count", 0)]:
        no = f"S{number}"
        if act == "issue" and no not in issued:
            issued.add(no)
            since.add(no)
        elif act == "settle" and no in issued:
            covered.add(no)
        elif act == "undo":
            covered.discard(no)
        elif act == "return" and no in issued:
            returned.add(no)
        elif act == "count":
            held = issued - covered - returned
            found = slip_movements(before=before, issued=since, returned=returned, held=held)
            assert found.adds_up
            assert (found.before, found.held) == (before, held)
            assert found.issued == (since | held) - before
            assert found.returned == (before | found.issued) & returned
            before, since = found.held, set()


@pytest.mark.parametrize(
    ("before", "issued", "returned", "held", "settled"),
    [
        ("AB", "C", "A", "C", "B"),
        ("", "AB", "", "AB", ""),
        ("A", "", "", "AB", ""),  # B is held again: its cheque bounced
        ("A", "B", "B", "A", ""),
    ],
)
def test_what_became_of_them(before, issued, returned, held, settled):
    found = slip_movements(
        before=set(before), issued=set(issued), returned=set(returned), held=set(held)
    )
    assert found.settled == set(settled)
    assert found.adds_up


# On the database.


@pytest.fixture
def her(db):
    return person("Y007")


@pytest.fixture
def finance(db):
    return User.objects.create(username="C001", person=person("C001", roles="finance"))


def keep(finance, her, seen, shown=None):
    return slip_count_keep(
        actor=finance, person=her, seen=seen, shown=seen if shown is None else shown
    )


def test_counted_confirmed_and_gone_on_from_there(her, finance):
    of = order(her)
    slips = {no: slip(of, no, due="1000.00") for no in ("S1", "S2", "S3")}
    with clock.set_to(at("2026-10-20 18:00")):
        first = keep(finance, her, ["S1", "S2", "S3"])
        assert (first.before, first.issued, first.held) == ([], ["S1", "S2", "S3"], first.held)
        assert Notice.objects.filter(person=her, key=f"slip-count/{first.pk}").exists()
        assert slip_count_confirm(actor=None, count=first)
        assert not slip_count_confirm(actor=None, count=first)
    with clock.set_to(at("2026-10-21 18:00")):
        slip(of, "S4", issued="2026-10-21 08:30")
        cheque = payment(slips["S1"], method="cheque", handed_in="2026-10-21 17:00")
        slip_return(actor=None, slip=slips["S2"])
        second = keep(finance, her, ["S3", "S4"], ["S4"])
        assert (second.before, second.issued) == (["S1", "S2", "S3"], ["S4"])
        assert (second.settled, second.returned) == (["S1"], ["S2"])
        assert (second.held, second.missing) == (["S3", "S4"], ["S3"])
        slip_count_confirm(actor=None, count=second)
    with clock.set_to(at("2026-10-22 18:00")):
        Payment.objects.filter(pk=cheque.pk).update(undone=yuan("1000"))
        third = keep(finance, her, ["S1", "S3", "S4"])
        assert (third.before, third.issued) == (["S3", "S4"], ["S1"])


def test_what_nobody_confirmed_is_replaced(her, finance):
    slip(order(her), "S1")
    first = keep(finance, her, ["S1"], [])
    second = keep(finance, her, ["S1"])
    assert (second.before, second.issued) == ([], ["S1"])
    with pytest.raises(ChangedMeanwhile, match="anew"):
        slip_count_confirm(actor=None, count=first)
    assert list(SlipCount.objects.waiting()) == [second]


def test_slips_that_came_meanwhile_are_looked_at_first(her, finance):
    of = order(her)
    slip(of, "S1")
    for seen in ([], ["S1", "S2"]):
        with pytest.raises(ChangedMeanwhile):
            keep(finance, her, seen)
    slip(order(person("Y008"), "O2"), "S2")  # a stranger's
    with pytest.raises(CounterRefused):
        keep(finance, her, ["S1"], ["S1", "S2"])
    assert not SlipCount.objects.exists()

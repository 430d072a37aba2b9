"""Two who decide on one outcome, and two who open a case on one order, at once (RES-3, RES-6)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from orders.models import Order
from receivables.models import BadDebt, OutcomeProposal
from receivables.services import outcomes as deciding
from receivables.services.cases import CaseRefused, case_open
from receivables.services.outcomes import DecidedMeanwhile, outcome_decide
from tests import builders
from tests.builders import at, day
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she

ROUNDS = 5
NOW = "2026-11-10 10:00"


def then(doing: Callable[[], Any]) -> Callable[[], Any]:
    """The same, on that day: a thread has a clock of its own."""

    def done() -> Any:
        with clock.set_to(at(NOW)):
            return doing()

    return done


def bad_order() -> Order:
    return builders.order(she(), f"RACE-{uuid4().hex[:8]}", delivered={"2026-10-05": "9000.00"})


def proposal() -> OutcomeProposal:
    case = builders.bad_debt(bad_order(), f"RACE-{uuid4().hex[:8]}", opened="2026-10-20")
    said = {"outcome": "recovered", "on": day("2026-11-01"), "reason": "已收回"}
    return OutcomeProposal.objects.create(case=case, token=uuid4(), **said)


def managers() -> list[User]:
    """Two who hold the role."""
    found = []
    for no in ("M998", "M999"):
        terms = {"name": no, "roles": "manager", "hired_on": day("2024-01-01")}
        person, _made = Person.objects.get_or_create(employee_no=no, defaults=terms)
        found.append(User.objects.get_or_create(username=no, defaults={"person": person})[0])
    return found


def decide(which: OutcomeProposal, actor: User, *, accept: bool) -> Callable[[], Any]:
    return then(
        lambda: outcome_decide(actor=actor, proposal=which, accept=accept, reply="so it is")
    )


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    which = proposal()
    one, other = managers()
    came = at_once(books, decide(which, one, accept=True), decide(which, other, accept=False))
    assert sorted(type(each).__name__ for each in came) == [
        "DecidedMeanwhile", "OutcomeProposal",
    ], came  # fmt: skip
    (first,) = (each for each in came if not isinstance(each, DecidedMeanwhile))
    assert OutcomeProposal.objects.get(pk=which.pk).state == first.state
    case = BadDebt.objects.get(pk=which.case_id)
    assert bool(case.outcome) == (first.state == "accepted")
    assert AuditRow.objects.filter(subject=f"baddebt {case.case_no}").count() == 1


def test_control_without_the_condition_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and the debt is closed all the same."""

    def settle(which: OutcomeProposal, state: str, actor: Any, reply: str) -> None:
        OutcomeProposal.objects.filter(pk=which.pk).update(
            state=state, decided_by=actor, decided_at=clock.now(), reply=reply
        )

    monkeypatch.setattr(deciding, "_settle", settle)
    which = proposal()
    one, other = managers()
    decide(which, one, accept=True)()
    elsewhere(books, decide(which, other, accept=False))
    assert OutcomeProposal.objects.get(pk=which.pk).state == "refused"
    assert BadDebt.objects.get(pk=which.case_id).outcome == "recovered"


def opening(order: Order, case_no: str) -> Callable[[], Any]:
    said = {"case_no": case_no, "opened_on": day("2026-11-02"), "why": "不接电话"}
    return then(lambda: case_open(actor=None, order=order, token=uuid4(), **said))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_open_a_case_on_one_order_at_once(books, turn):
    order, no = bad_order(), uuid4().hex[:8]
    came = at_once(books, opening(order, f"A-{no}"), opening(order, f"B-{no}"))
    assert sorted(type(each).__name__ for each in came) == ["BadDebt", "CaseRefused"], came
    assert BadDebt.objects.filter(order=order).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_take_one_number_at_once(books, turn):
    one, other, no = bad_order(), bad_order(), uuid4().hex[:8]
    came = at_once(books, opening(one, no), opening(other, no))
    assert sorted(type(each).__name__ for each in came) == ["BadDebt", "CaseRefused"], came
    assert isinstance(next(e for e in came if isinstance(e, Exception)), CaseRefused)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_form_twice_at_once_opens_one_case(books, turn):
    order, token = bad_order(), uuid4()
    said = {"case_no": token.hex[:8], "opened_on": day("2026-11-02"), "why": "不接电话"}
    form = then(lambda: case_open(actor=None, order=order, token=token, **said))
    came = at_once(books, form, form)
    assert came[0] == came[1] == BadDebt.objects.get(order=order), came

"""Doors of the reserve and of bad-debt cases."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse

from accounts.models import Person, User
from orders.models import Order
from receivables.models import BadDebt, CaseStep, OutcomeProposal
from tests.access.door import BOOKS, HER_PAY, MONEY, MONTHS, Door, plain, those
from tests.access.world import HER_STEP, World, browser_of
from tests.builders import bad_debt, day, order
from tests.cast import FINANCE, MANAGER, SHE, SUPERVISOR


def her_case() -> BadDebt:
    """Another of her cases: an address is said again on a page of refusal."""
    found = BadDebt.objects.filter(case_no="DOOR").first()
    if found is None:
        her = Person.objects.get(employee_no=SHE)
        found = bad_debt(
            order(her, "DOOR-CASE", delivered={"2026-10-15": "1000.00"}), "DOOR",
            opened="2026-10-20", costs={"2026-10-25": "10.00"},
        )  # fmt: skip
        CaseStep.objects.create(
            case=found, kind="call", on=day("2026-10-21"), text=HER_STEP, token=uuid4()
        )
    return found


def of_her_case(name: str, *more: object) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[her_case().case_no, *more])


def her_proposal(name: str) -> Callable[[World], str]:
    """An outcome that finance proposed for it."""

    def address(world: World) -> str:
        case = her_case()
        said = {"outcome": "recovered", "on": day("2026-11-01"), "reason": "已收回"}
        finance = User.objects.get(username=FINANCE)
        found, _made = OutcomeProposal.objects.get_or_create(
            case=case, proposed_by=finance, defaults={**said, "token": uuid4()}
        )
        return reverse(name, args=[case.case_no, found.pk])

    return address


def looked_at(
    address: Callable[[World], str], by: str, **said: str
) -> Callable[[World], Mapping[str, str]]:
    """What is confirmed: what the page showed to follow from what was said."""

    def data(world: World) -> Mapping[str, str]:
        browser, url = browser_of(by), address(world)
        sent = {**said, "token": str(uuid4())}
        page = (browser.post(url, sent) if said else browser.get(url)).content.decode()
        found = re.search(r'name="confirm"\s+value="([0-9a-f]+)"', page)
        assert found, page
        return {**sent, "confirm": found[1], "do": "accept"}

    return data


def her_case_is(world: World) -> list[object]:
    """All there is about it: steps, costs, what was proposed and what it came to."""
    case = her_case()
    return [
        case.outcome,
        case.steps.count(),
        list(case.costs.order_by("id").values_list("amount", flat=True)),
        list(case.proposals.order_by("id").values_list("state", flat=True)),
    ]


def an_order(world: World) -> Mapping[str, str]:
    if not Order.objects.filter(order_no="DOOR-NEW").exists():
        order(world.her, "DOOR-NEW", delivered={"2026-10-15": "1000.00"})
    said = {"order": "DOOR-NEW", "case_no": "DOOR-NEW", "opened_on": "2026-10-25"}
    return {**said, "why": "人去楼空", "token": str(uuid4())}


COST = {"seen": "0.00", "on": "2026-10-26", "amount": "100.00", "what": "律师费"}
RIGHT = {"seen": "10.00", "amount": "100.00", "what": "律师费"}
STEP = {"kind": "call", "on": "2026-10-26", "text": "电话未接"}
OUTCOME = {"outcome": "recovered", "on": "2026-11-01", "reason": "已收回"}
ABOUT_HER_CASE: Any = {"hidden": True, "sees": HER_PAY, "effect": her_case_is}
a_cost, a_right_cost = (
    of_her_case("bad_debt_cost"),
    of_her_case("bad_debt_cost_correct", "2026-10-25"),
)
an_outcome, a_decision = of_her_case("bad_debt_outcome"), her_proposal("bad_debt_decision")

DOORS = {
    "reserves": Door(plain("reserves"), get=MONEY),
    "reserve_year": Door(lambda world: reverse("reserve_year", args=[2026]), get=MONTHS),
    "reserve": Door(lambda world: reverse("reserve", args=[SHE]), get=HER_PAY, hidden=True),
    "bad_debts": Door(plain("bad_debts"), get=MONEY),
    "bad_debt_new": Door(
        plain("bad_debt_new"),
        get=BOOKS,
        post=BOOKS,
        data=an_order,
        effect=lambda world: BadDebt.objects.count(),
    ),
    "bad_debt": Door(
        of_her_case("bad_debt"), get=HER_PAY, hidden=True, shows=lambda world: HER_STEP
    ),
    "bad_debt_step": Door(
        of_her_case("bad_debt_step"),
        post=those(SHE, SUPERVISOR, MANAGER, FINANCE),
        data=lambda world: {**STEP, "token": str(uuid4())},
        **ABOUT_HER_CASE,
    ),
    "bad_debt_cost": Door(
        a_cost,
        get=those(FINANCE),
        post=those(FINANCE),
        data=looked_at(a_cost, FINANCE, **COST),
        **ABOUT_HER_CASE,
    ),
    "bad_debt_cost_correct": Door(
        a_right_cost,
        get=those(FINANCE),
        post=those(FINANCE),
        data=looked_at(a_right_cost, FINANCE, **RIGHT),
        **ABOUT_HER_CASE,
    ),
    "bad_debt_outcome": Door(
        an_outcome,
        get=those(FINANCE),
        post=those(FINANCE),
        data=looked_at(an_outcome, FINANCE, **OUTCOME),
        **ABOUT_HER_CASE,
    ),
    "bad_debt_decision": Door(
        a_decision,
        get=those(MANAGER),
        post=those(MANAGER),
        data=looked_at(a_decision, MANAGER),
        **ABOUT_HER_CASE,
    ),
    "bad_debt_take_back": Door(
        her_proposal("bad_debt_take_back"), post=those(FINANCE), **ABOUT_HER_CASE
    ),
}

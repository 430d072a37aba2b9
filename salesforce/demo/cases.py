"""Bad debts in every state, what suing cost, and the reserves they fall on (RES)."""

from dataclasses import dataclass
from datetime import date, timedelta

from salesforce.demo.attendance import Attendance
from salesforce.demo.cast import Slot
from salesforce.demo.customers import Customer
from salesforce.demo.orders import Order, Part, SlipPlan, known_customers
from salesforce.demo.people import Person
from salesforce.demo.rows import Row, Tables, day_or_empty, yuan
from salesforce.demo.stage import Stage

SIGNED_BEFORE = timedelta(days=40)
ASKED = (0, 1)
"""When the slips for these debts were handed out, before it came to a case."""


@dataclass(frozen=True)
class BadDebt:
    """One case of the cast: whose, how much (in fen), what was paid of it before, what it cost."""

    no: str
    who: str
    amount: int
    opened: Slot
    outcome: str = ""
    ended: Slot = (0, 0)
    paid_before: int = 0
    costs: tuple[tuple[Slot, int], ...] = ()


BAD_DEBTS = (
    BadDebt(
        "B001",
        "Y001",
        1_260_000,
        (0, 6),
        "dead",
        (1, 12),
        paid_before=500_000,
        costs=(((0, 9), 315_001), ((1, 3), 26_033)),
    ),
    BadDebt("B002", "Y002", 579_000, (0, 14), costs=(((1, 8), 600_155),)),
    BadDebt("B003", "Y003", 2_418_050, (0, 7), "recovered", (1, 10), costs=(((0, 11), 120_000),)),
    BadDebt("B004", "Y015", 934_560, (1, 15)),
)


@dataclass(frozen=True)
class Case:
    debt: BadDebt
    order: Order
    opened_on: date
    outcome_on: date | None


def cases_of(stage: Stage, customers: list[Customer], attendance: Attendance) -> list[Case]:
    return [_case(stage, customers, attendance, debt) for debt in BAD_DEBTS]


def _case(stage: Stage, customers: list[Customer], attendance: Attendance, debt: BadDebt) -> Case:
    asked_on = attendance.office_day_from(debt.who, stage.workday(*ASKED))
    ended_on = attendance.office_day_from(debt.who, stage.workday(*debt.ended))
    outcome_on = ended_on if debt.outcome else None
    signed_on = stage.workday_from(stage.first_day - SIGNED_BEFORE, 0)
    order = Order(
        known_customers(customers, debt.who, signed_on)[0],
        debt.who,
        debt.amount,
        signed_on,
        deliveries=[(stage.workday_from(signed_on, 3), debt.amount)],
        slips=_slips(debt, asked_on, outcome_on) if asked_on else [],
    )
    return Case(debt, order, stage.workday(*debt.opened), outcome_on)


def _slips(debt: BadDebt, asked_on: date, outcome_on: date | None) -> list[SlipPlan]:
    """What the customer paid at first, the slip brought back, the money that came after all."""
    paid, open_amount = debt.paid_before, debt.amount - debt.paid_before
    slips = [SlipPlan(asked_on, open_amount, returned_on=asked_on)]
    if paid:
        slips.insert(0, SlipPlan(asked_on, paid, (Part(asked_on, paid, "cheque"),)))
    if debt.outcome == "recovered" and outcome_on:
        part = Part(outcome_on, open_amount, "transfer")
        slips.append(SlipPlan(outcome_on, open_amount, (part,)))
    return slips


def cases_tables(stage: Stage, cases: list[Case], sellers: list[Person]) -> Tables:
    rng = stage.random("reserve")
    return {
        "bad_debts": [_row(case) for case in cases],
        "legal_costs": [
            {
                "case_no": case.debt.no,
                "incurred_on": stage.workday(*slot).isoformat(),
                "amount": yuan(cost),
            }
            for case in cases
            for slot, cost in case.debt.costs
        ],
        "reserve_opening": [
            {
                "employee_no": person.no,
                "as_of": stage.first_day.isoformat(),
                "balance": yuan(15_000 * rng.randint(1, 11)),
            }
            for person in sellers
            if person.employed(stage.first_day)
        ],
    }


def _row(case: Case) -> Row:
    return {
        "case_no": case.debt.no,
        "order_no": case.order.no,
        "opened_on": case.opened_on.isoformat(),
        "outcome": case.debt.outcome,
        "outcome_on": day_or_empty(case.outcome_on),
    }

"""The reserve and dead debts into charges: RES-1, RES-2, RES-4, RES-6."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.months import Month
from payroll.context import CloseContext
from payroll.rules import Account, Charge, StepResult
from receivables.querysets.months import (
    case_facts,
    cost_facts,
    debt_facts,
    reserve_openings,
    taken_before,
)
from receivables.rules.reserve import (
    CaseFact,
    CostFact,
    ReserveFacts,
    ReserveMonth,
    bears_dead,
    dead_debt,
)


def reserve(context: CloseContext) -> StepResult:
    """Each salesperson's reserve walked through the month, then the dead debts."""
    cases = cases_known(context)
    charges: list[Charge] = []
    for facts in _reserve_facts(context, cases):
        charges += ReserveMonth(
            facts, context.month, context.book, context.is_over, context.waived
        ).walk()
    charges += _dead_debts(context, cases)
    return StepResult(charges=charges)


def cases_known(context: CloseContext) -> list[CaseFact]:
    """The cases opened by the instant that counts, each as it stood then."""
    return [
        _as_known(case, context)
        for case in case_facts(context)
        if context.has_begun(case.opened_on)
    ]


def _as_known(case: CaseFact, context: CloseContext) -> CaseFact:
    """The case as it stood at the instant that counts: an outcome still to come is none."""
    if case.outcome_on is None or context.has_begun(case.outcome_on):
        return case
    return replace(case, outcome="", outcome_on=None)


def _reserve_facts(context: CloseContext, cases: list[CaseFact]) -> list[ReserveFacts]:
    own_cases: dict[str, list[CaseFact]] = defaultdict(list)
    for case in cases:
        own_cases[case.employee_no].append(case)
    own_costs: dict[str, list[CostFact]] = defaultdict(list)
    for cost in cost_facts(context, cases):
        if context.has_begun(cost.incurred_on):
            own_costs[cost.case.employee_no].append(cost)
    dying = [case for case in cases if context.is_due(case.dead_on)]
    taken = taken_before(context.month, dying)
    said = context.read(reserve_openings)
    return [
        ReserveFacts(
            person,
            opening=context.opening(Account.RESERVE, person.employee_no),
            said=_said(said.get(person.employee_no), context),
            cases=own_cases[person.employee_no],
            costs=own_costs[person.employee_no],
            taken_before={
                c.case_no: taken[c.case_no]
                for c in own_cases[person.employee_no]
                if c.case_no in taken
            },
        )
        for person in context.people
    ]


def _said(
    opening: tuple[date, Decimal] | None, context: CloseContext
) -> tuple[date, Decimal] | None:
    """The opening balance, in the month that takes it in: its own, or the first of the books."""
    if opening is None:
        return None
    as_of, balance = opening
    if not context.opens_here(Month.of(as_of)) or not context.has_begun(as_of):
        return None
    return max(as_of, context.month.first_day), balance


def _dead_debts(context: CloseContext, cases: list[CaseFact]) -> list[Charge]:
    """An order's debt dies once: a later case on the same order bears nothing more."""
    first_dead: dict[str, CaseFact] = {}
    for case in sorted(cases, key=lambda c: (c.dead_on or date.max, c.case_no)):
        if case.dead_on:
            first_dead.setdefault(case.order_no, case)
    through = context.last_day_begun
    return [
        charge
        for debt in debt_facts(first_dead.values())
        if debt.case.employee_no in context.by_no
        and debt.case.dead_on
        and bears_dead(context.book, debt.case.dead_on)
        for charge in dead_debt(debt, context.month, through)
    ]

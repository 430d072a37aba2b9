"""The reserve of one salesperson through one month, and the burden of dead debts (RES, S9-4.3).

Pure. What happens on one day happens in this order: the opening, the monthly deposit, legal
costs, what a dead debt gives back, the refund.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext_noop

from core.money import ZERO, round_half_up, round_up
from core.months import Month
from payroll.rules import Account, Arithmetic, Charge, Evidence, PersonFacts
from policy.rules import Policy, PolicyBook

Events = Callable[[], Iterator[Charge]]


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A bad-debt case on one of a salesperson's orders."""

    case_no: str
    employee_no: str
    order_no: str
    opened_on: date
    outcome: str
    outcome_on: date | None

    @property
    def dead_on(self) -> date | None:
        return self.outcome_on if self.outcome == "dead" else None

    def is_open_on(self, day: date) -> bool:
        """Whether the case still stands open at the end of a day."""
        return self.opened_on <= day and (self.outcome_on is None or self.outcome_on > day)


@dataclass(frozen=True, slots=True)
class CostFact:
    """A legal cost of a case, in yuan, on the day it arose."""

    case: CaseFact
    incurred_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Taken:
    """What RES-4 took for a case so far: from the reserve, and from pay."""

    reserve: Decimal = ZERO
    pay: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ReserveFacts:
    """What happened to one salesperson's reserve in a month.

    `said`: the balance the company says stood at the start of a day. `taken_before`: what RES-4
    took in earlier months, by case number, for the cases that died in this one.
    """

    person: PersonFacts
    opening: Decimal
    said: tuple[date, Decimal] | None = None
    cases: Sequence[CaseFact] = ()
    costs: Sequence[CostFact] = ()
    taken_before: dict[str, Taken] = field(default_factory=dict)


@dataclass
class ReserveMonth:
    """Walks through a month's events in order, keeping the balance that each one finds."""

    facts: ReserveFacts
    month: Month
    book: PolicyBook
    is_over: bool
    waived: frozenset[str] = frozenset()
    balance: Decimal = ZERO
    charges: list[Charge] = field(default_factory=list)
    taken: dict[str, Taken] = field(default_factory=dict)

    def walk(self) -> list[Charge]:
        """The month's charges under RES-1, RES-2, RES-4 and what RES-6 gives back."""
        self.balance = self.facts.opening
        self.taken = dict(self.facts.taken_before)
        for *_when, event in sorted(self._events(), key=lambda each: each[:3]):
            for charge in event():
                self._apply(charge)
        return self.charges

    def _apply(self, charge: Charge) -> None:
        if charge.key in self.waived:
            return
        self.charges.append(charge)
        if charge.target == Account.RESERVE:
            self.balance += charge.amount
        if charge.source == Account.RESERVE:
            self.balance -= charge.amount
        if charge.rule == "RES-4":
            self._remember(charge)

    def _remember(self, charge: Charge) -> None:
        case_no = charge.key.split("/")[2]
        had = self.taken.get(case_no, Taken())
        self.taken[case_no] = (
            Taken(had.reserve + charge.amount, had.pay)
            if charge.source == Account.RESERVE
            else Taken(had.reserve, had.pay + charge.amount)
        )

    def _events(self) -> Iterator[tuple[date, int, str, Events]]:
        last = self.month.last_day
        if self.facts.said:
            yield self.facts.said[0], 0, "", self._opening
        if self.is_over and self.book.on(last).reserve_on:
            yield last, 1, "", self._deposit
            if refund_on := self._refund_day():
                yield refund_on, 4, "", self._refund
        for cost in self.facts.costs:
            if self.book.on(cost.incurred_on).reserve_on:
                yield cost.incurred_on, 2, cost.case.case_no, partial(self._cost, cost)
        for case in self.facts.cases:
            if case.dead_on and case.dead_on in self.month and bears_dead(self.book, case.dead_on):
                yield case.dead_on, 3, case.case_no, partial(self._give_back, case)

    def _opening(self) -> Iterator[Charge]:
        assert self.facts.said is not None
        as_of, said = self.facts.said
        gap = said - self.balance
        if gap:
            yield self._charge(
                rule="RES-1",
                about=f"opening/{as_of}",
                amount=abs(gap),
                day=as_of,
                source=Account.COMPANY if gap > 0 else Account.RESERVE,
                target=Account.RESERVE if gap > 0 else Account.COMPANY,
                arithmetic=Arithmetic(
                    gettext_noop("said {said}, in the books {books}"),
                    {"said": str(said), "books": str(self.balance)},
                ),
                evidence=(Evidence("reserve_opening", self._no),),
            )

    def _deposit(self) -> Iterator[Charge]:
        """150 yuan from pay, for whoever is employed on the last day of the month (RES-1)."""
        last = self.month.last_day
        monthly = self.book.on(last).reserve_monthly
        if monthly and self.facts.person.employed_on(last):
            yield self._charge(
                rule="RES-1",
                about=str(self.month),
                amount=monthly,
                day=last,
                source=Account.PAY,
                target=Account.RESERVE,
                arithmetic=Arithmetic(gettext_noop("{amount} a month"), {"amount": str(monthly)}),
                evidence=(
                    Evidence(
                        "people", self._no, gettext_noop("employed on {date}"), {"date": str(last)}
                    ),
                ),
            )

    def _cost(self, cost: CostFact) -> Iterator[Charge]:
        """Half of a legal cost, rounded up: from the reserve, the rest of it from pay (RES-4)."""
        dead_on = cost.case.dead_on
        if dead_on and cost.incurred_on > dead_on and bears_dead(self.book, dead_on):
            return  # RES-6: once the debt is dead all costs are the company's.
        policy = self.book.on(cost.incurred_on)
        half = round_up(cost.amount * policy.litigation_share)
        from_reserve = max(min(half, self.balance), ZERO)
        for account, amount in (
            (Account.RESERVE, from_reserve),
            (Account.PAY, half - from_reserve),
        ):
            if amount:
                yield self._cost_charge(cost, policy, account, amount, half)

    def _cost_charge(
        self, cost: CostFact, policy: Policy, account: Account, amount: Decimal, half: Decimal
    ) -> Charge:
        return self._charge(
            rule="RES-4",
            about=f"{cost.case.case_no}/{cost.incurred_on}/{account}",
            amount=amount,
            day=cost.incurred_on,
            source=account,
            target=Account.COMPANY,
            arithmetic=Arithmetic(
                gettext_noop(
                    "{cost} × {share}, rounded up = {half}; "
                    "the reserve held {balance}, of it {amount} is taken"
                )
                if account is Account.RESERVE
                else gettext_noop(
                    "{cost} × {share}, rounded up = {half}; "
                    "what the reserve does not cover: {amount}"
                ),
                {
                    "cost": str(cost.amount),
                    "share": f"{policy.litigation_share.normalize():f}",
                    "half": str(half),
                    "balance": str(self.balance),
                    "amount": str(amount),
                },
            ),
            evidence=(
                Evidence("legal_costs", f"{cost.case.case_no} {cost.incurred_on}"),
                Evidence(
                    "bad_debts",
                    cost.case.case_no,
                    gettext_noop("order {order}, opened on {opened_on}"),
                    {"order": cost.case.order_no, "opened_on": str(cost.case.opened_on)},
                ),
            ),
        )

    def _give_back(self, case: CaseFact) -> Iterator[Charge]:
        """What RES-4 took goes back to where it came from: the company bears all costs (RES-6)."""
        assert case.dead_on is not None
        taken = self.taken.get(case.case_no, Taken())
        for account, amount in ((Account.RESERVE, taken.reserve), (Account.PAY, taken.pay)):
            if amount:
                yield self._charge(
                    rule="RES-6",
                    about=f"{case.case_no}/costs/{account}",
                    amount=amount,
                    day=case.dead_on,
                    source=Account.COMPANY,
                    target=account,
                    arithmetic=Arithmetic(
                        gettext_noop("legal costs taken before, given back: {amount}"),
                        {"amount": str(amount)},
                    ),
                    evidence=(dead_evidence(case),),
                )

    def _refund_day(self) -> date | None:
        """The day of a refund in this month, if the person has one coming (RES-2)."""
        person, month = self.facts.person, self.month
        if person.left_on is not None and person.leaves_in(month):
            left_on = person.left_on
            return None if any(c.is_open_on(left_on) for c in self.facts.cases) else left_on
        year_end = month.number == 12 and person.employed_on(month.last_day)
        return month.last_day if year_end and not self._had_case_in_year() else None

    def _had_case_in_year(self) -> bool:
        last = self.month.last_day
        return any(c.opened_on.year == last.year or c.is_open_on(last) for c in self.facts.cases)

    def _refund(self) -> Iterator[Charge]:
        """The whole reserve paid back; at year's end with its reward (RES-2)."""
        balance = self.balance
        if balance <= 0:
            return
        day = self._refund_day() or self.month.last_day
        yield self._charge(
            rule="RES-2",
            about=f"{self.month}/refund",
            amount=balance,
            day=day,
            source=Account.RESERVE,
            target=Account.PAY,
            arithmetic=Arithmetic(
                gettext_noop("the whole reserve: {amount}"), {"amount": str(balance)}
            ),
            evidence=(self._refund_evidence(),),
        )
        rate = self.book.on(self.month.last_day).reserve_reward_rate
        reward = round_half_up(balance * rate)
        if reward and not self.facts.person.leaves_in(self.month):
            yield self._charge(
                rule="RES-2",
                about=f"{self.month}/reward",
                amount=reward,
                day=day,
                source=Account.COMPANY,
                target=Account.PAY,
                arithmetic=Arithmetic(
                    gettext_noop("{balance} × {rate} = {reward}"),
                    {
                        "balance": str(balance),
                        "rate": f"{rate.normalize():f}",
                        "reward": str(reward),
                    },
                ),
                evidence=(self._refund_evidence(),),
            )

    def _refund_evidence(self) -> Evidence:
        if self.facts.person.leaves_in(self.month):
            return Evidence(
                "people",
                self._no,
                gettext_noop("left on {date} with no open case"),
                {"date": str(self.facts.person.left_on)},
            )
        return Evidence(
            "bad_debts",
            self._no,
            gettext_noop("no bad-debt case in {year}"),
            {"year": str(self.month.year)},
        )

    @property
    def _no(self) -> str:
        return self.facts.person.employee_no

    def _charge(
        self,
        *,
        rule: str,
        about: str,
        amount: Decimal,
        day: date,
        source: Account,
        target: Account,
        arithmetic: Arithmetic,
        evidence: tuple[Evidence, ...],
    ) -> Charge:
        policy_on = self.month.last_day if rule in ("RES-1", "RES-2") else day
        return Charge(
            key=f"{rule}/{self._no}/{about}",
            employee_no=self._no,
            rule=rule,
            source=source,
            target=target,
            amount=amount,
            policy_on=policy_on,
            arithmetic=arithmetic,
            evidence=evidence,
        )


def bears_dead(book: PolicyBook, dead_on: date) -> bool:
    """Whether the dead-debt burden is in force on the day (POL-2: RES and RES-6 are optional)."""
    policy = book.on(dead_on)
    return policy.reserve_on and policy.dead_debt_on


def dead_evidence(case: CaseFact) -> Evidence:
    return Evidence(
        "bad_debts",
        case.case_no,
        gettext_noop("order {order}, dead on {date}"),
        {"order": case.order_no, "date": str(case.outcome_on)},
    )


@dataclass(frozen=True, slots=True)
class DebtFacts:
    """A dead case with the money of its order: (day, yuan) delivered and handed in."""

    case: CaseFact
    delivered: Sequence[tuple[date, Decimal]]
    handed_in: Sequence[tuple[date, Decimal]]

    @property
    def borne(self) -> Decimal:
        """The debt still unpaid at the end of the day it died; never less than nothing (RES-6)."""
        assert self.case.dead_on is not None
        return max(
            ZERO,
            _until(self.delivered, self.case.dead_on) - _until(self.handed_in, self.case.dead_on),
        )

    def credited_until(self, day: date) -> Decimal:
        """Of the money that came in after the death, the salesperson's: up to what was borne."""
        assert self.case.dead_on is not None
        since = _until(self.handed_in, day) - _until(self.handed_in, self.case.dead_on)
        return min(self.borne, max(ZERO, since))


def _until(movements: Iterable[tuple[date, Decimal]], day: date) -> Decimal:
    return sum((amount for on, amount in movements if on <= day), ZERO)


def dead_debt(debt: DebtFacts, month: Month, through: date) -> Iterator[Charge]:
    """The burden in the month of death, and the credits for money that comes in later (RES-6).

    `through`: the last day of the month that has come.
    """
    case = debt.case
    assert case.dead_on is not None
    if case.dead_on in month and debt.borne:
        yield Charge(
            key=f"RES-6/{case.employee_no}/{case.case_no}/debt",
            employee_no=case.employee_no,
            rule="RES-6",
            source=Account.PAY,
            target=Account.COMPANY,
            amount=debt.borne,
            policy_on=case.dead_on,
            arithmetic=Arithmetic(
                gettext_noop("delivered {delivered} − handed in {handed_in} = {unpaid}"),
                {
                    "delivered": str(_until(debt.delivered, case.dead_on)),
                    "handed_in": str(_until(debt.handed_in, case.dead_on)),
                    "unpaid": str(debt.borne),
                },
            ),
            evidence=(dead_evidence(case),),
        )
    before = month.first_day - timedelta(days=1)
    credit = debt.credited_until(through) - debt.credited_until(max(before, case.dead_on))
    if credit > 0:
        yield Charge(
            key=f"RES-6/{case.employee_no}/{case.case_no}/credit/{month}",
            employee_no=case.employee_no,
            rule="RES-6",
            source=Account.COMPANY,
            target=Account.PAY,
            amount=credit,
            policy_on=case.dead_on,
            arithmetic=Arithmetic(
                gettext_noop("handed in after the debt died: {credit}, of {borne} borne"),
                {"credit": str(credit), "borne": str(debt.borne)},
            ),
            evidence=(dead_evidence(case),),
        )

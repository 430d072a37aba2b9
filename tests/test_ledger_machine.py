"""Arbitrary sequences of facts, corrections, waivers, closes and finals: no fen off, ever.

The real program on the real database against the model of `ledger_model`, which is plain
arithmetic. After every step every statement, every account and every final month must be what the
model says; whenever all months are closed again, `verify` must find nothing.
"""

import os
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Person
from attendance.exports import pool_rows
from attendance.models import Excuse, FinePayment, PoolOpening, Punch
from claims.models import Damage, Expense
from conduct.models import ConductCase, Reward
from core import clock
from core.money import from_fen, to_fen
from core.months import Month
from core.services import facts_replace
from core.verification import problems
from orders.models import Order
from payroll.assessment import assess_everybody
from payroll.exports import TOTAL, statement_rows
from payroll.models import Entry
from payroll.services import (
    CannotClose,
    CannotFinal,
    month_close,
    month_final,
    waiver_grant,
    waiver_withdraw,
)
from payroll.shadow import shadow_rows
from policy.models import CalendarDay
from receivables.models import BadDebt, CutoffSnapshot, LegalCost, Payment, ReserveOpening, Slip
from tests import builders
from tests.ledger_model import (
    AFTER,
    ATTENDED,
    DELIVERED,
    MONTHS,
    PEOPLE,
    Books,
    Case,
    Paid,
    cutoff,
    workdays,
)

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", "40"))
STEPS = int(os.environ.get("LEDGER_STEPS", "40"))
PHASES = (Phase.generate, *([Phase.shrink] if "LEDGER_SHRINK" in os.environ else []))

PUNCHES = {
    "well": ("08:55", "18:05"),
    "late": ("09:00:01", "18:00"),
    "early": ("09:00", "17:59:59"),
    "late and early": ("09:10", "17:00"),
    "one punch": ("08:55",),
    "afternoon": ("13:00", "18:05"),
    "absent": (),
}

people = st.sampled_from(sorted(PEOPLE))
months = st.sampled_from(MONTHS)
slots = st.sampled_from(["N1", "N2", "N3"])
sides = st.sampled_from(["in", "out"])
fen = st.integers(1, 99_999)
fen_or_none = st.one_of(st.just(0), fen)
fact_days = st.builds(
    lambda month, number: month.last_day if number == 31 else month.first_day.replace(day=number),
    months,
    st.sampled_from([1, 6, 10, 28, 31]),
)
work_days = st.sampled_from([day for month in MONTHS for day in workdays(month)])


def instants(month: Month) -> list[datetime]:
    """The instants around which a month turns: its middle, its cutoff, its end."""
    until = cutoff(month)
    return [
        clock.at(month.first_day.replace(day=10), time(12)),
        until - timedelta(microseconds=1),
        until,
        until + timedelta(microseconds=1),
        until + timedelta(hours=1),
        until + timedelta(hours=2),
        until + timedelta(hours=2, microseconds=1),
        month.end,
        month.end + timedelta(days=3),
    ]


when = st.sampled_from([instant for month in MONTHS for instant in instants(month)])
month_ends = st.sampled_from([month.end + timedelta(minutes=30) for month in MONTHS])
closed_when = st.one_of(month_ends, when)


def world() -> None:
    """What never changes: the calendar, the people, their orders and slips."""
    days = [day for month in [*MONTHS, AFTER] for day in month.days()]
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=day in workdays(Month.of(day))) for day in days
    )
    for p in PEOPLE.values():
        person = builders.person(
            p.no,
            hired=str(p.hired_on),
            left=str(p.left_on) if p.left_on else None,
            channel="telephone",
            base_salary=str(from_fen(p.base)),
        )
        paid = builders.order(person, f"O-{p.no}", amount="9000000.00", signed="2025-10-01")
        debt = builders.order(
            person,
            f"D-{p.no}",
            amount="9000000.00",
            signed="2025-10-01",
            delivered={"2025-10-02": str(from_fen(DELIVERED))},
        )
        for number, order in ((1, paid), (2, debt)):
            slip_no = f"S{sorted(PEOPLE).index(p.no) * 2 + number:04d}"
            builders.slip(order, slip_no, due="9000000.00", issued="2025-10-03 09:00")
        Punch.objects.bulk_create(
            Punch(person=person, at=builders.at(f"{day} {at}"))
            for month in MONTHS
            for day in workdays(month)
            for at in PUNCHES["well"]
        )


class LedgerMachine(RuleBasedStateMachine):
    """Each rule does one thing to the program and the same to the model."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.books = Books()
        self.facts = self.books.facts
        self.looked_at = (0, 0)
        self.final_statements: dict[Month, list[tuple[str, str, Decimal]]] = {}
        self.ids = {person.employee_no: person.pk for person in Person.objects.all()}
        self.orders = dict(
            Order.objects.filter(order_no__startswith="O").values_list("person__employee_no", "id")
        )
        self.debts = dict(
            Order.objects.filter(order_no__startswith="D").values_list("person__employee_no", "id")
        )
        self.slips = {
            (slip.person.employee_no, slip.order.order_no.startswith("D")): slip.pk
            for slip in Slip.objects.select_related("person", "order")
        }

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def say(self, model, key: tuple[str, ...], **row: object) -> None:
        facts_replace(model=model, key=key, rows=[row], actor=None)

    # Facts and their corrections: the same rule says a thing first, and corrects it later.

    @rule(no=people, day=work_days, how=st.sampled_from(sorted(ATTENDED)))
    def attends(self, no: str, day: date, how: str) -> None:
        self.facts.attended[no, day] = how
        person = self.ids[no]
        start, end = clock.start_of(day), clock.end_of(day)
        Punch.objects.filter(person=person, at__gte=start, at__lt=end).delete()
        rows = [{"person_id": person, "at": builders.at(f"{day} {at}")} for at in PUNCHES[how]]
        facts_replace(model=Punch, key=("person_id", "at"), rows=rows, actor=None)

    @rule(no=people, day=work_days, side=sides, accepted=st.booleans())
    def excuse(self, no: str, day: date, side: str, accepted: bool) -> None:
        (self.facts.excused.add if accepted else self.facts.excused.discard)((no, day, side))
        self.say(
            Excuse,
            ("person_id", "date", "side"),
            person_id=self.ids[no],
            date=day,
            side=side,
            status="accepted" if accepted else "rejected",
        )

    @rule(no=people, day=work_days, side=sides, paid_at=st.one_of(st.none(), when))
    def fine_paid_in_cash(self, no: str, day: date, side: str, paid_at: datetime | None) -> None:
        about = (no, day, side)
        if paid_at is None:
            self.facts.in_cash.pop(about, None)
            FinePayment.objects.filter(person=self.ids[no], date=day, side=side).delete()
            return
        self.facts.in_cash[about] = paid_at
        self.say(
            FinePayment,
            ("person_id", "date", "side"),
            person_id=self.ids[no],
            date=day,
            side=side,
            paid_at=paid_at,
        )

    @rule(
        slot=slots,
        no=people,
        on_debt=st.booleans(),
        amount=st.sampled_from([1, 50, 49_999, DELIVERED, 5_000_050, 20_000_017, 60_000_000]),
        transfer=st.booleans(),
        received_at=when,
        handed_in_at=st.one_of(st.none(), when),
    )
    def payment(
        self,
        slot: str,
        no: str,
        on_debt: bool,
        amount: int,
        transfer: bool,
        received_at: datetime,
        handed_in_at: datetime | None,
    ) -> None:
        if handed_in_at and handed_in_at < received_at:
            received_at, handed_in_at = handed_in_at, received_at
        self._payment(slot, Paid(no, on_debt, amount, transfer, received_at, handed_in_at))

    @rule(slot=slots, at=st.one_of(st.none(), when))
    def handover_corrected(self, slot: str, at: datetime | None) -> None:
        paid = self.facts.paid.get(slot)
        if paid and (at is None or at >= paid.received_at):
            self._payment(slot, paid._replace(handed_in_at=at))

    @rule(slot=slots, at=when)
    def receipt_corrected(self, slot: str, at: datetime) -> None:
        paid = self.facts.paid.get(slot)
        if paid and (paid.handed_in_at is None or at <= paid.handed_in_at):
            self._payment(slot, paid._replace(received_at=at))

    def _payment(self, slot: str, paid: Paid) -> None:
        self.facts.paid[slot] = paid
        self.say(
            Payment,
            ("payment_no",),
            payment_no=slot,
            slip_id=self.slips[paid.person, paid.on_debt],
            amount=from_fen(paid.fen),
            method="transfer" if paid.transfer else "cash",
            received_at=paid.received_at,
            handed_in_at=paid.handed_in_at,
        )

    @rule(
        slot=slots,
        no=people,
        kind=st.sampled_from(["travel", "meal"]),
        amount=fen_or_none,
        approved_on=st.one_of(st.none(), fact_days),
    )
    def expense(self, slot: str, no: str, kind: str, amount: int, approved_on: date | None) -> None:
        self.facts.expenses[slot] = (no, kind, amount, approved_on)
        self.say(
            Expense,
            ("claim_no",),
            claim_no=slot,
            person_id=self.ids[no],
            order_id=self.orders[no],
            kind=kind,
            spent_on=date(2025, 10, 5),
            amount=from_fen(amount),
            approved_on=approved_on,
        )

    @rule(slot=slots, no=people, on=fact_days, amount=fen_or_none)
    def damage(self, slot: str, no: str, on: date, amount: int) -> None:
        self.facts.damages[slot] = (no, on, amount)
        self.say(
            Damage,
            ("damage_no",),
            damage_no=slot,
            person_id=self.ids[no],
            on=on,
            item="lamp",
            cost_price=from_fen(amount),
        )

    @rule(no=people, on=fact_days, amount=fen_or_none)
    def bonus(self, no: str, on: date, amount: int) -> None:
        self.facts.bonuses[no, on] = amount
        self.say(
            Reward,
            ("person_id", "decided_on", "kind", "note"),
            person_id=self.ids[no],
            decided_on=on,
            kind="bonus",
            amount=from_fen(amount),
            note="",
        )

    @rule(slot=slots, no=people, on=fact_days, forfeits=st.booleans())
    def conduct(self, slot: str, no: str, on: date, forfeits: bool) -> None:
        self.facts.forfeits.pop(slot, None)
        if forfeits:
            self.facts.forfeits[slot] = (no, on)
        self.say(
            ConductCase,
            ("case_no",),
            case_no=slot,
            person_id=self.ids[no],
            offence="poaching",
            decided_on=on,
            sanction="forfeit" if forfeits else "warning",
        )

    @rule(month=months, amount=fen_or_none)
    def pool_opening(self, month: Month, amount: int) -> None:
        self.facts.pool_said[month] = amount
        self.say(PoolOpening, ("month",), month=month, amount=from_fen(amount))

    @rule(no=people, as_of=fact_days, amount=fen_or_none)
    def reserve_opening(self, no: str, as_of: date, amount: int) -> None:
        self.facts.reserve_said[no] = (as_of, amount)
        self.say(
            ReserveOpening,
            ("person_id",),
            person_id=self.ids[no],
            as_of=as_of,
            balance=from_fen(amount),
        )

    @rule(
        no=people,
        opened_on=fact_days,
        outcome=st.sampled_from(["", "recovered", "dead", "dead"]),
        outcome_on=fact_days,
    )
    def bad_debt(self, no: str, opened_on: date, outcome: str, outcome_on: date) -> None:
        case = Case(min(opened_on, outcome_on), outcome, outcome_on if outcome else None)
        self.facts.cases[no] = case
        self.say(
            BadDebt, ("case_no",), case_no=f"B-{no}", order_id=self.debts[no], **case._asdict()
        )

    @precondition(lambda self: self.facts.cases)
    @rule(data=st.data(), on=fact_days, amount=fen_or_none)
    def legal_cost(self, data: st.DataObject, on: date, amount: int) -> None:
        no = data.draw(st.sampled_from(sorted(self.facts.cases)))
        self.facts.costs[no, on] = amount
        case = BadDebt.objects.get(case_no=f"B-{no}")
        self.say(
            LegalCost,
            ("case_id", "incurred_on"),
            case_id=case.pk,
            incurred_on=on,
            amount=from_fen(amount),
        )

    @rule(no=people, amount=fen)
    def salary(self, no: str, amount: int) -> None:
        """A rise: of today, never of a month that is final."""
        self.facts.base[no] = amount
        self.say(Person, ("employee_no",), employee_no=no, base_salary=from_fen(amount))

    # Waivers.

    @precondition(lambda self: self.standing_keys())
    @rule(data=st.data())
    def waive(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.standing_keys()))
        waiver_grant(key=key, reason="the first time")
        self.books.waived.add(key)

    @precondition(lambda self: self.books.waived)
    @rule(data=st.data())
    def withdraw_waiver(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.books.waived)))
        assert waiver_withdraw(key=key, reason="a mistake")
        self.books.waived.discard(key)

    def standing_keys(self) -> list[str]:
        return sorted({key for standing in self.books.stands.values() for key in standing})

    # Closes and finals.

    @rule(month=months, as_of=closed_when)
    def close(self, month: Month, as_of: datetime) -> None:
        if not self.books.may_close(month, as_of):
            with pytest.raises(CannotClose):
                month_close(month=month, as_of=as_of)
            return
        month_close(month=month, as_of=as_of)
        self.books.close(month, as_of)

    @rule(ahead=st.sampled_from([0, 0, 0, 1, 2]))
    def final(self, ahead: int) -> None:
        month = self.next_final()
        for _ in range(ahead):
            month = month.next()
        self._final(month)

    def next_final(self) -> Month:
        return self.books.open_month or min(self.books.closed_as_of, default=MONTHS[0])

    def _final(self, month: Month) -> None:
        if not self.books.may_final(month):
            with pytest.raises(CannotFinal):
                month_final(month=month, early_reason="a test")
            return
        try:
            month_final(month=month, early_reason="a test")
        except CannotFinal as refusal:
            # A better explanation of the same amounts has to be looked at as well.
            if "facts have changed" not in str(refusal):
                raise
            month_close(month=month, as_of=self.books.closed_as_of[month])
            self.books.close(month, self.books.closed_as_of[month])
            month_final(month=month, early_reason="a test")
        self.books.make_final(month)
        self.final_statements[month] = list(statement_rows(month))

    @precondition(lambda self: self.books.closed_as_of)
    @rule()
    def settle_and_final(self) -> None:
        """What the company does at the end of a month."""
        month = self.next_final()
        if month in MONTHS:
            self.close(month, month.end)
            self._final(month)
            assert month in self.books.final

    @precondition(lambda self: self.books.closed_as_of)
    @rule()
    def settle(self) -> None:
        """With every month closed again the books are clean, and closing once more does nothing."""
        closed = sorted(self.books.closed_as_of)
        as_of = max(self.books.closed_as_of.values())
        month_close(month=closed[-1], as_of=as_of)
        self.books.close(closed[-1], as_of)
        entries = Entry.objects.count()
        again = month_close(month=closed[-1], as_of=as_of)
        assert [(c.posted, c.reversed) for c in again] == [(0, 0)] * len(closed)
        assert Entry.objects.count() == entries
        assert [str(problem) for problem in problems()] == []
        for month in closed:
            if month not in self.books.final:
                self._snapshots_agree(month)
                self._shadow_agrees(month, as_of)

    def _snapshots_agree(self, month: Month) -> None:
        kept = {
            s.person.employee_no: (to_fen(s.handed_in), to_fen(s.in_hand), s.slips_held)
            for s in CutoffSnapshot.objects.filter(month=month).select_related("person")
        }
        passed = self.books.closed_as_of[month] >= cutoff(month)
        assert kept == {no: (*self.books.snapshot(month, no), 2) for no in PEOPLE if passed}

    def _shadow_agrees(self, month: Month, as_of: datetime) -> None:
        shadow = assess_everybody(month=month, as_of=as_of)
        posted = list(statement_rows(month))
        assert list(shadow_rows(shadow, total_name=TOTAL)) == posted

    # What always holds.

    @invariant()
    def the_books_are_the_models(self) -> None:
        if self.looked_at == (looking := (Entry.objects.count(), len(self.books.moves))):
            return
        self.looked_at = looking
        self._statements_are_the_models()
        self._accounts_are_the_models_and_come_to_nothing()
        self._final_months_stay_and_are_paid_out()
        self._pool_opens_with_what_it_carried()

    def _statements_are_the_models(self) -> None:
        found: Counter[tuple[Month, str, str]] = Counter()
        by_rule = (
            Entry.objects.lines()
            .order_by()
            .values_list("pay_month", "person__employee_no", "rule", "source")
        )
        for month, no, about, source, yuan in by_rule.annotate(Sum("amount")):
            found[month, no, about] += to_fen(yuan) * (-1 if source == "pay" else 1)
        for month in [*MONTHS, AFTER]:
            stands = {key[1:]: n for key, n in found.items() if key[0] == month and n}
            assert stands == dict(self.books.lines(month)), month

    def _accounts_are_the_models_and_come_to_nothing(self) -> None:
        found = {
            (str(account), no): to_fen(yuan)
            for (account, no), yuan in Entry.objects.balances().items()
            if yuan
        }
        model: Counter[tuple[str, str]] = Counter()
        for _about, _on, item, _settles in self.books.moves:
            for account, sign in ((item.source, -1), (item.target, 1)):
                owner = item.person if account in ("pay", "reserve", "arrears") else ""
                model[account, owner] += sign * item.fen
        assert found == {key: n for key, n in model.items() if n}
        assert sum(found.values()) == 0

    def _final_months_stay_and_are_paid_out(self) -> None:
        """A final statement never changes again, and no yuan of it is left on pay (PAY-6)."""
        for month, rows in self.final_statements.items():
            assert list(statement_rows(month)) == rows
        final = Entry.objects.filter(pay_month__in=self.books.final)
        assert not any(
            yuan for (account, _no), yuan in final.balances().items() if account == "pay"
        )

    def _pool_opens_with_what_it_carried(self) -> None:
        """ATT-3: what goes in comes out or is carried; only the company's own word breaks it."""
        carried = None
        for month in sorted(self.books.closed_as_of):
            [(_month, carried_in, fines, shared_out, carried_out)] = pool_rows(month)
            assert carried_in + fines - shared_out == carried_out
            opened = any(key.startswith("ATT-3/pool/") for key in self.books.stands[month])
            if carried and carried[0].next() == month and not opened:
                assert carried_in == carried[1]
            carried = (month, carried_out)


def test_no_sequence_of_facts_closes_and_finals_loses_a_fen():
    world()
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="LEDGER_EXAMPLES" not in os.environ,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )

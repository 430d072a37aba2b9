"""Facts for tests: values for the rules, rows for the charges, with defaults that do not matter.

Instants and days are written as the company's clock shows them, yuan as they are printed. The
month of the examples is October 2026 (cutoff on Wednesday the 28th at 16:00).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from accounts.models import Person
from claims.models import Damage, Expense, Loan
from claims.rules import ClaimFact
from conduct.models import ConductCase, Reward
from core import clock
from core.months import CollectionMonth, Month
from customers.models import Customer, SpotCheck, Visit
from orders.models import Delivery, Order, Transfer
from payroll.assessment import context_of
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, PersonFacts
from policy.rules import PolicyBook
from receivables.models import BadDebt, LateHandover, LegalCost, Payment, ReserveOpening, Slip
from receivables.rules.custody import PaymentFact, SlipFact
from receivables.rules.reserve import CaseFact, CostFact

HER = "Y007"


def at(text: str) -> datetime:
    """The instant at which the company's clock shows `2026-10-28 16:00:00.000001`."""
    return clock.from_local(datetime.fromisoformat(text))


def at_or_none(text: str | None) -> datetime | None:
    return at(text) if text else None


def day(text: str) -> date:
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    return day(text) if text else None


def yuan(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def book(*changes: str) -> PolicyBook:
    """A policy from changes written `2026-10-05 carryover_fine 300`."""
    parts = [change.split(" ") for change in changes]
    return PolicyBook.of((day(on), name, value) for on, name, value in parts)


def since_ever(*settings: str) -> PolicyBook:
    """A policy that always differed from the documents': `reserve_on no`."""
    return book(*(f"2000-01-01 {setting}" for setting in settings))


# Values for the rules.


def collection_month(
    month: str = "2026-10", after: str = "2026-09-28 16:00", cutoff: str = "2026-10-28 16:00"
) -> CollectionMonth:
    return CollectionMonth(Month.parse(month), after=at(after), cutoff=at(cutoff))


def person_fact(
    employee_no: str = HER,
    *,
    hired: str = "2024-01-01",
    left: str | None = None,
    channel: str = "field",
    base_salary: str = "3000.00",
) -> PersonFacts:
    return PersonFacts(employee_no, channel, day(hired), day_or_none(left), yuan(base_salary))


def payment_fact(
    payment_no: str = "P1",
    *,
    employee_no: str = HER,
    amount: str = "1000.00",
    received: str = "2026-10-20 10:00",
    handed_in: str | None = None,
    transfer: bool = False,
    sold_by: str = HER,
) -> PaymentFact:
    return PaymentFact(
        payment_no=payment_no,
        employee_no=employee_no,
        slip_no="S1",
        amount=yuan(amount),
        is_transfer=transfer,
        received_at=at(received),
        handed_in_at=at_or_none(handed_in),
        sold_by=sold_by,
    )


def slip_fact(
    slip_no: str = "S1",
    *,
    employee_no: str = HER,
    issued: str = "2026-10-20 09:00",
    returned: str | None = None,
    due: str = "1000.00",
) -> SlipFact:
    return SlipFact(slip_no, employee_no, at(issued), at_or_none(returned), yuan(due))


def case_fact(
    case_no: str = "B1",
    *,
    opened: str = "2026-03-02",
    dead: str | None = None,
    recovered: str | None = None,
    employee_no: str = HER,
    order_no: str = "O1",
) -> CaseFact:
    outcome = "dead" if dead else "recovered" if recovered else ""
    ended = day_or_none(dead or recovered)
    return CaseFact(case_no, employee_no, order_no, day(opened), outcome, ended)


def cost_fact(amount: str, on: str, case: CaseFact | None = None) -> CostFact:
    return CostFact(case or case_fact(), day(on), yuan(amount))


def claim_fact(
    claim_no: str = "C1",
    *,
    amount: str = "100.00",
    approved: str = "2026-10-12",
    kind: str = "travel",
    order_no: str = "O1",
    order_amount: str = "50000.00",
    signed: str | None = "2026-09-01",
    employee_no: str = HER,
) -> ClaimFact:
    return ClaimFact(
        claim_no,
        employee_no,
        order_no,
        kind,
        yuan(amount),
        day(approved),
        yuan(order_amount),
        day_or_none(signed),
    )


def charge(
    rule: str,
    amount: str,
    *,
    employee_no: str = HER,
    about: str = "2026-10",
    source: Account = Account.COMPANY,
    target: Account = Account.PAY,
) -> Charge:
    """A charge as an earlier step may have yielded it; to pay unless said otherwise."""
    return Charge(
        key=f"{rule}/{employee_no}/{about}",
        employee_no=employee_no,
        rule=rule,
        source=source,
        target=target,
        amount=yuan(amount),
        policy_on=date(2026, 10, 31),
        arithmetic=Arithmetic("", {}),
        evidence=(),
    )


def lines(charges: Iterable[Charge]) -> list[tuple[str, str, str]]:
    """Charges as (key, from>to, yuan), in the order they were yielded."""
    return [(c.key, f"{c.source}>{c.target}", str(c.amount)) for c in charges]


def evidence_rows(found: Charge) -> list[str]:
    return [evidence.row for evidence in found.evidence]


# Rows for the charges.


def context(
    month: str = "2026-10",
    as_of: str = "2026-12-31 00:00",
    *,
    policy: PolicyBook | None = None,
    **instead: object,
) -> CloseContext:
    """The month as the close reads it from the database, some of it replaced."""
    read = context_of(month=Month.parse(month), as_of=at(as_of), book=policy)
    return replace(read, **instead)  # type: ignore[arg-type]


def person(
    employee_no: str = HER,
    *,
    roles: str = "salesperson",
    hired: str = "2024-01-01",
    left: str | None = None,
    channel: str = "field",
    base_salary: str = "3000.00",
) -> Person:
    return Person.objects.create(
        employee_no=employee_no,
        name=employee_no,
        roles=roles,
        channel=channel,
        hired_on=day(hired),
        left_on=day_or_none(left),
        base_salary=yuan(base_salary),
    )


def customer(customer_no: str = "K1", owner: Person | None = None) -> Customer:
    found, _made = Customer.objects.get_or_create(
        customer_no=customer_no,
        defaults={"name": customer_no, "owner": owner, "created_on": date(2024, 1, 1)},
    )
    return found


def order(
    who: Person,
    order_no: str = "O1",
    *,
    amount: str = "50000.00",
    signed: str | None = "2026-09-01",
    delivered: Mapping[str, str] | None = None,
) -> Order:
    """An order, with its deliveries by day."""
    made = Order.objects.create(
        order_no=order_no,
        customer=customer(owner=who),
        person=who,
        amount=yuan(amount),
        signed_on=day_or_none(signed),
    )
    for on, worth in (delivered or {}).items():
        Delivery.objects.create(order=made, delivered_on=day(on), amount=yuan(worth))
    return made


def transfer(of: Order, to: Person, when: str) -> Transfer:
    """An order passes to somebody else at an instant."""
    made: Transfer = Transfer.objects.create(
        order=of,
        from_person=of.person,
        to_person=to,
        reason="moved away",
        token=uuid4(),
        state=Transfer.State.APPROVED,
        asked_at=at(when),
        decided_at=at(when),
        reply="agreed",
    )
    of.person = to
    of.save(update_fields=["person"])
    return made


def slip(
    of: Order,
    slip_no: str = "S1",
    *,
    held_by: Person | None = None,
    due: str = "500000.00",
    issued: str = "2026-01-05 09:00",
    returned: str | None = None,
) -> Slip:
    return Slip.objects.create(
        slip_no=slip_no,
        order=of,
        person=held_by or of.person,
        issued_at=at(issued),
        amount_due=yuan(due),
        returned_at=at_or_none(returned),
    )


def payment(
    on: Slip,
    payment_no: str = "P1",
    *,
    amount: str = "1000.00",
    method: str = "cash",
    received: str = "2026-10-20 10:00",
    handed_in: str | None = None,
) -> Payment:
    return Payment.objects.create(
        payment_no=payment_no,
        slip=on,
        amount=yuan(amount),
        method=method,
        received_at=at(received),
        handed_in_at=at_or_none(handed_in),
    )


def late_handover(who: Person, on: str, declared: str) -> LateHandover:
    return LateHandover.objects.create(
        person=who, date=day(on), declared_at=at(declared), reason="the last train had left"
    )


def reserve_opening(who: Person, as_of: str, balance: str) -> ReserveOpening:
    return ReserveOpening.objects.create(person=who, as_of=day(as_of), balance=yuan(balance))


def bad_debt(
    of: Order,
    case_no: str = "B1",
    *,
    opened: str = "2026-03-02",
    dead: str | None = None,
    recovered: str | None = None,
    costs: Mapping[str, str] | None = None,
) -> BadDebt:
    """A case, with its legal costs by day."""
    made = BadDebt.objects.create(
        case_no=case_no,
        order=of,
        opened_on=day(opened),
        outcome="dead" if dead else "recovered" if recovered else "",
        outcome_on=day_or_none(dead or recovered),
    )
    for on, amount in (costs or {}).items():
        LegalCost.objects.create(case=made, incurred_on=day(on), amount=yuan(amount))
    return made


def expense(
    of: Order,
    claim_no: str = "C1",
    *,
    who: Person | None = None,
    kind: str = "travel",
    amount: str = "100.00",
    approved: str | None = "2026-10-12",
) -> Expense:
    return Expense.objects.create(
        claim_no=claim_no,
        person=who or of.person,
        order=of,
        kind=kind,
        spent_on=date(2026, 9, 15),
        amount=yuan(amount),
        approved_on=day_or_none(approved),
    )


def loan(
    who: Person,
    loan_no: str = "L1",
    *,
    item: str = "demo lamp",
    price: str = "888.00",
    lent: str = "2026-09-01 09:00",
    returned: str | None = "2026-10-12",
    condition: str = "good",
) -> Loan:
    return Loan.objects.create(
        loan_no=loan_no,
        person=who,
        item=item,
        price=yuan(price),
        lent_at=at(lent),
        returned_on=day_or_none(returned),
        condition=condition,
    )


def damage(
    who: Person,
    damage_no: str = "D1",
    *,
    on: str = "2026-10-12",
    cost_price: str = "120.50",
    on_purpose: bool = False,
) -> Damage:
    return Damage.objects.create(
        damage_no=damage_no,
        person=who,
        on=day(on),
        item="projector",
        cost_price=yuan(cost_price),
        on_purpose=on_purpose,
    )


def visit(
    who: Person,
    on: Customer,
    when: str = "2026-10-12 10:00",
    *,
    kind: str = "first",
    void: bool = False,
) -> Visit:
    return Visit.objects.create(person=who, customer=on, at=at(when), kind=kind, void=void)


def spot_check(
    who: Person, of: Customer, on: str = "2026-10-12", verdict: str = "none"
) -> SpotCheck:
    return SpotCheck.objects.create(person=who, customer=of, checked_on=day(on), verdict=verdict)


def reward(
    who: Person,
    on: str = "2026-10-12",
    *,
    kind: str = "bonus",
    amount: str | None = "200.00",
    note: str = "",
) -> Reward:
    return Reward.objects.create(
        person=who,
        decided_on=day(on),
        kind=kind,
        amount=yuan(amount) if amount else None,
        note=note,
    )


def conduct_case(
    who: Person,
    case_no: str = "D1",
    *,
    on: str = "2026-10-12",
    sanction: str = "forfeit",
    offence: str = "poaching",
) -> ConductCase:
    return ConductCase.objects.create(
        case_no=case_no, person=who, offence=offence, decided_on=day(on), sanction=sanction
    )

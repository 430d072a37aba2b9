"""ORG-1, line by line: of every table that is somebody's, who sees whose rows.

The rows exist, and belong to two teams: hers (Y001 of 销售1组) and a stranger's (Y003 of 销售2组).
"""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps

from accounts.backends import login_read
from accounts.models import (
    HandoverTick,
    Person,
    PositionChange,
    PositionPlan,
    Qualification,
    StandIn,
    User,
)
from attendance.models import (
    AbsenceDecision,
    Excuse,
    FinePayment,
    Leave,
    MakeUpPunch,
    Outing,
    Punch,
    Trip,
    TripReport,
)
from claims.models import Damage, Expense, Goods, Loan, LoanRequest
from conduct.models import ConductCase, Reward
from core import clock
from customers.models import (
    Comment,
    Contact,
    Customer,
    ExportGrant,
    OwnerChange,
    SpotCheck,
    Tag,
    Visit,
)
from notices.models import BoardNotice, BoardReading, Outgoing, Preference
from orders.models import Delivery, Dispute, MarginRequest, Order, Transfer
from payroll.models import (
    Duty,
    EmploymentTerms,
    Entry,
    Finding,
    PayoutBatch,
    PayoutLine,
    Shadow,
    ShadowRow,
    StatementReview,
)
from payroll.simulation.models import PolicySimulation, SimulationRow
from policy.models import PolicyDraft
from receivables.models import (
    BadDebt,
    CutoffSnapshot,
    LateHandover,
    LegalCost,
    Payment,
    ReserveOpening,
    Slip,
    UnpaidDelivery,
)
from tests import cast
from tests.builders import at, yuan
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
)

DAY, MOMENT = date(2026, 10, 12), at("2026-10-12 10:00")
NOBODY, HERS, THEIRS, BOTH = set(), {SHE}, {STRANGER}, {SHE, STRANGER}
TEAMS = {
    SHE: HERS,
    STRANGER: THEIRS,
    MATE: NOBODY,
    SUPERVISOR: HERS,
    OTHER_SUPERVISOR: THEIRS,
    MANAGER: BOTH,
    LEADER: BOTH,
}
MONEY = TEAMS | {FINANCE: BOTH, CASHIER: BOTH, KEEPER: NOBODY, PERSONNEL: NOBODY}
GOODS = TEAMS | {FINANCE: NOBODY, CASHIER: NOBODY, KEEPER: BOTH, PERSONNEL: NOBODY}
HEADS = TEAMS | {FINANCE: NOBODY, CASHIER: NOBODY, KEEPER: NOBODY, PERSONNEL: NOBODY}
STAFF = TEAMS | {FINANCE: NOBODY, CASHIER: NOBODY, KEEPER: NOBODY, PERSONNEL: BOTH}
ALL_BUT_GOODS = TEAMS | {FINANCE: BOTH, CASHIER: BOTH, KEEPER: NOBODY, PERSONNEL: BOTH}
OWN = dict.fromkeys(ALL_BUT_GOODS, NOBODY) | {SHE: HERS, STRANGER: THEIRS}
SIMULATED = dict.fromkeys(ALL_BUT_GOODS, NOBODY) | {MANAGER: BOTH, LEADER: BOTH, FINANCE: BOTH}

# Each table: the way to whose a row is, and who sees whose.
TABLES = {
    Person: ("", ALL_BUT_GOODS),
    PositionChange: ("person", STAFF),
    PositionPlan: ("person", STAFF),
    Qualification: ("person", STAFF),
    HandoverTick: ("person", STAFF),
    StandIn: ("absent", STAFF),
    Entry: ("person", MONEY),
    EmploymentTerms: ("person", MONEY),
    Duty: ("person", ALL_BUT_GOODS),
    Finding: ("person", ALL_BUT_GOODS),
    Customer: ("owner", HEADS),
    Contact: ("customer__owner", HEADS),
    Comment: ("customer__owner", HEADS),
    OwnerChange: ("customer__owner", HEADS),
    Tag: ("customer__owner", HEADS),
    ExportGrant: ("person", HEADS),
    Visit: ("person", HEADS),
    SpotCheck: ("person", HEADS),
    Order: ("person", MONEY),
    Delivery: ("order__person", MONEY),
    Dispute: ("order__person", MONEY),
    MarginRequest: ("order__person", MONEY),
    Transfer: ("from_person", MONEY),
    Slip: ("person", MONEY),
    Payment: ("slip__person", MONEY),
    LateHandover: ("person", MONEY),
    CutoffSnapshot: ("person", MONEY),
    ReserveOpening: ("person", MONEY),
    BadDebt: ("order__person", MONEY),
    LegalCost: ("case__order__person", MONEY),
    UnpaidDelivery: ("order__person", MONEY),
    Expense: ("person", MONEY),
    Damage: ("person", MONEY | {KEEPER: BOTH}),
    Loan: ("person", GOODS),
    LoanRequest: ("person", GOODS),
    Punch: ("person", STAFF),
    Excuse: ("person", STAFF),
    MakeUpPunch: ("person", STAFF),
    Outing: ("person", STAFF),
    AbsenceDecision: ("person", STAFF),
    Leave: ("person", STAFF),
    Trip: ("person", STAFF),
    TripReport: ("person", STAFF),
    FinePayment: ("person", STAFF | {FINANCE: BOTH, CASHIER: BOTH}),
    Reward: ("person", STAFF),
    ConductCase: ("person", STAFF),
    BoardReading: ("person", STAFF),
    Outgoing: ("person", OWN),
    Preference: ("person", OWN),
    PayoutLine: ("person", MONEY),
    ShadowRow: ("person", MONEY),
    SimulationRow: ("person", SIMULATED),
    StatementReview: ("person", MONEY),
}


@pytest.fixture
def facts(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        people = cast.people_make()
        cast.closed_month()
        for n, no in enumerate((SHE, STRANGER)):
            facts_of(people[no], n, people[PERSONNEL])
        paid_and_told(people[SHE], people[STRANGER])
        yield


def paid_and_told(*whose: Person) -> None:
    """A payment, a shadow, a simulation, a notice: one row each of one parent."""
    by = User.objects.get(username=MANAGER)
    batch = PayoutBatch.objects.create(
        month=cast.MONTH, number=1, count=2, total=yuan("2"), sha256="0" * 64, made_by=by
    )
    shadow = Shadow.objects.create(month=cast.MONTH, as_of=MOMENT)
    draft = PolicyDraft.objects.create(name="x", effective_on=DAY, made_by=by)
    simulation = PolicySimulation.objects.create(
        draft=draft,
        draft_version=1,
        changes={},
        effective_on=DAY,
        month=cast.MONTH,
        requested_by=by,
    )
    notice = BoardNotice.objects.create(title="x", text="x", made_by=by)
    for who in whose:
        account = {"holder": who.name, "bank": "x", "number": "1"}
        PayoutLine.objects.create(
            batch=batch, month=cast.MONTH, person=who, amount=yuan("1"), **account
        )
        ShadowRow.objects.create(shadow=shadow, person=who, by_rule={}, total=yuan("1"))
        amounts = dict.fromkeys(("before", "after", "difference", "size"), yuan("1"))
        SimulationRow.objects.create(simulation=simulation, person=who, **amounts)
        BoardReading.objects.create(notice=notice, person=who, version=1)
        Outgoing.objects.create(person=who, key="x")
        Preference.objects.create(person=who)
        StatementReview.objects.create(month=cast.MONTH, person=who)


def file_of(customer: Customer, who: Person, other: Person) -> None:
    """What belongs to a customer's file."""
    Contact.objects.create(customer=customer, name="x", token=uuid4())
    Tag.objects.create(customer=customer, word="x")
    OwnerChange.objects.create(customer=customer, from_person=other, to_person=who, reason="x")
    said = {"reason": "x", "until_on": DAY, "token": uuid4()}
    ExportGrant.objects.create(
        person=who, given_by=User.objects.get(person__employee_no=LEADER), **said
    )
    Comment.objects.create(
        customer=customer, text="x", by=User.objects.get(person=other), token=uuid4()
    )


def facts_of(who: Person, n: int, other: Person) -> None:
    position = {"roles": who.roles, "base_salary": yuan("1"), "from_on": DAY}
    PositionChange.objects.create(person=who, kind="hired", **position)
    PositionPlan.objects.create(person=who, kind="pay", **position)
    Qualification.objects.create(person=who, name="GSP")
    HandoverTick.objects.create(person=who, item="x", label="x", to=other)
    StandIn.objects.create(
        absent=who, stand_in=other, roles="supervisor", from_on=DAY, until_on=DAY, reason="x"
    )
    EmploymentTerms.objects.create(
        month=cast.MONTH, person=who, hired_on=DAY, base_salary=yuan("1")
    )
    note = {"month": cast.MONTH, "person": who, "rule": "ATT-5"}
    Duty.objects.get_or_create(key=f"d{n}", defaults={**note, "points": 1})
    Finding.objects.get_or_create(key=f"f{n}", defaults={**note, "days": 16})
    customer = Customer.objects.create(customer_no=f"K{n}", name="客户", owner=who, created_on=DAY)
    file_of(customer, who, other)
    Visit.objects.create(person=who, customer=customer, at=MOMENT, kind="first")
    SpotCheck.objects.create(person=who, customer=customer, checked_on=DAY, verdict="none")
    order = Order.objects.create(
        order_no=f"D{n}", customer=customer, person=who, amount=yuan("9"), signed_on=DAY
    )
    Delivery.objects.create(order=order, delivered_on=DAY, amount=yuan("9"))
    Dispute.objects.create(order=order, text="x", token=uuid4())
    asked = {"order": order, "reason": "x", "token": uuid4()}
    MarginRequest.objects.create(**asked, amount=yuan("9"), margin=yuan("1"))
    # To one who sees all of them anyway: whoever is named sees it.
    leader = Person.objects.get(employee_no=LEADER)
    Transfer.objects.create(**asked, from_person=who, to_person=leader)
    UnpaidDelivery.objects.create(
        order=order,
        delivered_on=DAY,
        amount=yuan("9"),
        unpaid=yuan("9"),
        reminded_on=date(2026, 11, 1),
    )
    slip = Slip.objects.create(
        slip_no=f"S{n}", order=order, person=who, issued_at=MOMENT, amount_due=yuan("9")
    )
    Payment.objects.create(
        payment_no=f"P{n}", slip=slip, amount=yuan("1"), method="cash", received_at=MOMENT
    )
    LateHandover.objects.create(person=who, date=DAY, declared_at=MOMENT)
    CutoffSnapshot.objects.get_or_create(
        month=cast.MONTH,
        person=who,
        defaults={"handed_in": yuan("1"), "in_hand": yuan("1"), "slips_held": 1},
    )
    ReserveOpening.objects.create(person=who, as_of=DAY, balance=yuan("150"))
    case = BadDebt.objects.create(case_no=f"B{n}", order=order, opened_on=DAY)
    LegalCost.objects.create(case=case, incurred_on=DAY, amount=yuan("1"))
    Expense.objects.create(
        claim_no=f"E{n}", person=who, order=order, kind="meal", spent_on=DAY, amount=yuan("1")
    )
    Damage.objects.create(damage_no=f"G{n}", person=who, on=DAY, item="lamp", cost_price=yuan("1"))
    Loan.objects.create(loan_no=f"L{n}", person=who, item="lamp", price=yuan("1"), lent_at=MOMENT)
    piece = Goods.objects.create(code=f"Y{n}", name="lamp", price=yuan("1"))
    LoanRequest.objects.create(goods=piece, person=who, token=uuid4())
    Punch.objects.create(person=who, at=MOMENT)
    Excuse.objects.create(person=who, date=DAY, side="in", status="pending")
    MakeUpPunch.objects.create(person=who, at=MOMENT, reason="x")
    Outing.objects.create(
        person=who, start_at=MOMENT, end_at=at("2026-10-12 11:00"), status="pending"
    )
    AbsenceDecision.objects.create(
        person=who,
        month=cast.MONTH,
        days=16,
        kind="talk",
        reason="x",
        number=1,
        decided_by=User.objects.get(username=MANAGER),
    )
    FinePayment.objects.create(person=who, date=DAY, side="in", paid_at=MOMENT)
    leave = {"start_on": DAY, "end_on": DAY, "start_half": "am", "end_half": "pm"}
    Leave.objects.create(person=who, type="personal", status="pending", **leave)
    Trip.objects.create(person=who, start_on=DAY, end_on=DAY, status="pending")
    TripReport.objects.create(person=who, date=DAY, reported_at=MOMENT)
    Reward.objects.create(person=who, decided_on=DAY, kind="praise")
    ConductCase.objects.create(
        case_no=f"C{n}", person=who, offence="dress", decided_on=DAY, sanction="criticism"
    )


def login(no: str) -> User:
    user = login_read(User.objects.get(username=no).pk)
    assert user is not None
    return user


def owners(model, no: str) -> set[str]:
    way = TABLES[model][0]
    number = f"{way}__employee_no" if way else "employee_no"
    rows = model.objects.visible_to(login(no)).order_by().values_list(number, flat=True)
    return set(rows) & BOTH


@pytest.mark.usefixtures("facts")
def test_who_sees_whose():
    wrong = {
        (model.__name__, no): (found, wanted)
        for model, (_way, sees) in TABLES.items()
        for no, wanted in sees.items()
        if (found := owners(model, no)) != wanted
    }
    assert not wrong


@pytest.mark.usefixtures("facts")
def test_the_rows_are_there_to_be_seen():
    """The control: no table above is empty for want of rows."""
    empty = {m.__name__ for m in TABLES if set().union(*(owners(m, no) for no in TEAMS)) != BOTH}
    assert empty == set()


@pytest.mark.usefixtures("facts")
def test_a_stand_in_sees_what_the_absent_one_sees_and_only_for_these_days():
    he = {"absent__employee_no": OTHER_SUPERVISOR}
    StandIn.objects.create(
        absent=Person.objects.get(employee_no=OTHER_SUPERVISOR),
        stand_in=Person.objects.get(employee_no=MATE),
        roles="supervisor",
        from_on=date(2026, 11, 2),
        until_on=date(2026, 11, 3),
        reason="ill",
    )
    assert StandIn.objects.filter(**he).exists()
    for model, (_way, sees) in TABLES.items():
        assert owners(model, MATE) == sees[OTHER_SUPERVISOR], model
    with clock.set_to(at("2026-11-04 00:00")):
        for model in TABLES:
            assert owners(model, MATE) == NOBODY, model


@pytest.mark.usefixtures("facts")
def test_a_login_of_nobody_sees_nothing():
    nobody = User.objects.create(username="nobody")
    for model in TABLES:
        assert not model.objects.visible_to(nobody).exists(), model


def test_no_table_is_forgotten():
    """Whatever names a person says who sees it (a login is no record of theirs)."""
    naming = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Person
    } - {User}
    assert naming >= {Order, Punch, StandIn}
    silent = {m._meta.label for m in naming if not hasattr(m.objects.all(), "visible_to")}
    assert not silent

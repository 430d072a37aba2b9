"""A close remembers what it read, and what it remembers hides nothing.

Each test holds a close that may remember against one that may not: whatever happened in between,
forgetting everything and closing again finds nothing left to do.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from accounts.models import Person
from attendance.models import (
    Excuse,
    FinePayment,
    Leave,
    LeaveType,
    Outage,
    Outing,
    PoolOpening,
    Punch,
    Trip,
)
from claims.models import Damage, Expense, Loan
from conduct.models import ConductCase, Reward
from core import clock, readings
from core.models import Reading
from core.verification import problems
from customers.models import SpotCheck, Visit
from orders.models import Delivery, Order
from payroll.models import Duty, Entry
from payroll.services import close_department, close_groups, month_close, waiver_grant
from policy.models import CalendarDay, PolicyParameter
from receivables.models import (
    BadDebt,
    CutoffSnapshot,
    LateHandover,
    LegalCost,
    Payment,
    ReserveOpening,
    Slip,
)
from tests.books import AFTER_OCTOBER, OCTOBER, SEED, october_closed
from tests.oracle.generator import generate
from tests.worked import exported, load

pytestmark = pytest.mark.django_db


def close(as_of: datetime = AFTER_OCTOBER) -> set[tuple[int, int]]:
    """How much each month's close posted and reversed."""
    closes = month_close(month=OCTOBER, as_of=clock.from_local(as_of))
    return {(closed.posted, closed.reversed) for closed in closes}


def forgotten(as_of: datetime = AFTER_OCTOBER) -> set[tuple[int, int]]:
    """The same by a close that remembers nothing."""
    Reading.objects.all().delete()
    return close(as_of)


NOTHING = {(0, 0)}


@pytest.fixture
def october(tmp_path: Path) -> None:
    """Closed twice: the first close takes down the cutoff's boundaries, which it had to read."""
    october_closed(tmp_path)
    close()


@pytest.fixture
def no_assessing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("assessed")

    for module in (close_groups, close_department):
        monkeypatch.setattr(module, "assess", refused)


def test_where_nothing_changed_nothing_is_reckoned(october, no_assessing):
    before = exported("2026-10")
    assert close() == NOTHING
    assert close(AFTER_OCTOBER + timedelta(hours=1)) == NOTHING
    assert exported("2026-10") == before
    assert list(problems()) == []


def test_control_what_is_forgotten_is_reckoned(october, no_assessing):
    with pytest.raises(AssertionError, match="assessed"):
        forgotten()


def test_progress_is_told_all_the_same(october):
    told: list[str] = []
    month_close(month=OCTOBER, as_of=clock.from_local(AFTER_OCTOBER), progress=told.append)
    Reading.objects.all().delete()
    again: list[str] = []
    month_close(month=OCTOBER, as_of=clock.from_local(AFTER_OCTOBER), progress=again.append)
    assert told == again != []


def first(rows: Any, **values: Any) -> None:
    """Change the first of some rows; there is one."""
    assert rows.model.objects.filter(pk=rows.order_by("id").first().pk).update(**values) == 1


def somebody() -> Person:
    return Person.objects.salespeople().filter(left_on=None).order_by("id").first()


def in_time() -> Any:
    """Cash that reached the cashier before the cutoff, on a slip she could have carried over."""
    return Payment.objects.filter(
        method="cash", received_at__gte=OCTOBER.start, handed_in_at__lt=OCTOBER.end
    )


# Every table of the company's, with a change that its month must feel (None: it is not felt).
CHANGES: dict[str, Callable[[], Any] | None] = {
    "policy": lambda: PolicyParameter.objects.create(
        effective_on=OCTOBER.first_day, parameter="reserve_monthly", value="151"
    ),
    "calendar": lambda: CalendarDay.objects.update_or_create(
        date=date(2026, 10, 11), defaults={"is_workday": True}
    ),
    "people": lambda: Person.objects.filter(pk=somebody().pk).update(base_salary=Decimal("9999")),
    "customers": None,
    "punches": lambda: Punch.objects.filter(
        at__gte=OCTOBER.start, at__lt=OCTOBER.end, person=somebody()
    ).delete(),
    "excuses": lambda: Excuse.objects.filter(status="accepted").update(status="rejected"),
    "fine_payments": lambda: FinePayment.objects.all().delete(),
    "leave_types": lambda: LeaveType.objects.update(pay_rate=Decimal("0.1")),
    "leave": lambda: Leave.objects.filter(status="approved").update(status="cancelled"),
    "trips": lambda: Trip.objects.filter(status="approved").update(status="cancelled"),
    "trip_reports": None,
    "outings": lambda: Outing.objects.all().delete(),
    "pool_opening": lambda: PoolOpening.objects.update_or_create(
        month=OCTOBER, defaults={"amount": Decimal("777.77")}
    ),
    "orders": lambda: Order.objects.filter(slips__payments__in=in_time()).update(person=somebody()),
    "deliveries": lambda: Delivery.objects.filter(order__bad_debts__outcome="dead").update(
        amount=Decimal("12345.67")
    ),
    "slips": lambda: Slip.objects.filter(payments__in=in_time()).update(person=somebody()),
    "payments": lambda: first(in_time(), handed_in_at=OCTOBER.end),
    "late_handovers": lambda: LateHandover.objects.all().delete(),
    "expenses": lambda: first(
        Expense.objects.filter(approved_on__range=(OCTOBER.first_day, OCTOBER.last_day)),
        approved_on=None,
    ),
    "goods": None,
    "loans": lambda: Loan.objects.create(
        loan_no="L-NEW",
        person=somebody(),
        item="x",
        price=Decimal(9),
        lent_at=OCTOBER.start,
        returned_on=OCTOBER.first_day,
        condition="lost",
    ),
    "reserve_opening": lambda: ReserveOpening.objects.update_or_create(
        person=somebody(),
        defaults={"as_of": OCTOBER.first_day, "balance": Decimal("4321.00")},
    ),
    "bad_debts": lambda: BadDebt.objects.filter(outcome="dead").update(outcome="recovered"),
    "legal_costs": lambda: LegalCost.objects.create(
        case=BadDebt.objects.create(
            case_no="B-NEW", order=Order.objects.first(), opened_on=OCTOBER.first_day
        ),
        incurred_on=OCTOBER.last_day,
        amount=Decimal(300),
    ),
    "damages": lambda: Damage.objects.create(
        damage_no="D-NEW", person=somebody(), on=OCTOBER.first_day, item="x", cost_price=Decimal(5)
    ),
    "visits": lambda: Visit.objects.all().update(void=True),
    "spot_checks": lambda: SpotCheck.objects.create(
        person=somebody(),
        customer=Order.objects.first().customer,
        checked_on=OCTOBER.last_day,
        verdict="none",
    ),
    "rewards": lambda: Reward.objects.create(
        person=somebody(), decided_on=OCTOBER.last_day, kind="bonus", amount=Decimal(88), note="x"
    ),
    "conduct": lambda: ConductCase.objects.create(
        case_no="C-NEW",
        person=somebody(),
        offence="image",
        decided_on=OCTOBER.last_day,
        sanction="forfeit",
    ),
    "targets": None,
}


EXCUSED = 34  # somebody's carry-over is excused by a late handover alone


def test_every_table_is_changed():
    assert list(CHANGES) == list(settings.FACT_ROWS)


def everything() -> tuple[Any, ...]:
    return exported("2026-10"), Entry.objects.count()


@pytest.mark.parametrize("table", [name for name, change in CHANGES.items() if change])
def test_a_fact_that_changes_is_felt_and_nothing_is_left_for_who_forgets(tmp_path, table):
    october_closed(tmp_path, seed=EXCUSED if table == "late_handovers" else SEED)
    before = everything()
    CHANGES[table]()  # type: ignore[misc]
    close()
    after = everything()
    assert after != before
    assert forgotten() == NOTHING
    assert everything() == after


def test_an_outage_is_felt_and_so_is_taking_it_back(october):
    """Decided on here alone: no table brings it in (ATT-6)."""
    before = everything()
    outage = Outage.objects.create(start_at=OCTOBER.start, end_at=OCTOBER.end, reason="x")
    close()
    assert everything() != before
    assert forgotten() == NOTHING
    Outage.objects.filter(pk=outage.pk).update(taken_back_at=OCTOBER.end, taken_back_why="x")
    assert close() != NOTHING
    assert exported("2026-10") == before[0]
    assert forgotten() == NOTHING


def test_what_is_waived_is_felt(october):
    key = Entry.objects.standing().filter(rule="ATT-2", for_month=OCTOBER).first().key
    waiver_grant(actor=None, key=key, reason="x")
    assert close() != NOTHING
    assert forgotten() == NOTHING


@pytest.mark.parametrize("model", [Duty, CutoffSnapshot])
def test_what_a_close_wrote_beside_the_entries_is_put_back(october, model):
    count = model.objects.count()
    model.objects.filter(pk=model.objects.first().pk).delete()
    close()
    assert model.objects.count() == count > 0


def test_an_entry_that_was_smuggled_in_is_found(october):
    entry = Entry.objects.filter(rule="BASE").first()
    columns = [f.column for f in Entry._meta.concrete_fields if f.name not in ("id", "key")]
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO payroll_entry (key, {named}) "
            f"SELECT 'BASE/nobody', {named} FROM payroll_entry WHERE id = {entry.pk}"
        )
    assert close() == {(0, 1)}


def test_other_code_reads_again(october, monkeypatch):
    monkeypatch.setattr(readings, "_program", lambda: "the next version")
    read: list[str] = []
    whole = close_groups.assess
    monkeypatch.setattr(
        close_groups, "assess", lambda *args, **kwargs: read.append("") or whole(*args, **kwargs)
    )
    assert close() == NOTHING
    assert read


# --- Time goes on --------------------------------------------------------------------------------

# A day before the cutoff until after the last late handover: on the hours at which something falls
# due, a microsecond before and after.
EDGES = [
    datetime(2026, 10, 1, 9),  # noqa: DTZ001  # the company's clock, as all here
    *(datetime(2026, 10, day) for day in (2, 9, 13, 20, 27, 28, 29)),  # noqa: DTZ001
    *(
        datetime(2026, 10, day, hour) + timedelta(microseconds=moment)  # noqa: DTZ001
        for day, hour in ((28, 16), (28, 18), (29, 18), (30, 18))
        for moment in (-1, 0, 1)
    ),
    datetime(2026, 10, 31, 23, 59, 59, 999_999),  # noqa: DTZ001
    datetime(2026, 11, 1),  # noqa: DTZ001
    datetime(2026, 11, 3),  # noqa: DTZ001
]


@pytest.mark.parametrize("seed", [30, 31, 32, 33])
def test_what_falls_due_is_not_slept_through(tmp_path, seed):
    """Closes one after the other at each edge, of facts that do not change."""
    generate(tmp_path, month="2026-10", seed=seed, people=6, policy={})
    load(tmp_path)
    posted = []
    for as_of in EDGES:
        posted.append(close(as_of) != NOTHING)
        remembered = everything()
        assert forgotten(as_of) == NOTHING, as_of
        assert everything() == remembered
    assert sum(posted) >= 6, posted


def test_models_of_facts_are_all_named():
    assert {apps.get_model(label) for label, _field in settings.FACT_ROWS.values()} >= {Visit, Slip}

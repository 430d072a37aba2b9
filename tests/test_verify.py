"""`verify` finds each kind of damage done to the books by SQL, and names where it is (PAY-5)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from core import append_only, clock
from core.verification import Problem, problems
from payroll.models import Entry, PayMonth
from receivables.models import CutoffMonth, CutoffSnapshot, Payment, Slip
from tests.books import october_final_november_draft

pytestmark = pytest.mark.django_db


class Undo(Exception):
    pass


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def guards_off() -> Iterator[None]:
    """Triggers and checks out of the way, as whoever does the damage would have them."""
    if connection.vendor == "postgresql":
        sql("SET LOCAL session_replication_role = replica")
        yield
        sql("SET LOCAL session_replication_role = origin")
        return
    for model in append_only.append_only_models():
        for event in ("no_update", "no_delete", "guard_insert"):
            sql(f"DROP TRIGGER IF EXISTS {model._meta.db_table}_{event}")
    sql("PRAGMA ignore_check_constraints = ON")
    yield
    sql("PRAGMA ignore_check_constraints = OFF")
    append_only.install()


def october(**which: object) -> Entry:
    found = Entry.objects.filter(pay_month="2026-10", purpose="charge", reversal=None, **which)
    return found.order_by("id").first()


def change(column: str, value: str, **which: object) -> str:
    entry = october(**which)
    sql(f"UPDATE payroll_entry SET {column} = {value} WHERE id = %s", entry.pk)
    return f"#{entry.pk}"


COLUMNS = (
    "key, purpose, person_id, rule, pay_month, for_month, policy_on, arithmetic, evidence, digest,"
    " posted_by_id, job"
)


def copy_entry(
    entry: Entry, *, amount: str = "amount", sequence: int = 0, **others: object
) -> None:
    """Add a row like an entry: another number in its series, or a reversal of it."""
    reverses = others.get("reverses")
    accounts = "target, source" if reverses else "source, target"
    sql(
        f"INSERT INTO payroll_entry ({COLUMNS}, source, target, amount, sequence, posted_at,"
        f" reverses_id) SELECT {COLUMNS}, {accounts}, {amount}, %s, %s, %s"
        " FROM payroll_entry WHERE id = %s",
        sequence,
        others.get("posted_at", entry.posted_at),
        reverses,
        entry.pk,
    )


def entry_deleted() -> str:
    sql("DELETE FROM payroll_entry WHERE id = %s", october(rule="BASE").pk)
    return "2026-10"


def settlement_deleted() -> str:
    settlement = Entry.objects.filter(purpose="settlement").select_related("person").first()
    sql("DELETE FROM payroll_entry WHERE id = %s", settlement.pk)
    return f"{settlement.employee_no} 2026-10"


def accounts_swapped() -> str:
    entry = october(rule="RES-1")
    sql(
        "UPDATE payroll_entry SET source = %s, target = %s WHERE id = %s",
        entry.target, entry.source, entry.pk,
    )  # fmt: skip
    return f"#{entry.pk}"


def person_changed() -> str:
    entry = october(rule="BASE")
    other = Entry.objects.filter(rule="BASE").exclude(person=entry.person).first().person_id
    return change("person_id", str(other), pk=entry.pk)


def entry_doubled() -> str:
    entry = october(rule="COMM-1")
    copy_entry(entry, sequence=7)
    return entry.key


def reversal_of_another_amount() -> str:
    entry = october(rule="COMM-1")
    copy_entry(entry, amount="amount + 1", reverses=entry.pk)
    return entry.key


def posted_into_a_final_month() -> str:
    entry = october(rule="BASE")
    final_at = PayMonth.objects.get(month="2026-10").final_at
    copy_entry(entry, sequence=9, posted_at=final_at + timedelta(hours=1))
    return entry.key


def share_changed() -> str:
    change("amount", "amount - 1", rule="ATT-3", target="pay")
    return "2026-10"


def trigger_dropped() -> str:
    on = " ON payroll_entry" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER payroll_entry_no_update{on}")
    return "payroll_entry_no_update"


def slip_number_gone() -> str:
    slip = Slip.objects.order_by("slip_no")[2]
    sql("UPDATE receivables_slip SET slip_no = 'GONE1' WHERE id = %s", slip.pk)
    return slip.slip_no


def paid_past_due() -> str:
    payment = Payment.objects.select_related("slip").order_by("id").first()
    sql(
        "UPDATE receivables_payment SET amount = %s WHERE id = %s",
        int(payment.slip.amount_due * 100) + 1, payment.pk,
    )  # fmt: skip
    return payment.slip.slip_no


def handed_in_before_received() -> str:
    payment = Payment.objects.exclude(handed_in_at=None).order_by("id").first()
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait when a table is altered
        sql("ALTER TABLE receivables_payment DROP CONSTRAINT payment_handed_in_after_received")
    Payment.objects.filter(pk=payment.pk).update(
        handed_in_at=payment.received_at - timedelta(days=1)
    )
    return payment.payment_no


def snapshot_changed() -> str:
    snapshot = CutoffSnapshot.objects.filter(month="2026-11").select_related("person").first()
    sql("UPDATE receivables_cutoffsnapshot SET in_hand = in_hand + 1 WHERE id = %s", snapshot.pk)
    return f"{snapshot.person.employee_no} 2026-11"


def cutoff_moved() -> str:
    month = CutoffMonth.objects.get(month="2026-11")
    CutoffMonth.objects.filter(pk=month.pk).update(after=month.after + timedelta(seconds=1))
    return "2026-11"


def final_out_of_order() -> str:
    sql("UPDATE payroll_paymonth SET state = 'closed' WHERE month = '2026-10'")
    PayMonth.objects.filter(month="2026-11").update(state="final", final_at=clock.now())
    return "2026-11"


def policy_unsettled() -> str:
    sql("DELETE FROM policy_policyfreeze")
    return "2026-10"


def pointing_nowhere() -> str:
    payment = Payment.objects.first()
    sql("UPDATE receivables_payment SET slip_id = 987654 WHERE id = %s", payment.pk)
    return f"#{payment.pk}"


@transaction.atomic
def point_nowhere_and_look() -> None:
    pointing_nowhere()
    connection.check_constraints()


DAMAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "an entry deleted": ("control_totals", entry_deleted),
    "a payout deleted": ("statements", settlement_deleted),
    "an amount changed": ("entries", lambda: change("amount", "amount + 1", rule="BASE")),
    "accounts swapped": ("entries", accounts_swapped),
    "evidence emptied": ("entries", lambda: change("evidence", "'[]'", rule="COMM-1")),
    "arithmetic changed": (
        "entries",
        lambda: change("arithmetic", """'{"text": "", "values": {}}'""", rule="COMM-1"),
    ),
    "given to another person": ("entries", person_changed),
    "an entry doubled": ("entries", entry_doubled),
    "a reversal of another amount": ("entries", reversal_of_another_amount),
    "moved to another month": (
        "control_totals",
        lambda: change("pay_month", "'2026-11'", rule="BASE") and "2026-11",
    ),
    "posted into a final month": ("months", posted_into_a_final_month),
    "a share of the pool changed": ("pool", share_changed),
    "a slip's number gone": ("slips", slip_number_gone),
    "paid past the amount due": ("slips", paid_past_due),
    "handed in before received": ("slips", handed_in_before_received),
    "a snapshot changed": ("cutoffs", snapshot_changed),
    "a cutoff moved": ("cutoffs", cutoff_moved),
    "final out of order": ("months", final_out_of_order),
    "a final month's policy unsettled": ("months", policy_unsettled),
}


def found_after(
    damage: Callable[[], str], *, keep_triggers: bool = False
) -> tuple[str, list[Problem]]:
    """Do the damage, look, and undo it."""
    try:
        with transaction.atomic():
            if keep_triggers:
                where = damage()
            else:
                with guards_off():
                    where = damage()
            found = list(problems())
            raise Undo
    except Undo:
        return where, found


def assert_named(check: str, where: str, found: list[Problem]) -> None:
    named = [p for p in found if p.check == check and where in p.where]
    assert named, [str(p) for p in found]


def test_every_damage_is_found_and_named(tmp_path):
    october_final_november_draft(tmp_path)
    assert [str(p) for p in problems()] == []
    for name, (check, damage) in DAMAGES.items():
        where, found = found_after(damage)
        named = [p for p in found if p.check == check and where in p.where]
        assert named, (name, where, [str(p) for p in found])
        assert [str(p) for p in problems()] == [], name


def test_a_missing_trigger_is_found():
    where, found = found_after(trigger_dropped, keep_triggers=True)
    assert_named("guards", where, found)


def test_a_reference_that_leads_nowhere_is_found(tmp_path):
    october_final_november_draft(tmp_path)
    if connection.vendor == "postgresql":
        # The database itself refuses it, whoever asks.
        with pytest.raises(IntegrityError, match="foreign key"):
            point_nowhere_and_look()
        return
    where, found = found_after(pointing_nowhere)
    assert_named("guards", where, found)


def verify_stopped() -> tuple[int, str]:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify", stdout=out, stderr=StringIO())
    return stopped.value.code, out.getvalue()


def test_the_command_says_so_and_exits_1(tmp_path):
    october_final_november_draft(tmp_path)
    out = StringIO()
    call_command("verify", stdout=out)
    assert "balance" in out.getvalue()
    try:
        with transaction.atomic():
            with guards_off():
                where = entry_doubled()
            code, said = verify_stopped()
            raise Undo
    except Undo:
        assert code == 1
        assert where in said

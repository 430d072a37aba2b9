"""A company's books from before: what is there is migrated as it stands, guarded as before."""

from tests.operations.processes import Place

# The heads of the migrations when the month first closed itself.
BEFORE = {
    "accounts": "0001",
    "core": "0004",
    "policy": "0001",
    "payroll": "0002",
    "receivables": "0003",
    "claims": "0002",
    "attendance": "0001",
    "conduct": "0001",
    "auth": "0012",
    "sessions": "0001",
}

# The heads of what companies have in hand: their migrations stay as they are.
RELEASED = {
    "accounts": "0004",
    "attendance": "0001",
    "claims": "0002",
    "conduct": "0001",
    "core": "0008",
    "customers": "0001",
    "notices": "0002",
    "orders": "0001",
    "payroll": "0007",
    "policy": "0002",
    "receivables": "0003",
}

MIGRATED_TO = """
from django.core.management import call_command
from django.db import connection
for app, name in {}.items():
    call_command("migrate", app, name, verbosity=0)
run = connection.cursor().execute
"""

# What a company had, written as the tables were then.
FACTS = (
    MIGRATED_TO.format(BEFORE)
    + """
run("INSERT INTO accounts_person (id, employee_no, name, roles, team, channel, hired_on,"
    " base_salary) VALUES (1, 'Y001', '吴伟', 'salesperson', '', 'field', '2024-01-01',"
    " 300000)")
run("INSERT INTO accounts_user (id, password, is_superuser, username, first_name, last_name,"
    " email, is_staff, is_active, date_joined, person_id)"
    " VALUES (1, 'x', false, 'Y001', '', '', '', false, true, '2026-01-01 00:00:00+00:00', 1)")
run("INSERT INTO policy_policyparameter (effective_on, parameter, value)"
    " VALUES ('2026-01-01', 'late_fine', '6.00')")
for month, state in (("2026-09", "final"), ("2026-10", "closed")):
    run("INSERT INTO payroll_paymonth (month, state, version, closed_at, closed_as_of,"
        " posted_entries, posted_total, reckoned, final_at) VALUES (%s, %s, 1,"
        " '2026-11-02 00:00:00+00:00', '2026-11-02 00:00:00+00:00', 1, 300000, 0,"
        " '2026-11-03 00:00:00+00:00')", [month, state])
run("INSERT INTO payroll_entry (key, sequence, purpose, person_id, rule, pay_month, for_month,"
    " source, target, amount, policy_on, arithmetic, evidence, digest, posted_at, job)"
    " VALUES ('BASE/Y001/2026-10', 0, 'charge', 1, 'BASE', '2026-10', '2026-10', 'company',"
    " 'pay', 300000, '2026-10-31', %s, %s, 'd', '2026-11-02 00:00:00+00:00', 'close')",
    ['{"text": "", "values": {}}', '[]'])
run("INSERT INTO payroll_waiver (key, reason, granted_at)"
    " VALUES ('ATT-2/Y001/2026-10-12/in', 'snow', '2026-11-02 00:00:00+00:00')")
"""
)

SAYS = """
from accounts.models import Person, User
from core import append_only
from payroll.models import Entry, PayMonth, Waiver
from policy.querysets import policy_book
from datetime import date
print(Person.objects.get().base_salary, User.objects.get().username, Entry.objects.get().amount,
      *PayMonth.objects.order_by("month").values_list("state", flat=True),
      Waiver.objects.get().reason, policy_book().on(date(2026, 10, 1)).late_fine,
      append_only.missing())
"""

TAMPERS = """
from django.db import Error
from payroll.models import Entry
try:
    Entry.objects.update(rule="X")
except Error:
    print("refused")
"""

# Rows of the tables changed since, as they were then; S2 is paid in cash, still on the road.
FACTS_RELEASED = (
    MIGRATED_TO.format(RELEASED)
    + """
run("INSERT INTO accounts_person (id, employee_no, name, roles, team, channel, hired_on,"
    " base_salary, phone) VALUES (1, 'Y001', '吴伟', 'salesperson', '', 'field', '2024-01-01',"
    " 300000, '')")
run("INSERT INTO core_spelling (kind, row, name, text) VALUES ('person', 1, '吴伟', 'wuwei')")
run("INSERT INTO attendance_punch (person_id, at) VALUES (1, '2026-10-12 00:55:00+00:00')")
run("INSERT INTO attendance_excuse (person_id, date, side, status, reason)"
    " VALUES (1, '2026-10-12', 'in', 'pending', 'snow')")
run("INSERT INTO attendance_finepayment (person_id, date, side, paid_at)"
    " VALUES (1, '2026-10-13', 'in', '2026-10-13 09:00:00+00:00')")
run("INSERT INTO attendance_leavetype (code, name, pay_rate, evidence_needed)"
    " VALUES ('own', '事假', 0, false)")
run("INSERT INTO attendance_leave (person_id, type, start_on, start_half, end_on, end_half, status,"
    " special_case, reason, evidence) VALUES (1, 'own', '2026-10-14', 'am', '2026-10-14', 'pm',"
    " 'approved', false, '', '')")
run("INSERT INTO attendance_trip (person_id, start_on, end_on, purpose, status)"
    " VALUES (1, '2026-10-15', '2026-10-16', '', 'approved')")
run("INSERT INTO customers_customer (id, customer_no, name, address, scale, created_on, owner_id)"
    " VALUES (1, 'K1', '宁波海天', '', '', '2026-09-01', 1)")
run("INSERT INTO customers_visit (person_id, customer_id, at, kind, content, void)"
    " VALUES (1, 1, '2026-10-12 02:00:00+00:00', 'visit', '', false)")
run("INSERT INTO customers_spotcheck (person_id, customer_id, checked_on, verdict)"
    " VALUES (1, 1, '2026-10-20', 'records')")
run("INSERT INTO orders_order (id, order_no, amount, signed_on, customer_id, person_id)"
    " VALUES (1, 'A1', 90000, '2026-10-01', 1, 1)")
run("INSERT INTO claims_loan (loan_no, item, price, lent_at, condition, person_id)"
    " VALUES ('L1', '样品', 100, '2026-10-01 00:00:00+00:00', '', 1)")
run('INSERT INTO claims_damage (damage_no, "on", item, cost_price, on_purpose, person_id)'
    " VALUES ('D1', '2026-10-02', '样品', 100, false, 1)")
run("INSERT INTO claims_expense (claim_no, kind, spent_on, amount, order_id, person_id)"
    " VALUES ('E1', 'meal', '2026-10-02', 100, 1, 1)")
run("INSERT INTO conduct_conductcase (case_no, offence, decided_on, sanction, note, person_id)"
    " VALUES ('C1', 'other', '2026-10-02', 'warning', '', 1)")
run("INSERT INTO receivables_baddebt (case_no, opened_on, outcome, order_id)"
    " VALUES ('B1', '2026-10-02', '', 1)")
for slip in (1, 2):
    run("INSERT INTO receivables_slip (id, slip_no, issued_at, amount_due, order_id, person_id)"
        " VALUES (%s, %s, '2026-10-03 00:00:00+00:00', 30000, 1, 1)", [slip, f"S{slip}"])
for number, slip, amount, method, day in (
    ("P1", 1, 10000, "transfer", 4), ("P2", 1, 20000, "transfer", 5), ("P3", 2, 30000, "cash", 6)
):
    run("INSERT INTO receivables_payment (payment_no, slip_id, amount, method, received_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        [number, slip, amount, method, f"2026-10-0{day} 00:00:00+00:00"])
"""
)

SAYS_RELEASED = """
from attendance.models import Excuse, FinePayment, Leave, LeaveType, Punch, Trip
from claims.models import Damage, Expense, Loan
from conduct.models import ConductCase
from core import append_only
from core.models import Spelling
from customers.models import Customer, Prefecture, SpotCheck, Visit
from orders.models import Order
from receivables.models import BadDebt, Payment, Slip
kept = (Excuse, FinePayment, Leave, LeaveType, Punch, Trip, Damage, Expense, Loan, ConductCase,
        Customer, SpotCheck, Visit, Order, BadDebt)
covered = Slip.objects.order_by("slip_no").values_list("covered_at", flat=True)
print({model.objects.count() for model in kept}, Payment.objects.filter(undone=0).count(),
      *(at and at.date().isoformat() for at in covered), Spelling.objects.count(),
      Prefecture.objects.count(), Customer.objects.filter(do_not_disturb=False).count(),
      append_only.missing())
"""


def test_books_from_before(bare: Place) -> None:
    bare.python(FACTS)
    bare.manage("migrate", "-v", "0")
    assert bare.python(SAYS) == "3000.00 Y001 3000.00 final closed snow 6.00 []"
    assert bare.python(TAMPERS) == "refused"
    bare.manage("migrate", "--check")


def test_books_of_the_release(bare: Place) -> None:
    bare.python(FACTS_RELEASED)
    bare.manage("migrate", "-v", "0")
    assert bare.python(SAYS_RELEASED) == "{1} 3 2026-10-05 None 0 11 1 []"
    bare.manage("migrate", "--check")

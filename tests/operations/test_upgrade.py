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

# What a company had, written as the tables were then.
FACTS = f"""
from django.core.management import call_command
from django.db import connection
for app, name in {BEFORE}.items():
    call_command("migrate", app, name, verbosity=0)
from core.models import AuditRow
with connection.cursor() as cursor:
    run = cursor.execute
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
        ['{{"text": "", "values": {{}}}}', '[]'])
    run("INSERT INTO payroll_waiver (key, reason, granted_at)"
        " VALUES ('ATT-2/Y001/2026-10-12/in', 'snow', '2026-11-02 00:00:00+00:00')")
"""

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


def test_books_from_before(bare: Place) -> None:
    bare.python(FACTS)
    bare.manage("migrate", "-v", "0")
    assert bare.python(SAYS) == "3000.00 Y001 3000.00 final closed snow 6.00 []"
    assert bare.python(TAMPERS) == "refused"
    bare.manage("migrate", "--check")

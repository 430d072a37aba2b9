"""Make a company of any size straight in the database: one month to close, years of slips.

    DATABASE_URL=sqlite:////tmp/company.sqlite3 .venv/bin/python bench/facts.py --people 10000

The database must be empty (it is migrated first). The same seed and size give the same rows in
SQLite and PostgreSQL. On PostgreSQL it needs a superuser, who may leave out the foreign-key
triggers while it fills; every CHECK and UNIQUE constraint stands. Its tables are never vacuumed or
analysed by themselves, so that a bench decides what the planner knows.

The company: October 2026 with 22 workdays; a salesperson in a hundred comes in the month, and one
in a hundred leaves. A person has 100 slips, 8 of them of the month.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.names import customer_name  # noqa: E402

MONTH = "2026-10"
AS_OF = "2026-11-05T10:00:00+08:00"
SLIPS, SLIPS_IN_MONTH = 100, 8
ORDERS, CUSTOMERS = 10, 5
AT_ONCE = 250  # people whose rows are written together

TABLES = {
    "accounts_person": "id employee_no name roles team supervisor_id channel hired_on left_on "
    "base_salary phone",
    "policy_calendarday": "date is_workday note",
    "customers_customer": "id customer_no name address scale owner_id created_on",
    "orders_order": "id order_no customer_id person_id amount signed_on",
    "orders_delivery": "order_id delivered_on amount",
    "attendance_leavetype": "code name pay_rate evidence_needed monthly_cap_days",
    "attendance_punch": "person_id at",
    "attendance_excuse": "person_id date side status reason",
    "attendance_finepayment": "person_id date side paid_at",
    "attendance_leave": "person_id type start_on start_half end_on end_half status special_case "
    "reason evidence",
    "attendance_trip": "person_id start_on end_on purpose status",
    "attendance_poolopening": "month amount",
    "receivables_slip": "id slip_no order_id person_id issued_at amount_due returned_at covered_at",
    "receivables_payment": "payment_no slip_id amount method received_at handed_in_at",
    "receivables_latehandover": "person_id date declared_at reason",
    "receivables_reserveopening": "person_id as_of balance",
    "receivables_baddebt": "id case_no order_id opened_on outcome outcome_on",
    "receivables_legalcost": "case_id incurred_on amount",
    "customers_visit": "person_id customer_id at kind content void",
    "customers_spotcheck": "person_id customer_id checked_on verdict",
    "claims_expense": "claim_no person_id order_id kind spent_on amount approved_on",
    "claims_loan": "loan_no person_id item price lent_at returned_on condition",
    "claims_damage": 'damage_no person_id "on" item cost_price on_purpose',
    "conduct_reward": "person_id decided_on kind amount note",
    "conduct_conductcase": "case_no person_id offence decided_on sanction note",
}

FIRST = date(2026, 10, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(31)]
WORKDAYS = [str(day) for day in DAYS if day.weekday() < 5]
WEEKEND = [str(day) for day in DAYS if day.weekday() >= 5]
OLD_DAYS = [
    str(day)
    for day in (date(2025, 10, 1) + timedelta(days=n) for n in range(365))
    if day.weekday() < 5
]
NEXT_DAY = {str(d): str(d + timedelta(days=1)) for d in [*DAYS, *map(date.fromisoformat, OLD_DAYS)]}
CUTOFF_DAY = "2026-10-28"
# The company's clock from 08:00 to midnight, as it stands in the database (UTC).
CLOCK = [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(16 * 3600)]
H = 3600


def at(day: str, local_seconds: int) -> str:
    """An instant on the company's clock, from 08:00 on, as both databases keep it."""
    return f"{day} {CLOCK[local_seconds - 8 * H]}"


class Company:
    """Rows by table, filled person by person and emptied as they are written."""

    def __init__(self, people: int, seed: int) -> None:
        self.people = people
        self.rng = Random(seed)
        self.rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
        self.payments = 0
        self.cases = 0
        self.claims = 0

    def chunks(self) -> Iterator[dict[str, list[tuple]]]:
        """All rows, some people at a time; a yielded chunk is emptied once it was taken."""
        self._company()
        for pk in range(1, self.people + 1):
            self._person(pk)
            if pk % AT_ONCE == 0 or pk == self.people:
                yield self.rows
                for rows in self.rows.values():
                    rows.clear()

    def _company(self) -> None:
        rows = self.rows
        rows["accounts_person"].append(
            (
                self.people + 1,
                "M001",
                "王经理",
                "manager",
                "",
                None,
                "",
                "2020-01-01",
                None,
                2000000,
                "",
            )
        )
        rows["policy_calendarday"] += [(str(d), int(d.weekday() < 5), "") for d in DAYS]
        rows["attendance_leavetype"] += [
            ("sick", "病假", "0.800000", 1, None),
            ("annual", "年假", "1.000000", 0, "5.0"),
            ("unpaid", "无薪假", "0.000000", 0, "2.0"),
        ]
        rows["attendance_poolopening"].append((MONTH, 12345))

    def _person(self, pk: int) -> None:
        rng = self.rng
        hired, left = f"20{rng.randint(18, 25)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", None
        days = WORKDAYS
        if rng.random() < 0.01:
            hired = f"{MONTH}-{rng.randint(5, 20):02d}"
            days = [day for day in days if day >= hired]
        elif rng.random() < 0.01:
            left = f"{MONTH}-{rng.randint(8, 25):02d}"
            days = [day for day in days if day <= left]
        name = rng.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨") + rng.choice(
            "伟芳娜敏静丽强磊军洋勇艳杰娟涛"
        )
        self.rows["accounts_person"].append(
            (
                pk,
                f"Y{pk:05d}",
                name,
                "salesperson",
                f"销售{(pk - 1) // 20 % 50 + 1}组",
                None,
                "field" if rng.random() < 0.85 else "telephone",
                hired,
                left,
                rng.randint(30, 90) * 10000 + rng.choice((0, 0, 0, 5000, 3333)),
                "",
            )
        )
        self._customers(pk)
        self._attendance(pk, days, leaves=rng.random())
        self._slips(pk)
        self._visits(pk, days)
        self._claims(pk)
        self._conduct(pk, days)
        if hired < MONTH and rng.random() < 0.95:
            self.rows["receivables_reserveopening"].append(
                (pk, "2026-10-01", rng.randint(0, 200000))
            )
        if rng.random() < 0.01 and left is None:
            self._bad_debt(pk)

    def _customers(self, pk: int) -> None:
        rng, rows = self.rng, self.rows
        for n in range(CUSTOMERS):
            customer = (pk - 1) * CUSTOMERS + n + 1
            rows["customers_customer"].append(
                (customer, f"C{customer:07d}", customer_name(customer), "", "", pk, "2024-01-01")
            )
        for n in range(ORDERS):
            order = (pk - 1) * ORDERS + n + 1
            customer = (pk - 1) * CUSTOMERS + n % CUSTOMERS + 1
            amount = rng.randint(500_000, 20_000_000)
            signed = f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"
            signed = None if rng.random() < 0.02 else signed
            rows["orders_order"].append((order, f"D{order:07d}", customer, pk, amount, signed))
            if signed:
                rows["orders_delivery"].append((order, signed, amount))

    # --- Attendance -------------------------------------------------------------------------

    def _attendance(self, pk: int, days: list[str], *, leaves: float) -> None:
        off: dict[str, str] = {}  # the halves of a day that are off
        if leaves < 0.15 and len(days) > 6:
            off = self._leave(pk, days)
        elif leaves < 0.20 and len(days) > 6:
            first = self.rng.randrange(len(days) - 3)
            off = dict.fromkeys(days[first : first + 3], "am pm")
            trip = (pk, days[first], days[first + 2], "", "approved")
            self.rows["attendance_trip"].append(trip)
        punch = self.rows["attendance_punch"].append
        for day in days:
            for second in self._day(pk, day, off.get(day, "")):
                punch((pk, at(day, second)))
        if self.rng.random() < 0.02:
            punch((pk, at(WEEKEND[pk % len(WEEKEND)], 10 * H)))

    def _leave(self, pk: int, days: list[str]) -> dict[str, str]:
        rng = self.rng
        kind = rng.choice(("personal", "personal", "sick", "annual", "unpaid"))
        length = rng.randint(1, 5)
        first = rng.randrange(len(days) - length + 1)
        taken = days[first : first + length]
        start_half = rng.choice(("am", "am", "pm"))
        end_half = rng.choice(("pm", "pm", "am"))
        if length == 1 and (start_half, end_half) == ("pm", "am"):
            end_half = "pm"
        special = kind == "personal" and rng.random() < 0.1
        status = "approved" if rng.random() < 0.95 else "rejected"
        reason, record = "家中有事" if special else "", "record.pdf" if kind == "sick" else ""
        self.rows["attendance_leave"].append(
            (
                pk,
                kind,
                taken[0],
                start_half,
                taken[-1],
                end_half,
                status,
                int(special),
                reason,
                record,
            )
        )
        off = dict.fromkeys(taken, "am pm")
        if start_half == "pm":
            off[taken[0]] = "pm"
        if end_half == "am":
            off[taken[-1]] = "am"
        return off if status == "approved" else {}

    def _day(self, pk: int, day: str, off: str) -> tuple[int, ...]:
        """The seconds of a day's punches; now and then excused, or the fine paid in cash."""
        rng = self.rng
        chance = rng.random()
        if off == "am pm" or chance < 0.005:
            return ()
        come, go = (13 * H if off == "am" else 9 * H), (12 * H if off == "pm" else 18 * H)
        punches, sides = [come - rng.randint(0, 1200), go + rng.randint(0, 1800)], ()
        if chance < 0.035:
            punches[0], sides = come + rng.randint(1, 2400), ("in",)
        elif chance < 0.045:
            punches[1], sides = go - rng.randint(1, 2400), ("out",)
        elif chance < 0.052:
            sides = (rng.choice(("in", "out")),)
            del punches[sides == ("out",)]
        elif chance < 0.054:
            punches[0] = 13 * H + rng.randint(0, 1800)
        elif chance < 0.056:
            punches[1] = 12 * H - rng.randint(0, 1800)
        elif chance < 0.061:
            punches.insert(1, punches[0] + rng.randint(1, 290))
        self._explained(pk, day, sides)
        return tuple(dict.fromkeys(punches))

    def _explained(self, pk: int, day: str, sides: tuple[str, ...]) -> None:
        rng = self.rng
        for side in sides:
            if rng.random() < 0.2:
                status = "accepted" if rng.random() < 0.7 else "rejected"
                self.rows["attendance_excuse"].append((pk, day, side, status, "堵车"))
            elif rng.random() < 0.4:
                self.rows["attendance_finepayment"].append((pk, day, side, at(day, 19 * H)))

    # --- Collections ------------------------------------------------------------------------

    def _slips(self, pk: int) -> None:
        rng = self.rng
        declared: set[str] = set()
        old_days = sorted(rng.choice(OLD_DAYS) for _n in range(SLIPS - SLIPS_IN_MONTH))
        days = old_days + sorted(rng.choice(WORKDAYS) for _n in range(SLIPS_IN_MONTH))
        for n, day in enumerate(days):
            old = n < SLIPS - SLIPS_IN_MONTH
            slip = n * self.people + pk  # numbered as they are issued, to everybody in turn
            order = (pk - 1) * ORDERS + n % ORDERS + 1
            holder = pk % self.people + 1 if rng.random() < 0.02 else pk
            due = rng.randint(20_000, 2_000_000)
            returned, covered = self._paid(slip, holder, day, due, old=old, declared=declared)
            self.rows["receivables_slip"].append(
                (slip, f"S{slip:07d}", order, holder, at(day, 9 * H), due, returned, covered)
            )
        for day in sorted(declared):
            row = (pk, day, at(day, 15 * H), "客户在外地")
            self.rows["receivables_latehandover"].append(row)

    def _paid(
        self, slip: int, holder: int, day: str, due: int, *, old: bool, declared: set[str]
    ) -> tuple[str | None, str | None]:
        """The payments of a slip; when it came back and from when it is covered, if it is."""
        rng = self.rng
        if rng.random() < (0.003 if old else 0.03):
            return None, None  # unpaid, still held
        parts = [due]
        if rng.random() < 0.05:
            parts = [due // 3, due - due // 3]
        elif rng.random() < 0.03:
            parts = [due // 2]
        counted: list[str | None] = [None] if sum(parts) < due else []
        for amount in parts:
            method = rng.choice(("cash", "cash", "cheque", "transfer", "transfer"))
            second = rng.randint(9 * H + 1, 17 * H)
            handed_in: str | None = None
            if method != "transfer":
                handed_in = self._handed_in(holder, day, second, old=old, declared=declared)
            self.payments += 1
            self.rows["receivables_payment"].append(
                (f"P{self.payments:07d}", slip, amount, method, at(day, second), handed_in)
            )
            counted.append(at(day, second) if method == "transfer" else handed_in)
        returned = at(NEXT_DAY[day], 17 * H) if old or rng.random() < 0.5 else None
        return returned, None if None in counted else max(counted)

    def _handed_in(
        self, holder: int, day: str, second: int, *, old: bool, declared: set[str]
    ) -> str | None:
        rng = self.rng
        chance = rng.random()
        if old:
            return None if chance < 0.0004 else at(day, 17 * H + rng.randint(1, 3600))
        if chance < 0.002:
            return None
        if chance < 0.03:  # on the next day: over the cutoff where that lies between
            if rng.random() < 0.4 and second < 15 * H:
                declared.add(day)
            return at(NEXT_DAY[day], rng.randint(10 * H, 20 * H))
        if day == CUTOFF_DAY and chance < 0.06:
            return at(day, rng.randint(18 * H + 1, 20 * H))
        return at(day, max(second, rng.randint(16 * H, 18 * H)))

    def _bad_debt(self, pk: int) -> None:
        """One case on the person's last order, with its legal costs; few of them die."""
        rng = self.rng
        self.cases += 1
        opened = rng.randint(1, 10)
        outcome, outcome_on = "", None
        if rng.random() < 0.4:
            outcome = rng.choice(("recovered", "dead"))
            outcome_on = f"{MONTH}-{rng.randint(16, 25)}"
        self.rows["receivables_baddebt"].append(
            (
                self.cases,
                f"B{self.cases:05d}",
                pk * ORDERS,
                f"{MONTH}-{opened:02d}",
                outcome,
                outcome_on,
            )
        )
        for day in sorted(rng.sample(range(opened, 31), rng.randint(1, 3))):
            self.rows["receivables_legalcost"].append(
                (self.cases, f"{MONTH}-{day:02d}", rng.randint(10_001, 300_001))
            )

    # --- Customers, claims, conduct ---------------------------------------------------------

    def _visits(self, pk: int, days: list[str]) -> None:
        rng = self.rng
        first = (pk - 1) * CUSTOMERS + 1
        seen = set()
        for _n in range(rng.randint(28, 46)):
            row = (first + rng.randrange(CUSTOMERS), at(rng.choice(days), rng.randint(9, 17) * H))
            if row not in seen:
                seen.add(row)
                kind = rng.choice(
                    ("first", "return", "return", "return", "telephone", "after-sales")
                )
                void = int(rng.random() < 0.01)
                self.rows["customers_visit"].append((pk, *row, kind, "谈了新品", void))
        if rng.random() < 0.1:
            day = rng.choice(days)
            for n in range(3):
                verdict = "none" if rng.random() < 0.15 else "records"
                self.rows["customers_spotcheck"].append((pk, first + n, day, verdict))

    def _claims(self, pk: int) -> None:
        rng, rows = self.rng, self.rows
        for approved in ("2026-09", "2026-09", MONTH, MONTH):
            if rng.random() < 0.5:
                continue
            self.claims += 1
            order = (pk - 1) * ORDERS + rng.randint(1, ORDERS if approved == MONTH else 3)
            day = f"{approved}-{rng.randint(5, 28):02d}"
            rows["claims_expense"].append(
                (
                    f"E{self.claims:06d}",
                    pk,
                    order,
                    rng.choice(("travel", "meal")),
                    day,
                    rng.randint(5_000, 200_000),
                    None if rng.random() < 0.05 else day,
                )
            )
        if rng.random() < 0.05:
            day = f"{MONTH}-{rng.randint(10, 28)}"
            found = rng.choice(("good", "good", "good", "damaged", "lost"))
            rows["claims_loan"].append(
                (f"L{pk:06d}", pk, "样机", 120000, at(f"{MONTH}-08", 10 * H), day, found)
            )
        if rng.random() < 0.01:
            day = f"{MONTH}-{rng.randint(10, 28)}"
            rows["claims_damage"].append((f"G{pk:06d}", pk, day, "电话机", 8999, pk % 2))

    def _conduct(self, pk: int, days: list[str]) -> None:
        rng, rows = self.rng, self.rows
        if rng.random() < 0.06:
            bonus = rng.random() < 0.8
            row = (
                pk,
                rng.choice(days),
                "bonus" if bonus else "praise",
                50000 if bonus else None,
                "业绩突出",
            )
            rows["conduct_reward"].append(row)
        if rng.random() < 0.004:
            sanction = rng.choice(("forfeit", "warning", "criticism"))
            row = (f"K{pk:06d}", pk, "image", rng.choice(days), sanction, "")
            rows["conduct_conductcase"].append(row)


def fill(*, people: int, seed: int = 1) -> dict[str, int]:
    """Write a company into the empty database Django is connected to; its rows by table."""
    from django.db import connection, transaction

    written = dict.fromkeys(TABLES, 0)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
        else:
            cursor.execute("SET session_replication_role = replica")
            for table in connection.introspection.table_names():
                cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
        with transaction.atomic():
            for chunk in Company(people, seed).chunks():
                for table, rows in chunk.items():
                    if rows:
                        _write(connection, table, rows)
                        written[table] += len(rows)
        if connection.vendor == "sqlite":
            if people <= 1000:
                assert not cursor.execute("PRAGMA foreign_key_check").fetchall()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            _counters_forward(cursor)
            # As they would have been written: in the order of their numbers.
            cursor.execute("CLUSTER receivables_slip USING receivables_slip_pkey")
    connection.close()
    return written


def _write(connection, table: str, rows: list[tuple]) -> None:
    columns = TABLES[table].split()
    if connection.vendor == "sqlite":
        places = ", ".join("?" * len(columns))
        connection.connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows
        )
        return
    lines = ["\t".join(["\\N" if v is None else str(v) for v in row]) + "\n" for row in rows]
    into = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write("".join(lines))


def _counters_forward(cursor) -> None:
    """Ids were given by hand: the counters go on after them."""
    for table, columns in TABLES.items():
        if columns.split()[0] == "id":
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    written = fill(people=arguments.people, seed=arguments.seed)
    for table, count in written.items():
        print(f"{table:32} {count:9d}")
    print(f"{'seconds':32} {time.perf_counter() - started:9.1f}")


if __name__ == "__main__":
    main()

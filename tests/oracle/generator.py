"""A random month of a small sales department, rich in edges, as the CSV tables of the file formats.

    generate(folder, month="2026-10", seed=1)

The data is valid: it is what a careful company could bring in. It is not likely: every table leans
towards the situations the rules tell apart, the second before and the second after, the fen too
much, the half day past the allowance.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import holidays

COLUMNS = {
    "policy": "effective_on parameter value",
    "calendar": "date is_workday note",
    "people": "employee_no name roles team supervisor_no channel hired_on left_on base_salary",
    "customers": "customer_no name address scale owner_no created_on",
    "punches": "employee_no at",
    "excuses": "employee_no date side status reason",
    "fine_payments": "employee_no date side paid_at",
    "leave_types": "code name pay_rate evidence_needed monthly_cap_days",
    "leave": "employee_no type start_on start_half end_on end_half status special_case reason "
    "evidence",
    "trips": "employee_no start_on end_on purpose status",
    "trip_reports": "employee_no date reported_at",
    "outings": "employee_no start_at end_at customer_no whom purpose status",
    "pool_opening": "month amount",
    "orders": "order_no customer_no employee_no amount signed_on",
    "deliveries": "order_no delivered_on amount",
    "slips": "slip_no order_no employee_no issued_at amount_due returned_at",
    "payments": "payment_no slip_no amount method received_at handed_in_at",
    "late_handovers": "employee_no date declared_at reason",
    "expenses": "claim_no employee_no order_no kind spent_on amount approved_on",
    "loans": "loan_no employee_no item price lent_at returned_on condition",
    "reserve_opening": "employee_no as_of balance",
    "bad_debts": "case_no order_no opened_on outcome outcome_on",
    "legal_costs": "case_no incurred_on amount",
    "damages": "damage_no employee_no on item cost_price on_purpose",
    "visits": "employee_no customer_no at kind content void",
    "spot_checks": "employee_no customer_no checked_on verdict",
    "rewards": "employee_no decided_on kind amount note",
    "conduct": "case_no employee_no offence decided_on sanction note",
}

# The columns of each table that make a row's key.
KEYS = {
    "policy": 2,
    "calendar": 1,
    "people": 1,
    "customers": 1,
    "punches": 2,
    "excuses": 3,
    "fine_payments": 3,
    "leave_types": 1,
    "leave": 4,
    "trips": 2,
    "trip_reports": 2,
    "outings": 2,
    "pool_opening": 1,
    "orders": 1,
    "deliveries": 2,
    "slips": 1,
    "payments": 1,
    "late_handovers": 2,
    "expenses": 1,
    "loans": 1,
    "reserve_opening": 1,
    "bad_debts": 1,
    "legal_costs": 2,
    "damages": 1,
    "visits": 3,
    "spot_checks": 3,
    "conduct": 1,
}

BASIC_POLICY = {
    "cutoff_day": "28",
    "cutoff_time": "16:00",
    "grace_minutes": "0",
    "work_start": "09:00",
    "lunch_start": "12:00",
    "lunch_end": "13:00",
    "work_end": "18:00",
    "punch_merge_minutes": "5",
    "absence_dismissal_days": "15",
    "personal_leave_days": "3",
    "reserve_monthly": "150",
    "travel_rate": "0.80",
    "meal_rate": "0.60",
    "expense_cap_rate": "0.02",
    "points_min": "30",
    "points_shortfall": "3",
}

ODD_VALUES = {
    "cutoff_day": ["31", "30", "27", "15", "29"],
    "cutoff_time": ["12:30", "17:59", "18:00", "20:00"],
    "carryover_fine": ["333.33", "1000"],
    "late_fine": ["7.77", "10", "3.33"],
    "grace_minutes": ["5", "10", "1"],
    "punch_merge_minutes": ["3", "10"],
    "work_start": ["08:30", "09:30"],
    "lunch_start": ["11:30"],
    "lunch_end": ["13:30"],
    "work_end": ["17:30", "18:30"],
    "absence_fine_per_day": ["25.01", "33.33", "100"],
    "absence_dismissal_days": ["2", "3", "5"],
    "personal_leave_days": ["2", "1", "4", "0"],
    "reserve_on": ["no"],
    "reserve_monthly": ["100.55", "200"],
    "reserve_reward_rate": ["0.0333", "0.125", "0"],
    "dead_debt_on": ["no"],
    "expenses_on": ["no"],
    "travel_rate": ["0.755", "1"],
    "meal_rate": ["0.333", "0.5"],
    "expense_cap_rate": ["0.015", "0.0333"],
    "expense_limit_on": ["yes"],
    "expense_limit_min_order": ["5000", "50000"],
    "expense_limit_claims": ["1", "2"],
    "points_min": ["12", "20"],
    "points_shortfall": ["1", "5"],
    "no_record_fine": ["123.45", "50"],
    "commission_tiers": [
        "33333.33:0.0123;77777.77:0.0256;inf:0.0311",
        "inf:0.015",
        "10000:0;inf:0.02",
        "0.01:0.5;1000:0.10;20000:0.05;100000:0.025;500000:0.0125;inf:0.005",
    ],
}

OFFENCE_CODES = (
    "fighting image poaching shifting property company_name secrets bribe false_advertising forcing"
    " privacy harassment language drinking gambling cliques dress idling private_calls other"
)
OFFENCES = OFFENCE_CODES.split()

ONE_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)

PolicyRows = Sequence[Mapping[str, str] | Sequence[str]]


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def month_length(year: int, month: int) -> int:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (following - date(year, month, 1)).days


class Salesperson:
    def __init__(self, no: str, hired_on: date, left_on: date | None, channel: str) -> None:
        self.no = no
        self.hired_on = hired_on
        self.left_on = left_on
        self.channel = channel
        self.clean = False
        self.customers: list[str] = []
        self.shunned: list[str] = []  # customers nobody ever visits
        self.orders: list[dict[str, str]] = []

    def employed(self, day: date) -> bool:
        return self.hired_on <= day and (self.left_on is None or day <= self.left_on)


class Slip:
    def __init__(self, order: dict[str, str], holder: str, issued: datetime, due: int) -> None:
        self.order = order
        self.holder = holder
        self.issued = issued
        self.due = due
        self.left = due
        self.returned: datetime | None = None
        self.payments: list[tuple[datetime, int, str, datetime | None]] = []


class Generator:
    def __init__(
        self,
        month: str,
        seed: int,
        people: int,
        policy: Mapping[str, object] | PolicyRows | None,
        colleague_slips: bool,
    ) -> None:
        self.rng = random.Random(f"{month}/{seed}/{people}")
        self.outside = random.Random(f"{month}/{seed}/{people}/outings")
        self.month = month
        self.count = people
        self.colleague_slips = colleague_slips
        self.year, self.month_no = (int(part) for part in month.split("-"))
        length = month_length(self.year, self.month_no)
        self.days = [date(self.year, self.month_no, number + 1) for number in range(length)]
        self.first, self.last = self.days[0], self.days[-1]
        self.before = self.first - ONE_DAY
        self.after = self.last + ONE_DAY
        self.rows: dict[str, list[list[str]]] = {name: [] for name in COLUMNS}
        self.taken: dict[str, set[tuple[str, ...]]] = {name: set() for name in COLUMNS}
        self.people: list[Salesperson] = []
        self.slips: list[Slip] = []
        self.customer_count = 0
        self.order_count = 0
        self.case_count = 0
        self.claim_count = 0
        self.make_policy(policy)
        self.make_calendar()
        self.cutoff = self.cutoff_of(self.first)
        self.previous_cutoff = self.cutoff_of(self.before)

    # ------------------------------------------------------------ ground

    def add(self, table: str, *cells: object) -> bool:
        """A row, unless its key is already taken."""
        row = ["" if cell is None else str(cell) for cell in cells]
        if len(row) != len(COLUMNS[table].split()):
            raise ValueError(f"{table}: {row}")
        key = tuple(row[: KEYS[table]]) if table in KEYS else (row[0], row[1], row[2], row[4])
        if key in self.taken[table]:
            return False
        self.taken[table].add(key)
        self.rows[table].append(row)
        return True

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def make_policy(self, policy: Mapping[str, object] | PolicyRows | None) -> None:
        if isinstance(policy, Mapping):
            for name, value in policy.items():
                self.add("policy", "2020-01-01", name, value)
        elif policy is not None:
            for row in policy:
                if isinstance(row, Mapping):
                    self.add("policy", row["effective_on"], row["parameter"], row["value"])
                else:
                    self.add("policy", *row)
        else:
            self.random_policy()

    def random_policy(self) -> None:
        if self.chance(0.25):
            return
        middle = self.days[self.rng.randint(4, len(self.days) - 5)]
        starts = [date(2020, 1, 1), self.first, middle, self.last, self.before.replace(day=1)]
        starts.append(self.days[min(27, len(self.days) - 1)])
        starts.append(self.after)
        if self.chance(0.25):  # the limit on claims: seldom drawn, and rich in turns
            self.add("policy", self.rng.choice(starts[:4]), "expense_limit_on", "yes")
        for name in self.rng.sample(sorted(ODD_VALUES), self.rng.randint(1, 8)):
            rare = name in ("lunch_start", "work_start", "lunch_end", "work_end", "reserve_on")
            if rare and self.chance(0.5):
                continue
            start = self.rng.choice(starts)
            value = self.rng.choice(ODD_VALUES[name])
            self.add("policy", start, name, value)
            later = [day for day in starts if day > start]
            if later and self.chance(0.3):
                again = BASIC_POLICY.get(name) or self.rng.choice(ODD_VALUES[name])
                self.add("policy", self.rng.choice(later), name, again)

    def param(self, name: str, day: date) -> str:
        value = BASIC_POLICY[name]
        for row in sorted(self.rows["policy"]):
            if row[1] == name and row[0] <= day.isoformat():
                value = row[2]
        return value

    def at(self, name: str, day: date) -> datetime:
        return datetime.combine(day, time.fromisoformat(self.param(name, day)))

    def cutoff_of(self, day: date) -> datetime:
        first = day.replace(day=1)
        wanted = int(self.param("cutoff_day", first))
        number = min(wanted, month_length(day.year, day.month))
        return self.at_time(first.replace(day=number), self.param("cutoff_time", first))

    def at_time(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock))

    def make_calendar(self) -> None:
        self.china = holidays.country_holidays("CN", years=range(self.year - 1, self.year + 3))
        self.exceptions: dict[date, bool] = {}
        if self.chance(0.6):
            working = [day for day in self.days if self.is_workday(day)]
            resting = [day for day in self.days if not self.is_workday(day)]
            for day in self.rng.sample(working, self.rng.randint(0, 2)):
                self.exceptions[day] = False
            for day in self.rng.sample(resting, self.rng.randint(0, 2)):
                self.exceptions[day] = True
            if self.chance(0.3):  # one that changes nothing
                self.exceptions[self.rng.choice(working)] = True
        if self.chance(0.2):
            self.exceptions[self.next_workday(self.last)] = False
        for day, working_day in sorted(self.exceptions.items()):
            self.add("calendar", day, "yes" if working_day else "no", "公司安排")
        self.workdays = [day for day in self.days if self.is_workday(day)]

    def is_workday(self, day: date) -> bool:
        if day in self.exceptions:
            return self.exceptions[day]
        if day.weekday() >= 5:
            return day in self.china.weekend_workdays
        return day not in self.china

    def next_workday(self, day: date) -> date:
        day += ONE_DAY
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    # ------------------------------------------------------------ people, customers

    def make_people(self) -> None:
        staff = [
            ("M001", "陶洋", "manager", ""),
            ("Z001", "施静", "supervisor", "M001"),
            ("C001", "韩秀", "finance", ""),
            ("C002", "陈涛", "cashier", ""),
            ("K001", "沈芳", "keeper", ""),
            ("H001", "周超", "admin", ""),
            ("L001", "吕桂", "leader", ""),
        ]
        for no, name, role, chief in staff:
            self.add("people", no, name, role, "销售部", chief, "", "2018-03-01", "", "7000.00")

        middle = self.days[len(self.days) // 2]
        early = date(2019, 1, 7)
        spans: list[tuple[date, date | None]] = [
            (middle, None),
            (early, middle),
            (self.rng.choice(self.days), None),
            (early, self.last),
            (self.last, None),
            (early, self.rng.choice(self.days)),
            (self.first, None),
            (early, self.before - timedelta(days=self.rng.randint(0, 20))),
            (early, self.first),
            (self.days[2], self.days[-4]),
            (self.workdays[1], None),
            (early, self.workdays[-1]),
            (early, self.after),
            (self.after, None),
        ]
        self.rng.shuffle(spans)
        unusual = self.count // 2
        chosen: list[tuple[date, date | None]] = list(spans[:unusual])
        while len(chosen) < self.count:
            chosen.append((early + timedelta(days=self.rng.randint(0, 1500)), None))
        self.rng.shuffle(chosen)

        clean_left = 3
        for index, (hired, left) in enumerate(chosen):
            no = f"Y{index + 1:03d}"
            channel = "telephone" if index % 5 == 3 else "field"
            person = Salesperson(no, hired, left, channel)
            if clean_left and self.chance(0.4):
                person.clean = True
                clean_left -= 1
            salary = self.rng.choice([300000, 456789, 505050, self.rng.randint(250000, 800000)])
            roles = "salesperson+supervisor" if index == 5 else "salesperson"
            self.add(
                "people",
                no,
                f"业务员{index + 1}",
                roles,
                "销售1组",
                "Z001",
                channel,
                hired,
                left,
                yuan(salary),
            )
            self.people.append(person)
            for number in range(self.rng.randint(4, 6)):
                self.customer_count += 1
                customer = f"K{self.customer_count:05d}"
                (person.shunned if number < 2 else person.customers).append(customer)
                created = self.rng.choice([date(2025, 6, 3), self.before, middle])
                self.add(
                    "customers",
                    customer,
                    f"客户{self.customer_count}",
                    "人民路1号",
                    "中型",
                    no,
                    created,
                )

    def random_day(self, start: date, end: date) -> date:
        return start + timedelta(days=self.rng.randint(0, max((end - start).days, 0)))

    # ------------------------------------------------------------ leave and trips

    def make_leave_types(self) -> None:
        self.add("leave_types", "annual", "年假", "1.00", "no", "")
        self.add("leave_types", "marriage", "婚假", "1.00", "yes", "3")
        self.add("leave_types", "family", "家庭假", "0.80", "no", "2.5")
        self.add("leave_types", "unpaid", "停薪假", "0.00", "no", "")
        self.add("leave_types", "study", "进修假", "0.333", "no", "1")

    def make_leave(self, person: Salesperson) -> None:
        self.off: dict[tuple[date, str], str] = {}
        self.trip: set[date] = set()
        if person.left_on is not None and person.left_on < self.first:
            return
        if person.hired_on > self.last:
            return
        for _ in range(0 if self.chance(0.3) else self.rng.randint(1, 3)):
            self.one_trip(person)
        for _ in range(0 if self.chance(0.15) else self.rng.randint(1, 6)):
            self.one_leave(person)
        if self.chance(0.3):  # two kinds of half days on one day
            day = self.rng.choice(self.workdays)
            self.book_leave(person, "personal", day, "am", day, "am", "approved", False)
            other = self.rng.choice(["sick", "family", "annual", "personal"])
            self.book_leave(person, other, day, "pm", day, "pm", "approved", False)

    def one_trip(self, person: Salesperson) -> None:
        start = self.random_day(self.first - timedelta(days=4), self.last)
        end = start + timedelta(days=self.rng.choice([0, 0, 1, 2, 4, 6]))
        start = max(start, person.hired_on)
        if person.left_on is not None:
            end = min(end, person.left_on)
        if end < start:
            return
        status = self.rng.choice(["approved"] * 4 + ["pending", "rejected", "cancelled"])
        span = [start + timedelta(days=number) for number in range((end - start).days + 1)]
        if status in ("approved", "pending") and any(day in self.trip for day in span):
            return
        if not self.add("trips", person.no, start, end, "拜访客户", status):
            return
        if status in ("approved", "pending"):
            self.trip.update(span)
        if status == "approved":
            for day in span:
                if self.chance(0.8):
                    clock = self.rng.choice(["20:53:00", "21:00:00", "21:00:01", "19:10:00"])
                    self.add("trip_reports", person.no, day, f"{day}T{clock}")

    def one_leave(self, person: Salesperson) -> None:
        kind = self.rng.choice(
            ["personal"] * 6 + ["sick", "reward", "annual", "marriage", "family", "unpaid", "study"]
        )
        roll = self.rng.random()
        if roll < 0.15:  # in from the month before
            start = self.first - timedelta(days=self.rng.randint(1, 5))
            end = self.first + timedelta(days=self.rng.randint(0, 3))
        elif roll < 0.30:  # out into the next month
            start = self.last - timedelta(days=self.rng.randint(0, 4))
            end = self.last + timedelta(days=self.rng.randint(1, 5))
        elif roll < 0.60:  # half a day or a day
            start = end = self.rng.choice(self.workdays)
        else:
            start = self.rng.choice(self.days)
            end = start + timedelta(days=self.rng.randint(1, 6))
        start_half = self.rng.choice(["am", "am", "pm"])
        end_half = self.rng.choice(["am", "pm", "pm"])
        if start == end and start_half == "pm":
            end_half = "pm"
        status = self.rng.choice(["approved"] * 7 + ["pending", "rejected", "cancelled"])
        special = kind in ("personal", "family") and self.chance(0.2)
        self.book_leave(person, kind, start, start_half, end, end_half, status, special)

    def book_leave(
        self,
        person: Salesperson,
        kind: str,
        start: date,
        start_half: str,
        end: date,
        end_half: str,
        status: str,
        special: bool,
    ) -> None:
        if not person.employed(start) or not person.employed(end):
            return
        halves = []
        day = start
        while day <= end:
            for half in ("am", "pm"):
                if day == start and half == "am" and start_half == "pm":
                    continue
                if day == end and half == "pm" and end_half == "am":
                    continue
                halves.append((day, half))
            day += ONE_DAY
        active = status in ("approved", "pending")
        if active and any(half in self.off for half in halves):
            return
        reason = "家中有事" if special or self.chance(0.7) else ""
        needs = kind in ("sick", "marriage")
        evidence = "证明.pdf" if needs and (status == "approved" or self.chance(0.5)) else ""
        if not self.add(
            "leave",
            person.no,
            kind,
            start,
            start_half,
            end,
            end_half,
            status,
            "yes" if special else "no",
            reason,
            evidence,
        ):
            return
        if active:
            for booked in halves:
                self.off[booked] = status
        if kind == "reward" and status == "approved":
            granted = start - timedelta(days=self.rng.randint(20, 40))
            self.add("rewards", person.no, granted, "leave", "10.00", f"优待假 {start}{start_half}")

    # ------------------------------------------------------------ attendance

    def make_attendance(self, person: Salesperson) -> None:
        approved = set()
        for row in self.rows["trips"]:
            if row[0] == person.no and row[4] == "approved":
                day = date.fromisoformat(row[1])
                while day <= date.fromisoformat(row[2]):
                    approved.add(day)
                    day += ONE_DAY
        missing: set[date] = set()
        if not person.clean and self.chance(0.25):  # the long absence
            limit = int(self.param("absence_dismissal_days", self.last))
            wanted = limit + self.rng.choice([0, 0, 1])
            missing = set(self.rng.sample(self.workdays, min(wanted, len(self.workdays))))

        for day in self.days:
            if not person.employed(day):
                continue
            off = {half for half in ("am", "pm") if self.off.get((day, half)) == "approved"}
            if day in missing:
                if self.chance(0.1):
                    self.excuse(person, day, self.rng.choice(["in", "out"]))
            elif not self.is_workday(day):
                if self.chance(0.1):
                    self.punch(person, self.at_time(day, "10:15:00"))
            elif day in approved or len(off) == 2:
                if self.chance(0.15):
                    self.punch(person, self.at_time(day, "10:15:00"))
            else:
                self.one_day(person, day, off)

    def make_outings(self, person: Salesperson) -> None:
        """Straight to a customer or straight home, whatever the punches of the day say."""
        rng = self.outside
        for day in self.days:
            if not person.employed(day) or rng.random() > 0.12:
                continue
            start, end = self.at("work_start", day), self.at("work_end", day)
            lunch, after = self.at("lunch_start", day), self.at("lunch_end", day)
            went = rng.choice([start, start, start + SECOND, after, after - SECOND, lunch])
            back = rng.choice([end, end, end - SECOND, lunch, lunch + SECOND, after])
            if back <= went:
                back = went + rng.choice([SECOND, 120 * SECOND, 3600 * SECOND])
            status = rng.choice(["approved"] * 4 + ["pending", "rejected", "cancelled"])
            customer = rng.choice(person.customers or person.shunned)
            cells = (went.isoformat(), back.isoformat(), customer, "王经理", "送样品", status)
            self.add("outings", person.no, *cells)

    def punch(self, person: Salesperson, *instants: datetime) -> None:
        for at in instants:
            self.add("punches", person.no, at.isoformat())

    def excuse(self, person: Salesperson, day: date, side: str, status: str = "") -> None:
        status = status or self.rng.choice(["pending", "accepted", "accepted", "rejected"])
        self.add("excuses", person.no, day, side, status, "客户处直接拜访")

    def one_day(self, person: Salesperson, day: date, off: set[str]) -> None:
        """The punches of a day on which something is due; `sides` are sure incidents."""
        rng = self.rng
        start = self.at("lunch_end" if "am" in off else "work_start", day)
        end = self.at("lunch_start" if "pm" in off else "work_end", day)
        lunch_start, lunch_end = self.at("lunch_start", day), self.at("lunch_end", day)
        grace = timedelta(minutes=int(self.param("grace_minutes", day)))
        merge = timedelta(minutes=int(self.param("punch_merge_minutes", day)))
        middle = start + (end - start) / 2
        early_in = start - timedelta(minutes=rng.randint(1, 40), seconds=rng.randint(0, 59))
        late_out = end + timedelta(minutes=rng.randint(0, 70), seconds=rng.randint(0, 59))
        late_in = start + grace + timedelta(minutes=rng.randint(1, 50))
        early_out = end - timedelta(minutes=rng.randint(1, 50))
        sides: list[str] = []

        if person.clean:
            roll = rng.random()
            if roll < 0.85:
                self.punch(person, early_in, late_out)
            elif roll < 0.93:  # late, but excused
                self.punch(person, late_in, late_out)
                self.excuse(person, day, "in", "accepted")
            else:  # no punch out, but excused
                self.punch(person, early_in)
                self.excuse(person, day, "out", "accepted")
            return

        roll = rng.random()
        if roll < 0.50:
            self.punch(person, early_in, late_out)
            if self.chance(0.2):
                self.punch(person, middle, middle + timedelta(minutes=30))
            if self.chance(0.05):
                self.excuse(person, day, rng.choice(["in", "out"]))
            return
        if roll < 0.58:  # on the second
            first = rng.choice([start, start + SECOND, start + grace, start + grace + SECOND])
            last = rng.choice([end, end - SECOND, end + SECOND])
            self.punch(person, first, last)
            if first > start + grace:
                sides.append("in")
            if last < end:
                sides.append("out")
        elif roll < 0.64:
            self.punch(person, late_in, late_out)
            sides.append("in")
        elif roll < 0.70:
            self.punch(person, early_in, early_out)
            sides.append("out")
        elif roll < 0.73:
            self.punch(person, late_in, early_out)
            sides += ["in", "out"]
        elif roll < 0.79:  # half a day away, or just not
            if self.chance(0.5):
                first = lunch_end + rng.choice([-SECOND, timedelta(0), SECOND, 90 * SECOND])
                self.punch(person, first, rng.choice([late_out, early_out]))
            else:
                last = lunch_start + rng.choice([-SECOND, timedelta(0), SECOND, -90 * SECOND])
                self.punch(person, rng.choice([early_in, late_in]), last)
        elif roll < 0.88:  # one punch
            at = rng.choice(
                [
                    early_in,
                    late_in,
                    middle - SECOND,
                    middle,
                    middle + SECOND,
                    lunch_start,
                    lunch_end - SECOND,
                    lunch_end,
                    lunch_end + timedelta(minutes=10),
                    early_out,
                    late_out,
                    end,
                    start,
                ]
            )
            self.punch(person, at)
        elif roll < 0.95:  # punches that are one, or just not
            gap = rng.choice([merge - SECOND, merge, merge + SECOND, SECOND])
            at = rng.choice(
                [
                    early_in,
                    late_in,
                    middle - SECOND,
                    middle - merge,
                    late_out,
                    lunch_end - SECOND,
                    early_out,
                ]
            )
            self.punch(person, at, at + gap)
            if self.chance(0.4):
                self.punch(person, at + gap / 2)
        # and else no punch at all

        accepted: set[str] = set()
        for side in ("in", "out"):
            if self.chance(0.3):
                status = rng.choice(["pending", "accepted", "accepted", "rejected"])
                if status == "accepted":
                    accepted.add(side)
                self.excuse(person, day, side, status)
        for side in sides:
            if side not in accepted and self.chance(0.5):
                paid = self.at_time(day, "18:35:00")
                if self.chance(0.2):
                    paid = self.at_time(self.random_day(day, self.last), "19:00:00")
                self.add("fine_payments", person.no, day, side, paid.isoformat())

    # ------------------------------------------------------------ orders and money

    def new_order(self, person: Salesperson, amount: int, signed: date | None) -> dict[str, str]:
        self.order_count += 1
        order = {
            "no": f"D{self.order_count:05d}",
            "owner": person.no,
            "amount": str(amount),
            "signed": signed.isoformat() if signed else "",
        }
        customer = self.rng.choice(person.customers)
        self.add("orders", order["no"], customer, person.no, yuan(amount), signed)
        person.orders.append(order)
        return order

    def deliver(self, order: dict[str, str], day: date, amount: int) -> None:
        self.add("deliveries", order["no"], day, yuan(amount))

    def make_orders(self, person: Salesperson) -> None:
        """Orders for expenses, with their claims; and one big one the money scenes draw on."""
        rng = self.rng
        signed = self.before - timedelta(days=rng.randint(20, 60))
        self.new_order(person, rng.randint(30000000, 60000000), signed)
        person.orders[0]["left"] = person.orders[0]["amount"]
        half = int(person.orders[0]["amount"]) // 2
        self.deliver(person.orders[0], signed + timedelta(days=2), half)
        self.deliver(person.orders[0], rng.choice(self.days), rng.randint(100, half))

        for _ in range(rng.randint(1, 4)):
            amount = rng.choice(
                [
                    2000000,
                    2000001,
                    1999999,
                    500000,
                    5000000,
                    5000001,
                    rng.randint(10000, 20000000),
                    rng.randint(10000, 20000000),
                ]
            )
            day = rng.choice(
                [
                    None,
                    self.before - timedelta(days=10),
                    self.before - timedelta(days=10),
                    rng.choice(self.days),
                    self.after,
                ]
            )
            order = self.new_order(person, amount, day)
            self.make_claims(person, order, amount, day)

    def make_claims(
        self, person: Salesperson, order: dict[str, str], amount: int, signed: date | None
    ) -> None:
        rng = self.rng
        same_day = rng.choice(self.days)
        limited = any(row[1:] == ["expense_limit_on", "yes"] for row in self.rows["policy"])
        for _ in range(rng.choice([3, 4, 5] if limited else [0, 1, 2, 2, 3, 5])):
            kind = rng.choice(["travel", "meal"])
            cap_rate = float(self.param("expense_cap_rate", self.last))
            rate = float(self.param(f"{kind}_rate", self.last))
            just = int(amount * cap_rate / rate)
            claimed = rng.choice(
                [
                    just - 1,
                    just,
                    just + 1,
                    just + 2,
                    just // 2,
                    just // 3,
                    2 * just,
                    rng.randint(1, 2 * just + 2),
                    1,
                ]
            )
            approved = rng.choice(
                [
                    None,
                    rng.choice(self.days),
                    rng.choice(self.days),
                    same_day,
                    same_day,
                    self.before - timedelta(days=rng.randint(0, 9)),
                    self.after,
                    self.first,
                    self.last,
                    signed,
                    signed - ONE_DAY if signed else None,
                ]
            )
            spent = (approved or self.first) - timedelta(days=rng.randint(0, 3))
            self.claim_count += 1
            number = rng.choice([f"X{self.claim_count:05d}", f"X{self.claim_count}"])
            claimant = person.no
            if self.colleague_slips and self.chance(0.05):
                claimant = rng.choice(self.people).no
            self.add(
                "expenses",
                number,
                claimant,
                order["no"],
                kind,
                spent,
                yuan(max(claimed, 1)),
                approved,
            )

    def new_slip(self, person: Salesperson, due: int, day: date, order: int = 0) -> Slip:
        """A slip on one of the person's orders, at the start of the day."""
        the_order = person.orders[order]
        left = int(the_order["left"])
        due = max(min(due, left), 1)
        the_order["left"] = str(left - due)
        holder = person.no
        if self.colleague_slips and self.chance(0.04):
            others = [other for other in self.people if other.employed(day)]
            if others:
                holder = self.rng.choice(others).no
        minute = timedelta(minutes=self.rng.randint(0, 25), seconds=self.rng.randint(0, 59))
        slip = Slip(the_order, holder, self.at_time(day, "08:20:00") + minute, due)
        self.slips.append(slip)
        return slip

    def pay(
        self,
        slip: Slip,
        received: datetime,
        handed: datetime | None,
        amount: int = 0,
        transfer: bool = False,
    ) -> None:
        amount = min(amount or slip.left, slip.left)
        if amount <= 0:
            return
        slip.left -= amount
        method = "transfer" if transfer else self.rng.choice(["cash", "cash", "cheque"])
        slip.payments.append((received, amount, method, handed))

    def sum_of_money(self) -> int:
        return self.rng.choice(
            [
                self.rng.randint(1, 100),
                self.rng.randint(10000, 900000),
                860000,
                self.rng.randint(100000, 4000000),
                5000000,
            ]
        )

    def make_money(self, person: Salesperson) -> None:
        rng = self.rng
        window = (self.cutoff.date() - self.previous_cutoff.date()).days
        if person.left_on is not None and person.left_on < self.previous_cutoff.date():
            window = 0
        for _ in range(rng.randint(0, 5)):  # ordinary days
            if window == 0:
                break
            day = self.previous_cutoff.date() + timedelta(days=rng.randint(1, window))
            if not person.employed(day):
                continue
            slip = self.new_slip(person, self.sum_of_money(), day)
            morning = self.at_time(day, "09:30:00") + timedelta(minutes=rng.randint(0, 140))
            evening = self.at_time(day, "17:05:00") + timedelta(minutes=rng.randint(0, 54))
            roll = rng.random()
            if roll < 0.4:
                self.pay(slip, morning, evening)
            elif roll < 0.6:
                self.pay(slip, morning, None, transfer=True)
            elif roll < 0.8:
                self.pay(slip, morning, evening, amount=max(slip.due // 3, 1))
                if self.chance(0.5):
                    self.pay(slip, morning + timedelta(minutes=30), evening)
            elif roll < 0.9:
                slip.returned = self.at_time(day, "17:30:00")
                if self.chance(0.4):
                    self.pay(slip, morning, evening, amount=max(slip.due // 2, 1))
        for scene in rng.sample(self.SCENES, rng.choice([0, 1, 1, 2, 3])):
            scene(self, person)

    # The scenes around a cutoff. Each makes a slip and its payments.

    def ready(self, person: Salesperson, day: date) -> Slip:
        return self.new_slip(person, self.sum_of_money(), day)

    def scene_previous_edge(self, person: Salesperson) -> None:
        edge = self.previous_cutoff
        slip = self.ready(person, edge.date())
        if self.chance(0.5):
            late = edge + self.rng.choice([timedelta(0), MICROSECOND, -MICROSECOND, SECOND])
            self.pay(slip, late, None, transfer=True)
        else:
            late = edge + self.rng.choice([timedelta(0), MICROSECOND, SECOND])
            self.pay(slip, edge - timedelta(minutes=50), late)

    def scene_edge(self, person: Salesperson) -> None:
        edge = self.cutoff
        slip = self.ready(person, edge.date())
        if self.chance(0.4):
            late = edge + self.rng.choice([timedelta(0), MICROSECOND, -MICROSECOND, SECOND])
            self.pay(slip, late, None, transfer=True)
        else:
            late = edge + self.rng.choice([timedelta(0), MICROSECOND, SECOND])
            received = edge - self.rng.choice([timedelta(hours=1), timedelta(minutes=1)])
            half = self.rng.choice([0, max(slip.due // 2, 1)])
            self.pay(slip, received, late, amount=half)

    def scene_own_day(self, person: Salesperson) -> None:
        """Received on the cutoff's day, handed in around the end of work."""
        day = self.cutoff.date()
        end = self.at("work_end", day)
        received = self.cutoff - self.rng.choice([timedelta(0), MICROSECOND, timedelta(hours=2)])
        handed: datetime | None = self.rng.choice(
            [
                end,
                end + MICROSECOND,
                end + SECOND,
                end - SECOND,
                self.at_time(day + ONE_DAY, "09:30:00"),
                None,
            ]
        )
        if handed is not None and handed < received:
            handed = received
        self.pay(self.ready(person, day), received, handed)

    def scene_day_before(self, person: Salesperson) -> None:
        day = self.cutoff.date() - timedelta(days=self.rng.choice([1, 1, 2, 4]))
        received = self.at_time(day, "11:00:00")
        handed = self.rng.choice(
            [
                self.cutoff,
                self.cutoff + MICROSECOND,
                self.cutoff + timedelta(minutes=20),
                self.at_time(day, "17:30:00"),
                None,
            ]
        )
        self.pay(self.ready(person, day), received, handed)

    def scene_after(self, person: Salesperson) -> None:
        """Received after the cutoff: the next collection month's, whatever happens."""
        received = self.cutoff + self.rng.choice([MICROSECOND, SECOND, timedelta(minutes=5)])
        handed = self.rng.choice([None, received + timedelta(days=3), received + SECOND])
        self.pay(self.ready(person, self.cutoff.date()), received, handed)

    def scene_old(self, person: Salesperson) -> None:
        """Money received long ago."""
        day = self.random_day(
            self.previous_cutoff.date() - timedelta(days=40), self.previous_cutoff.date()
        )
        day = max(day, person.hired_on) if person.employed(max(day, person.hired_on)) else day
        received = self.at_time(day, "10:10:00")
        handed = self.rng.choice(
            [
                None,
                received + timedelta(days=2),
                self.previous_cutoff + timedelta(hours=1),
                self.cutoff,
                self.cutoff + SECOND,
                self.cutoff + timedelta(days=1),
            ]
        )
        if handed is not None and handed < received:
            handed = received
        self.pay(self.ready(person, day), received, handed)

    def scene_late_handover(self, person: Salesperson) -> None:
        day = self.cutoff.date() - timedelta(days=self.rng.choice([0, 0, 1, 1, 3]))
        received = min(self.at_time(day, "11:20:00"), self.cutoff)
        following = self.next_workday(day)
        end = self.at("work_end", following)
        handed = self.rng.choice(
            [
                end,
                end,
                end - timedelta(hours=2),
                end + SECOND,
                end + MICROSECOND,
                None,
                self.at_time(self.next_workday(following), "09:30:00"),
            ]
        )
        slip = self.ready(person, day)
        self.pay(slip, received, handed)
        own_day = [self.at_time(day, "15:30:00"), self.at_time(day, "08:00:00")]
        if day == self.cutoff.date():
            edge = [self.cutoff, self.cutoff - MICROSECOND, self.cutoff + SECOND]
            own_day = [own_day[1], *edge, self.cutoff - timedelta(minutes=30)]
        declared = self.rng.choice(own_day)
        if self.chance(0.15):  # not on its own day
            declared = declared + self.rng.choice([-ONE_DAY, ONE_DAY])
        self.add("late_handovers", slip.holder, day, declared.isoformat(), "客户在外地")
        if self.chance(0.2):  # and one more the declaration does not cover
            other = self.at_time(day - ONE_DAY, "11:20:00")
            self.pay(self.ready(person, day - ONE_DAY), other, handed)

    def scene_returned(self, person: Salesperson) -> None:
        day = self.cutoff.date()
        slip = self.ready(person, day - timedelta(days=self.rng.randint(0, 9)))
        slip.returned = self.rng.choice(
            [self.cutoff, self.cutoff + MICROSECOND, self.cutoff - SECOND]
        )

    def scene_issued(self, person: Salesperson) -> None:
        slip = self.ready(person, self.cutoff.date())
        slip.issued = self.cutoff + self.rng.choice([timedelta(0), MICROSECOND, SECOND])

    def scene_covered(self, person: Salesperson) -> None:
        """Covered by the last fen, or one short of it."""
        day = self.cutoff.date()
        slip = self.ready(person, day)
        if slip.due < 3:
            return
        morning = self.cutoff - timedelta(hours=2)
        self.pay(slip, morning, self.cutoff - SECOND, amount=slip.due - 1)
        if self.chance(0.7):
            late = self.cutoff + self.rng.choice([timedelta(0), MICROSECOND])
            self.pay(slip, morning, late, amount=1)

    SCENES = (
        scene_previous_edge,
        scene_edge,
        scene_own_day,
        scene_own_day,
        scene_day_before,
        scene_after,
        scene_old,
        scene_late_handover,
        scene_late_handover,
        scene_returned,
        scene_issued,
        scene_covered,
    )

    def write_slips(self) -> None:
        self.slips.sort(key=lambda slip: slip.issued)
        money = []
        for index, slip in enumerate(self.slips):
            no = f"S{index + 1:06d}"
            returned = slip.returned.isoformat() if slip.returned else ""
            self.add(
                "slips",
                no,
                slip.order["no"],
                slip.holder,
                slip.issued.isoformat(),
                yuan(slip.due),
                returned,
            )
            for received, amount, method, handed in slip.payments:
                money.append((received, no, amount, method, handed))
        money.sort(key=lambda entry: entry[:2])
        for number, (received, no, amount, method, handed) in enumerate(money, start=1):
            self.add(
                "payments",
                f"R{number:06d}",
                no,
                yuan(amount),
                method,
                received.isoformat(),
                handed.isoformat() if handed else "",
            )

    # ------------------------------------------------------------ bad debts

    def make_case(self, person: Salesperson) -> None:
        """A bad debt on an order of its own, with deliveries, money and costs around it."""
        rng = self.rng
        signed = self.before - timedelta(days=rng.randint(60, 90))
        amount = rng.randint(100000, 6000000)
        order = self.new_order(person, amount, signed)
        order["left"] = "0"
        opened = rng.choice(
            [
                self.before - timedelta(days=rng.randint(0, 40)),
                rng.choice(self.days),
                date(self.year - 1, 12, rng.randint(1, 31)),
                date(self.year, 1, 1),
                person.left_on or self.first,
                self.first,
                self.last,
            ]
        )
        if opened <= signed:
            signed = opened - timedelta(days=30)
            self.rows["orders"][-1][4] = signed.isoformat()
        outcome = rng.choice(["", "", "recovered", "recovered", "dead", "dead", "dead", "dead"])
        ended: date | None = None
        if outcome:
            ended = rng.choice(
                [
                    rng.choice(self.days),
                    rng.choice(self.days),
                    self.first,
                    self.last,
                    self.before - timedelta(days=rng.randint(0, 9)),
                    self.after + 3 * ONE_DAY,
                    person.left_on or self.last,
                ]
            )
            if ended < opened:
                ended = max(opened, rng.choice(self.days))
        self.case_count += 1
        case = f"B{self.case_count:03d}"
        self.add("bad_debts", case, order["no"], opened, outcome, ended)

        pivot = ended or opened
        self.deliver(order, signed + ONE_DAY, amount // 2)
        delivered = amount // 2
        if self.chance(0.4):
            self.deliver(order, rng.choice([pivot, pivot + ONE_DAY]), amount // 4)
            delivered += amount // 4

        costs = [self.first, self.last, pivot, pivot, pivot - ONE_DAY, pivot + ONE_DAY]
        costs += [rng.choice(self.days) for _ in range(3)]
        costs += [self.before, person.left_on or self.first]
        for day in rng.sample(costs, rng.choice([0, 1, 2, 3, 5])):
            if day >= opened:
                fen = rng.choice([1, 30001, 315001, 26033, 15000, rng.randint(1, 900000)])
                self.add("legal_costs", case, day, yuan(fen))

        # money: well before, on the day, at the day's last and next day's first instant, after
        due = delivered
        issued = signed + timedelta(days=2)
        slip = Slip(order, person.no, self.at_time(issued, "08:40:00"), due)
        self.slips.append(slip)
        moments = [
            self.at_time(signed + timedelta(days=5), "11:00:00"),
            self.at_time(pivot, "11:00:00"),
            self.at_time(pivot, "23:59:59.999999"),
            self.at_time(pivot + ONE_DAY, "00:00:00"),
            self.at_time(pivot + timedelta(days=rng.randint(1, 12)), "14:00:00"),
            self.at_time(self.last, "23:59:59"),
            self.at_time(self.after, "00:00:00"),
        ]
        for moment in rng.sample(moments, rng.choice([0, 1, 2, 3])):
            part = rng.choice([0, due // 3 + 1, due // 5 + 1])
            if moment < slip.issued:
                continue
            if self.chance(0.5):
                self.pay(slip, moment, None, amount=part, transfer=True)
            else:
                received = max(moment - timedelta(hours=rng.choice([0, 1, 30])), slip.issued)
                self.pay(slip, received, moment, amount=part)

    def make_reserve(self, person: Salesperson) -> None:
        if person.hired_on >= self.first:
            return
        fen = self.rng.choice([None, 0, 15000, 165000, 7777, 90001, 30000, 1])
        if fen is not None:
            self.add("reserve_opening", person.no, self.first, yuan(fen))

    # ------------------------------------------------------------ visits, goods, conduct

    def make_visits(self, person: Salesperson) -> None:
        rng = self.rng
        least = int(self.param("points_min", self.last))
        short = int(self.param("points_shortfall", self.last))
        edge = least - short
        wanted = rng.choice([edge, edge + 1, edge, edge + 1, least, 0, 3, least + 2])
        pairs = [
            (customer, day)
            for customer in person.customers
            for day in self.days
            if person.employed(day)
        ]
        chosen = rng.sample(pairs, min(max(wanted, 0), len(pairs)))
        kinds = ["first", "return", "after-sales"]
        for customer, day in chosen:
            if self.chance(0.05):
                clock = rng.choice(["00:00:00", "23:59:59"])
            else:
                clock = f"{rng.randint(9, 17):02d}:{rng.randint(0, 59):02d}:00"
            self.visit(person, customer, f"{day}T{clock}", rng.choice(kinds), "no")
            if self.chance(0.1):
                self.visit(person, customer, f"{day}T18:30:00", rng.choice(kinds), "no")
        left = [pair for pair in pairs if pair not in chosen]
        for customer, day in rng.sample(left, min(4, len(left))):
            if self.chance(0.5):
                self.visit(person, customer, f"{day}T08:05:00", "telephone", "no")
            else:
                self.visit(person, customer, f"{day}T11:01:00", rng.choice(kinds), "yes")
        for outside in (f"{self.before}T23:59:59", f"{self.after}T00:00:00"):
            if person.employed(date.fromisoformat(outside[:10])) and self.chance(0.6):
                self.visit(person, rng.choice(person.customers), outside, "return", "no")

    def visit(self, person: Salesperson, customer: str, at: str, kind: str, void: str) -> None:
        self.add("visits", person.no, customer, at, kind, "了解需求,介绍新品", void)

    def make_spot_checks(self, person: Salesperson) -> None:
        days = [day for day in self.days if person.employed(day)]
        if not days:
            return
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            day = self.rng.choice([*days, *days, self.before, self.after])
            if not person.employed(day):
                continue
            for customer in self.rng.sample(person.shunned, self.rng.choice([1, 2])):
                self.add("spot_checks", person.no, customer, day, "none")
        if self.chance(0.3):
            customer = self.rng.choice(person.customers)
            self.add("spot_checks", person.no, customer, self.rng.choice(days), "records")

    def make_goods(self) -> None:
        rng = self.rng
        days = [*self.days, self.before, self.before, self.after]
        loans = 0
        for person in self.people:
            for _ in range(rng.choice([0, 0, 1, 2])):
                loans += 1
                lent = rng.choice(days)
                back: date | None = lent + timedelta(days=rng.choice([0, 1, 2, 3, 10]))
                condition = rng.choice(["good", "damaged", "damaged", "lost"])
                if condition == "good" and self.chance(0.3):
                    back, condition = None, ""
                self.add(
                    "loans",
                    f"L{loans:03d}",
                    person.no,
                    "演示变频器",
                    yuan(rng.randint(1, 200000)),
                    f"{lent}T09:00:00",
                    back,
                    condition,
                )
        for number in range(1, rng.randint(2, 5)):
            no = "Z001" if number == 4 else rng.choice(self.people).no
            self.add(
                "damages",
                f"P{number:03d}",
                no,
                rng.choice(days),
                "投影仪",
                yuan(rng.randint(1, 300000)),
                rng.choice(["yes", "no"]),
            )

    def make_rewards(self) -> None:
        rng = self.rng
        days = [*self.days, self.before, self.after, self.first, self.last]
        for number in range(rng.randint(2, 6)):
            person = rng.choice(self.people)
            day = rng.choice(days)
            kind = rng.choice(["bonus", "bonus", "bonus", "title", "praise"])
            amount = yuan(rng.randint(1, 200000)) if kind == "bonus" else ""
            self.add_reward(person.no, day, kind, amount, f"表扬{number}")
            if kind == "bonus" and self.chance(0.3):
                self.add_reward(person.no, day, kind, amount, f"又一次{number}")
        self.add_reward("Z001", self.first, "bonus", "100.00", "主管")

    def add_reward(self, no: str, day: date, kind: str, amount: str, note: str) -> None:
        self.add("rewards", no, day, kind, amount, note)

    def make_conduct(self) -> None:
        rng = self.rng
        days = [*self.days, self.before, self.after, self.first, self.last]
        number = 0
        for _ in range(rng.randint(1, 5)):
            person = rng.choice(self.people)
            for _ in range(rng.choice([1, 1, 1, 2])):
                number += 1
                sanction = rng.choice(
                    [
                        "forfeit",
                        "forfeit",
                        "forfeit",
                        "criticism",
                        "warning",
                        "demotion",
                        "dismissal",
                        "fine",
                        "bonus_cut",
                    ]
                )
                self.add(
                    "conduct",
                    f"W{number:03d}",
                    person.no,
                    rng.choice(OFFENCES),
                    rng.choice(days),
                    sanction,
                    "说明",
                )

    # ------------------------------------------------------------ the whole

    def run(self) -> None:
        self.make_people()
        self.make_leave_types()
        for person in self.people:
            self.make_leave(person)
            self.make_attendance(person)
            self.make_outings(person)
        for no in ("Z001",):  # whoever is no salesperson punches too, and is not looked at
            for day in self.workdays[:6]:
                self.add("punches", no, f"{day}T09:45:00")
        for person in self.people:
            self.make_orders(person)
        for person in self.people:
            self.make_money(person)
            for _ in range(self.rng.choice([0, 0, 0, 1, 1, 2])):
                self.make_case(person)
            self.make_reserve(person)
        self.write_slips()
        for person in self.people:
            self.make_visits(person)
            self.make_spot_checks(person)
        self.make_goods()
        self.make_rewards()
        self.make_conduct()
        if self.chance(0.7):
            opening = self.rng.choice([0, 1, 4, 1000, 33333])
            self.add("pool_opening", self.month, yuan(opening))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in COLUMNS.items():
            path = folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(columns.split())
                writer.writerows(self.rows[name])


def generate(
    folder: Path,
    *,
    month: str,
    seed: int,
    people: int = 12,
    policy: Mapping[str, object] | PolicyRows | None = None,
    colleague_slips: bool = True,
) -> None:
    """Write all tables for one random month into the folder.

    policy: a mapping (parameter to value, in force since long before), or rows (effective_on,
    parameter, value); None draws some at random, {} keeps every default.
    colleague_slips: now and then a slip, or a claim, is not the order's salesperson's.
    """
    generator = Generator(month, seed, people, policy, colleague_slips)
    generator.run()
    generator.write(Path(folder))


def check(folder: Path) -> list[str]:
    """What is wrong with the data of a folder, by the promises above; nothing if all is well."""
    tables: dict[str, list[dict[str, str]]] = {}
    for name in COLUMNS:
        with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            tables[name] = list(csv.DictReader(stream))
    wrong = []

    def known(table: str, column: str, others: Iterable[dict[str, str]], key: str) -> None:
        there = {row[key] for row in others}
        for row in tables[table]:
            if row[column] not in there:
                wrong.append(f"{table}: unknown {column} {row[column]}")

    for name, rows in tables.items():
        keys = [
            tuple(row[column] for column in COLUMNS[name].split()[: KEYS[name]])
            if name in KEYS
            else (row["employee_no"], row["decided_on"], row["kind"], row["note"])
            for row in rows
        ]
        if len(set(keys)) < len(keys):
            wrong.append(f"{name}: a key twice")
        columns = COLUMNS[name].split()
        if "employee_no" in columns:
            known(name, "employee_no", tables["people"], "employee_no")
        if "customer_no" in columns and name != "customers":
            known(name, "customer_no", tables["customers"], "customer_no")
        if "order_no" in columns and name != "orders":
            known(name, "order_no", tables["orders"], "order_no")
    known("payments", "slip_no", tables["slips"], "slip_no")
    known("legal_costs", "case_no", tables["bad_debts"], "case_no")

    issued = ""
    for number, row in enumerate(tables["slips"], start=1):
        if row["slip_no"] != f"S{number:06d}" or row["issued_at"] < issued:
            wrong.append(f"slips: {row['slip_no']} out of turn")
        issued = row["issued_at"]
    slips = {row["slip_no"]: row for row in tables["slips"]}
    paid: dict[str, int] = {}
    for row in tables["payments"]:
        slip = slips[row["slip_no"]]
        paid[row["slip_no"]] = paid.get(row["slip_no"], 0) + fen(row["amount"])
        if paid[row["slip_no"]] > fen(slip["amount_due"]):
            wrong.append(f"payments: {row['payment_no']} is too much")
        received = datetime.fromisoformat(row["received_at"])
        if received < datetime.fromisoformat(slip["issued_at"]):
            wrong.append(f"payments: {row['payment_no']} before its slip")
        if row["handed_in_at"] and datetime.fromisoformat(row["handed_in_at"]) < received:
            wrong.append(f"payments: {row['payment_no']} handed in before received")
        if fen(row["amount"]) <= 0:
            wrong.append(f"payments: {row['payment_no']} is nothing")
    for row in tables["slips"]:
        if fen(row["amount_due"]) <= 0:
            wrong.append(f"slips: {row['slip_no']} over nothing")

    taken: set[tuple[str, str, str]] = set()
    for row in tables["leave"]:
        needed = row["status"] == "approved" and row["type"] in ("sick", "marriage")
        if needed and not row["evidence"]:
            wrong.append(f"leave: no evidence {row}")
        if row["special_case"] == "yes" and not row["reason"]:
            wrong.append(f"leave: no reason {row}")
        if row["status"] not in ("approved", "pending"):
            continue
        day, end = date.fromisoformat(row["start_on"]), date.fromisoformat(row["end_on"])
        halves = []
        while day <= end:
            for half in ("am", "pm"):
                before = day.isoformat() == row["start_on"] and half < row["start_half"]
                past = day.isoformat() == row["end_on"] and half > row["end_half"]
                if not before and not past:
                    halves.append((row["employee_no"], day.isoformat(), half))
            day += ONE_DAY
        if not halves or any(half in taken for half in halves):
            wrong.append(f"leave: overlaps {row}")
        taken.update(halves)
    for row in tables["loans"]:
        if row["condition"] in ("damaged", "lost") and not row["returned_on"]:
            wrong.append(f"loans: {row['loan_no']} without a day")
    for row in tables["bad_debts"]:
        if row["outcome_on"] and row["outcome_on"] < row["opened_on"]:
            wrong.append(f"bad_debts: {row['case_no']} ends before it begins")
        if bool(row["outcome"]) != bool(row["outcome_on"]):
            wrong.append(f"bad_debts: {row['case_no']} half an outcome")
    return wrong


def fen(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])

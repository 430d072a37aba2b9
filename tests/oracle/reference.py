"""A second program for the regulation: one month, straight from the CSV tables.

Written apart from the engine, from the pages of the regulation and the file formats alone, so that
the two can be compared to the fen. It is slow and plain on purpose: it walks the month day by day,
keeps money in whole fen, and knows no database.

    compute(folder, "2026-10", None)["statements"]

The month is taken as the first one closed in fresh books: what the tables say about earlier months
is history (claims paid, debts borne, money handed in), and nothing is brought forward but the pool
opening and the reserve opening.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

READINGS = """What the pages leave open, as this program reads it.

- POL-1: a parameter has the value of its latest row with effective_on on or before the day; a
  parameter without a row keeps the default, whatever other parameters the version sets.
- Scope: only people whose roles hold salesperson have attendance, pool, statement, collections,
  duties, findings and reserve; facts of others change nothing here.
- Listing: statements, collections and reserve list salespeople employed on at least one day of
  the month, and salespeople not employed in it who have a line or a non-zero figure.
- ATT-1: a single punch counts as merged even where punch_merge_minutes is 0. The midpoint of a
  half day is 10:30 or 15:30. Punches belong to their local calendar date.
- ATT-6: with an approved outing the day is looked at twice: by its punches alone, and from the
  earliest to the latest of punches and outings' ends, never merged and never missing. What has
  fewer absent halves counts, then what has fewer incidents that nobody excused.
- ATT-2: a fine paid in cash after the close's instant is not known at the close; a row for an
  incident that is excused or does not exist changes nothing.
- ATT-4: fine x absent half days of the day / 2, rounded half up once a day.
- ATT-5, VIS-2: the threshold is the version's of the month's last day.
- LEA-1: the allowance is the version's of the leave day; it is spent half day by half day,
  morning first, by standing days only, on workdays the person is employed.
- LEA-1: leave on a trip day spends allowance (LEA-4: cap) but is no absence and no deduction.
- LEA-1: special_case counts only with a reason, for every type with a cap; a special-case day of
  a type with a pay rate still carries its LEA-4 deduction.
- LEA-4: for personal leave the cap is personal_leave_days, a row of leave_types for it can only
  give a pay rate.
- CUT-1, CUT-2: a payment is its slip's salesperson's. COMM-1: commission on a payment goes to the
  order's salesperson (CUS-4: commission goes to whom the order is).
- CUT-1: a slip is held from issued_at <= cutoff; returned_at <= cutoff or money handed in by the
  cutoff >= amount_due ends it. A transfer counts by received_at even with handed_in_at.
- CUT-2: where one payment is still waiting for its next workday and another one cannot be
  excused, the fine is charged at once. A deadline has passed when as_of >= that day's work_end
  (version of that day); money handed in at that very instant is in time.
- CUT-2: both excuses are open to a payment received on the cutoff's day; either one will do. The
  late handover is that of the slip's salesperson. The cutoff's own day need be no workday.
- as_of touches CUT-2 alone; before the cutoff nothing is charged; the rest sees the whole month.
- RES: the case's salesperson is the order's. Only costs with reserve_on on their day are taken; a
  case closed on the day itself is not open at the end of that day.
- RES-4: after a dead outcome day costs are the company's where RES-6 stood on that day, and
  halved as before where it did not; after a recovered outcome they are still halved.
- RES-6 stands where reserve_on and dead_debt_on are yes on the outcome day, and then for money of
  later days too; what came in before this month has used up what was borne first.
- RES-2: refund of a leaver: the balance at the end of left_on, after that day's entries. Later
  costs are pay's; later givebacks stay in the account.
- EXP: a claim of any earlier month counts for its order's 2 % as the rules of its approval day
  gave it; it is paid to the claimant, who need not be the order's salesperson.
- EXP-4: a claim counts for the limit in its approval month even where the limit was off when it
  was approved.
- GOOD-2: on purpose or not, the cost price is charged. DIS-2: only sanction forfeit forfeits,
  once a person and month.
- COMM-1: money above a last tier that is not inf earns nothing.
- PAY-4: losses are GOOD-1, GOOD-2 and what RES-4 and RES-6 do to pay, taken together; the wage is
  base, commission and bonus less LEA-4 and DIS-2. A deduction is a rule whose lines together take;
  what a rule gives lifts no limit. The version is that of the month's last day; the minimum is that
  of the workdays employed, half up. Nothing was carried into the first month of fresh books.
- PAY-6 (brought forward) is outside this program.
"""

DEFAULTS = {
    "cutoff_day": "28",
    "cutoff_time": "16:00",
    "carryover_fine": "500",
    "late_fine": "5",
    "grace_minutes": "0",
    "punch_merge_minutes": "5",
    "work_start": "09:00",
    "lunch_start": "12:00",
    "lunch_end": "13:00",
    "work_end": "18:00",
    "absence_fine_per_day": "30",
    "absence_dismissal_days": "15",
    "personal_leave_days": "3",
    "reserve_on": "yes",
    "reserve_monthly": "150",
    "reserve_reward_rate": "0.05",
    "dead_debt_on": "yes",
    "expenses_on": "yes",
    "travel_rate": "0.80",
    "meal_rate": "0.60",
    "expense_cap_rate": "0.02",
    "expense_limit_on": "no",
    "expense_limit_min_order": "20000",
    "expense_limit_claims": "3",
    "points_min": "30",
    "points_shortfall": "3",
    "no_record_fine": "200",
    "commission_tiers": "50000:0.01;200000:0.02;inf:0.03",
    "deduction_cap_rate": "0.20",
    "deduction_cap_on": "no",
    "minimum_wage": "0",
}

# To whom commission on a payment goes: the salesperson of the "order" (CUS-4) or of the "slip".
COMMISSION_TO = "order"

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
TABLES = ["statements", "pool", "collections", "duties", "findings", "reserve"]

Row = dict[str, str]


# ---------------------------------------------------------------- small helpers


def read_table(folder: Path, name: str) -> list[Row]:
    """The rows of one table; a table that is not there is an empty one."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    rows = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        rows.append({key.strip(): (value or "").strip() for key, value in row.items() if key})
    return rows


def to_fen(text: str) -> int:
    """Yuan as text to whole fen; an empty cell is nothing."""
    if text == "":
        return 0
    exact = Decimal(text) * 100
    if exact != int(exact):
        raise ValueError(f"more than two decimals: {text}")
    return int(exact)


def to_yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def half_up(amount: Fraction) -> int:
    """Round an amount that is not negative, half up."""
    return int(amount + Fraction(1, 2))


def to_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def to_time(text: str) -> time:
    hour, minute = text.split(":")[:2]
    return time(int(hour), int(minute))


def to_instant(text: str) -> datetime | None:
    """A local instant of the company's clock, kept naive."""
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is not None:
        instant = instant.astimezone(SHANGHAI).replace(tzinfo=None)
    return instant


def must_date(text: str) -> date:
    return date.fromisoformat(text)


def must_instant(text: str) -> datetime:
    instant = to_instant(text)
    if instant is None:
        raise ValueError("an instant is missing")
    return instant


def csv_text(header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


# ---------------------------------------------------------------- policy, calendar, people


class Policy:
    def __init__(self, rows: list[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: row["effective_on"])

    def text(self, name: str, day: date) -> str:
        value = DEFAULTS[name]
        for row in self.rows:
            if row["parameter"] == name and must_date(row["effective_on"]) <= day:
                value = row["value"]
        return value

    def number(self, name: str, day: date) -> Fraction:
        return Fraction(Decimal(self.text(name, day)))

    def fen(self, name: str, day: date) -> int:
        return to_fen(self.text(name, day))

    def on(self, name: str, day: date) -> bool:
        return self.text(name, day) == "yes"

    def at(self, name: str, day: date) -> datetime:
        """The parameter's time of day, on that day."""
        return datetime.combine(day, to_time(self.text(name, day)))

    def cutoff(self, year: int, month: int) -> datetime:
        """TIME-3, by the version of the first day of the month."""
        first = date(year, month, 1)
        wanted = int(self.text("cutoff_day", first))
        day = first + timedelta(days=min(wanted, days_in_month(year, month)) - 1)
        return datetime.combine(day, to_time(self.text("cutoff_time", first)))


def days_in_month(year: int, month: int) -> int:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (following - date(year, month, 1)).days


class WorkCalendar:
    def __init__(self, rows: list[Row], year: int) -> None:
        self.exceptions = {must_date(row["date"]): row["is_workday"] == "yes" for row in rows}
        self.china = holidays.country_holidays("CN", years=range(year - 1, year + 3))

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


class Person:
    def __init__(self, row: Row) -> None:
        self.no = row["employee_no"]
        self.channel = row.get("channel", "")
        self.hired_on = to_date(row["hired_on"])
        self.left_on = to_date(row.get("left_on", ""))
        self.salary = to_fen(row["base_salary"])

    def employed(self, day: date) -> bool:
        if self.hired_on is not None and day < self.hired_on:
            return False
        return self.left_on is None or day <= self.left_on


class Payment:
    def __init__(self, row: Row, slip: Row, order: Row) -> None:
        self.amount = to_fen(row["amount"])
        self.transfer = row["method"] == "transfer"
        self.received = must_instant(row["received_at"])
        handed = to_instant(row["handed_in_at"])
        # the instant from which the company has the money; None: still in hand
        self.arrived = self.received if self.transfer else handed
        self.slip_no = slip["slip_no"]
        self.order_no = slip["order_no"]
        self.holder = slip["employee_no"]
        self.earner = order["employee_no"] if COMMISSION_TO == "order" else slip["employee_no"]


# ---------------------------------------------------------------- the month


class Month:
    """All tables of a folder, and the month's books as they fill up."""

    def __init__(self, folder: Path, month: str, as_of: datetime | None) -> None:
        self.folder = folder
        self.tables: dict[str, list[Row]] = {}
        self.month = month
        if as_of is not None and as_of.tzinfo is not None:
            as_of = as_of.astimezone(SHANGHAI).replace(tzinfo=None)
        self.as_of = as_of
        self.year, self.month_no = (int(part) for part in month.split("-"))
        length = days_in_month(self.year, self.month_no)
        self.days = [date(self.year, self.month_no, number + 1) for number in range(length)]
        self.first, self.last = self.days[0], self.days[-1]

        self.policy = Policy(self.table("policy"))
        self.calendar = WorkCalendar(self.table("calendar"), self.year)
        self.workdays = [day for day in self.days if self.calendar.is_workday(day)]

        self.people: dict[str, Person] = {}
        for row in self.table("people"):
            if "salesperson" in row["roles"].split("+"):
                self.people[row["employee_no"]] = Person(row)

        self.orders = {row["order_no"]: row for row in self.table("orders")}
        self.slips = {row["slip_no"]: row for row in self.table("slips")}
        self.payments: list[Payment] = []
        for row in self.table("payments"):
            slip = self.slips[row["slip_no"]]
            self.payments.append(Payment(row, slip, self.orders[slip["order_no"]]))

        self.cutoff = self.policy.cutoff(self.year, self.month_no)
        before = self.first - ONE_DAY
        self.previous_cutoff = self.policy.cutoff(before.year, before.month)

        self.lines: dict[tuple[str, str], int] = defaultdict(int)
        self.balance: dict[str, int] = defaultdict(int)

    def table(self, name: str) -> list[Row]:
        if name not in self.tables:
            self.tables[name] = read_table(self.folder, name)
        return self.tables[name]

    def enter(self, person: str, rule: str, fen: int) -> None:
        if person in self.people:
            self.lines[person, rule] += fen

    def in_month(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def on_file(self) -> list[str]:
        """Salespeople employed on at least one day of the month."""
        found = []
        for no, person in self.people.items():
            if any(person.employed(day) for day in self.days):
                found.append(no)
        return sorted(found)

    # ------------------------------------------------------------ attendance

    def attendance(self) -> None:
        """ATT-1, ATT-2, ATT-4, LEA-1, LEA-4, TRIP-1; leaves incidents and absences behind."""
        punches: dict[tuple[str, date], list[datetime]] = defaultdict(list)
        for row in self.table("punches"):
            at = must_instant(row["at"])
            punches[row["employee_no"], at.date()].append(at)

        excused = set()
        for row in self.table("excuses"):
            if row["status"] == "accepted":
                excused.add((row["employee_no"], must_date(row["date"]), row["side"]))

        paid_in_cash = set()
        for row in self.table("fine_payments"):
            if self.as_of is None or must_instant(row["paid_at"]) <= self.as_of:
                paid_in_cash.add((row["employee_no"], must_date(row["date"]), row["side"]))

        outside: dict[tuple[str, date], list[datetime]] = defaultdict(list)
        for row in self.table("outings"):
            if row["status"] == "approved":
                went, back = must_instant(row["start_at"]), must_instant(row["end_at"])
                outside[row["employee_no"], went.date()] += [went, back]

        trip_days = set()
        for row in self.table("trips"):
            if row["status"] != "approved":
                continue
            start, end = must_date(row["start_on"]), must_date(row["end_on"])
            for day in self.days:
                if start <= day <= end:
                    trip_days.add((row["employee_no"], day))

        leave_half: dict[tuple[str, date, str], Row] = {}
        for row in self.table("leave"):
            if row["status"] != "approved":
                continue
            start, end = must_date(row["start_on"]), must_date(row["end_on"])
            for day in self.days:
                for half in ("am", "pm"):
                    if not start <= day <= end:
                        continue
                    if day == start and half == "am" and row["start_half"] == "pm":
                        continue
                    if day == end and half == "pm" and row["end_half"] == "am":
                        continue
                    leave_half[row["employee_no"], day, half] = row

        pay_rate: dict[str, Fraction] = {}
        monthly_cap: dict[str, Fraction] = {}
        for row in self.table("leave_types"):
            if row["pay_rate"]:
                pay_rate[row["code"]] = Fraction(Decimal(row["pay_rate"]))
            if row["monthly_cap_days"]:
                monthly_cap[row["code"]] = Fraction(Decimal(row["monthly_cap_days"]))

        self.fines_total = 0
        self.absent_halves: dict[str, int] = defaultdict(int)
        self.blemished: set[str] = set()

        for no, person in sorted(self.people.items()):
            used: dict[str, Fraction] = defaultdict(Fraction)
            reduced: dict[str, int] = defaultdict(
                int
            )  # leave type: half days at less than full pay

            for day in self.workdays:
                if not person.employed(day):
                    continue
                on_trip = (no, day) in trip_days

                absent = 0  # half days of absence on this day
                off = set()  # halves not due
                for half in ("am", "pm"):
                    leave = leave_half.get((no, day, half))
                    if leave is None:
                        continue
                    off.add(half)
                    kind = leave["type"]
                    cap: Fraction | None
                    if kind == "personal":
                        cap = self.policy.number("personal_leave_days", day)
                    else:
                        cap = monthly_cap.get(kind)
                    stands = True
                    special = leave["special_case"] == "yes" and leave["reason"] != ""
                    if cap is not None and not special:
                        if used[kind] + Fraction(1, 2) <= cap:
                            used[kind] += Fraction(1, 2)
                        else:
                            stands = False
                    if on_trip:
                        continue
                    if not stands:
                        absent += 1
                    elif pay_rate.get(kind, Fraction(1)) < 1:
                        reduced[kind] += 1
                if on_trip:
                    continue

                if len(off) < 2:
                    here = sorted(punches.get((no, day), []))
                    missing_halves, incidents = self.look_at_day(day, off, here)
                    incidents = [side for side in incidents if (no, day, side) not in excused]
                    out = outside.get((no, day))
                    if out:
                        seen = sorted(here + out)
                        other, sides = self.look_at_hours(day, off, seen[0], seen[-1])
                        sides = [side for side in sides if (no, day, side) not in excused]
                        if (other, len(sides)) < (missing_halves, len(incidents)):
                            missing_halves, incidents = other, sides
                    absent += missing_halves
                    for side in incidents:
                        fine = self.policy.fen("late_fine", day)
                        self.fines_total += fine
                        self.blemished.add(no)
                        if (no, day, side) not in paid_in_cash:
                            self.enter(no, "ATT-2", -fine)

                if absent:
                    self.blemished.add(no)
                    self.absent_halves[no] += absent
                    day_fine = Fraction(self.policy.fen("absence_fine_per_day", day))
                    self.enter(no, "ATT-4", -half_up(day_fine * absent / 2))

            for kind, halves in sorted(reduced.items()):
                share = Fraction(halves, 2) / len(self.workdays)
                self.enter(no, "LEA-4", -half_up(person.salary * (1 - pay_rate[kind]) * share))

    def look_at_day(
        self, day: date, off: set[str], punches: list[datetime]
    ) -> tuple[int, list[str]]:
        """ATT-1 for one person's day: half days of absence, and the sides with an incident."""
        if not punches:
            return (1 if off else 2), []

        start, end = self.due_hours(day, off)
        first_in: datetime | None = punches[0]
        last_out: datetime | None = punches[-1]
        merge = timedelta(minutes=int(self.policy.text("punch_merge_minutes", day)))
        if len(punches) == 1 or punches[-1] - punches[0] < merge:
            midpoint = start + (end - start) / 2
            if punches[0] < midpoint:
                last_out = None
            else:
                first_in, last_out = None, punches[0]
        return self.look_at_hours(day, off, first_in, last_out)

    def due_hours(self, day: date, off: set[str]) -> tuple[datetime, datetime]:
        start = self.policy.at("lunch_end" if "am" in off else "work_start", day)
        return start, self.policy.at("lunch_start" if "pm" in off else "work_end", day)

    def look_at_hours(
        self, day: date, off: set[str], first_in: datetime | None, last_out: datetime | None
    ) -> tuple[int, list[str]]:
        """The same from a first in and a last out; None is a missing punch."""
        start, end = self.due_hours(day, off)
        lunch_start = self.policy.at("lunch_start", day)
        lunch_end = self.policy.at("lunch_end", day)
        whole_day = not off
        absent = 0
        incidents = []
        grace = timedelta(minutes=int(self.policy.text("grace_minutes", day)))
        if first_in is None:
            incidents.append("in")
        elif whole_day and first_in >= lunch_end:
            absent += 1
        elif first_in > start + grace:
            incidents.append("in")

        if last_out is None:
            incidents.append("out")
        elif whole_day and last_out <= lunch_start:
            absent += 1
        elif last_out < end:
            incidents.append("out")
        return absent, incidents

    # ------------------------------------------------------------ pool

    def pool(self) -> str:
        """ATT-3."""
        carried_in = 0
        for row in self.table("pool_opening"):
            if row["month"] == self.month:
                carried_in = to_fen(row["amount"])
        sharers = []
        for no, person in sorted(self.people.items()):
            if no in self.blemished:
                continue
            if all(person.employed(day) for day in self.workdays):
                sharers.append(no)
        whole = carried_in + self.fines_total
        shared = 0
        if sharers:
            share = whole // len(sharers)
            for no in sharers:
                self.enter(no, "ATT-3", share)
                shared += share
        numbers = [carried_in, self.fines_total, shared, whole - shared]
        return csv_text(
            ["month", "carried_in", "fines", "shared_out", "carried_out"],
            [[self.month, *[to_yuan(number) for number in numbers]]],
        )

    # ------------------------------------------------------------ collections

    def collections(self) -> str:
        """CUT-1, CUT-2, COMM-1."""
        handed_in: dict[str, int] = defaultdict(int)
        in_hand: dict[str, int] = defaultdict(int)
        commissioned: dict[str, int] = defaultdict(int)
        covered: dict[str, int] = defaultdict(int)
        for payment in self.payments:
            arrived = payment.arrived
            if arrived is not None and arrived <= self.cutoff:
                covered[payment.slip_no] += payment.amount
                if arrived > self.previous_cutoff:
                    handed_in[payment.holder] += payment.amount
                    commissioned[payment.earner] += payment.amount
            elif not payment.transfer and payment.received <= self.cutoff:
                in_hand[payment.holder] += payment.amount

        held: dict[str, int] = defaultdict(int)
        for no, slip in self.slips.items():
            if must_instant(slip["issued_at"]) > self.cutoff:
                continue
            returned = to_instant(slip["returned_at"])
            if returned is not None and returned <= self.cutoff:
                continue
            if covered[no] >= to_fen(slip["amount_due"]):
                continue
            held[slip["employee_no"]] += 1

        cutoff_day = self.cutoff.date()
        for no in sorted(self.people):
            if self.carried_over(no):
                self.enter(no, "CUT-2", -self.policy.fen("carryover_fine", cutoff_day))
            self.enter(no, "COMM-1", self.commission(commissioned[no], cutoff_day))

        rows = []
        on_file = self.on_file()
        for no in sorted(self.people):
            figures = [handed_in[no], in_hand[no], held[no]]
            if no in on_file or any(figures):
                rows.append(
                    [no, self.month, to_yuan(figures[0]), to_yuan(figures[1]), str(figures[2])]
                )
        return csv_text(["employee_no", "month", "handed_in", "in_hand", "slips_held"], rows)

    def carried_over(self, no: str) -> bool:
        """CUT-2: is there money of this person for which the fine is due, as of now?"""
        if self.as_of is not None and self.as_of < self.cutoff:
            return False
        declared = set()
        for row in self.table("late_handovers"):
            at = must_instant(row["declared_at"])
            day = must_date(row["date"])
            if row["employee_no"] == no and at.date() == day and at < self.cutoff:
                declared.add(day)

        for payment in self.payments:
            if payment.holder != no or payment.transfer or payment.received > self.cutoff:
                continue
            if payment.arrived is not None and payment.arrived <= self.cutoff:
                continue
            day = payment.received.date()
            deadlines = []
            if day == self.cutoff.date():
                deadlines.append(self.policy.at("work_end", day))
            if day in declared:
                following = self.calendar.next_workday(day)
                deadlines.append(self.policy.at("work_end", following))
            excused = False
            waiting = False
            for deadline in deadlines:
                if payment.arrived is not None and payment.arrived <= deadline:
                    excused = True
                if self.as_of is not None and self.as_of < deadline:
                    waiting = True
            if not excused and not waiting:
                return True
        return False

    def commission(self, money: int, day: date) -> int:
        total = Fraction(0)
        lower = Fraction(0)
        for tier in self.policy.text("commission_tiers", day).split(";"):
            limit, rate = tier.split(":")
            upper = Fraction(money) if limit.strip() == "inf" else Fraction(Decimal(limit)) * 100
            upper = min(upper, Fraction(money))
            if upper > lower:
                total += (upper - lower) * Fraction(Decimal(rate))
                lower = upper
        return half_up(total)

    # ------------------------------------------------------------ bad debts and the reserve

    def is_open(self, case: Row, day: date) -> bool:
        """Open at the end of that day."""
        if must_date(case["opened_on"]) > day:
            return False
        ended = to_date(case["outcome_on"]) if case["outcome"] else None
        return ended is None or ended > day

    def own_cases(self, no: str) -> list[Row]:
        found = []
        for case in self.table("bad_debts"):
            if self.orders[case["order_no"]]["employee_no"] == no:
                found.append(case)
        return found

    def dead_debt_rule(self, day: date) -> bool:
        return self.policy.on("reserve_on", day) and self.policy.on("dead_debt_on", day)

    def dead_on(self, case: Row) -> date | None:
        return must_date(case["outcome_on"]) if case["outcome"] == "dead" else None

    def unpaid_at_death(self, case: Row, dead: date) -> int:
        """RES-6: delivered less money handed in, at the end of the outcome day."""
        unpaid = 0
        for row in self.table("deliveries"):
            if row["order_no"] == case["order_no"] and must_date(row["delivered_on"]) <= dead:
                unpaid += to_fen(row["amount"])
        for payment in self.payments:
            if payment.order_no != case["order_no"] or payment.arrived is None:
                continue
            if payment.arrived.date() <= dead:
                unpaid -= payment.amount
        return max(unpaid, 0)

    def reserve(self) -> str:
        """RES-1, RES-2, RES-4, RES-6: day by day; deposits, costs, givebacks, refunds."""
        for row in self.table("reserve_opening"):
            self.balance[row["employee_no"]] = to_fen(row["balance"])
        cases = {row["case_no"]: row for row in self.table("bad_debts")}
        costs = sorted(self.table("legal_costs"), key=lambda row: row["case_no"])
        taken_from_reserve: dict[str, int] = defaultdict(int)
        taken_from_pay: dict[str, int] = defaultdict(int)
        month_rules = self.policy.on("reserve_on", self.last)

        for day in self.days:
            if day == self.last and month_rules:
                for no, person in self.people.items():
                    if person.employed(day):
                        deposit = self.policy.fen("reserve_monthly", day)
                        self.balance[no] += deposit
                        self.enter(no, "RES-1", -deposit)

            for cost in costs:
                if must_date(cost["incurred_on"]) != day:
                    continue
                if not self.policy.on("reserve_on", day):
                    continue
                case = cases[cost["case_no"]]
                dead = self.dead_on(case)
                if dead is not None and dead < day and self.dead_debt_rule(dead):
                    continue
                no = self.orders[case["order_no"]]["employee_no"]
                share = (to_fen(cost["amount"]) + 1) // 2
                from_reserve = min(share, self.balance[no])
                self.balance[no] -= from_reserve
                taken_from_reserve[case["case_no"]] += from_reserve
                taken_from_pay[case["case_no"]] += share - from_reserve
                self.enter(no, "RES-4", -(share - from_reserve))

            for case_no, case in sorted(cases.items()):
                if self.dead_on(case) != day or not self.dead_debt_rule(day):
                    continue
                no = self.orders[case["order_no"]]["employee_no"]
                self.enter(no, "RES-6", -self.unpaid_at_death(case, day))
                self.enter(no, "RES-6", taken_from_pay[case_no])
                self.balance[no] += taken_from_reserve[case_no]

            if month_rules:
                for no, person in self.people.items():
                    if person.left_on == day:
                        self.refund_leaver(no, day)
                    elif (day.month, day.day) == (12, 31) and person.employed(day):
                        self.refund_year(no, day)

        for case in cases.values():
            self.credit_late_money(case)

        rows = []
        on_file = self.on_file()
        for no in sorted(self.people):
            if no in on_file or self.balance[no]:
                rows.append([no, to_yuan(self.balance[no])])
        return csv_text(["employee_no", "balance"], rows)

    def refund_leaver(self, no: str, day: date) -> None:
        for case in self.own_cases(no):
            if self.is_open(case, day):
                return
        self.enter(no, "RES-2", self.balance[no])
        self.balance[no] = 0

    def refund_year(self, no: str, day: date) -> None:
        for case in self.own_cases(no):
            if self.is_open(case, day) or must_date(case["opened_on"]).year == day.year:
                return
        rate = self.policy.number("reserve_reward_rate", day)
        self.enter(no, "RES-2", self.balance[no])
        self.enter(no, "RES-2", half_up(self.balance[no] * rate))
        self.balance[no] = 0

    def credit_late_money(self, case: Row) -> None:
        """RES-6: money for a dead debt on later days, up to what was borne."""
        dead = self.dead_on(case)
        if dead is None or not self.dead_debt_rule(dead):
            return
        left = self.unpaid_at_death(case, dead)
        no = self.orders[case["order_no"]]["employee_no"]
        late = []
        for payment in self.payments:
            if payment.order_no != case["order_no"] or payment.arrived is None:
                continue
            if dead < payment.arrived.date() <= self.last:
                late.append((payment.arrived, payment.amount))
        for arrived, amount in sorted(late):
            credit = min(amount, left)
            left -= credit
            if arrived.date() >= self.first:
                self.enter(no, "RES-6", credit)

    # ------------------------------------------------------------ expenses

    def expenses(self) -> None:
        """EXP-1 to EXP-4: every claim ever approved, in its turn."""
        claims = [row for row in self.table("expenses") if row["approved_on"]]
        claims.sort(key=lambda row: (row["approved_on"], row["claim_no"]))
        got: dict[tuple[str, str], int] = defaultdict(int)
        paid_claims: dict[tuple[str, int, int], int] = defaultdict(int)
        for claim in claims:
            day = must_date(claim["approved_on"])
            order = self.orders[claim["order_no"]]
            signed = to_date(order["signed_on"])
            if not self.policy.on("expenses_on", day):
                continue
            if signed is None or signed > day:
                continue
            turn = (claim["employee_no"], day.year, day.month)
            if self.policy.on("expense_limit_on", day):
                smallest = self.policy.fen("expense_limit_min_order", day)
                if to_fen(order["amount"]) <= smallest:
                    continue
                if paid_claims[turn] >= int(self.policy.text("expense_limit_claims", day)):
                    continue
            if claim["kind"] == "travel":
                rule, rate = "EXP-1", self.policy.number("travel_rate", day)
            else:
                rule, rate = "EXP-2", self.policy.number("meal_rate", day)
            cap_rate = self.policy.number("expense_cap_rate", day)
            cap = half_up(to_fen(order["amount"]) * cap_rate)
            left = cap - got[claim["order_no"], claim["kind"]]
            amount = min(half_up(to_fen(claim["amount"]) * rate), left)
            if amount <= 0:
                continue
            got[claim["order_no"], claim["kind"]] += amount
            paid_claims[turn] += 1
            if self.in_month(day):
                self.enter(claim["employee_no"], rule, amount)

    # ------------------------------------------------------------ goods, visits, rewards

    def goods(self) -> None:
        for row in self.table("loans"):
            spoilt = row["condition"] in ("damaged", "lost")
            if spoilt and self.in_month(to_date(row["returned_on"])):
                self.enter(row["employee_no"], "GOOD-1", -to_fen(row["price"]))
        for row in self.table("damages"):
            if self.in_month(to_date(row["on"])):
                self.enter(row["employee_no"], "GOOD-2", -to_fen(row["cost_price"]))

    def spot_checks(self) -> None:
        """VIS-3: once a person and day of inspection."""
        seen = set()
        for row in self.table("spot_checks"):
            day = must_date(row["checked_on"])
            if row["verdict"] != "none" or not self.in_month(day):
                continue
            if (row["employee_no"], day) in seen:
                continue
            seen.add((row["employee_no"], day))
            self.enter(row["employee_no"], "VIS-3", -self.policy.fen("no_record_fine", day))

    def duties(self) -> str:
        """VIS-2."""
        points: dict[str, set[tuple[str, date]]] = defaultdict(set)
        for row in self.table("visits"):
            day = must_instant(row["at"]).date()
            if row["kind"] != "telephone" and row["void"] != "yes" and self.in_month(day):
                points[row["employee_no"]].add((row["customer_no"], day))
        least = int(self.policy.text("points_min", self.last))
        shortfall = int(self.policy.text("points_shortfall", self.last))
        rows = []
        for no, person in sorted(self.people.items()):
            if person.channel != "field":
                continue
            if not person.employed(self.first) or not person.employed(self.last):
                continue
            count = len(points[no])
            if least - count >= shortfall:
                rows.append([no, "VIS-2", self.month, str(count)])
        return csv_text(["employee_no", "rule", "month", "points"], rows)

    def rewards(self) -> None:
        for row in self.table("rewards"):
            if row["kind"] == "bonus" and self.in_month(to_date(row["decided_on"])):
                self.enter(row["employee_no"], "REW-1", to_fen(row["amount"]))

    def findings(self) -> str:
        """ATT-5."""
        limit = self.policy.number("absence_dismissal_days", self.last)
        rows = []
        for no in sorted(self.people):
            halves = self.absent_halves[no]
            if Fraction(halves, 2) > limit:
                rows.append([no, "ATT-5", f"{halves // 2}.5" if halves % 2 else str(halves // 2)])
        return csv_text(["employee_no", "rule", "days"], rows)

    # ------------------------------------------------------------ the statement

    def base(self) -> None:
        for no, person in self.people.items():
            worked = sum(1 for day in self.workdays if person.employed(day))
            if worked:
                self.enter(
                    no, "BASE", half_up(Fraction(person.salary * worked, len(self.workdays)))
                )

    def forfeits(self) -> None:
        """DIS-2: base, commission and bonus of the month, once."""
        guilty = set()
        for row in self.table("conduct"):
            if row["sanction"] == "forfeit" and self.in_month(to_date(row["decided_on"])):
                guilty.add(row["employee_no"])
        for no in guilty:
            wages = sum(self.lines.get((no, rule), 0) for rule in ("BASE", "COMM-1", "REW-1"))
            self.enter(no, "DIS-2", -wages)

    def lawful_limits(self) -> None:
        """PAY-4: what losses take past a share of the wage, or past the minimum wage, waits."""
        if not self.policy.on("deduction_cap_on", self.last):
            return
        share = self.policy.number("deduction_cap_rate", self.last)
        full = self.policy.number("minimum_wage", self.last) * 100
        for no, person in self.people.items():
            wage = loss = fined = 0
            for (owner, rule), fen in list(self.lines.items()):
                if owner != no:
                    continue
                if rule in ("GOOD-1", "GOOD-2", "RES-4", "RES-6"):
                    loss -= fen
                elif rule in ("BASE", "COMM-1", "REW-1", "LEA-4", "DIS-2"):
                    wage += fen
                elif fen < 0:
                    fined -= fen
            may_take = int(max(wage, 0) * share)
            if full:
                worked = sum(1 for day in self.workdays if person.employed(day))
                minimum = half_up(full * worked / len(self.workdays)) if self.workdays else full
                if minimum:
                    may_take = min(may_take, max(0, int(wage - fined - minimum)))
            if loss > may_take:
                self.enter(no, "PAY-4", loss - may_take)

    def statements(self) -> str:
        listed = set(self.on_file())
        for (no, _), amount in self.lines.items():
            if amount:
                listed.add(no)
        rows = []
        for no in listed:
            total = 0
            for (owner, rule), amount in self.lines.items():
                if owner == no and amount:
                    rows.append([no, rule, to_yuan(amount)])
                    total += amount
            rows.append([no, "TOTAL", to_yuan(total)])
        rows.sort(key=lambda row: (row[0], row[1]))
        return csv_text(["employee_no", "rule", "amount"], rows)


def compute(folder: Path, month: str, as_of: datetime | None = None) -> dict[str, str]:
    """The six exports of the month's close, as CSV text by table name."""
    books = Month(Path(folder), month, as_of)
    books.base()
    books.attendance()
    pool = books.pool()
    collections = books.collections()
    reserve = books.reserve()
    books.expenses()
    books.goods()
    books.spot_checks()
    books.rewards()
    books.forfeits()
    books.lawful_limits()
    return {
        "statements": books.statements(),
        "pool": pool,
        "collections": collections,
        "duties": books.duties(),
        "findings": books.findings(),
        "reserve": reserve,
    }


def main() -> None:
    folder, month = sys.argv[1:3]
    as_of = to_instant(sys.argv[3]) if len(sys.argv) > 3 else None
    for name, text in compute(Path(folder), month, as_of).items():
        sys.stdout.write(f"# {name}\n{text}")


if __name__ == "__main__":
    main()

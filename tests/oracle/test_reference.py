"""The reference program against the worked month, and against small sums done by hand."""

from __future__ import annotations

import csv
import sys
from datetime import datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import generator
import reference

SAMPLE = Path(__file__).parents[3] / "shared" / "cases" / "2026-10"
SIXTEEN = datetime(2026, 10, 28, 16, 0)

# October 2026 has 18 workdays: 8, 9, 10 (Saturday, made up), 12-16, 19-23, 26-30.
WORKDAYS = [8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30]


class Books:
    """A folder filled row by row, with one salesperson A (and B, C on demand) who is never late."""

    def __init__(self, folder: Path, month: str = "2026-10") -> None:
        self.folder = folder
        self.month = month
        self.rows: dict[str, list[list[str]]] = {}

    def row(self, table: str, *cells: object) -> None:
        self.rows.setdefault(table, []).append([str(cell) for cell in cells])

    def person(self, no: str = "A", hired: str = "2020-01-01", left: str = "", **more: str) -> None:
        salary = more.get("salary", "3600.00")
        channel = more.get("channel", "telephone")
        self.row("people", no, no, "salesperson", "", "", channel, hired, left, salary)

    def punched(self, no: str = "A", **other: list[str]) -> None:
        """Punches on every workday of October 2026; other: d8=["09:00:01"] and the like."""
        for day in WORKDAYS:
            for at in other.get(f"d{day}", ["08:55:00", "18:05:00"]):
                self.row("punches", no, f"2026-10-{day:02d}T{at}")

    def order(self, no: str = "D1", amount: str = "100000.00", who: str = "A") -> None:
        self.row("orders", no, "K1", who, amount, "2026-09-01")

    def money(self, amount: str, received: str, handed: str, method: str = "cash") -> None:
        """A slip of A's on D1 just for this payment; times as day and clock of October 2026."""
        number = len(self.rows.get("slips", [])) + 1
        self.row("slips", f"S{number:06d}", "D1", "A", "2026-09-01T08:00:00", amount, "")
        received = f"2026-10-{received}"
        handed = f"2026-10-{handed}" if handed else ""
        self.row("payments", f"R{number}", f"S{number:06d}", amount, method, received, handed)

    def close(self, as_of: datetime | None = None) -> dict[str, str]:
        for name, rows in self.rows.items():
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(generator.COLUMNS[name].split())
                writer.writerows(rows)
        return reference.compute(self.folder, self.month, as_of)

    def lines(self, no: str = "A", as_of: datetime | None = None) -> dict[str, str]:
        found = {}
        for row in csv.DictReader(self.close(as_of)["statements"].splitlines()):
            if row["employee_no"] == no:
                found[row["rule"]] = row["amount"]
        return found


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the worked month is not beside this repository")
@pytest.mark.parametrize("table", reference.TABLES)
def test_worked_month(table: str) -> None:
    expected = (SAMPLE / "expected" / f"{table}.csv").read_text(encoding="utf-8")
    assert reference.compute(SAMPLE, "2026-10", None)[table] == expected


def test_late_is_one_second_past_nine(books: Books) -> None:
    books.person()
    books.punched(d8=["09:00:00", "18:00:00"], d9=["09:00:01", "17:59:59"])
    assert books.lines()["ATT-2"] == "-10.00"


def test_single_and_merged_punches(books: Books) -> None:
    books.person()
    # 8: in at 08:50, no out. 9: merged at 13:29:59, half a day away and no out.
    # 10: merged at 13:30, the last-out: no in, and early. 12: exactly 5 minutes apart are two.
    books.punched(
        d8=["08:50:00"],
        d9=["13:29:59", "13:33:00"],
        d10=["13:30:00", "13:34:59"],
        d12=["08:55:00", "09:00:00"],
    )
    lines = books.lines()
    assert lines["ATT-2"] == "-20.00"  # 8 out, 9 out, 10 in and out
    assert lines["ATT-4"] == "-30.00"  # 9: away till 13:00; 12: gone by 12:00


def test_an_outing_counts_as_worked_and_makes_no_day_worse(books: Books) -> None:
    books.person()
    for day, went, back, status in (
        (8, "09:00:00", "11:00:00", "approved"),
        (9, "09:00:00", "11:00:00", "approved"),
        (10, "09:00:00", "11:00:00", "pending"),
        (12, "09:00:00", "11:00:00", "approved"),
        (13, "09:00:01", "17:59:59", "approved"),
    ):
        start, end = f"2026-10-{day:02d}T{went}", f"2026-10-{day:02d}T{back}"
        books.row("outings", "A", start, end, "", "", "", status)
    # 8: clean. 9: the afternoon away. 10: not approved, a whole day away. 12: the punch alone is a
    # missing out, and half a day away with the outing. 13: late and early by a second.
    books.punched(d8=["18:01:00"], d9=[], d10=[], d12=["09:00:00"], d13=[])
    lines = books.lines()
    assert lines["ATT-4"] == "-45.00"
    assert lines["ATT-2"] == "-15.00"


def test_excess_leave_by_half_days(books: Books) -> None:
    books.person()
    books.row(
        "leave", "A", "personal", "2026-10-08", "pm", "2026-10-12", "pm", "approved", "no", "", ""
    )  # 8 pm, 9, 10, 12: three and a half days; 11 is a Sunday
    books.punched(d8=["08:55:00", "12:00:00"], d9=[], d10=[], d12=[])
    books.row(
        "leave", "A", "personal", "2026-10-20", "am", "2026-10-20", "am", "approved", "no", "", ""
    )  # past the allowance, and no punch after it: one whole day
    books.rows["punches"] = [row for row in books.rows["punches"] if "2026-10-20" not in row[1]]
    books.row("policy", "2026-01-01", "absence_fine_per_day", "25.01")
    assert books.lines()["ATT-4"] == "-37.52"  # 12.505 up to 12.51, and 25.01
    assert "A" not in books.close()["findings"]


def test_company_leave_past_its_cap(books: Books) -> None:
    books.person()
    books.row("leave_types", "family", "家庭假", "0.80", "no", "2")
    books.row(
        "leave", "A", "family", "2026-10-08", "am", "2026-10-10", "pm", "approved", "no", "", ""
    )
    books.punched(d8=[], d9=[], d10=[])
    lines = books.lines()
    assert lines["LEA-4"] == "-80.00"  # 3600 x 0.2 x 2 / 18
    assert lines["ATT-4"] == "-30.00"


def test_pool_shares_and_rest(books: Books) -> None:
    books.row("pool_opening", "2026-10", "0.02")
    for no in ("A", "B", "C"):
        books.person(no)
    books.punched("A")
    books.punched("B", d8=["09:10:00", "18:05:00"])
    books.punched("C")
    books.row("fine_payments", "B", "2026-10-08", "in", "2026-10-08T18:10:00")
    assert books.close()["pool"].splitlines()[1] == "2026-10,0.02,5.00,5.02,0.00"
    assert books.lines("A")["ATT-3"] == "2.51"
    assert "ATT-2" not in books.lines("B")


def test_pool_stays_where_nobody_qualifies(books: Books) -> None:
    books.row("pool_opening", "2026-10", "0.01")
    books.person("A", hired="2026-10-09")
    books.punched("A")
    books.person("B")
    books.punched("B", d8=["09:10:00", "18:05:00"])
    assert books.close()["pool"].splitlines()[1] == "2026-10,0.01,5.00,0.00,5.01"


def test_cutoff_to_the_microsecond(books: Books) -> None:
    books.person()
    books.order()
    books.money("100.00", "28T16:00:00", "", "transfer")
    books.money("10.00", "28T16:00:00.000001", "", "transfer")
    books.money("1.00", "27T10:00:00", "28T16:00:00")
    assert books.close()["collections"].splitlines()[1] == "A,2026-10,101.00,0.00,1"
    books.money("0.10", "27T10:00:00", "28T16:00:00.000001")
    assert books.close()["collections"].splitlines()[1] == "A,2026-10,101.00,0.10,2"
    assert books.lines()["CUT-2"] == "-500.00"
    assert books.lines()["COMM-1"] == "1.01"


def test_own_day_is_assessed_after_work(books: Books) -> None:
    books.person()
    books.order()
    books.money("100.00", "28T15:00:00", "28T18:00:01")
    assert "CUT-2" not in books.lines(as_of=SIXTEEN)
    assert "CUT-2" not in books.lines(as_of=SIXTEEN.replace(hour=17, minute=59))
    assert books.lines(as_of=SIXTEEN.replace(hour=18))["CUT-2"] == "-500.00"
    books.rows["payments"][0][-1] = "2026-10-28T18:00:00"
    assert "CUT-2" not in books.lines()


@pytest.mark.parametrize(
    ("declared", "handed", "fined"),
    [
        ("28T15:59:59.999999", "29T18:00:00", False),
        ("28T15:59:59.999999", "29T18:00:01", True),
        ("28T16:00:00", "29T09:00:00", True),  # not before the cutoff
        ("27T15:00:00", "29T09:00:00", True),  # not on its own day
        ("28T15:00:00", "", True),
    ],
)
def test_late_handover(books: Books, declared: str, handed: str, fined: bool) -> None:
    books.person()
    books.order()
    books.money("100.00", "28T15:00:00", handed)
    books.row("late_handovers", "A", "2026-10-28", f"2026-10-{declared}", "在外地")
    assert ("CUT-2" in books.lines()) is fined
    waits = declared.startswith("28T15")
    assert ("CUT-2" in books.lines(as_of=datetime(2026, 10, 29, 17, 59))) is not waits


def test_litigation_and_dead_debt(books: Books) -> None:
    books.person()
    books.order()
    books.row("reserve_opening", "A", "2026-10-01", "100.00")
    books.row("deliveries", "D1", "2026-09-02", "1000.00")
    books.row("bad_debts", "B1", "D1", "2026-09-20", "dead", "2026-10-20")
    books.row("legal_costs", "B1", "2026-09-25", "80.00")  # before the books
    books.row("legal_costs", "B1", "2026-10-10", "300.01")  # 150.01: 100.00 and 50.01
    books.row("legal_costs", "B1", "2026-10-21", "500.00")  # the company's
    books.money("200.00", "20T10:00:00", "20T23:59:59")
    lines = books.lines()
    assert lines["RES-4"] == "-50.01"
    assert lines["RES-6"] == "-749.99"  # 800.00 borne, 50.01 given back
    assert books.close()["reserve"].splitlines()[1] == "A,250.00"
    books.money("900.00", "25T10:00:00", "", "transfer")
    assert books.lines()["RES-6"] == "50.01"  # no more than the 800.00


def test_dead_debt_switched_off(books: Books) -> None:
    books.person()
    books.order()
    books.row("policy", "2026-10-05", "dead_debt_on", "no")
    books.row("deliveries", "D1", "2026-09-02", "1000.00")
    books.row("bad_debts", "B1", "D1", "2026-09-20", "dead", "2026-10-20")
    books.row("legal_costs", "B1", "2026-10-10", "300.01")
    lines = books.lines()
    assert lines["RES-4"] == "-150.01"
    assert "RES-6" not in lines
    books.row("policy", "2026-10-06", "reserve_on", "no")
    assert "RES-4" not in books.lines()
    assert "RES-1" not in books.lines()


def test_year_end(tmp_path: Path) -> None:
    books = Books(tmp_path, "2026-12")
    books.person("A")
    books.person("B", left="2026-12-31")
    books.person("C")
    books.person("E")
    for no in "ABCE":
        books.row("reserve_opening", no, "2026-12-01", "1650.10")
    books.order("D1", who="C")
    books.row("bad_debts", "B1", "D1", "2026-01-05", "recovered", "2026-02-01")
    books.order("D2", who="E")
    books.row("bad_debts", "B2", "D2", "2025-12-31", "recovered", "2026-12-31")
    assert books.lines("A")["RES-2"] == "1890.11"  # 1800.10 and 90.005 up to 90.01
    assert books.lines("B")["RES-2"] == "1800.10"
    assert "RES-2" not in books.lines("C")
    assert books.lines("E")["RES-2"] == "1890.11"
    assert books.close()["reserve"] == "employee_no,balance\nA,0.00\nB,0.00\nC,1800.10\nE,0.00\n"


def test_expenses_up_to_the_cap_and_the_limit(books: Books) -> None:
    books.person()
    books.order(amount="20000.25")  # 2 %: 400.005, so 400.01
    books.row("expenses", "X9", "A", "D1", "travel", "2026-10-01", "400.00", "2026-10-09")
    books.row("expenses", "X10", "A", "D1", "travel", "2026-10-01", "300.01", "2026-10-09")
    books.row("expenses", "X11", "A", "D1", "meal", "2026-10-01", "0.01", "2026-10-10")
    books.row("expenses", "X12", "A", "D1", "meal", "2026-10-01", "9.99", "2026-11-01")
    lines = books.lines()
    assert lines["EXP-1"] == "400.01"  # X10: 240.01; X9: 160.00 of 320.00
    assert lines["EXP-2"] == "0.01"
    books.row("policy", "2026-01-01", "expense_limit_on", "yes")
    books.row("policy", "2026-01-01", "expense_limit_claims", "1")
    assert books.lines()["EXP-1"] == "240.01"
    assert "EXP-2" not in books.lines()


def test_forfeit_takes_base_commission_and_bonus(books: Books) -> None:
    books.person(left="2026-10-16")
    books.order()
    books.punched()
    books.money("60000.00", "12T10:00:00", "12T17:00:00")
    books.row("rewards", "A", "2026-10-12", "bonus", "100.00", "x")
    books.row("conduct", "W1", "A", "poaching", "2026-10-12", "forfeit", "")
    books.row("conduct", "W2", "A", "image", "2026-10-13", "forfeit", "")
    books.row("damages", "P1", "A", "2026-10-13", "灯", "12.34", "yes")
    assert books.lines() == {
        "BASE": "1600.00",  # 8 of 18 workdays
        "COMM-1": "700.00",  # 500.00 and 200.00
        "REW-1": "100.00",
        "DIS-2": "-2400.00",
        "GOOD-2": "-12.34",
        "TOTAL": "-12.34",
    }


def test_points_and_spot_checks(books: Books) -> None:
    for no, count in (("A", 27), ("B", 28)):
        books.person(no, channel="field")
        for day in range(1, count + 1):
            books.row("visits", no, "K1", f"2026-10-{day:02d}T10:00:00", "return", "", "no")
        books.row("visits", no, "K1", "2026-10-01T16:00:00", "first", "", "no")  # same day
        books.row("visits", no, "K2", "2026-10-01T10:00:00", "telephone", "", "no")
        books.row("visits", no, "K2", "2026-10-02T10:00:00", "first", "", "yes")
    for customer in ("K1", "K2"):
        books.row("spot_checks", "A", customer, "2026-10-12", "none")
    books.row("spot_checks", "A", "K2", "2026-10-13", "none")
    books.row("spot_checks", "A", "K2", "2026-10-14", "records")
    assert books.close()["duties"].splitlines()[1:] == ["A,VIS-2,2026-10,27"]
    assert books.lines()["VIS-3"] == "-400.00"


def test_a_new_policy_counts_from_its_day(books: Books) -> None:
    books.person()
    books.row("policy", "2026-10-09", "late_fine", "8")
    books.row("policy", "2026-10-02", "cutoff_day", "31")  # the month began without it
    books.punched(d8=["09:10:00", "18:05:00"], d9=["09:10:00", "18:05:00"])
    books.order()
    books.money("1.00", "28T16:00:01", "28T16:00:01")
    assert books.lines()["ATT-2"] == "-13.00"
    assert books.close()["collections"].splitlines()[1] == "A,2026-10,0.00,0.00,1"


@pytest.mark.parametrize("month", ["2026-10", "2026-12", "2026-02"])
@pytest.mark.parametrize("seed", range(4))
def test_generated_months_are_valid_and_balance(tmp_path: Path, month: str, seed: int) -> None:
    generator.generate(tmp_path, month=month, seed=seed)
    assert generator.check(tmp_path) == []
    tables = reference.compute(tmp_path, month, None)
    carried_in, fines, shared, carried_out = (
        reference.to_fen(cell) for cell in tables["pool"].splitlines()[1].split(",")[1:]
    )
    assert carried_in + fines == shared + carried_out
    totals: dict[str, int] = {}
    for row in csv.DictReader(tables["statements"].splitlines()):
        fen = int(row["amount"].replace(".", ""))
        sign = -1 if row["rule"] == "TOTAL" else 1
        totals[row["employee_no"]] = totals.get(row["employee_no"], 0) + sign * fen
    assert set(totals.values()) == {0}

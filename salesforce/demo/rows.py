"""Rows as a CSV file holds them, and what of them is known at an instant."""

from datetime import date, datetime

Row = dict[str, str]
Tables = dict[str, list[Row]]

# Each table of the file formats, and the column that says when its row came to be.
SINCE = {
    "policy": "effective_on",
    "calendar": "date",
    "people": "hired_on",
    "customers": "created_on",
    "punches": "at",
    "excuses": "date",
    "fine_payments": "paid_at",
    "leave": "end_on",
    "trips": "end_on",
    "trip_reports": "reported_at",
    "pool_opening": "month",
    "orders": "signed_on",
    "deliveries": "delivered_on",
    "slips": "issued_at",
    "payments": "received_at",
    "late_handovers": "declared_at",
    "expenses": "spent_on",
    "loans": "lent_at",
    "reserve_opening": "as_of",
    "bad_debts": "opened_on",
    "legal_costs": "incurred_on",
    "damages": "on",
    "leave_types": "",
    "visits": "at",
    "spot_checks": "checked_on",
    "rewards": "decided_on",
    "conduct": "decided_on",
}
# What a row learns later, and is empty until then: the dated column, and those that go with it.
LATER = {
    "slips": ("returned_at",),
    "payments": ("handed_in_at",),
    "expenses": ("approved_on",),
    "loans": ("returned_on", "condition"),
    "bad_debts": ("outcome_on", "outcome"),
}


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def day_or_empty(day: date | None) -> str:
    return day.isoformat() if day else ""


def stamp(instant: datetime | None) -> str:
    return instant.isoformat(timespec="seconds") if instant else ""


def yes_no(flag: bool) -> str:
    return "yes" if flag else "no"


def up_to(now: datetime, tables: Tables) -> Tables:
    """What is known now. A date sorts before every time of its day, so today's dates are in."""
    return {
        name: [
            _as_known(row, LATER.get(name, ()), stamp(now))
            for row in rows
            if row.get(SINCE[name], "") <= stamp(now)
        ]
        for name, rows in tables.items()
    }


def _as_known(row: Row, later: tuple[str, ...], now: str) -> Row:
    if later and row[later[0]] > now:
        return row | dict.fromkeys(later, "")
    return row


def in_the_order_of_formats(tables: Tables) -> Tables:
    return {name: tables[name] for name in SINCE}

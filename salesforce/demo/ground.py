"""What the company laid down: policy, calendar, leave types, the pool it brings in."""

from salesforce.demo.rows import Row, Tables, yes_no
from salesforce.demo.stage import Stage

LEAVE_TYPES = (
    # code, name, pay rate, evidence needed, days a month at most
    ("annual", "年休假", "1.00", "no", "5"),
    ("marriage", "婚假", "1.00", "yes", "3"),
    ("care", "陪护假", "0.50", "yes", "3"),
)


def ground_tables(stage: Stage) -> Tables:
    return {
        "policy": _policy(stage),
        "calendar": [
            {"date": day.isoformat(), "is_workday": yes_no(is_workday), "note": note}
            for day, (is_workday, note) in sorted(stage.exceptions.items())
        ],
        "leave_types": [
            dict(
                zip(
                    ("code", "name", "pay_rate", "evidence_needed", "monthly_cap_days"),
                    one,
                    strict=True,
                )
            )
            for one in LEAVE_TYPES
        ],
        "pool_opening": [{"month": f"{stage.first_day:%Y-%m}", "amount": "37.05"}],
    }


def _policy(stage: Stage) -> list[Row]:
    """The late fine doubles in the middle of the second month (POL-1)."""
    versions = (
        (stage.first_day, "late_fine", "5.00"),
        (stage.first_day, "minimum_wage", "2490.00"),
        (stage.months[1].replace(day=16), "late_fine", "10.00"),
    )
    return [
        {"effective_on": day.isoformat(), "parameter": parameter, "value": value}
        for day, parameter, value in versions
    ]

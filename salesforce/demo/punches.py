"""Punches as the clock took them, and what was said and paid for the lates among them."""

from datetime import datetime, timedelta
from random import Random

from salesforce.demo.attendance import WORK_END, Attendance, Shift, minutes
from salesforce.demo.leave import leave_table, trip_reports_table, trips_table
from salesforce.demo.rows import Row, Tables, stamp
from salesforce.demo.stage import Stage

EXCUSES = {
    "in": ("地铁故障延误", "早上直接拜访客户", "送孩子就医", "打卡机故障"),
    "out": ("客户处洽谈,直接回家", "送货到客户现场", "家人急诊", "打卡机故障"),
}


def attendance_tables(stage: Stage, attendance: Attendance) -> Tables:
    incidents = _incidents(stage, attendance)
    excuses = _excuses(stage.random("excuses"), incidents)
    excused = {
        (row["employee_no"], row["date"], row["side"])
        for row in excuses
        if row["status"] == "accepted"
    }
    return {
        "punches": _punches(stage.random("punches"), attendance),
        "excuses": excuses,
        "fine_payments": _fine_payments(stage.random("fines"), incidents, excused),
        "leave": leave_table(stage, attendance.leaves),
        "trips": trips_table(stage, attendance.trips),
        "trip_reports": trip_reports_table(attendance.trips),
    }


def _punches(rng: Random, attendance: Attendance) -> list[Row]:
    """First and last of each day; now and then somebody punches twice to be sure."""
    return [
        {"employee_no": who, "at": stamp(at)}
        for who, shifts in attendance.shifts.items()
        for shift in shifts.values()
        for at in _punched(rng, shift)
    ]


def _punched(rng: Random, shift: Shift) -> list[datetime]:
    twice = [shift.came + minutes(rng, 1, 3)] if shift.came and rng.random() < 0.02 else []
    return [at for at in (shift.came, *twice, shift.went) if at]


def _incidents(stage: Stage, attendance: Attendance) -> list[tuple[str, Shift, str]]:
    """Who, when and which side, of days that are over."""
    found = [
        (who, shift, side)
        for who, shifts in attendance.shifts.items()
        for shift in shifts.values()
        for side in shift.wrong
        if datetime.combine(shift.day, WORK_END) < stage.now
    ]
    return sorted(found, key=lambda one: (one[1].day, one[0], one[2]))


def _excuses(rng: Random, incidents: list[tuple[str, Shift, str]]) -> list[Row]:
    """Every fifth incident is explained, by turns with success; the last two still wait."""
    explained = incidents[1:-2:5]
    statuses = ["accepted", "rejected", "accepted"] * len(incidents)
    decided = list(zip(explained, statuses, strict=False))
    waiting = [(one, "pending") for one in incidents[-2:]]
    return [
        {
            "employee_no": who,
            "date": shift.day.isoformat(),
            "side": side,
            "status": status,
            "reason": rng.choice(EXCUSES[side]),
        }
        for (who, shift, side), status in decided + waiting
    ]


def _fine_payments(
    rng: Random, incidents: list[tuple[str, Shift, str]], excused: set[tuple[str, str, str]]
) -> list[Row]:
    """Some pay in cash before they go home; the rest waits for payday (ATT-2)."""
    return [
        {
            "employee_no": who,
            "date": shift.day.isoformat(),
            "side": side,
            "paid_at": stamp(_before_going(shift)),
        }
        for who, shift, side in incidents
        if (who, shift.day.isoformat(), side) not in excused and rng.random() < 0.45
    ]


def _before_going(shift: Shift) -> datetime:
    return (shift.went or datetime.combine(shift.day, WORK_END)) - timedelta(minutes=3)

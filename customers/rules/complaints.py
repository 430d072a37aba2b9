"""Until when a complaint is answered (COM-1). Pure."""

from datetime import date

from policy.rules import PolicyBook
from policy.workdays import Workdays


def due_on(day: date, workdays: Workdays, book: PolicyBook) -> date:
    """The last day to answer what came in on a day: so many workdays after it (COM-1).

    The version in force on that day counts (TIME-5).
    """
    for _n in range(book.on(day).complaint_workdays):
        day = workdays.next_after(day)
    return day


def is_in_time(answered_on: date, due: date) -> bool:
    """The whole last day still counts."""
    return answered_on <= due


def workdays_left(today: date, due: date, workdays: Workdays) -> int:
    """Workdays after today up to the last one: 0 on the last day, less than 0 once it is over."""
    if today <= due:
        return sum(1 for day in workdays.between(today, due) if day > today)
    return -sum(1 for day in workdays.between(due, today) if day > due) or -1

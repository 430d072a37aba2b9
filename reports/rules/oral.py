"""On which days somebody reports by word of mouth, and how long it can be ticked (REP-2). Pure."""

from datetime import date, timedelta

from policy.workdays import Workdays

TICKED_FOR = timedelta(days=7)  # what was heard can be ticked so long after: *decided*


def can_be_ticked(on: date, today: date, calendar: Workdays) -> bool:
    """Whether a report of a day can be ticked: of a workday, today or of the days before it."""
    return on in calendar and today - TICKED_FOR <= on <= today

"""Return visits due and made in a quarter (KPI-1, VIS-3). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta


def return_visits(
    *, since: date, contacts: Iterable[date], first: date, last: date, interval: int
) -> tuple[int, int]:
    """How many return visits to one customer fell due from the first to the last day, and how many
    of them were made in time. *Decided* (adr/0033):

    An interval begins with a visit or call, or on the day `since` when the customer became hers.
    If there is another before it is over, that one was made, and the next interval begins with the
    latest of them; if there is none it was missed, and the next begins at once: who is left alone
    for three intervals was missed three times. What was overdue before the first day is no part
    of this quarter: its first interval begins with it.

    `contacts`: the days of genuine visits and calls, in any order; `interval`: days.
    """
    if interval <= 0:
        return 0, 0
    step = timedelta(days=interval)
    days = sorted(contacts)
    begins = max([since, *(day for day in days if since <= day < first)])
    if begins + step < first:
        begins = first - timedelta(days=1)
    later = [day for day in days if day > begins]
    due = made = 0
    while begins + step <= last:
        by = begins + step
        within = [day for day in later if begins < day <= by]
        due += 1
        made += bool(within)
        begins = within[-1] if within else by
    return due, made

"""Who comes to which address (ORG-1), declared apart from the code that decides.

Written from the regulation, not from the permissions. An address that stands in none of these
fails the matrix.
"""

from tests.access.door import Door
from tests.access.doors import (
    accounts,
    auditing,
    bank,
    cases,
    claims,
    complaints,
    core,
    counter,
    customers,
    cutoff,
    days,
    leave,
    lists,
    notices,
    orders,
    owed,
    payroll,
    people,
    policy,
    projects,
    punching,
    receivables,
    reports,
    support,
    trips,
    visits,
)

DOORS: dict[str, Door] = {
    **core.DOORS,
    **accounts.DOORS,
    **people.DOORS,
    **auditing.DOORS,
    **notices.DOORS,
    **lists.DOORS,
    **policy.DOORS,
    **payroll.DOORS,
    **customers.DOORS,
    **projects.DOORS,
    **complaints.DOORS,
    **support.DOORS,
    **orders.DOORS,
    **receivables.DOORS,
    **cutoff.DOORS,
    **counter.DOORS,
    **owed.DOORS,
    **bank.DOORS,
    **cases.DOORS,
    **claims.DOORS,
    **reports.DOORS,
    **leave.DOORS,
    **days.DOORS,
    **punching.DOORS,
    **trips.DOORS,
    **visits.DOORS,
}

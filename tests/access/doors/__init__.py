"""Who comes to which address (ORG-1), declared apart from the code that decides.

Written from the regulation, not from the permissions. An address that stands in none of these
fails the matrix.
"""

from tests.access.door import Door
from tests.access.doors import (
    accounts,
    auditing,
    claims,
    core,
    customers,
    lists,
    notices,
    orders,
    payroll,
    people,
    policy,
    receivables,
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
    **orders.DOORS,
    **receivables.DOORS,
    **claims.DOORS,
}

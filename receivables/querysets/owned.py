"""Who sees whose slips, money and reserve (ORG-1)."""

from accounts.querysets import OwnedQuerySet
from receivables.querysets.unpaid import SEE_ALL_MONEY


class MoneyQuerySet(OwnedQuerySet):
    """Slips, late handovers, the cutoff's snapshots, the reserve."""

    SEEN_BY = SEE_ALL_MONEY


class PaymentQuerySet(OwnedQuerySet):
    """The money of whoever holds the slip."""

    PERSON = "slip__person"
    SEEN_BY = SEE_ALL_MONEY


class BadDebtQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_MONEY


class LegalCostQuerySet(OwnedQuerySet):
    PERSON = "case__order__person"
    SEEN_BY = SEE_ALL_MONEY

"""Who sees which orders and deliveries (ORG-1)."""

from accounts.querysets import OwnedQuerySet

SEE_ALL_ORDERS = ("manager", "leader", "finance", "cashier")


class OrderQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_ORDERS


class DeliveryQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_ORDERS

"""What a leaver's customers hand in to the hand-over list (PAY-6)."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from customers.models import Customer


def items(people: Collection[int]) -> Iterator[HandoverItem]:
    """The customers whose owners they are. One query."""
    owned = Customer.objects.standing().filter(owner__in=people).order_by("customer_no")
    for who, no, name in owned.values_list("owner", "customer_no", "name"):
        yield HandoverItem(who, f"customer/{no}", _("Customers"), f"{no} {name}")

"""What a leaver's customers hand in to the hand-over list (PAY-6)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from accounts.models import Person
from customers.models import Customer


def items(person: Person) -> Iterator[HandoverItem]:
    """The customers whose owner somebody is. One query."""
    owned = Customer.objects.filter(owner=person).order_by("customer_no")
    for no, name in owned.values_list("customer_no", "name"):
        yield HandoverItem(f"customer/{no}", _("Customers"), f"{no} {name}")

"""What goods on loan hand in to a leaver's hand-over list (PAY-6)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from accounts.models import Person
from claims.models import Loan
from core.templatetags.house import yuan_text


def items(person: Person) -> Iterator[HandoverItem]:
    """Goods that are still out. One query."""
    out = Loan.objects.filter(person=person, returned_on=None).order_by("loan_no")
    for no, goods, price in out.values_list("loan_no", "item", "price"):
        yield HandoverItem(f"loan/{no}", _("Goods on loan"), f"{no} {goods}", yuan_text(price))

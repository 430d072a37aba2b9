"""What goods on loan hand in to a leaver's hand-over list (PAY-6)."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from claims.models import Loan
from core.templatetags.house import yuan_text


def items(people: Collection[int]) -> Iterator[HandoverItem]:
    """Goods that are still out. One query."""
    out = Loan.objects.filter(person__in=people, returned_on=None).order_by("loan_no")
    for who, no, goods, price in out.values_list("person", "loan_no", "item", "price"):
        yield HandoverItem(who, f"loan/{no}", _("Goods on loan"), f"{no} {goods}", yuan_text(price))

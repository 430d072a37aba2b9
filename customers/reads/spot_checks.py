"""What the page of a spot check is put together from (VIS-3)."""

from dataclasses import dataclass
from typing import Any

from customers.models import Contact, Customer, SpotCheck
from customers.reads.calls import Number, numbers_of


@dataclass(frozen=True, slots=True)
class Verification:
    """Whom the checker telephones: the numbers, who answers there, whether the file may be seen.

    Nothing of a file that is not the checker's to see (any more), and no number of whoever does not
    want to be disturbed.
    """

    sees_file: bool = False
    numbers: tuple[Number, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def can_be_called(self) -> bool:
        return bool(self.numbers)


def verification_of(user: Any, check: SpotCheck) -> Verification:
    """Three queries at most."""
    seen = Customer.objects.visible_to(user).filter(pk=check.customer_id).first()
    if seen is None:
        return Verification()
    if seen.do_not_disturb:
        return Verification(sees_file=True)
    there = Contact.objects.filter(customer=seen, gone=False).order_by("pk")
    names = [each.name + (f" · {each.position}" if each.position else "") for each in there]
    return Verification(True, tuple(numbers_of(seen)), tuple(dict.fromkeys(names)))

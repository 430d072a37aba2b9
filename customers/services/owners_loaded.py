"""Files that a load passed on to other owners, in the history of their owners (CUS-2)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.tables.staging import batched
from customers.models import Customer, OwnerChange

AT_A_TIME = 500


@transaction.atomic
def owners_loaded(*, was: Mapping[str, int | None], actor: Any) -> None:
    """Keep whose files were before a load, by number, and whose they are now; the load itself
    stands in the trail. A file that is whose it was has no entry."""
    for numbers in batched(sorted(was), AT_A_TIME):
        rows = Customer.objects.standing().filter(customer_no__in=numbers)
        OwnerChange.objects.bulk_create(
            OwnerChange(
                customer_id=pk,
                from_person_id=was[customer_no],
                to_person_id=owner,
                reason=_("by a file"),
                by=actor,
            )
            for pk, customer_no, owner in rows.values_list("pk", "customer_no", "owner_id")
            if owner != was[customer_no]
        )

"""What somebody is told of firms that look like the one they type (CUS-2, CUS-3)."""

from dataclasses import dataclass
from typing import Any

from customers.models import Customer
from customers.querysets.lookalikes import lookalikes

LONGEST = {"name": 120, "address": 200, "telephone": 32}


@dataclass(frozen=True)
class Similar:
    """What looks like a firm that is typed: one's own to see, and of others' files only how many
    are surely alike. `is_surely`: it is asked whether it is another firm."""

    seen: list[Customer]
    hidden: int
    is_surely: bool


def similar_to(user: Any, said: Any) -> Similar:
    """What looks like the firm in a form as it was sent (CUS-2: strangers' files stay untold)."""
    name, address, telephone = (
        str(said.get(field, ""))[:longest].replace("\0", "") for field, longest in LONGEST.items()
    )
    found = lookalikes(name, address, telephone)
    own = Customer.objects.visible_to(user).select_related("owner")
    seen = own.in_bulk([each.customer for each in found])
    surely = [each for each in found if each.is_surely]
    return Similar(
        seen=[seen[each.customer] for each in found if each.customer in seen],
        hidden=sum(each.customer not in seen for each in surely),
        is_surely=bool(surely),
    )

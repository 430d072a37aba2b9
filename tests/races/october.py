"""The month the races are about, and a pair of facts that belong together.

Her base salary and what she broke are changed in one transaction to the same sum, a number that
goes up: whoever finds two sums has seen half a change.
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import Person
from claims.models import Damage
from core import clock
from core.models import Reading
from core.months import Month
from payroll.groups import SIZE, group_numbers
from payroll.models import Entry
from payroll.services import month_close
from tests.faults.ledger import wrong_with_the_books

MONTH = Month(2026, 10)
NOVEMBER = Month(2026, 11)
AFTER_OCTOBER = clock.from_local(datetime(2026, 11, 1, 0, 30))  # noqa: DTZ001  # its clock
FIRST_SUM = 5000


def she() -> Person:
    """Somebody employed all month long."""
    return (
        Person.objects.salespeople()
        .filter(hired_on__lt=MONTH.first_day, left_on=None)
        .order_by("id")
        .first()
    )


def her_group() -> int:
    """How many groups a close goes through before hers."""
    return group_numbers().index(she().pk // SIZE)


@transaction.atomic
def facts_say(yuan: int) -> None:
    her = she()
    Person.objects.filter(pk=her.pk).update(base_salary=Decimal(yuan))
    Damage.objects.update_or_create(
        damage_no="RACE",
        defaults={"person": her, "on": MONTH.first_day, "item": "-", "cost_price": Decimal(yuan)},
    )


def books_say() -> tuple[int, int]:
    """Her base salary and what she broke, as they stand in the ledger."""
    hers = Entry.objects.standing().filter(person=she(), for_month=MONTH)
    base = hers.get(rule="BASE").amount
    broken = hers.get(key__endswith="/RACE").amount
    return int(base), int(broken)


def close() -> list[tuple[int, int]]:
    """Close October as of its end; how much each month's close posted and reversed."""
    return [(c.posted, c.reversed) for c in month_close(month=MONTH, as_of=AFTER_OCTOBER)]


def assert_settled(yuan: int) -> None:
    """The ledger says what the facts say, and another close finds nothing to do, even one that
    goes through everything again."""
    assert books_say() == (yuan, yuan)
    assert wrong_with_the_books() == []
    assert set(close()) == {(0, 0)}
    Reading.objects.all().delete()
    assert set(close()) == {(0, 0)}

"""Somebody who keeps working: loads damages and closes the month, and says what is committed.

`python -m tests.operations.writer NAME`, in a process of its own, until it is told to stop.
"""

import os
import sys
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from itertools import count

import django


def work(name: str) -> None:
    from django.db import transaction

    from accounts.models import Person
    from claims.models import Damage
    from core import clock
    from core.months import Month
    from core.services import facts_replace
    from payroll.services import month_close
    from payroll.services.closing import CloseOvertaken

    person = Person.objects.filter(roles__contains="salesperson").order_by("employee_no")[0]
    month, as_of = Month(2026, 10), clock.from_local(datetime(2026, 11, 1, 0, 30))  # noqa: DTZ001
    for number in count():
        row = {
            "damage_no": f"{name}-{number}",
            "person_id": person.pk,
            "on": month.first_day,
            "item": "lamp",
            "cost_price": Decimal("1.00"),
        }
        with transaction.atomic():
            facts_replace(model=Damage, key=["damage_no"], rows=[row], actor=None)
        print(f"{name}-{number}", flush=True)
        with suppress(CloseOvertaken):
            month_close(month=month, as_of=as_of)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    work(sys.argv[1])

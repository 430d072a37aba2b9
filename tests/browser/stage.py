"""Puts the cast into the database of a program under test: `python -m tests.browser.stage`.

With `--closed` October 2026 is closed on them as well.
"""

import os
import sys

import django

PASSWORD = "spring-rain-42"


def set_the_stage(*, closed: bool) -> None:
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from tests import cast

    cast.people_make()
    # Hashing is slow on purpose: once will do.
    User.objects.update(password=make_password(PASSWORD))
    if closed:
        cast.closed_month()
        something_due()


def something_due() -> None:
    """An unpaid delivery and an overdue loan of hers, long ago by any clock."""
    from accounts.models import Person
    from core import clock
    from receivables.services import unpaid_converge
    from tests.builders import loan, order

    her = Person.objects.get(employee_no="Y001")
    order(her, delivered={"2026-09-01": "12345.67"})
    loan(her, returned=None, condition="")
    unpaid_converge(as_of=clock.today())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    set_the_stage(closed="--closed" in sys.argv)

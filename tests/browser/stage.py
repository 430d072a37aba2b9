"""Puts the cast into the database of a program under test: `python -m tests.browser.stage`.

With `--closed` October 2026 is closed on them as well; with `--story` it is closed on the days
the stories tell of.
"""

import os
import sys

import django

PASSWORD = "spring-rain-42"


# Of the story: she is late once in October, and on two days of November; her mate never; the
# third was never there. A second holder of the manager's role decides as well.
ON_TIME, OUT = "08:55", "18:05"
LATE = {"2026-10-20": "09:10", "2026-11-10": "09:07", "2026-11-17": "09:08"}
DEPUTY, DEPUTY_NAME = "M002", "于波"
ACCOUNTS = {"Y001": "6222021234567890123", "Y002": "6222029876543210987"}


def set_the_stage(*, closed: bool = False, story: bool = False) -> None:
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from tests import cast

    cast.people_make()
    # Hashing is slow on purpose: once will do.
    User.objects.update(password=make_password(PASSWORD))
    if closed:
        cast.closed_month()
        something_due()
    if story:
        the_story()


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


def the_story() -> None:
    """Punches of October and November, accounts confirmed, October closed on 2 November."""
    from accounts.models import User
    from attendance.models import Punch
    from core import clock
    from payroll.models import BankAccount
    from tests import cast
    from tests.builders import at, day, person

    deputy = person(DEPUTY, roles="manager")
    deputy.name = DEPUTY_NAME
    deputy.save(update_fields=["name"])
    known = User.objects.get(username="M001").password
    User.objects.create(username=DEPUTY, person=deputy, password=known)
    users = {user.username: user for user in User.objects.select_related("person")}
    Punch.objects.bulk_create(
        Punch(person=users[no].person, at=at(f"{on} {when}"))
        for no in ("Y001", "Y002")
        for on in workdays_of_story()
        for when in (LATE.get(on, ON_TIME) if no == "Y001" else ON_TIME, OUT)
    )
    with clock.set_to(cast.CLOSED_AT):
        for no, number in ACCOUNTS.items():
            BankAccount.objects.create(
                person=users[no].person,
                holder=users[no].person.name,
                bank="工商银行",
                number=number,
                valid_from=day("2026-01-01"),
                state="confirmed",
                entered_by=users[no],
                decided_by=users["H001"],
                decided_at=clock.now(),
            )
        cast.closed_month()


def workdays_of_story() -> list[str]:
    """October's workdays after the holiday, the make-up Saturday among them, and November's."""
    october = [8, 9, 10, *(on for week in (12, 19, 26) for on in range(week, week + 5))]
    november = [*(on for week in (2, 9, 16, 23) for on in range(week, week + 5)), 30]
    return [f"2026-10-{on:02}" for on in october] + [f"2026-11-{on:02}" for on in november]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    set_the_stage(closed="--closed" in sys.argv, story="--story" in sys.argv)

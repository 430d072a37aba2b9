"""Puts the cast into the database of a program under test: `python -m tests.browser.stage`.

With `--closed` October 2026 is closed on them as well; with `--story` it is closed on the days
the stories tell of; with `--day` she has an order, delivered and not paid; with `--team` she and
her mate punched on all days but those of which the stories of a team tell; with `--visits` she has
three customers nobody has called on; with `--telephone` three whom she can call, one of them called
three times today and one not to be disturbed, and there is a script; with `--network` one of a
hundred people.
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
OWED_ORDER = "D-OWED"  # hers, delivered in November and not paid
CUSTOMER = "K-YUYAO"  # hers, whom she sees on a trip
STAGES = ("closed", "story", "day", "team", "visits", "telephone", "network")
ACCOUNTS = {"Y001": "6222021234567890123", "Y002": "6222029876543210987"}


def set_the_stage(
    *,
    closed: bool = False,
    story: bool = False,
    day: bool = False,
    team: bool = False,
    visits: bool = False,
    telephone: bool = False,
    network: bool = False,
) -> None:
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
    if day:
        something_owed()
    if team:
        a_month_of_the_team()
    if visits:
        nobody_called_on()
    if telephone:
        somebody_to_call()
    if network:
        a_hundred_people()


def something_due() -> None:
    """Of hers, long ago by any clock: an unpaid delivery, slips, money in hand, an overdue loan."""
    from accounts.models import Person
    from core import clock
    from receivables.services import unpaid_converge
    from tests.builders import loan, order, payment, slip

    her = Person.objects.get(employee_no="Y001")
    of = order(her, delivered={"2026-09-01": "12345.67"})
    issued = "2026-11-02 09:00"  # after the cutoff of the month that is closed
    slip(of, "S-HERS", due="500.00", issued=issued)
    brought = slip(of, "S-COUNTER", due="1234.50", issued=issued)
    payment(brought, amount="1234.50", received="2026-11-02 10:00")
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


def something_owed() -> None:
    """For a day of collections: her order, delivered in November and not paid."""
    from accounts.models import Person
    from receivables.services import unpaid_converge
    from tests.builders import day, order

    her = Person.objects.get(employee_no="Y001")
    order(her, OWED_ORDER, delivered={"2026-11-05": "8000.00"})
    unpaid_converge(as_of=day("2026-11-10"))


# Of the team's autumn: the make-up Saturday, on which neither came; of hers the day she punches on
# the phone, the morning and the days she takes leave, and those of her trip.
SATURDAY, ON_THE_PHONE, MORNING_OFF = "2026-10-10", "2026-10-12", "2026-10-14"
ON_LEAVE = ("2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23")
ON_TRIP = ("2026-11-03", "2026-11-04", "2026-11-05")


def a_month_of_the_team() -> None:
    """The punches of two, in October and November, and a customer of hers to be seen."""
    from accounts.models import Person
    from attendance.models import Punch
    from tests.builders import at, customer

    her, mate = (Person.objects.get(employee_no=no) for no in ("Y001", "Y002"))
    days = [on for on in workdays_of_story() if on != SATURDAY]
    hers = [on for on in days if on not in (ON_THE_PHONE, *ON_LEAVE, *ON_TRIP)]
    Punch.objects.bulk_create(
        Punch(person=who, at=at(f"{on} {when}"))
        for who, their in ((her, hers), (mate, days))
        for on in their
        for when in ("12:55" if who == her and on == MORNING_OFF else ON_TIME, OUT)
    )
    customer(CUSTOMER, owner=her)


def nobody_called_on() -> None:
    """Three customers of hers, their files long open, and no visit recorded."""
    from accounts.models import Person
    from core.spelling import spellings_refresh
    from customers.models import Customer
    from tests.builders import day

    her = Person.objects.get(employee_no="Y001")
    for no, name in (("K1", "宁波机电"), ("K2", "温州五金"), ("K3", "绍兴阀门")):
        Customer.objects.create(customer_no=no, name=name, owner=her, created_on=day("2024-01-01"))
    spellings_refresh()


def somebody_to_call() -> None:
    """Customers of hers with a number, and the company's script."""
    from datetime import timedelta

    from accounts.models import Person, User
    from core import clock
    from core.spelling import spellings_refresh
    from customers.models import Call, Customer
    from customers.services import quiet_mark, script_write
    from tests.builders import day

    her, mate = (Person.objects.get(employee_no=no) for no in ("Y001", "Y002"))
    facts = {"owner": her, "telephone": "0574-87654321", "created_on": day("2024-01-01")}
    _free, often, quiet = (
        Customer.objects.create(customer_no=no, name=name, **facts)
        for no, name in (("K1", "宁波机电"), ("K2", "温州五金"), ("K3", "台州模具"))
    )
    now = clock.now()
    Call.objects.bulk_create(
        Call(
            person=mate,
            customer=often,
            on=clock.local_date(now),
            started_at=now,
            ended_at=now,
            outcome="not_reached",
        )
        for _time in range(3)
    )
    boss = User.objects.get(username="M001")
    # Before any minute in which a talk could be recorded.
    with clock.set_to(now - timedelta(hours=1)):
        quiet_mark(customer=quiet, reason="客户来电要求", actor=boss)
    steps = [("问候、报名字", "您好，我是宁波公司的。"), ("问清需求", "现在用哪家的？")]
    script_write(purpose="first", steps=steps, seen=0, actor=boss)
    spellings_refresh()


def a_hundred_people() -> None:
    """A customer of hers with a hundred people, a third of them tied to one another."""
    from uuid import uuid4

    from accounts.models import Person
    from customers.models import Contact, Customer, Tie
    from tests.builders import day

    file = Customer.objects.create(
        customer_no="K100",
        name="宁波机电",
        owner=Person.objects.get(employee_no="Y001"),
        created_on=day("2024-01-01"),
    )
    says = {0: "decides", 1: "influences"}
    people = [
        Contact.objects.create(
            customer=file,
            name=f"王{'甲乙丙丁戊己庚辛壬癸'[n // 10]}{'一二三四五六七八九十'[n % 10]}",
            position=("采购", "设备科长", "总经理", "车间主任")[n % 4],
            say=says.get(n % 10, ""),
            token=uuid4(),
        )
        for n in range(100)
    ]
    for n in range(0, 99, 3):
        Tie.objects.create(
            from_contact=people[n], to_contact=people[n + 1], kind="school", token=uuid4()
        )


def workdays_of_story() -> list[str]:
    """October's workdays after the holiday, the make-up Saturday among them, and November's."""
    october = [8, 9, 10, *(on for week in (12, 19, 26) for on in range(week, week + 5))]
    november = [*(on for week in (2, 9, 16, 23) for on in range(week, week + 5)), 30]
    return [f"2026-10-{on:02}" for on in october] + [f"2026-11-{on:02}" for on in november]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    asked = {name: f"--{name}" in sys.argv for name in STAGES}
    set_the_stage(**asked)

"""The cast of the page tests: who they are, and a month that was closed on them.

October 2026 without a single punch: base salary, 18 days of absence and the reserve for each.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.test import Client

from accounts.models import Person, User
from core.months import Month
from payroll.services import month_close
from tests.builders import at

MONTH = Month.parse("2026-10")
CLOSED_AT = at("2026-11-02 09:00")

SHE, MATE, STRANGER = "Y001", "Y002", "Y003"
SUPERVISOR, OTHER_SUPERVISOR = "Z001", "Z002"
MANAGER, FINANCE, CASHIER, LEADER = "M001", "C001", "C002", "L001"
KEEPER, PERSONNEL = "K001", "H001"

SEES_MONTHS = (MANAGER, FINANCE, CASHIER, LEADER, SUPERVISOR)
WORKS_ON_BOOKS = (MANAGER, FINANCE)


@dataclass(frozen=True)
class Member:
    employee_no: str
    name: str
    roles: str
    team: str = ""
    supervisor: str = ""


MEMBERS = (
    Member(MANAGER, "陶洋", "manager"),
    Member(FINANCE, "韩秀平", "finance"),
    Member(CASHIER, "陈涛勇", "cashier"),
    Member(LEADER, "吕桂建", "leader"),
    Member(KEEPER, "沈芳强", "keeper"),
    Member(PERSONNEL, "周超", "admin"),
    Member(SUPERVISOR, "施静军", "supervisor", "销售1组", MANAGER),
    Member(OTHER_SUPERVISOR, "魏英", "supervisor", "销售2组", MANAGER),
    Member(SHE, "吴伟", "salesperson", "销售1组", SUPERVISOR),
    Member(MATE, "韩娜", "salesperson", "销售1组", SUPERVISOR),
    Member(STRANGER, "金敏", "salesperson", "销售2组", OTHER_SUPERVISOR),
)


def people_make() -> dict[str, Person]:
    made: dict[str, Person] = {}
    for member in MEMBERS:
        sells = "salesperson" in member.roles
        made[member.employee_no] = Person.objects.create(
            employee_no=member.employee_no,
            name=member.name,
            roles=member.roles,
            team=member.team,
            supervisor=made.get(member.supervisor),
            channel="field" if sells else "",
            hired_on=date(2024, 1, 1),
            base_salary=Decimal("3600.00") if sells else Decimal("0.00"),
        )
        User.objects.create(username=member.employee_no, person=made[member.employee_no])
    return made


def closed_month() -> None:
    month_close(month=MONTH, as_of=CLOSED_AT)


def client_of(employee_no: str) -> Client:
    """Somebody's browser, reading English, signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=employee_no))
    return client

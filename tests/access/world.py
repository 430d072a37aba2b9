"""What the matrix walks over: the cast, a closed month, and her things, with words that must not
leak. Everything here belongs to SHE, of 销售1组; whoever is refused is refused that.
"""

from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from accounts.models import Person, User
from core import clock
from core.models import JobRun
from payroll.models import Entry
from receivables.services import unpaid_converge
from tests import cast
from tests.builders import loan, order, payment, slip
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
)

NOBODY = "nobody"  # a login that belongs to no person on file
ANYBODY = "anybody"  # not signed in
EVERYBODY = frozenset(
    {
        SHE,
        MATE,
        STRANGER,
        SUPERVISOR,
        OTHER_SUPERVISOR,
        MANAGER,
        FINANCE,
        CASHIER,
        KEEPER,
        PERSONNEL,
        LEADER,
    }
)
# Her team mate among them: nobody sees whose supervisor they are not.
STRANGERS = frozenset({MATE, STRANGER, OTHER_SUPERVISOR, NOBODY, ANYBODY})
ACTORS = (*sorted(EVERYBODY), NOBODY, ANYBODY)

HER_ORDER, HER_SLIP, HER_LOAN = "D-CANARY-7391", "S-CANARY-7391", "L-CANARY-7391"


@dataclass(frozen=True)
class World:
    """Her things, found when they are asked for."""

    @cached_property
    def her(self) -> Person:
        return Person.objects.get(employee_no=SHE)

    @cached_property
    def her_entry(self) -> Entry:
        return Entry.objects.lines().filter(person=self.her, rule="ATT-4").order_by("id")[0]

    @cached_property
    def failed_job(self) -> JobRun:
        return JobRun.objects.get(state=JobRun.State.FAILED)

    @property
    def month(self) -> str:
        return str(MONTH)

    def secrets_from(self, actor: str) -> tuple[str, ...]:
        """Words about her that this one may read nowhere, on no page, in no file (ORG-1)."""
        money, goods = (HER_ORDER, HER_SLIP), (HER_LOAN,)
        if actor in STRANGERS:
            return (self.her.name, *money, *goods)
        return {KEEPER: money, PERSONNEL: (*money, *goods)}.get(actor, ())


def world_make() -> World:
    """Build it, at the cast's own time."""
    made = cast.people_make()
    User.objects.create(username=NOBODY)
    cast.closed_month()
    hers = order(made[SHE], HER_ORDER, delivered={"2026-10-15": "1000.00"})
    payment(slip(hers, HER_SLIP), received="2026-10-30 10:00")
    loan(made[SHE], HER_LOAN, lent="2026-10-20 09:00", returned=None, condition="")
    unpaid_converge(as_of=clock.today())
    JobRun.objects.create(kind="close", subject="2026-09", state=JobRun.State.FAILED, error="Boom")
    return World()


def browser_of(actor: str) -> Client:
    """Somebody's browser, reading English; an error of the program is an answer, too."""
    browser = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if actor != ANYBODY:
        browser.force_login(User.objects.get(username=actor))
    return browser

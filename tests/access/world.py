"""What the matrix walks over: the cast, a closed month, and her things, with words that must not
leak. Everything here belongs to SHE, of 销售1组; whoever is refused is refused that.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import Person, PositionPlan, Qualification, User
from attendance.models import Leave
from conduct.models import ConductCase
from core import clock
from core.models import JobRun, StoredFile
from core.months import Month
from payroll.models import (
    Appeal,
    BankAccount,
    Entry,
    PayoutBatch,
    PayoutLine,
    Shadow,
    ShadowRow,
)
from payroll.services import appeal_file
from payroll.simulation.models import PolicySimulation
from payroll.simulation.services import simulation_run
from policy.services import draft_change, draft_make
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
HER_ACCOUNT = "622202739173917391"
HER_WORDS = "W-CANARY-7391"  # of her appeal
HER_PHONE = "139 7391 7391"
HER_CERTIFICATE, HER_PLAN = "GSP-CANARY-7391", "PLAN-CANARY-7391"
HER_FILE, HER_ILLNESS, HER_OFFENCE = "CANARY-7391.webp", "FEVER-CANARY", "BRAWL-CANARY"
# What personnel keeps of her: contract, positions, what was handed over.
HER_STAFF_FILE = (HER_PHONE, HER_CERTIFICATE, HER_PLAN)
PASSWORD = "spring-rain-42"


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
    def her_appeal(self) -> Appeal:
        """Against another line than `her_entry`: filed when it is first asked for."""
        entry = Entry.objects.lines().filter(person=self.her, rule="ATT-4").order_by("-id")[0]
        user = User.objects.get(username=SHE)
        return appeal_file(entry=entry, text=HER_WORDS, token=uuid4(), actor=user)

    @cached_property
    def failed_job(self) -> JobRun:
        return JobRun.objects.get(state=JobRun.State.FAILED)

    @cached_property
    def her_account(self) -> BankAccount:
        return BankAccount.objects.get(person=self.her)

    @cached_property
    def her_payment(self) -> PayoutLine:
        return PayoutLine.objects.get(person=self.her)

    @property
    def month(self) -> str:
        return str(MONTH)

    def secrets_from(self, actor: str) -> tuple[str, ...]:
        """Words about her that this one may read nowhere, on no page, in no file (ORG-1)."""
        if actor == SHE:
            return ()
        if actor in STRANGERS:
            return (self.her.name, *(word for words in KINDS.values() for word in words))
        return tuple(
            word for kind, words in KINDS.items() if actor not in SEEN_BY[kind] for word in words
        )


KINDS = {
    "money": (HER_ORDER, HER_SLIP),
    "goods": (HER_LOAN,),
    "account": (HER_ACCOUNT,),
    "staff": HER_STAFF_FILE,
    "conduct": (HER_OFFENCE,),
    "illness": (HER_ILLNESS,),
    "file": (HER_FILE,),
    "appeal": (HER_WORDS,),
}
_TEAM = {SUPERVISOR, MANAGER, LEADER}
SEEN_BY = {
    "money": _TEAM | {FINANCE, CASHIER},
    "goods": _TEAM | {KEEPER, FINANCE, CASHIER},
    # Whoever confirms an account has to see it while it waits.
    "account": {FINANCE, PERSONNEL},
    "staff": _TEAM | {PERSONNEL},
    "conduct": _TEAM | {PERSONNEL},
    # Opened by personnel and the decider alone.
    "illness": {SUPERVISOR, PERSONNEL},
    # A private file is of a kind, and the kind says whose it is: this one is hers alone.
    "file": set(),
    "appeal": _TEAM,
}


def _payment_make(her: Person) -> None:
    """Her account, waiting, and a payment of a month long gone that is with the bank."""
    account = {"holder": her.name, "bank": "工商银行", "number": HER_ACCOUNT}
    BankAccount.objects.create(
        person=her, entered_by=User.objects.get(person=her), valid_from=date(2026, 1, 1), **account
    )
    amount, month = Decimal("100.00"), Month(2026, 8)
    batch = PayoutBatch.objects.create(
        month=month,
        number=1,
        count=1,
        total=amount,
        sha256="0" * 64,
        made_by=User.objects.get(username=FINANCE),
    )
    PayoutLine.objects.create(batch=batch, month=month, person=her, amount=amount, **account)


def _shadow_make(her: Person) -> None:
    shadow = Shadow.objects.create(month=MONTH, as_of=clock.now())
    amount = Decimal("100.00")
    ShadowRow.objects.create(shadow=shadow, person=her, by_rule={"BASE": "100.00"}, total=amount)


def _staff_file_make(her: Person) -> None:
    """What personnel keeps of her, a case, an illness, and a private file."""
    Person.objects.filter(pk=her.pk).update(phone=HER_PHONE)
    Qualification.objects.create(person=her, name=HER_CERTIFICATE)
    PositionPlan.objects.create(
        person=her,
        kind="pay",
        from_on=date(2026, 12, 1),
        roles=her.roles,
        team=her.team,
        supervisor=her.supervisor,
        channel=her.channel,
        base_salary=Decimal("3700.00"),
        reason=HER_PLAN,
        changed=["base_salary"],
    )
    ConductCase.objects.create(
        case_no="CASE-7391",
        person=her,
        offence="dress",
        decided_on=date(2026, 10, 12),
        sanction="criticism",
        note=HER_OFFENCE,
    )
    day = date(2026, 10, 13)
    Leave.objects.create(
        person=her,
        type="sick",
        status="pending",
        start_on=day,
        end_on=day,
        start_half="am",
        end_half="pm",
        reason=HER_ILLNESS,
    )
    StoredFile.objects.create(
        kind="door",
        owner=her.employee_no,
        position=1,
        name=HER_FILE,
        media_type="image/webp",
        size=1,
        sha256="0" * 64,
        sent_sha256="0" * 64,
        has_thumbnail=True,
        uploaded_by=her.user,
    )


def world_make() -> World:
    """Build it, at the cast's own time."""
    made = cast.people_make()
    User.objects.create(username=NOBODY)
    User.objects.update(password=make_password(PASSWORD))
    cast.closed_month()
    hers = order(made[SHE], HER_ORDER, delivered={"2026-10-15": "1000.00"})
    payment(slip(hers, HER_SLIP), received="2026-10-30 10:00")
    loan(made[SHE], HER_LOAN, lent="2026-10-20 09:00", returned=None, condition="")
    unpaid_converge(as_of=clock.today())
    _payment_make(made[SHE])
    _shadow_make(made[SHE])
    _staff_file_make(made[SHE])
    JobRun.objects.create(kind="close", subject="2026-09", state=JobRun.State.FAILED, error="Boom")
    policy_drafted()
    return World()


def policy_drafted() -> None:
    """A draft of the policy, and what October would have been under it."""
    manager = User.objects.get(username=MANAGER)
    draft = draft_make(actor=manager, name="winter", effective_on=date(2026, 12, 1))
    draft_change(
        actor=manager,
        draft=draft,
        seen_version=draft.version,
        name=draft.name,
        effective_on=draft.effective_on,
        changes={"absence_fine_per_day": "40.00"},
    )
    draft.refresh_from_db()
    simulation_run(
        simulation=PolicySimulation.objects.create(
            draft=draft,
            draft_version=draft.version,
            changes=draft.changes,
            effective_on=draft.effective_on,
            month=MONTH,
            requested_by=manager,
        )
    )


def browser_of(actor: str) -> Client:
    """Somebody's browser, reading English; an error of the program is an answer, too."""
    browser = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if actor != ANYBODY:
        browser.force_login(User.objects.get(username=actor))
    return browser

"""What the matrix walks over: the cast, a closed month, and her things, with words that must not
leak. Everything here belongs to SHE, of 销售1组; whoever is refused is refused that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from accounts.models import Person, PositionPlan, Qualification, User
from attendance.models import Leave, RewardGrant, Trip, TripCustomer, TripDay, TripReport
from claims.models import Damage, Expense, Goods, Loan, LoanRequest
from conduct.models import (
    ConductCase,
    Objection,
    Proceeding,
    Proposal,
    RewardProposal,
    Subject,
    Suspicion,
    SuspicionDecision,
    Verdict,
)
from core import clock
from core.models import JobRun, StoredFile
from core.months import Month
from customers.models import (
    Agency,
    Call,
    Comment,
    Complaint,
    ComplaintLink,
    Conflict,
    Contact,
    Customer,
    Delegation,
    Prefecture,
    Project,
    SpotCheck,
    SpotCheckDraw,
    SupportRequest,
    Tag,
    Tie,
    Visit,
    VisitPlan,
)
from customers.services import (
    Asked,
    agency_talk,
    delegation_give,
    project_assign,
    project_lose,
    support_ask,
    support_take,
)
from customers.services.files import ATTACHMENTS
from customers.services.likeness import likeness_keep
from customers.tests.projects import complete, registered
from orders.models import Delivery, Order
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
from performance.models import Activity, Appraisal
from policy.services import draft_change, draft_make
from receivables.models import CaseStep, CollectionPlan, Invoice, Iou, PlanStep, UnpaidDelivery
from receivables.services import unpaid_converge
from reports.models import (
    CleaningTurn,
    DayPlan,
    Enrolment,
    Information,
    Learning,
    Meeting,
    MeetingDecision,
    MeetingSeries,
    OralReport,
    Praise,
    Suggestion,
    Training,
    WeeklyReport,
)
from tests import cast
from tests.builders import bad_debt, damage, expense, loan, order, payment, slip
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
HER_CLAIM, HER_DAMAGE, HER_PURPOSE = "C-CANARY-7391", "G-CANARY-7391", "DEMO-CANARY-7391"
HER_CASE, HER_STEP = "B-CANARY-7391", "STEP-CANARY-7391"
HER_ACCOUNT = "622202739173917391"
HER_WORDS = "W-CANARY-7391"  # of her appeal
HER_PHONE = "139 7391 7391"
HER_CERTIFICATE, HER_PLAN = "GSP-CANARY-7391", "PLAN-CANARY-7391"
HER_FILE, HER_ILLNESS, HER_OFFENCE = "CANARY-7391.webp", "FEVER-CANARY", "BRAWL-CANARY"
# Who signed her IOU, what was promised to collect, the invoice of her order.
HER_SIGNER, HER_PROMISE, HER_INVOICE = "I-CANARY-7391", "CALL-CANARY-7391", "F-CANARY-7391"
# What her trip is for; how its days are planned and what she reports of them.
HER_TRIP, HER_TRIP_PLAN = "FAIR-CANARY-7391", "ROUTE-CANARY-7391"
HER_TRIP_REPORT = "TALKS-CANARY-7391"
# What personnel keeps of her: contract, positions, what was handed over.
HER_STAFF_FILE = (HER_PHONE, HER_CERTIFICATE, HER_PLAN)
# A project of hers, the customer it is for; a stranger's is in conflict with it.
HER_PROJECT, HER_BUYER = "PROJECT-CANARY-7391", "BUYER-CANARY-7391"
HER_PROJECT_NO = "X-CANARY-7391"
HER_NEED = "HELP-CANARY-7391"  # what she asks support for
# What she wrote for those above her, and what a meeting gave her to do.
HER_PROBLEM, HER_TASK = "PROBLEM-CANARY-7391", "TASK-CANARY-7391"
HER_REPORT, HER_DRAFT = "REPORT-CANARY-7391", "DRAFT-CANARY-7391"
HER_ORAL, HER_IDEA = "ORAL-CANARY-7391", "IDEA-CANARY-7391"
# A firm of hers, whom she knows there, what was said of it.
HER_FIRM, HER_CONTACT, HER_COMMENT = "FIRM-CANARY", "CONTACT-CANARY-7391", "SAID-CANARY-7391"
# Whatever else the file says: of the firm, of who is there, of a tie; its papers.
HER_STREET, HER_NUMBER, HER_SCALE = "STREET-CANARY-7391", "0574-7391-0001", "SCALE-CANARY-7391"
HER_TRADE, HER_TAG, HER_NOTE = "TRADE-CANARY-7391", "TAG-CANARY-7391", "NOTE-CANARY-7391"
HER_POST, HER_DIRECT, HER_ABOUT = "POST-CANARY-7391", "136-7391-0002", "ABOUT-CANARY-7391"
HER_TIE, HER_PAPER = "TIE-CANARY-7391", "CANARY-PAPER-7391.webp"
HER_FIRM_WORDS = (
    *(HER_FIRM, HER_CONTACT, HER_COMMENT, HER_STREET, HER_NUMBER, HER_SCALE, HER_TRADE),
    *(HER_TAG, HER_NOTE, HER_POST, HER_DIRECT, HER_ABOUT, HER_TIE, HER_PAPER),
)
# What she heard of a customer of hers, and of the market.
HER_NEWS, HER_MARKET = "NEWS-CANARY-7391", "MARKET-CANARY-7391"
# What she is suspected of: for the manager alone, and least of all for her.
HER_SUSPICION = "SUSPECT-CANARY-7391"
# What her mate reported of her, what she replied, what was decided; what she is to be rewarded for.
HER_DEED, HER_SIDE, HER_VERDICT = "SANDALS-7391-CANARY", "SIDE-CANARY-7391", "VERDICT-CANARY-7391"
HER_PROOF, HER_PROOF_BACK = "PROOF-7391.webp", "EXCUSE-7391.webp"
HER_PROTEST, HER_SENTENCE = "PROTEST-CANARY-7391", "SENTENCE-CANARY-7391"
HER_PRIZE, HER_CASE_NO = "PRIZE-CANARY-7391", "CASE-7391-CANARY"
# What she and a customer talked about.
HER_TALK = "OFFER-CANARY-7391"
HER_ERRAND = "ERRAND-CANARY-7391"  # what she plans a visit for
HER_FINDING = "NOBODY-CANARY-7391"  # what a spot check found
# What a customer said about her.
HER_COMPLAINT = "UNANSWERED-CANARY-7391"
# What was talked about her quarter, and an activity of hers that waits for approval.
HER_APPRAISAL, HER_FAIR = "QUARTER-CANARY-7391", "BOOTH-CANARY-7391"
TRAINING = "lamps and how to sell them"
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
    def her_claim(self) -> Expense:
        return Expense.objects.get(claim_no=HER_CLAIM)

    @cached_property
    def her_paid_claim(self) -> Expense:
        hers = Expense.objects.select_related("order").get(claim_no=HER_CLAIM).order
        return expense(hers, f"{HER_CLAIM}-2", approved=str(clock.today()))

    @cached_property
    def her_loan(self) -> Loan:
        return Loan.objects.get(loan_no=HER_LOAN)

    @cached_property
    def her_returned_loan(self) -> Loan:
        return loan(self.her, f"{HER_LOAN}-2", lent="2026-10-20 09:00", returned="2026-10-21")

    @cached_property
    def goods_here(self) -> Goods:
        """A piece that can be had; she waits for another."""
        return Goods.objects.get(code="YJ-1")

    @cached_property
    def her_request(self) -> LoanRequest:
        return LoanRequest.objects.select_related("goods").get(purpose=HER_PURPOSE)

    @cached_property
    def her_damage(self) -> Damage:
        return Damage.objects.get(damage_no=HER_DAMAGE)

    @cached_property
    def her_meeting(self) -> Meeting:
        """Of her team, running now; it gave her something to do."""
        return Meeting.objects.get(kind="morning")

    @cached_property
    def her_decision(self) -> MeetingDecision:
        return MeetingDecision.objects.get(text=HER_TASK)

    @cached_property
    def her_summary(self) -> Meeting:
        """The Saturday summary of her team, in which she is praised."""
        facts = {"kind": "saturday", "title": "总结", "team": self.her.team, "on": clock.today()}
        made = Meeting.objects.create(starts_at=clock.now(), **facts)
        Praise.objects.create(
            meeting=made, person=self.her, reason="x", by=User.objects.get(username=MANAGER)
        )
        return made

    @cached_property
    def her_visit(self) -> Visit:
        """Of this morning, with a step that is yet to be taken."""
        return Visit.objects.get(content=HER_TALK, next_step="send the offer")

    @cached_property
    def her_void_visit(self) -> Visit:
        """Voided by her supervisor."""
        return Visit.objects.create(
            person=self.her,
            customer=self.her_visit.customer,
            at=clock.now() - timedelta(days=3),
            kind="return",
            content=HER_TALK,
            void=True,
            voided_by=User.objects.get(username=SUPERVISOR),
            voided_at=clock.now(),
            void_reason="nobody met her",
        )

    @cached_property
    def her_call(self) -> Call:
        """To a firm of hers, and nobody said yet what came of it."""
        return Call.objects.create(
            person=self.her,
            customer=self.her_firm,
            on=clock.today(),
            started_at=clock.now() - timedelta(minutes=40),
        )

    @cached_property
    def her_check(self) -> SpotCheck:
        """Of today, by her supervisor: no record, and she has not replied yet."""
        return SpotCheck.objects.get(note=HER_FINDING)

    @cached_property
    def her_replied_check(self) -> SpotCheck:
        row = self.her_check
        row.reply, row.replied_at = "I called on them", clock.now()
        row.save(update_fields=["reply", "replied_at"])
        return row

    @cached_property
    def her_plan(self) -> VisitPlan:
        """For Wednesday."""
        return VisitPlan.objects.get(purpose=HER_ERRAND)

    @cached_property
    def her_drawn_check(self) -> SpotCheck:
        """Drawn by her supervisor, without a verdict."""
        draw = SpotCheckDraw.objects.create(
            person=self.her,
            on=clock.today(),
            seed="seed-7391",
            among=["K1"],
            size=1,
            judge_by=date(2026, 11, 9),
            drawn_by=User.objects.get(username=SUPERVISOR),
        )
        facts = {"person": self.her, "customer": self.her_visit.customer, "draw": draw}
        return SpotCheck.objects.create(checked_on=date(2026, 11, 1), verdict="", **facts)

    @cached_property
    def her_turn(self) -> CleaningTurn:
        return CleaningTurn.objects.get(person=self.her)

    @cached_property
    def her_training(self) -> Training:
        """Of her team, to come."""
        return Training.objects.get(title=TRAINING)

    @cached_property
    def begun_training(self) -> Training:
        made = _training(self.her, clock.now() - timedelta(hours=1), title="begun")
        Enrolment.objects.create(training=made, person=self.her)
        return made

    @cached_property
    def her_problem(self) -> Learning:
        return Learning.objects.get(text=HER_PROBLEM)

    @cached_property
    def her_report(self) -> WeeklyReport:
        """Of the week before last, handed in."""
        return WeeklyReport.objects.get(person=self.her, monday=date(2026, 10, 19))

    @cached_property
    def her_idea(self) -> Suggestion:
        return Suggestion.objects.get(person=self.her, title=HER_IDEA)

    @cached_property
    def her_news(self) -> Information:
        """Of a customer of hers."""
        return Information.objects.filter(title=HER_NEWS).earliest("pk")

    @cached_property
    def her_suspicion(self) -> Suspicion:
        """With a stranger; nobody has decided yet."""
        return Suspicion.objects.filter(gains=self.her).earliest("pk")

    @cached_property
    def her_appraisal(self) -> Appraisal:
        """Talked over; she has not answered."""
        return Appraisal.objects.get(person=self.her, state="told")

    @cached_property
    def her_ended_appraisal(self) -> Appraisal:
        return Appraisal.objects.get(person=self.her, state="acknowledged")

    @cached_property
    def her_draft_appraisal(self) -> Appraisal:
        return Appraisal.objects.get(person=self.her, state="draft")

    @cached_property
    def her_objected(self) -> Appraisal:
        """Told by her supervisor."""
        return Appraisal.objects.get(person=self.her, state="objected")

    @cached_property
    def her_activity(self) -> Activity:
        """Waits for approval."""
        return Activity.objects.get(plan=HER_FAIR)

    @cached_property
    def her_approved_activity(self) -> Activity:
        """Began today."""
        manager = User.objects.get(username=MANAGER)
        return _activity(self.her, "approved", decided_at=clock.now(), decided_by=manager)

    @cached_property
    def her_suspicion_taken_up(self) -> Suspicion:
        row = self.her_suspicion
        SuspicionDecision.objects.create(
            suspicion=row,
            outcome="taken_up",
            reason="to be heard",
            by=User.objects.get(username=MANAGER),
        )
        return row

    @cached_property
    def her_case(self) -> Proceeding:
        """Reported by her mate, heard; she has replied."""
        return Proceeding.objects.get(proceeding_no=HER_CASE_NO)

    @cached_property
    def her_side(self) -> Subject:
        return self.her_case.subjects.get()

    @cached_property
    def her_reported_case(self) -> Proceeding:
        """Nobody has begun the hearing: she does not see it."""
        return _proceeding(
            self.her, "A-7392", state="reported", hearing_at=None, hearing_until=None
        )

    @cached_property
    def her_unanswered_side(self) -> Subject:
        return _proceeding(self.her, "A-7393").subjects.get()

    @cached_property
    def her_verdict(self) -> Verdict:
        """By the manager; she can object, and the leader is asked to dismiss her."""
        row = _proceeding(self.her, "A-7394", state="decided", ended_at=clock.now())
        made = Verdict.objects.create(
            subject=row.subjects.get(),
            proven=True,
            reason=HER_VERDICT,
            departs=HER_SENTENCE,
            by=User.objects.get(username=MANAGER),
        )
        Proposal.objects.create(verdict=made, kind="dismissal", goes_to="leader")
        return made

    @cached_property
    def her_objection(self) -> Objection:
        return Objection.objects.create(
            verdict=self.her_verdict,
            text=HER_PROTEST,
            goes_to="leader",
            decide_by=date(2026, 11, 9),
        )

    @cached_property
    def her_prize(self) -> RewardProposal:
        """Proposed by her supervisor; she does not know of it."""
        return RewardProposal.objects.get(reason=HER_PRIZE)

    @cached_property
    def her_complaint(self) -> Complaint:
        """About her, being handled; she was heard."""
        return Complaint.objects.get(text=HER_COMPLAINT, state="handled")

    @cached_property
    def her_unheard_complaint(self) -> Complaint:
        return _complaint(self.her, hearing_at=None)

    @cached_property
    def her_answered_complaint(self) -> Complaint:
        return self.her_link.complaint

    @cached_property
    def her_unasked_complaint(self) -> Complaint:
        """Answered, and the customer has no link yet."""
        return _complaint(self.her, **ANSWERED)

    @cached_property
    def her_link(self) -> ComplaintLink:
        return ComplaintLink.objects.select_related("complaint").get()

    @cached_property
    def her_leave(self) -> Leave:
        """For an illness; it waits for her supervisor's word."""
        return Leave.objects.get(reason=HER_ILLNESS)

    @cached_property
    def her_approved_leave(self) -> Leave:
        return _leave(self.her, date(2026, 11, 16), status="approved", reason="a wedding")

    @cached_property
    def her_reward(self) -> RewardGrant:
        return RewardGrant.objects.create(
            person=self.her,
            days=Decimal(2),
            granted_on=date(2026, 11, 2),
            use_by=date(2026, 12, 31),
            reason="best of October",
        )

    @cached_property
    def her_trip(self) -> Trip:
        """It waits for her supervisor's word."""
        return Trip.objects.get(person=self.her, start_on=date(2026, 11, 16))

    @cached_property
    def her_running_trip(self) -> Trip:
        """She is away now; yesterday is reported."""
        return Trip.objects.get(person=self.her, start_on=date(2026, 11, 1))

    @cached_property
    def her_coming_trip(self) -> Trip:
        return _trip(self.her, 23, 24, status="approved")

    @cached_property
    def her_trip_report(self) -> TripReport:
        return TripReport.objects.get(person=self.her, date=date(2026, 11, 1))

    @cached_property
    def her_firm(self) -> Customer:
        return Customer.objects.get(customer_no="K-7391")

    @cached_property
    def her_contact(self) -> Contact:
        return Contact.objects.filter(name=HER_CONTACT).earliest("pk")

    @cached_property
    def her_project(self) -> Project:
        return Project.objects.get(project_no=HER_PROJECT_NO)

    @cached_property
    def her_conflict(self) -> Conflict:
        """With a project of a stranger's."""
        return Conflict.objects.get(earlier=self.her_project)

    @cached_property
    def her_ready_project(self) -> Project:
        """Its requirement list is complete: it waits for who is assigned."""
        return complete(registered(self.her, "READY", name="READY", prefecture="温州"))

    @cached_property
    def her_pursued_project(self) -> Project:
        made = complete(registered(self.her, "PURSUED", name="PURSUED", prefecture="台州"))
        leader = User.objects.get(username=LEADER)
        return project_assign(project=made, person=self.her, actor=leader)

    @cached_property
    def her_lost_project(self) -> Project:
        made = registered(self.her, "GONE", name="GONE", prefecture="丽水")
        return project_lose(project=made, reason="too dear")

    @cached_property
    def her_agency(self) -> Agency:
        """A customer of hers in talks about a prefecture."""
        return Agency.objects.get(customer__owner=self.her)

    @cached_property
    def her_support(self) -> SupportRequest:
        return SupportRequest.objects.get(text=HER_NEED)

    @cached_property
    def her_taken_support(self) -> SupportRequest:
        """Her supervisor has named the manager to help."""
        by = User.objects.get(username=SUPERVISOR)
        manager = Person.objects.get(employee_no=MANAGER)
        made = _support(self.her, "a fair")
        return support_take(request=made, helper=manager, help_by=clock.today(), actor=by)

    @cached_property
    def delegation(self) -> Delegation:
        return delegation_give(reason="x", actor=User.objects.get(username=LEADER))

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
            return KINDS["suspicion"] + KINDS["prize"]
        if actor in STRANGERS:
            return (self.her.name, *self._unseen_by(actor))
        return self._unseen_by(actor)

    def _unseen_by(self, actor: str) -> tuple[str, ...]:
        return tuple(
            word for kind, words in KINDS.items() if actor not in SEEN_BY[kind] for word in words
        )


KINDS = {
    "money": (
        HER_ORDER,
        HER_SLIP,
        HER_SIGNER,
        HER_PROMISE,
        HER_INVOICE,
        HER_CLAIM,
        HER_CASE,
        HER_STEP,
    ),
    "goods": (HER_LOAN,),
    "asked": (HER_PURPOSE,),
    "broken": (HER_DAMAGE,),
    "account": (HER_ACCOUNT,),
    "staff": HER_STAFF_FILE,
    "conduct": (HER_OFFENCE,),
    "illness": (HER_ILLNESS,),
    "file": (HER_FILE,),
    "trip": (HER_TRIP,),
    "business": (
        *(HER_TRIP_PLAN, HER_TRIP_REPORT, HER_TALK, HER_FINDING, HER_ERRAND),
        *(HER_PROJECT, HER_BUYER, HER_PROJECT_NO, HER_NEED),
    ),
    "appeal": (HER_WORDS,),
    "told": (HER_PROBLEM,),
    "reported": (HER_REPORT, HER_ORAL, HER_IDEA),
    "draft": (HER_DRAFT,),
    "firm": HER_FIRM_WORDS,
    "news": (HER_NEWS,),
    "market": (HER_MARKET,),
    "suspicion": (HER_SUSPICION,),
    "complaint": (HER_COMPLAINT,),
    "appraisal": (HER_APPRAISAL, HER_FAIR),
    "deed": (HER_DEED, HER_PROOF, HER_CASE_NO),
    "side": (HER_SIDE, HER_PROOF_BACK, HER_VERDICT, HER_PROTEST, HER_SENTENCE),
    "prize": (HER_PRIZE,),
}
_TEAM = {SUPERVISOR, MANAGER, LEADER}
SEEN_BY = {
    "money": _TEAM | {FINANCE, CASHIER},
    "goods": _TEAM | {KEEPER, FINANCE, CASHIER},
    "asked": _TEAM | {KEEPER},
    "broken": _TEAM | {KEEPER, FINANCE, CASHIER},
    # Whoever confirms an account has to see it while it waits.
    "account": {FINANCE, PERSONNEL},
    "staff": _TEAM | {PERSONNEL},
    "conduct": _TEAM | {PERSONNEL},
    # Opened by personnel and the decider alone.
    "illness": {SUPERVISOR, PERSONNEL},
    # A private file is of a kind, and the kind says whose it is: this one is hers alone.
    "file": set(),
    "trip": _TEAM | {PERSONNEL},
    # Customers are trade secrets: personnel keeps attendance, and reads none of it.
    "business": _TEAM,
    "appeal": _TEAM,
    "told": _TEAM | {PERSONNEL},
    # What she says of customers in a report is for those who see customers.
    "reported": _TEAM,
    # Until it is handed in, a report is its writer's alone.
    "draft": set(),
    # Files are trade secrets.
    "firm": _TEAM,
    # What names a customer is a secret as the file is; the market is the whole department's.
    "news": _TEAM,
    "suspicion": {MANAGER},
    "market": _TEAM | {MATE, STRANGER, OTHER_SUPERVISOR},
    "complaint": _TEAM,
    "appraisal": _TEAM | {PERSONNEL},
    # Closed to all but those concerned: her mate reads what she reported, and no more.
    "deed": {MATE, MANAGER, LEADER},
    "side": {MANAGER, LEADER},
    "prize": _TEAM | {PERSONNEL},
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


def _goods_make(her: Person) -> None:
    """Two pieces to lend; she has asked for one of them."""
    pieces = [
        Goods.objects.create(code=f"YJ-{n}", name="demo lamp", price=Decimal("888.00"))
        for n in (1, 2)
    ]
    LoanRequest.objects.create(goods=pieces[1], person=her, purpose=HER_PURPOSE, token=uuid4())


def _shadow_make(her: Person) -> None:
    shadow = Shadow.objects.create(month=MONTH, as_of=clock.now())
    amount = Decimal("100.00")
    ShadowRow.objects.create(shadow=shadow, person=her, by_rule={"BASE": "100.00"}, total=amount)


def _owed_make(hers: Order) -> None:
    """The IOU of her unpaid delivery, the plan to collect it, an invoice."""
    amount = Decimal("1000.00")
    delivery = Delivery.objects.get(order=hers)
    Iou.objects.create(delivery=delivery, amount=amount, signed_by=HER_SIGNER, token=uuid4())
    plan = CollectionPlan.objects.create(
        unpaid=UnpaidDelivery.objects.get(order=hers),
        written_by=User.objects.get(username=SUPERVISOR),
        token=uuid4(),
    )
    PlanStep.objects.create(
        plan=plan, due_on=date(2026, 11, 5), what=HER_PROMISE, who=hers.person, amount=amount
    )
    Invoice.objects.create(
        invoice_no=HER_INVOICE,
        order=hers,
        amount=Decimal("1.00"),
        issued_on=date(2026, 10, 30),
        token=uuid4(),
    )


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
    ill = _leave(her, date(2026, 10, 13), type="sick", status="pending", reason=HER_ILLNESS)
    _file_make(her, "leave", str(ill.pk), f"{HER_ILLNESS}.webp")
    _file_make(her, "door", her.employee_no, HER_FILE)


def _leave(her: Person, day: date, **said: str) -> Leave:
    whole = {"start_half": "am", "end_half": "pm"}
    return Leave.objects.create(
        person=her, start_on=day, end_on=day, **{"type": "personal", **whole, **said}
    )


def _file_make(her: Person, kind: str, owner: str, name: str) -> None:
    StoredFile.objects.create(
        kind=kind,
        owner=owner,
        position=1,
        name=name,
        media_type="image/webp",
        size=1,
        sha256="0" * 64,
        sent_sha256="0" * 64,
        has_thumbnail=True,
        uploaded_by=her.user,
    )


def _training(her: Person, starts_at: datetime, **said: str) -> Training:
    return Training.objects.create(
        team=her.team,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        made_by=User.objects.get(username=MANAGER),
        **said,
    )


def _meetings_make(her: Person) -> None:
    """A series of her team, a meeting that runs, what it gave her to do, a problem of hers."""
    said = {"kind": "morning", "title": "早会", "team": her.team}
    MeetingSeries.objects.create(starts=time(8, 30), from_on=date(2026, 11, 2), **said)
    meeting = Meeting.objects.create(on=clock.today(), starts_at=clock.now(), door=uuid4(), **said)
    MeetingDecision.objects.create(
        meeting=meeting, text=HER_TASK, owner=her, due_on=date(2026, 11, 6)
    )
    Learning.objects.create(person=her, text=HER_PROBLEM)
    DayPlan.objects.create(person=her, date=date(2026, 10, 30), text=HER_PROBLEM)
    CleaningTurn.objects.create(on=clock.today(), person=her, team=her.team)
    news = {"person": her, "kind": "customer", "title": HER_NEWS, "important": True}
    firm = Customer.objects.filter(owner=her)[0]
    Information.objects.create(customer=firm, token=uuid4(), **news)
    Information.objects.create(person=her, kind="market", title=HER_MARKET, token=uuid4())
    _training(her, clock.now() + timedelta(days=3), title=TRAINING)
    held = _training(her, clock.now() - timedelta(days=3), title="before", state="held")
    Enrolment.objects.create(training=held, person=her, attended=True)


ANSWERED = {"state": "answered", "answer": "changed", "in_time": True}


def _reports_make(her: Person) -> None:
    """A weekly report of hers that waits to be read and a draft; what she told; what she would
    have otherwise."""
    said = {"summary": HER_REPORT, "problems": HER_REPORT, "plan": HER_REPORT}
    handed_in = WeeklyReport.objects.create(
        person=her,
        monday=date(2026, 10, 19),
        due_at=clock.end_of(date(2026, 10, 26)),
        state="handed_in",
        handed_in_at=clock.start_of(date(2026, 10, 26)),
        **said,
    )
    handed_in.plan_lines.create(position=0, text=HER_REPORT)
    drafted = {"summary": HER_DRAFT, "problems": HER_DRAFT, "plan": HER_DRAFT}
    WeeklyReport.objects.create(
        person=her,
        monday=date(2026, 10, 26),
        due_at=clock.end_of(date(2026, 11, 2)),
        **drafted,
    )
    heard_by = User.objects.get(person=her.supervisor)
    OralReport.objects.create(person=her, on=date(2026, 10, 30), note=HER_ORAL, heard_by=heard_by)
    Suggestion.objects.create(person=her, title=HER_IDEA, text=HER_IDEA, token=uuid4())


def _complaint(her: Person, **said: object) -> Complaint:
    """About her, taken in by her supervisor and handled by the manager."""
    now = clock.now()
    usual = {
        "customer_name": "a customer",
        "customer": Customer.objects.filter(owner=her)[0],
        "category": "conduct",
        "subject": "nobody answers",
        "text": HER_COMPLAINT,
        "channel": "telephone",
        "about": her,
        "goods": "",
        "state": "handled",
        "taken_by": her.supervisor,
        "handler": Person.objects.get(employee_no=MANAGER),
        "opened_on": clock.today(),
        "due_on": date(2026, 11, 5),
        "hearing_at": now,
        "answered_at": now if said.get("answer") else None,
    }
    return Complaint.objects.create(**{**usual, **said})


def _complaints_make(her: Person) -> None:
    """One that is handled, one that was answered and asks the customer by a link."""
    _complaint(her)
    ComplaintLink.objects.create(
        complaint=_complaint(her, **ANSWERED),
        made_by=User.objects.get(username=MANAGER),
        expires_at=clock.now() + timedelta(days=3650),  # by whatever clock it is opened
    )


def _trips_make(hers: Order) -> None:
    """One that waits, one that she is on, with yesterday's report."""
    coming = _trip(hers.person, 16, 17, status="pending")
    running = _trip(hers.person, 1, 4, status="approved")
    for trip in (coming, running):
        TripDay.objects.create(trip=trip, date=trip.end_on, plan=HER_TRIP_PLAN)
        TripCustomer.objects.create(trip=trip, date=trip.end_on, customer=hers.customer)
    TripReport.objects.create(
        person=hers.person,
        date=running.start_on,
        reported_at=clock.at(running.start_on, time(20, 15)),
        text=HER_TRIP_REPORT,
    )


def _visits_make(hers: Order) -> None:
    """This morning at a customer of hers."""
    Visit.objects.create(
        person=hers.person,
        customer=hers.customer,
        at=clock.now() - timedelta(hours=1),
        kind="return",
        content=HER_TALK,
        next_step="send the offer",
        next_on=date(2026, 11, 4),
    )
    VisitPlan.objects.create(
        person=hers.person, customer=hers.customer, on=date(2026, 11, 4), purpose=HER_ERRAND
    )
    SpotCheck.objects.create(
        person=hers.person,
        customer=hers.customer,
        checked_on=clock.today(),
        verdict="none",
        note=HER_FINDING,
        checked_by=User.objects.get(username=SUPERVISOR),
        judged_at=clock.now(),
        reply_until=date(2026, 11, 9),
    )


def _trip(her: Person, first: int, last: int, *, status: str) -> Trip:
    days = {"start_on": date(2026, 11, first), "end_on": date(2026, 11, last)}
    return Trip.objects.create(person=her, purpose=HER_TRIP, status=status, **days)


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing; what must be the outermost may be in it, as in a test."""
    within = transaction.atomic()
    within._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase says it
    with within:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def world_make() -> World:
    """Build it, at the cast's own time."""
    made = cast.people_make()
    User.objects.create(username=NOBODY)
    User.objects.update(password=make_password(PASSWORD))
    cast.closed_month()
    hers = order(made[SHE], HER_ORDER, delivered={"2026-10-15": "1000.00"})
    payment(slip(hers, HER_SLIP), received="2026-10-30 10:00")
    _case_make(hers)
    loan(made[SHE], HER_LOAN, lent="2026-10-20 09:00", returned=None, condition="")
    expense(hers, HER_CLAIM, approved=None)
    damage(made[SHE], HER_DAMAGE, on="2026-11-02")
    _goods_make(made[SHE])
    unpaid_converge(as_of=clock.today())
    _owed_make(hers)
    _payment_make(made[SHE])
    _shadow_make(made[SHE])
    _staff_file_make(made[SHE])
    _meetings_make(made[SHE])
    _reports_make(made[SHE])
    _trips_make(hers)
    _firm_make(made[SHE])
    _visits_make(hers)
    _projects_make(hers, made[STRANGER])
    _complaints_make(made[SHE])
    _suspicion_make(made[SHE], made[STRANGER])
    _appraisals_make(made[SHE])
    _conduct_make(made[SHE])
    JobRun.objects.create(kind="close", subject="2026-09", state=JobRun.State.FAILED, error="Boom")
    policy_drafted()
    return World()


def _suspicion_make(her: Person, stranger: Person) -> None:
    said = {"name": HER_SUSPICION, "owner": SHE, "date": "2026-10-30"}
    text = "“%(name)s”, opened for %(owner)s on %(date)s"
    Suspicion.objects.create(
        key="files/K-1/K-7391",
        kind="files",
        gains=her,
        loses=stranger,
        evidence=[{"kind": "customer", "no": "K-7391", "text": text, "values": said}],
    )


def _appraisals_make(her: Person) -> None:
    """Four quarters of hers: acknowledged, objected to, talked over, a draft; an activity that
    waits."""
    figures = {
        "sales": {"handed_in": "0.00", "target": ""},
        "customers": {"new": "0", "wanted": "9.0"},
        "reports": {"on_time": "0", "due": "13"},
    }
    indicators = [
        {"key": key, "weight": 10, "score": "50.0", "figures": said}
        for key, said in figures.items()
    ]
    by = User.objects.get(username=SUPERVISOR)
    told = {"told_at": clock.now(), "told_by": by, "talk": HER_APPRAISAL}
    for quarter, said in (
        ("2025-Q4", {"state": "acknowledged", "answered_at": clock.now(), **told}),
        ("2026-Q1", {"state": "objected", "objection": HER_APPRAISAL, **told}),
        ("2026-Q2", {"state": "told", **told}),
        ("2026-Q3", {}),
    ):
        Appraisal.objects.create(
            person=her,
            quarter=quarter,
            indicators=indicators,
            computed=Decimal("50.0"),
            score=Decimal("50.0"),
            grade="D",
            **said,
        )
    _activity(her, "asked", plan=HER_FAIR)


def _activity(her: Person, state: str, **said: Any) -> Activity:
    today = clock.today()
    usual = {"title": "fair", "plan": "a stand", "starts_on": today, "ends_on": today}
    return Activity.objects.create(planner=her, state=state, token=uuid4(), **usual | said)


def _proceeding(her: Person, no: str, **said: object) -> Proceeding:
    """About her, reported by her mate, being heard."""
    usual = {
        "offence": "dress",
        "happened_on": clock.today(),
        "facts": HER_DEED,
        "reporter": Person.objects.get(employee_no=MATE),
        "goes_to": "manager",
        "state": "hearing",
        "hearing_at": clock.now(),
        "hearing_until": date(2026, 11, 5),
    }
    made = Proceeding.objects.create(proceeding_no=no, **{**usual, **said})
    Subject.objects.create(proceeding=made, person=her)
    return made


def _conduct_make(her: Person) -> None:
    """A case of hers with her reply and the files of both; a reward she is proposed for."""
    row = _proceeding(her, HER_CASE_NO)
    row.subjects.update(reply=HER_SIDE, replied_at=clock.now())
    _file_make(her, "conduct", str(row.pk), HER_PROOF)
    _file_make(her, "hearing", str(row.subjects.get().pk), HER_PROOF_BACK)
    RewardProposal.objects.create(
        person=her,
        kind="bonus",
        amount=Decimal("300.00"),
        reason=HER_PRIZE,
        proposed_by=her.supervisor,
    )


def _firm_make(her: Person) -> None:
    """A file of hers for which nobody ordered yet, with everything in it that a file can say."""
    firm = Customer.objects.create(
        customer_no="K-7391",
        name=HER_FIRM,
        owner=her,
        created_on=date(2026, 10, 30),
        address=HER_STREET,
        telephone=HER_NUMBER,
        scale=HER_SCALE,
        industry=HER_TRADE,
        note=HER_NOTE,
    )
    likeness_keep(firm)
    Tag.objects.create(customer=firm, word=HER_TAG)
    contact = Contact.objects.create(
        customer=firm,
        name=HER_CONTACT,
        position=HER_POST,
        telephone=HER_DIRECT,
        note=HER_ABOUT,
        token=uuid4(),
    )
    Tie.objects.create(
        from_contact=contact, to_customer=firm, kind="other", note=HER_TIE, token=uuid4()
    )
    _file_make(her, ATTACHMENTS, str(firm.pk), HER_PAPER)
    by = User.objects.get(person=her)
    Comment.objects.create(customer=firm, text=HER_COMMENT, by=by, token=uuid4())


def _projects_make(hers: Order, stranger: Person) -> None:
    """One of hers, and a stranger's that looks like it."""
    kept = registered(hers.person, HER_BUYER, name=HER_PROJECT)
    Project.objects.filter(pk=kept.pk).update(project_no=HER_PROJECT_NO)
    registered(stranger, "buyercanary7391", name="air", anyway=True)
    _support(hers.person, HER_NEED)
    ningbo = Prefecture.objects.get(name="宁波市")
    agency_talk(prefecture=ningbo, customer=hers.customer, talks_on=date(2026, 10, 9))


def _support(her: Person, text: str) -> SupportRequest:
    asked = Asked(kind="talks", text=text, wanted_on=clock.today())
    return support_ask(person=her, asked=asked, token=uuid4())


def _case_make(hers: Order) -> None:
    """A bad debt of hers, with what was done about it."""
    case = bad_debt(hers, HER_CASE, opened="2026-10-20")
    said = {"kind": "call", "on": date(2026, 10, 21), "text": HER_STEP, "token": uuid4()}
    CaseStep.objects.create(case=case, **said)


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

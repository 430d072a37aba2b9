"""How many queries each page asks: the committed numbers, and rows to put behind the pages.

`python -m tests.query_counts` counts anew and writes `tests/query_counts.json`; its difference
belongs into the commit that brought it.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

COMMITTED = Path(__file__).with_suffix(".json")
RENEW = "QUERY_COUNTS_RENEW"
# Their answer is about the database itself, which each kind tells in another way.
FOR_MACHINES = ("health_", "metrics")
# No questions: they open and end what an answer is made in.
FRAME = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET)\b", re.IGNORECASE)


def committed() -> dict[str, int]:
    return json.loads(COMMITTED.read_text()) if COMMITTED.exists() else {}


def counted(world: Any) -> dict[str, int]:
    """The queries of every page that is read, as `door actor`, in the world as it is now."""
    from tests.access.doors import DOORS
    from tests.access.world import browser_of, undone

    found: dict[str, int] = {}
    for name, door in DOORS.items():
        if door.get and not door.ends_session and not name.startswith(FOR_MACHINES):
            actor = _who_sees_most(door.get)
            with undone():  # with what the door itself makes
                address = door.address(_fresh(world))
                browser = browser_of(actor)
                _queries(browser, address)  # what is asked once for all stays known
                found[f"{name} {actor}"] = _queries(browser, address)
    return found


def _fresh(world: Any) -> Any:
    """The world without what doors made in it, which is undone; about the same things of hers."""
    fresh, entry = type(world)(), world.her_entry
    fresh.__dict__.update(her_entry=entry)
    if "her_appeal" in world.__dict__:
        fresh.__dict__.update(her_appeal=world.her_appeal)
    return fresh


def _who_sees_most(allowed: frozenset[str]) -> str:
    from tests.cast import CASHIER, FINANCE, KEEPER, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

    wide = (MANAGER, FINANCE, PERSONNEL, LEADER, CASHIER, KEEPER, SUPERVISOR, SHE)
    return next((actor for actor in wide if actor in allowed), min(allowed))


def _queries(browser: Any, address: str) -> int:
    connection.queries_log.clear()  # it holds so many, and no more are counted
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code < 400 or answer.status_code == 503, f"{address}: {answer.status_code}"
    return sum(not FRAME.match(query["sql"]) for query in asked)


def rows_add(world: Any, first: int, last: int) -> None:
    """Put rows behind the pages, numbered from `first` up to `last`: people with an entry and an
    appeal each; and of hers orders, slips, loans, claims, damages, notices, complaints, entries,
    punches, and changes of her file; goods she asks for; attendance machines with what they
    pushed."""
    from accounts.models import Person
    from core.models import AuditRow
    from core.services import audit_subject
    from notices.models import Notice
    from payroll.models import Appeal, Entry

    numbers = range(first, last)
    her = world.her
    people = Person.objects.bulk_create(
        _like(her, employee_no=f"Q{n:04}", name=f"人{n}") for n in numbers
    )
    entry = Entry.objects.lines().filter(person=her, rule="ATT-4").order_by("id")[0]
    entries = Entry.objects.bulk_create(
        _like(entry, person=who, key=f"ATT-4/{who.employee_no}/count") for who in people
    )
    Entry.objects.bulk_create(_like(entry, key=f"ATT-4/her/{n}") for n in numbers)
    appeal = world.her_appeal
    Appeal.objects.bulk_create(
        _like(appeal, person=each.person, entry=each, key=each.key, token=uuid4())
        for each in entries
    )
    _goods_and_money(her, numbers)
    _leave(her, people, numbers)
    _trips(her, people, numbers)
    _projects(world, numbers)
    _days(her, numbers)
    _complaints(her, numbers)
    _punches(her, numbers)
    _firms(world, numbers)
    _told(world, numbers)
    _reported(world, people, numbers)
    _calls(world, numbers)
    Notice.objects.bulk_create(
        Notice(person=her, key=f"count/{n}", text="%(what)s", values={"what": str(n)}, url="/")
        for n in numbers
    )
    AuditRow.objects.bulk_create(
        AuditRow(action="update", subject=audit_subject(her), changes={"team": ["a", str(n)]})
        for n in numbers
    )
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself a minute later: plans made for empty tables take minutes.
        cursor.execute("ANALYZE")


def _reported(world: Any, people: list[Any], numbers: range) -> None:
    """Weekly reports of many, with more said to hers and more of her plan; what they told; what
    they suggest."""
    from datetime import date

    from django.contrib.auth import get_user_model

    from reports.models import OralReport, Suggestion, WeeklyComment, WeeklyPlanLine, WeeklyReport
    from tests.access.world import HER_REPORT

    hers, by = world.her_report, get_user_model().objects.get(person=world.her)
    week = {"monday": date(2026, 10, 26)}
    WeeklyReport.objects.bulk_create(_like(hers, person=who, **week) for who in people)
    WeeklyPlanLine.objects.bulk_create(
        WeeklyPlanLine(report=hers, position=n, text=f"plan {n}") for n in numbers
    )
    said = {"part": "summary", "line": HER_REPORT, "text": "how so?"}
    WeeklyComment.objects.bulk_create(
        WeeklyComment(report=hers, by=by, token=uuid4(), **said) for _n in numbers
    )
    OralReport.objects.bulk_create(
        OralReport(person=who, on=on, heard_by=by)
        for who in people
        for on in (date(2026, 10, 30), date(2026, 11, 2))
    )
    Suggestion.objects.bulk_create(
        Suggestion(person=who, title=f"idea {who.pk}", token=uuid4()) for who in people
    )


def _firms(world: Any, numbers: range) -> None:
    """More files of hers; more contacts of one, and more that was said of it."""
    from customers.models import Comment, Contact, Customer
    from tests.access.world import HER_COMMENT

    firm, contact = world.her_firm, world.her_contact
    said = Comment.objects.filter(text=HER_COMMENT).earliest("pk")
    Customer.objects.bulk_create(_like(firm, customer_no=f"Q{n:04}") for n in numbers)
    Contact.objects.bulk_create(_like(contact, token=uuid4()) for _n in numbers)
    Comment.objects.bulk_create(_like(said, token=uuid4()) for _n in numbers)


def _told(world: Any, numbers: range) -> None:
    """News of hers of a customer and of the market, with tags and what was said to it; what she is
    suspected of, with cases."""
    from conduct.models import ConductCase, Suspicion
    from reports.models import Information, InformationNote, InformationTag, InformationVersion
    from tests.access.world import HER_MARKET

    news, market = world.her_news, Information.objects.filter(title=HER_MARKET)[0]
    for row in (news, market):
        made = Information.objects.bulk_create(_like(row, token=uuid4()) for _n in numbers)
    InformationTag.objects.bulk_create(
        InformationTag(information=each, word=f"t{each.pk}") for each in made
    )
    InformationTag.objects.bulk_create(
        InformationTag(information=news, word=f"t{n}") for n in numbers
    )
    by = world.her_suspicion.loses.user
    InformationNote.objects.bulk_create(
        InformationNote(information=news, version=0, by=by, text=str(n)) for n in numbers
    )
    InformationVersion.objects.bulk_create(
        InformationVersion(information=news, version=n, said={}, by=by) for n in numbers
    )
    Suspicion.objects.bulk_create(_like(world.her_suspicion, key=f"files/{n}") for n in numbers)
    case = ConductCase.objects.get(case_no="CASE-7391")
    ConductCase.objects.bulk_create(_like(case, case_no=f"Q{n}") for n in numbers)


def _calls(world: Any, numbers: range) -> None:
    """To her firm calls of hers, of which some wait for a call back, marks that were lifted, and
    versions of a script; files of hers that have a telephone."""
    from datetime import timedelta

    from core import clock
    from customers.models import Call, CallScript, Customer, QuietMark

    firm, now = world.her_firm, clock.now()
    done = {"person": world.her, "customer": firm, "on": clock.today(), "ended_at": now}
    hour = {"started_at": now - timedelta(hours=1), "back_at": now, "outcome": "call_back"}
    Call.objects.bulk_create(Call(**done, **hour) for _n in numbers)
    lifted = {"lifted_at": now, "lift_reason": "x"}
    QuietMark.objects.bulk_create(QuietMark(customer=firm, reason="x", **lifted) for _n in numbers)
    CallScript.objects.bulk_create(
        CallScript(purpose="again", number=n + 1, steps=[["x", ""]]) for n in numbers
    )
    Customer.objects.filter(customer_no__in=[f"Q{n:04}" for n in numbers]).update(telephone="1")


def _trips(her: Any, people: Any, numbers: range) -> None:
    """Everybody is away now, sees a customer, reported yesterday and asks for more; of hers one a
    day, with its report."""
    from datetime import timedelta

    from attendance.models import Trip, TripCustomer, TripReport
    from core import clock

    today, hers = clock.today(), Trip.objects.filter(person=her)
    running = hers.get(start_on__lte=today, end_on__gte=today)
    waiting = hers.get(status="pending")
    report, seen = TripReport.objects.filter(person=her)[0], waiting.customers.all()[0]
    away = Trip.objects.bulk_create(_like(running, person=each) for each in people)
    Trip.objects.bulk_create(_like(waiting, person=each) for each in people)
    TripCustomer.objects.bulk_create(_like(seen, trip=each, date=today) for each in away)
    TripReport.objects.bulk_create(_like(report, person=each) for each in people)
    days = [today - timedelta(days=40 + n) for n in numbers]
    Trip.objects.bulk_create(_like(running, start_on=day, end_on=day) for day in days)
    TripReport.objects.bulk_create(_like(report, date=day) for day in days)


def _projects(world: Any, numbers: range) -> None:
    """Of hers that wait for who is assigned, and that are in conflict with a stranger's."""
    from customers.models import Claim, Conflict, Project, ProjectNote, Requirement

    hers, conflict = world.her_project, world.her_conflict
    for complete, stem in ((True, "QA"), (False, "QX")):
        made = Project.objects.bulk_create(
            _like(hers, project_no=f"{stem}{n}", is_complete=complete, token=uuid4())
            for n in numbers
        )
    opened = Conflict.objects.bulk_create(
        _like(conflict, conflict_no=f"Q{each.project_no}", earlier=each) for each in made
    )
    Claim.objects.bulk_create(
        Claim(conflict=each, project=each.earlier, person=world.her) for each in opened
    )
    ProjectNote.objects.bulk_create(
        ProjectNote(project=hers, text="x", token=uuid4()) for _n in numbers
    )
    Requirement.objects.bulk_create(
        Requirement(project=hers, kind="machine", what="x", quantity=1) for _n in numbers
    )


def _complaints(her: Any, numbers: range) -> None:
    """About her, each with what was done about it, and some that nobody handles yet."""
    from customers.models import Complaint, ComplaintStep
    from tests.access.world import HER_COMPLAINT

    row = Complaint.objects.filter(text=HER_COMPLAINT, state="handled").order_by("id")[0]
    said = {"text": "count"}
    made = Complaint.objects.bulk_create(_like(row, token=uuid4(), **said) for _n in numbers)
    opened = {"state": "opened", "handler": None, **said}
    Complaint.objects.bulk_create(_like(row, token=uuid4(), **opened) for _n in numbers)
    step = {"kind": "note", "on": row.opened_on, "by": her}
    ComplaintStep.objects.bulk_create(ComplaintStep(complaint=each, **step) for each in made)
    ComplaintStep.objects.bulk_create(ComplaintStep(complaint=row, **step) for _n in numbers)


def _leave(her: Any, people: Any, numbers: range) -> None:
    """A request of everybody's that waits, one of hers a day, days of reward leave for her."""
    from datetime import timedelta
    from decimal import Decimal

    from attendance.models import Leave, LeaveType, RewardGrant
    from core import clock
    from tests.access.world import HER_ILLNESS

    ill, today = Leave.objects.get(reason=HER_ILLNESS), clock.today()
    asked = {
        "filed_at": clock.now(),
        "start_on": today,
        "end_on": today,
        "type": "personal",
        "reason": "count",
    }
    Leave.objects.bulk_create(_like(ill, person=each, **asked) for each in people)
    days = [today - timedelta(days=n + 10) for n in numbers]
    Leave.objects.bulk_create(
        _like(ill, **{**asked, "start_on": day, "end_on": day}) for day in days
    )
    RewardGrant.objects.bulk_create(
        RewardGrant(
            person=her, days=Decimal(1), granted_on=today, use_by=today, reason=f"count {n}"
        )
        for n in numbers
    )
    LeaveType.objects.bulk_create(
        LeaveType(code=f"q{n}", name=f"q{n}", pay_rate=Decimal(1)) for n in numbers
    )


def _punches(her: Any, numbers: range) -> None:
    from datetime import timedelta

    from attendance.models import Device, DevicePush, Punch
    from core import clock

    devices = Device.objects.bulk_create(
        Device(name=f"Q{n}", token_sha256=f"{n:064}") for n in numbers
    )
    DevicePush.objects.bulk_create(DevicePush(device=each, at=clock.now()) for each in devices)
    Punch.objects.bulk_create(
        Punch(person=her, at=clock.now() - timedelta(seconds=n), device=device, source="device")
        for n, device in zip(numbers, devices, strict=True)
    )


def _goods_and_money(her: Any, numbers: range) -> None:
    from accounts.models import Person
    from claims.models import Loan
    from orders.models import Delivery, Dispute, MarginRequest, Order, Transfer
    from receivables.models import BadDebt, CaseStep, Invoice, Iou, Payment, Slip, UnpaidDelivery
    from tests.access.world import HER_CASE, HER_LOAN, HER_ORDER, HER_SLIP
    from tests.cast import MATE

    order = Order.objects.get(order_no=HER_ORDER)
    orders = Order.objects.bulk_create(_like(order, order_no=f"QO{n}") for n in numbers)
    mate = Person.objects.get(employee_no=MATE)
    asked = {"reason": "x", "asked_by": her.user}
    Transfer.objects.bulk_create(
        Transfer(order=each, from_person=her, to_person=mate, token=uuid4(), **asked)
        for each in orders
    )
    figures = {"amount": order.amount, "margin": order.amount / 2}
    MarginRequest.objects.bulk_create(
        MarginRequest(order=each, token=uuid4(), **figures, **asked) for each in orders
    )
    Dispute.objects.bulk_create(Dispute(order=each, text="x", token=uuid4()) for each in orders)
    delivery = Delivery.objects.filter(order=order)[0]
    deliveries = Delivery.objects.bulk_create(_like(delivery, order=each) for each in orders)
    iou = Iou.objects.filter(delivery=delivery)[0]
    Iou.objects.bulk_create(_like(iou, delivery=each, token=uuid4()) for each in deliveries[::2])
    invoice = Invoice.objects.filter(order=order)[0]
    Invoice.objects.bulk_create(
        _like(invoice, order=each, invoice_no=f"QI{each.order_no}", token=uuid4())
        for each in orders
    )
    unpaid = UnpaidDelivery.objects.filter(order=order)[0]
    UnpaidDelivery.objects.bulk_create(_like(unpaid, order=each) for each in orders)
    slip = Slip.objects.get(slip_no=HER_SLIP)
    slips = Slip.objects.bulk_create(
        _like(slip, slip_no=f"QS{each.order_no}", order=each) for each in orders
    )
    payment = Payment.objects.filter(slip=slip)[0]
    Payment.objects.bulk_create(
        _like(payment, payment_no=f"QP{each.slip_no}", slip=each) for each in slips
    )
    case = BadDebt.objects.get(case_no=HER_CASE)
    cases = BadDebt.objects.bulk_create(
        _like(case, case_no=f"QB{each.order_no}", order=each) for each in orders
    )
    step = case.steps.order_by("id")[0]
    CaseStep.objects.bulk_create(_like(step, case=each, token=uuid4()) for each in cases)
    CaseStep.objects.bulk_create(_like(step, token=uuid4()) for _each in cases)
    loan = Loan.objects.get(loan_no=HER_LOAN)
    Loan.objects.bulk_create(_like(loan, loan_no=f"QL{n}") for n in numbers)
    _claims_and_register(orders)


def _days(her: Any, numbers: range) -> None:
    """Of hers explained days, make-up punches and outings that wait; outages, cash handed over."""
    from datetime import timedelta

    from accounts.models import User
    from attendance.models import Excuse, FineHandover, MakeUpPunch, Outage, Outing
    from core import clock
    from core.money import parse_yuan
    from tests.cast import MANAGER

    now, boss = clock.now(), User.objects.get(username=MANAGER)
    moments = [now - timedelta(days=400, minutes=n) for n in numbers]
    asked = {"person": her, "filed_at": now - timedelta(days=3)}
    Excuse.objects.bulk_create(
        Excuse(date=(now - timedelta(days=400 + n)).date(), side="in", status="pending", **asked)
        for n in numbers
    )
    MakeUpPunch.objects.bulk_create(MakeUpPunch(at=at, reason="x", **asked) for at in moments)
    hour = timedelta(hours=1)
    Outing.objects.bulk_create(
        Outing(start_at=at, end_at=at + hour, status="pending", **asked) for at in moments
    )
    Outage.objects.bulk_create(
        Outage(start_at=at, end_at=at + hour, reason="x", decided_by=boss) for at in moments
    )
    FineHandover.objects.bulk_create(
        FineHandover(amount=parse_yuan("5.00"), made_by=boss, token=uuid4()) for _at in moments
    )


def _claims_and_register(orders: Any) -> None:
    """A claim on each order, a piece to lend with somebody who asks for it, a damage."""
    from datetime import timedelta

    from claims.models import Damage, Expense, Goods, LoanRequest
    from core import clock
    from tests.access.world import HER_CLAIM, HER_DAMAGE, HER_PURPOSE

    claim, long_ago = Expense.objects.get(claim_no=HER_CLAIM), clock.now() - timedelta(days=3)
    Expense.objects.bulk_create(
        _like(claim, claim_no=f"QC{each.order_no}", order=each, filed_at=long_ago)
        for each in orders
    )
    asked = LoanRequest.objects.select_related("goods").get(purpose=HER_PURPOSE)
    pieces = Goods.objects.bulk_create(
        _like(asked.goods, code=f"Q{each.order_no}") for each in orders
    )
    LoanRequest.objects.bulk_create(
        _like(asked, goods=each, purpose="", token=uuid4()) for each in pieces
    )
    damage = Damage.objects.get(damage_no=HER_DAMAGE)
    Damage.objects.bulk_create(_like(damage, damage_no=f"QD{each.order_no}") for each in orders)


def _like(row: Any, **but: Any) -> Any:
    """A new row with the same fields, but for these."""
    kept = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key
    }
    new = type(row)(**kept)
    for name, value in but.items():
        setattr(new, name, value)
    return new


if __name__ == "__main__":
    sys.exit(
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "tests/test_query_counts.py"],
            env=os.environ | {RENEW: "1"},
            check=False,
        ).returncode
    )

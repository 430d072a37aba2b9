"""Visits: a week planned, next steps, one void and answered, spot checks with a reply (VIS)."""

from datetime import date, time, timedelta

from accounts.deciding import deciders_of
from accounts.models import Person
from core import clock
from customers.models import Customer, SpotCheck, Visit
from customers.services import (
    Findings,
    PlanFacts,
    Told,
    VisitRefused,
    check_draw,
    check_judge,
    check_reply,
    plan_make,
    visit_record,
    visit_void,
    void_answer,
)
from policy.querysets import workdays
from salesforce.demo.played.stage import ago, form, on, person, user

SELLERS = ("Y001", "Y002", "Y003")
SELLER = "Y001"
PURPOSES = ("洽谈下季度采购", "送样机并演示", "跟进报价", "回访设备使用情况", "谈年度框架")
STEPS = ("发正式报价单", "安排工程师上门调试", "带样机再去一次")
FEW = 3
SIZE = 10  # so many that somebody nobody calls on is among them


def visits_play() -> None:
    for no in SELLERS:
        _plans(person(no))
    _steps(person(SELLER))
    _void(person(SELLER))
    for no in SELLERS:
        _checks(person(no), judged=no != SELLERS[-1])


def _own(who: Person, count: int) -> list[Customer]:
    return list(Customer.objects.filter(owner=who).order_by("-customer_no")[:count])


def _plans(who: Person) -> None:
    """The next workdays, a customer or two each, made ready as the day comes nearer."""
    own, day = _own(who, len(PURPOSES)), clock.today() - timedelta(days=1)
    for n, (customer, purpose) in enumerate(zip(own, PURPOSES, strict=False)):
        if n % 2 == 0:
            day = workdays().next_after(day)
        facts = PlanFacts(day, purpose, materials=n < 3, samples=n == 1, appointment=n < 2)
        with ago(0, time(8, 5)):
            plan_make(person=who, customer=customer, facts=facts, actor=user(who.employee_no))


def _steps(who: Person) -> None:
    """Visits of the last days whose next steps are on the desk."""
    for n, (customer, step) in enumerate(zip(_own(who, len(STEPS)), STEPS, strict=False)):
        day = _workday_before(clock.today(), n + 1)
        told = Told("goes_on", step, clock.today() + timedelta(days=n))
        with on(day, time(17, 40)):
            at = min(clock.at(day, time(16, 10)), clock.now())
            visit_record(
                person=who,
                customer=customer,
                at=at,
                kind="return",
                content=f"回访，客户同意{step}。",
                told=told,
                token=form(f"visit step {n}"),
                actor=user(who.employee_no),
            )


def _workday_before(day: date, count: int) -> date:
    calendar = workdays()
    while count:
        day -= timedelta(days=1)
        count -= day in calendar
    return day


def _void(who: Person) -> None:
    """A record that the supervisor does not believe, and what its maker says to it."""
    before = clock.start_of(clock.today())
    row = Visit.objects.filter(person=who, void=False, at__lt=before, token=None)
    visit = row.exclude(kind="telephone").order_by("-at").first()
    heads = deciders_of(who)
    if visit is None or not heads:
        return
    with ago(0, time(8, 20)):
        head = user(heads[0].employee_no)
        visit = visit_void(visit=visit, reason="客户前台说当天没人来过", actor=head)
    with ago(0, time(8, 45)):
        said = "我在车间见的设备科王工，没经过前台。"
        void_answer(visit=visit, text=said, actor=user(who.employee_no))


def _checks(who: Person, *, judged: bool) -> None:
    """A sample of today: verdicts and a reply to "no record", or all of it left open."""
    heads = deciders_of(who)
    if not heads:
        return
    head = heads[0].employee_no
    with ago(0, time(8, 30)):
        draw = check_draw(person=who, size=SIZE if judged else FEW, actor=user(head))
    if not judged:
        return
    for check in list(draw.checks.order_by("pk")):
        _judged(check, head)
    found = SpotCheck.objects.filter(draw=draw, verdict="none").first()
    if found is not None:
        with ago(0, time(9, 20)):
            said = "这家上月一直停产，电话也没人接，我去过门口两次。"
            check_reply(check=found, text=said, actor=user(who.employee_no))


def _judged(check: SpotCheck, head: str) -> None:
    """ "No record" where there is none, else what was found; nobody is called who does not want
    to be."""
    with ago(0, time(8, 50)):
        spoken_at = clock.now()
    for verdict, phone, note in (
        ("none", "unreached", "电话无人接听，系统里也没有记录。"),
        ("none", "not_called", "客户不让打电话，系统里也没有记录。"),
        ("records", "confirmed", "客户确认来过，与记录一致。"),
        ("records", "not_called", "客户不让打电话，记录、定位和照片对得上。"),
    ):
        findings = Findings(
            records_read=True,
            times_compared=True,
            phone=phone,
            note=note,
            spoken_with="前台",
            spoken_at=spoken_at,
        )
        try:
            with ago(0, time(9, 0)):
                check_judge(check=check, verdict=verdict, findings=findings, actor=user(head))
        except VisitRefused:
            continue
        return

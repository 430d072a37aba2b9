"""Telephone sales: the company's scripts, calls with what came of them, one firm that does not want
to be disturbed, calls back that wait (VIS-4)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from core import clock
from customers.models import Call, CallScript, Customer
from customers.querysets.calls import can_be_called
from customers.rules.telephone import must_follow
from customers.services import CallFacts, VisitRefused, call_begin, call_end, script_write
from salesforce.demo.played.stage import ago, person, user

MANAGER = "M001"
FIRST = (
    ("问候、报名字", "您好，我是宁波公司的，请问采购这块是您负责吗？"),
    ("说明来意", "我们做工业灯具和机电配件，想用两分钟了解一下贵厂的情况。"),
    ("问清需求", "现在用哪家的、多久采购一次、最在意价格还是交货？"),
    ("如实介绍产品", "只讲说明书上有的参数，不夸大。"),
    ("约定下一步", "发资料、报价或者上门，定好哪天。"),
)
AGAIN = (
    ("问候", "您好，上次联系过的，今天回访一下。"),
    ("问使用情况", "货收到了吗？用得怎么样？"),
    ("问新需求", "下个月有没有采购计划？"),
    ("约定下一步", "定好下次联系的时间。"),
)
CALLS: Sequence[tuple[str, int, time, str, str]] = (
    # by whom, so many days ago, when, what came of it, what was said
    ("Y001", 3, time(9, 40), "reached", "对变频器有兴趣，要一份报价。"),
    ("Y001", 2, time(10, 15), "not_reached", ""),
    ("Y001", 1, time(14, 20), "call_back", "采购出差，约好再打。"),
    ("Y001", 1, time(15, 5), "not_interested", "今年不换供应商。"),
    ("Y002", 2, time(9, 10), "reached", "样品收到了，下周定数量。"),
    ("Y002", 1, time(11, 0), "do_not_disturb", "请不要再打电话，有需要会联系我们。"),
    ("Y003", 1, time(16, 30), "call_back", "老板下午不在，改天再打。"),
)


def telephone_play() -> None:
    with ago(30, time(9, 0)):
        script_write(purpose="first", steps=FIRST[:-1], seen=0, actor=user(MANAGER))
        script_write(purpose="again", steps=AGAIN, seen=0, actor=user(MANAGER))
    with ago(12, time(17, 20)):
        script_write(purpose="first", steps=FIRST, seen=1, actor=user(MANAGER))
    for n, (no, days, when, outcome, note) in enumerate(CALLS):
        with ago(days, when):
            _called(no, n, outcome, note)


def _called(no: str, n: int, outcome: str, note: str) -> None:
    """Whoever of theirs can be called, another each time."""
    own = can_be_called(Customer.objects.filter(owner__employee_no=no, calls=None))
    customer = own.order_by("customer_no").first()
    if customer is None:
        return
    try:
        call = call_begin(person=person(no), customer=customer, actor=user(no))
    except VisitRefused:
        return  # by the facts loaded they were called often enough that day
    facts = CallFacts(
        outcome,
        note,
        steps=_steps(call) if must_follow(outcome) else (),
        next_step="发报价单" if outcome == "reached" else "",
        next_on=clock.today() + timedelta(days=4) if outcome == "reached" else None,
        back_at=_back_at(n) if outcome == "call_back" else None,
    )
    call_end(call=call, facts=facts, actor=user(no))


def _steps(call: Call) -> range:
    script: CallScript | None = call.script
    return range(len(script.steps)) if script else range(0)


def _back_at(n: int) -> datetime:
    """Today or tomorrow morning."""
    return clock.at(clock.today() + timedelta(days=1 + n % 2), time(9, 30))

"""Agents by prefecture, support asked for and given (CUS-5, CUS-6)."""

from datetime import date, time, timedelta

from core import clock
from customers.models import Customer, Prefecture, SupportRequest
from customers.services import (
    Asked,
    agency_begin,
    agency_talk,
    support_ask,
    support_end,
    support_take,
)
from salesforce.demo.played.stage import ago, form, person, user

AGENTS = (
    # where, whose customer, in talks so many days ago, agent so many days ago
    ("温州市", "Y001", 60, 35),
    ("绍兴市", "Y002", 50, 20),
    ("金华市", "Y001", 18, None),
    ("湖州市", "Y003", 9, None),
)


def support_play() -> None:
    for where, whose, talks, begins in AGENTS:
        _agent(where, whose, talks, begins)
    _talks()
    _asked("Y004", "car", "去台州黄岩送样机，需要商务车一辆", 2)
    _mediation()


def _agent(where: str, whose: str, talks: int, begins: int | None) -> None:
    taken = Prefecture.objects.filter(agencies__isnull=False).values("agencies__customer")
    own = Customer.objects.filter(owner=person(whose)).exclude(pk__in=taken)
    file = own.order_by("customer_no").first()
    if file is None:
        return
    with ago(talks, time(10, 0)):
        made = agency_talk(
            prefecture=Prefecture.objects.get(name=where),
            customer=file,
            talks_on=clock.today(),
            actor=user(whose),
        )
    if begins is not None:
        with ago(begins, time(15, 0)):
            agency_begin(agency=made, on=clock.today(), actor=user(whose))


def _asked(
    whose: str, kind: str, text: str, days: int, colleague: str | None = None
) -> SupportRequest:
    with ago(days, time(9, 20)):
        return support_ask(
            person=person(whose),
            asked=Asked(
                kind=kind,
                text=text,
                wanted_on=_in(days + 3),
                colleague=person(colleague) if colleague else None,
            ),
            token=form(f"support {whose} {kind}"),
            actor=user(whose),
        )


def _in(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _talks() -> None:
    """The manager joined the talks, and told what came of it; a sample is on its way."""
    made = _asked("Y001", "talks", "海润塑机压价厉害，请经理一起去谈一次", 9)
    with ago(8, time(17, 0)):
        taken = support_take(
            request=made, helper=person("M001"), help_by=_in(3), actor=user("Z001")
        )
    with ago(5, time(18, 30)):
        support_end(request=taken, outcome="谈到九五折，客户同意先付三成订金", actor=user("M001"))
    made = _asked("Y001", "sample", "客户要看变频器带载演示", 1)
    with ago(1, time(14, 10)):
        support_take(
            request=made,
            helper=person("K001"),
            help_by=_in(2),
            reply="仓库备一台演示机",
            actor=user("Z001"),
        )


def _mediation() -> None:
    """Y001 and a colleague of another team: the manager mediates."""
    made = _asked("Y001", "mediation", "同一客户两人都在报价，希望定个说法", 3, "Y002")
    with ago(2, time(11, 30)):
        support_take(request=made, helper=person("M001"), help_by=_in(4), actor=user("Z001"))

"""Rewards and cases: a reward to decide, one granted, a case being heard, one just reported."""

from datetime import time
from decimal import Decimal

from conduct.cases.services import (
    Decided,
    Reported,
    hearing_begin,
    hearing_reply,
    proceeding_report,
    verdict_give,
)
from conduct.models import Proceeding, RewardProposal
from conduct.rewards.services import Proposed, reward_decide, reward_propose
from core import clock
from salesforce.demo.played.stage import ago, form, person, user

MANAGER, SUPERVISOR, KEEPER = "M001", "Z001", "K001"
HER, MATE, LOUD, LATE = "Y001", "Y004", "Y007", "Y013"


def conduct_play() -> None:
    _rewards()
    _decided()
    _heard()
    with ago(0, time(8, 20)):
        _reported(KEEPER, "property", "故意踢坏样机柜门，门板变形。", LATE)


def _rewards() -> None:
    with ago(3, time(16, 30)):
        title = Proposed("title", "连续三个月回款按时", title="回款标兵")
        row = _proposed(title, HER)
    with ago(2, time(9, 15)):
        reward_decide(row=row, grant=True, reply="", actor=user(MANAGER))
    with ago(0, time(8, 25)):
        _proposed(Proposed("bonus", "签下重点客户", amount=Decimal("600.00")), MATE)


def _proposed(what: Proposed, whose: str) -> RewardProposal:
    return reward_propose(
        person=person(whose),
        proposed=what,
        token=form(f"reward {what.reason}"),
        by=person(SUPERVISOR),
        actor=user(SUPERVISOR),
    )


def _reported(by: str, offence: str, facts: str, *about: str) -> Proceeding:
    people = tuple(person(no) for no in about)
    return proceeding_report(
        reported=Reported(offence, clock.today(), facts, people),
        token=form(f"report {facts}"),
        reporter=person(by),
        actor=user(by),
    )


def _replied(row: Proceeding, who: str, text: str) -> None:
    hearing_reply(
        subject=row.subjects.get(person=person(who)),
        text=text,
        token=form(f"reply {text}"),
        actor=user(who),
    )


def _decided() -> None:
    """Coarse language with a customer: a warning."""
    with ago(6, time(15, 0)):
        row = _reported(SUPERVISOR, "language", "电话里与客户争吵，说了粗话。", LOUD)
        row = hearing_begin(row=row, actor=user(MANAGER))
    with ago(5, time(9, 30)):
        _replied(row, LOUD, "客户先骂人，我没有忍住，已向客户道歉。")
        row.refresh_from_db()
        verdict_give(
            subject=row.subjects.get(),
            version=row.version,
            decided=Decided(proven=True, reason="已道歉，从轻处理。", sanction="warning"),
            actor=user(MANAGER),
        )


def _heard() -> None:
    """She is asked for her side until the last day."""
    with ago(0, time(8, 0)):
        row = _reported(SUPERVISOR, "dress", "拜访客户穿拖鞋。", HER)
    with ago(0, time(8, 10)):
        hearing_begin(row=row, actor=user(MANAGER))

"""Weekly reports written, read and returned; oral reports ticked; suggestions answered (REP)."""

from datetime import date, time, timedelta

from core import clock
from policy.querysets import workdays
from reports.models import WeeklyReport
from reports.rules.oral import can_be_ticked
from reports.rules.weekly import WEEK, due_on, monday_of
from reports.services import (
    Ticked,
    WeeklyText,
    oral_tick,
    suggestion_answer,
    suggestion_make,
    weekly_accept,
    weekly_comment,
    weekly_hand_in,
    weekly_return,
    weekly_save,
)
from salesforce.demo.played.stage import form, on, person, user

TEAM, CHAIR, MANAGER = ("Y001", "Y004", "Y007"), "Z001", "M001"
EARLIER = WeeklyText(
    summary="拜访九家客户，签了一单。\n两家要求重新报价。",
    problems="客户普遍嫌交期长。",
    plan="给两家重新报价\n催收上月的尾款\n去开发区拜访三家新客户",
)
LATER = (
    WeeklyText(
        summary="重新报价的两家都谈了，一家本周定。\n收回尾款一笔。",
        problems="一家客户说同行便宜一成。",
        plan="签下定了的那家\n去镇海回访",
    ),
    WeeklyText(summary="以电话回访为主。", problems="", plan="上门拜访五家"),
)


def reports_play() -> None:
    monday = monday_of(clock.today())
    _earlier(monday - 2 * WEEK)
    _last(monday - WEEK)
    _spoken(clock.today())
    _suggested()


def _hand_in(who: str, monday: date, text: WeeklyText, at: time, *, late: int = 0) -> WeeklyReport:
    """On the day it is due, or so many days later."""
    with on(due_on(monday, workdays()) + timedelta(days=late), at):
        return weekly_hand_in(
            person=person(who),
            monday=monday,
            text=text,
            seen=-1,
            token=form(f"weekly {who} {monday}"),
            actor=user(who),
        )


def _earlier(monday: date) -> None:
    """All read: one came late, one was returned and stands so."""
    for late, who in enumerate(TEAM[:2]):
        report = _hand_in(who, monday, EARLIER, time(16, 20), late=late)
        with on(clock.local_date(report.saved_at), time(19, 0)):
            weekly_comment(
                report=report,
                part="problems",
                line="客户普遍嫌交期长。",
                text="问过车间，标准机可以缩到三周。",
                token=form(f"weekly comment {who} {monday}"),
                actor=user(CHAIR),
            )
            weekly_accept(report=report, answer="报价前先和我对一下。", actor=user(CHAIR))
    short = WeeklyText(summary="照常拜访。", plan="继续拜访")
    report = _hand_in(TEAM[2], monday, short, time(17, 5))
    with on(clock.local_date(report.saved_at), time(19, 10)):
        weekly_return(report=report, reason="写明拜访了谁、结果怎样。", actor=user(CHAIR))


def _last(monday: date) -> None:
    """Last week's: two wait to be read, with the plan before ticked, if it is not too early."""
    if clock.now() < clock.at(due_on(monday, workdays()), time(9, 30)):
        return
    for who, text in zip(TEAM[:2], LATER, strict=True):
        before = WeeklyReport.objects.get(person__employee_no=who, monday=monday - WEEK)
        lines = list(before.plan_lines.all())
        ticks = {line.pk: Ticked(done=line.position < 2) for line in lines}
        told = WeeklyText(text.summary, text.problems, text.plan, ticks)
        _hand_in(who, monday, told, time(9, 10))
    with on(due_on(monday, workdays()), time(9, 20)):
        draft = WeeklyText(summary="本周拜访六家，")
        weekly_save(
            person=person(TEAM[2]), monday=monday, text=draft, seen=-1, token=form("weekly draft")
        )


def _spoken(today: date) -> None:
    """The days before today; today somebody is still to be heard."""
    for back in range(1, 6):
        day = today - timedelta(days=back)
        if not can_be_ticked(day, today, workdays()):
            continue
        for number, who in enumerate(TEAM):
            with on(day, time(17, 40)):
                oral_tick(
                    person=person(who),
                    on=day,
                    way="telephone" if number == 1 else "in_person",
                    note="两家在比价，明天再去" if number == 0 else "",
                    seen=-1,
                    actor=user(CHAIR),
                )


def _suggested() -> None:
    today = clock.today()
    with on(today - timedelta(days=8), time(12, 30)):
        row = suggestion_make(
            person=person("Y004"),
            title="报价单加上能效等级",
            text="客户总要问，单子上写明省一通电话。",
            token=form("suggestion answered"),
            actor=user("Y004"),
        )
    with on(today - timedelta(days=7), time(9, 0)):
        suggestion_answer(
            suggestion=row, state="taken_up", answer="下月起换新模板。", actor=user(MANAGER)
        )
    with on(today - timedelta(days=1), time(18, 0)):
        suggestion_make(
            person=person("Y001"),
            title="早会改成周二、周四站着开",
            text="其余几天各自看系统里的议程。",
            token=form("suggestion open"),
            actor=user("Y001"),
        )

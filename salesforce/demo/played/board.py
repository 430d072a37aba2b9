"""The notice board and everybody's inbox (NOTE-1)."""

from datetime import time, timedelta

from core import clock
from notices.services.board import BoardText, board_confirm, board_open, board_post
from notices.services.reminding import reminders_send
from salesforce.demo.played.stage import ago, form, person, user

READERS = ("Y002", "Y003", "Y005", "Z002", "Z003")
"""Who has read what hangs there; the others have it before them."""


def board_play() -> None:
    with ago(6, time(9, 0)):
        cutoff = board_post(
            actor=user("M001"),
            said=BoardText(
                title="回款截止：每月28日16:00",
                text=(
                    "各位同事：\n\n本月回款以28日16:00交到出纳为准，逾时计入下月。"
                    "手中有款请当天交清；外地当天赶不回的，先在18:00前申报次日交款。"
                ),
                pinned=True,
            ),
            form_key=form("cutoff"),
        )
    with ago(2, time(15, 0)):
        attendance = board_post(
            actor=user("H001"),
            said=BoardText(
                title="考勤说明的提交时限",
                text=(
                    "漏打卡、外出、停运等情况，请在当月内提交考勤说明并附照片或凭证。"
                    "定稿之后的说明只能并入下一个月处理。请全体确认已读。"
                ),
                to_confirm=True,
            ),
            form_key=form("attendance"),
        )
    with ago(1, time(18, 30)):
        board_post(
            actor=user("L001"),
            said=BoardText(
                title="年度客户答谢会筹备",
                text="请各组主管在本周内报送拟邀请的重点客户名单，由销售部经理汇总。",
                roles=("supervisor", "manager"),
            ),
            form_key=form("party"),
        )
    board_post(
        actor=user("H001"),
        said=BoardText(
            title="库存盘点期间借货安排",
            text="盘点两天内样机暂不外借，已借出的请按期归还。",
            shown_from=clock.start_of(clock.today() + timedelta(days=5)),
        ),
        form_key=form("stocktaking"),
    )
    with ago(0, time(8, 50)):
        for no in READERS:
            board_open(notice=cutoff, person=person(no))
            board_confirm(notice=attendance, person=person(no), version=attendance.version)
    reminders_send()

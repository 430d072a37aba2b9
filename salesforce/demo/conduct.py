"""Rewards and discipline: bonuses and titles, a poaching that costs both their month's wages."""

from salesforce.demo.cast import Slot
from salesforce.demo.rows import Row, Tables
from salesforce.demo.stage import Stage
from salesforce.demo.told_orders import POACHED, POACHER

# Who, when, kind, amount in yuan (of a leave: days), note.
REWARDS: tuple[tuple[str, Slot, str, str, str], ...] = (
    ("Y003", (0, 12), "bonus", "1200.00", "月度回款第一"),
    ("Y021", (0, 12), "leave", "2.00", "月度优秀,奖励优待假两天"),
    ("Y007", (0, 17), "praise", "", "妥善处理客户投诉"),
    ("Y018", (1, 10), "bonus", "1500.00", "电话开发新客户突出"),
    ("Y015", (1, 15), "title", "", "季度优秀业务员"),
    ("Y004", (2, 0), "praise", "", "拜访记录完整规范"),
    ("Y020", (2, 3), "bonus", "800.00", "签订重点客户"),
)
# Who, when, offence, sanction, note.
CONDUCT: tuple[tuple[str, Slot, str, str, str], ...] = (
    (POACHER, (0, 13), "poaching", "forfeit", f"抢签{POACHED}已跟进客户的订单"),
    (POACHED, (0, 13), "shifting", "forfeit", f"将客户私下划给{POACHER}签单"),
    ("Y013", (1, 7), "property", "warning", "故意损坏展厅展柜"),
    ("Y016", (1, 12), "dress", "criticism", "拜访客户着装不整"),
    ("Y009", (2, 1), "private_calls", "criticism", "上班时间多次打私人电话"),
)


def conduct_tables(stage: Stage) -> Tables:
    return {
        "rewards": [_reward(stage, *one) for one in REWARDS],
        "conduct": [_case(stage, n, *one) for n, one in enumerate(CONDUCT, 1)],
    }


def _reward(stage: Stage, who: str, slot: Slot, kind: str, amount: str, note: str) -> Row:
    return {
        "employee_no": who,
        "decided_on": stage.workday(*slot).isoformat(),
        "kind": kind,
        "amount": amount,
        "note": note,
    }


def _case(
    stage: Stage, number: int, who: str, slot: Slot, offence: str, sanction: str, note: str
) -> Row:
    return {
        "case_no": f"W{number:03}",
        "employee_no": who,
        "offence": offence,
        "decided_on": stage.workday(*slot).isoformat(),
        "sanction": sanction,
        "note": note,
    }

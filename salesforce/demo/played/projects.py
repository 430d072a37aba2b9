"""Projects registered, in conflict, assigned, pursued and lost (CUS-3, CUS-4)."""

from datetime import time

from customers.models import Claim, Conflict, Project
from customers.services import (
    Needed,
    ProjectFacts,
    claim_say,
    conflict_rule,
    delegation_give,
    delegation_withdraw,
    project_assign,
    project_lose,
    project_move,
    project_note,
    project_register,
    project_reopen,
    requirements_set,
)
from salesforce.demo.played.stage import ago, form, person, user

HERS, OTHER, LEADER = "Y001", "Y002", "L001"
PROJECTS = (
    # key, whose, days ago, project, customer, place, what for, brought to
    ("air", HERS, 70, "注塑车间空压站", "宁波海润塑机有限公司", "宁波市", "扩产", "talks"),
    ("dryer", HERS, 55, "涂装线烘干改造", "北仑晨光涂装厂", "宁波市", "改用燃气", "proposal"),
    ("cold", OTHER, 48, "冷库制冷机组", "渔港冷链有限公司", "舟山市", "新建冷库", "contract"),
    ("boiler", "Y003", 40, "锅炉房节能改造", "柯桥印染集团", "绍兴市", "省蒸汽", "need"),
    ("mould", "Y004", 26, "模具车间冷水机", "黄岩精工模具", "台州市", "稳模温", "follow-up"),
)
MACHINES = (
    Needed("machine", "螺杆空压机", "75kW", 2),
    Needed("machine", "变频空压机", "37kW", 1),
    Needed("equipment", "冷冻式干燥机", "20m³/min", 2),
    Needed("equipment", "储气罐", "3m³", 2),
)


def projects_play() -> None:
    made = {each[0]: _registered(*each) for each in PROJECTS}
    with ago(30, time(9, 10)):
        given = delegation_give(reason="出国考察期间由经理代为派单", actor=user(LEADER))
    with ago(20, time(17, 30)):
        delegation_withdraw(delegation=given, actor=user(LEADER))
    _waiting()
    _conflicts(made["air"])
    _news(made)


def _registered(
    key: str, whose: str, days: int, name: str, firm: str, place: str, purpose: str, stage: str
) -> Project:
    """Registered, its list filled in, assigned by the leader, brought to its stage."""
    facts = ProjectFacts(name=name, customer_name=firm, prefecture=place, purpose=purpose)
    with ago(days, time(10, 12)):
        made = project_register(
            person=person(whose),
            facts=facts,
            token=form(f"project {key}"),
            actor=user(whose),
        )
        if stage == "need":
            return made
        made = requirements_set(project=made, lines=MACHINES, no_equipment=False, actor=user(whose))
    with ago(days - 2, time(14, 0)):
        made = project_assign(project=made, person=person(whose), actor=user(LEADER))
    with ago(min(days - 4, 22), time(16, 20)):
        return project_move(project=made, stage=stage, actor=user(whose))


def _waiting() -> None:
    """One whose list is complete waits for the leader."""
    facts = ProjectFacts(
        name="二期车间通风",
        customer_name="余姚舜江电器有限公司",
        prefecture="宁波市",
        address="余姚市城东新区冶山路",
        purpose="二期厂房明年投产",
    )
    with ago(3, time(9, 40)):
        made = project_register(
            person=person("Y007"), facts=facts, token=form("project wait"), actor=user("Y007")
        )
        requirements_set(
            project=made,
            lines=[Needed("machine", "轴流风机", "7.5kW", 12)],
            no_equipment=True,
            actor=user("Y007"),
        )


def _conflicts(first: Project) -> None:
    """The same firm in another spelling: one ruled on, one that waits."""
    ruled = _anyway("海润塑机", "空压机更换", 24)
    with ago(21, time(11, 0)):
        conflict_rule(
            conflict=Conflict.objects.get(later=ruled),
            ruling="earlier",
            reason="先备案的一方有备案前的报价单和客户签收记录，后备案的一方没有证据",
            actor=user(LEADER),
        )
    waits = _anyway("宁波市海润塑机股份有限公司", "海润老厂空压站", 2)
    with ago(1, time(9, 30)):
        claim = Claim.objects.get(project=first, conflict__later=waits)
        claim_say(
            claim=claim,
            text="这个客户的设备科长九月起就是我在联系，方案已经报过两轮。",
            actor=user(HERS),
        )


def _anyway(firm: str, name: str, days: int) -> Project:
    facts = ProjectFacts(name=name, customer_name=firm, prefecture="宁波", purpose="客户来电询价")
    with ago(days, time(15, 5)):
        return project_register(
            person=person(OTHER),
            facts=facts,
            token=form(f"project {name}"),
            anyway=True,
            actor=user(OTHER),
        )


def _news(made: dict[str, Project]) -> None:
    with ago(4, time(17, 10)):
        project_note(
            project=made["air"],
            text="和设备科确认了管网布置，客户要求十二月中旬前给最终报价。",
            token=form("project note"),
            actor=user(HERS),
        )
    with ago(8, time(16, 0)):
        project_lose(
            project=made["mould"], reason="客户选了本地供应商，价格低一成", actor=user("Y004")
        )
    with ago(12, time(10, 40)):
        lost = project_lose(project=made["cold"], reason="客户说预算被总部砍掉", actor=user(OTHER))
    with ago(7, time(9, 20)):
        project_reopen(
            project=lost, reason="总部重新批了预算，客户来电要求继续谈", actor=user(OTHER)
        )

"""What salespeople heard on the road, what the manager said to it (INFO-1)."""

from datetime import time

from customers.models import Customer
from reports.models import Information
from reports.services import (
    InformationFacts,
    information_answer,
    information_correct,
    information_file,
    information_read,
)
from salesforce.demo.played.stage import ago, form, person, user

MARKET = (
    # who, how many days ago, kind, in a line, in full, from where, tags
    (
        "Y002",
        16,
        "market",
        "钢材又涨价了",
        "宁波现货一周涨了约百分之三，供应商说下月还要涨。",
        "材料商",
        "原料 涨价",
    ),
    (
        "Y003",
        9,
        "competitor",
        "同行推出新款变频螺杆机",
        "报价比我们低一成，交期三周。",
        "行业展会",
        "新品 价格",
    ),
    (
        "Y001",
        5,
        "product",
        "客户普遍问能耗数据",
        "几家都要一级能效证书，最好印进样本。",
        "客户",
        "能效 样本",
    ),
    (
        "Y004",
        2,
        "market",
        "台州下月有设备采购会",
        "组委会在邀厂家，展位先报先得。",
        "开发区",
        "展会 台州",
    ),
)


def information_play() -> None:
    filed = [_filed(*each) for each in MARKET]
    for row in filed[:2]:
        with ago(1, time(8, 40)):
            information_read(information=row, actor=user("M001"))
    with ago(1, time(8, 45)):
        information_answer(
            information=filed[1],
            text="样本和报价单拿一份回来，周会上讨论。",
            token=form("information answer"),
            actor=user("M001"),
        )
    _of_customers()


def _filed(
    who: str, days: int, kind: str, title: str, text: str, source: str, tags: str
) -> Information:
    facts = InformationFacts(
        kind=kind, title=title, text=text, source=source, tags=tuple(tags.split())
    )
    with ago(days, time(17, 30)):
        return information_file(
            person=person(who),
            facts=facts,
            token=form(f"information {title}"),
            actor=user(who),
        )


def _of_customers() -> None:
    """News on a key customer, corrected the same day; an order that cannot wait."""
    own = Customer.objects.filter(owner=person("Y001"), merged_into=None).order_by("customer_no")
    key, other = own.filter(level="A").first() or own.first(), own.last()
    if key is None or other is None:
        return
    said = {"kind": "customer", "text": "新采购经理姓陆，原来在海天。", "customer": key}
    with ago(1, time(10, 15)):
        row = information_file(
            person=person("Y001"),
            facts=InformationFacts(title="采购经理换人", tags=("人事",), **said),
            token=form("information customer"),
            actor=user("Y001"),
        )
    with ago(1, time(16, 5)):
        facts = InformationFacts(title="采购经理换人，下周去拜访", tags=("人事",), **said)
        information_correct(information=row, facts=facts, actor=user("Y001"))
    with ago(0, time(9, 10)):
        information_file(
            person=person("Y001"),
            facts=InformationFacts(
                kind="order",
                title="想提前一个月交货，今天要答复",
                source="厂长电话",
                urgent=True,
                customer=other,
            ),
            token=form("information urgent"),
            actor=user("Y001"),
        )

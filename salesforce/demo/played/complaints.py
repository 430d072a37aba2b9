"""Complaints: answered and praised, not solved, overdue, in hearing, fresh (COM-1)."""

from datetime import time

from core import clock
from core.files.reading import file_read
from customers.models import Complaint, Customer
from customers.services import (
    ComplaintFacts,
    complaint_answer,
    complaint_assign,
    complaint_hear,
    complaint_note,
    complaint_reply,
    complaint_take,
    link_answer,
    link_make,
)
from customers.services.complaint_links import token_of
from salesforce.demo.played.photo import receipt_photo
from salesforce.demo.played.stage import ago, form, person, user

KEEPER, FINANCE, PERSONNEL = "K001", "C001", "H001"
MANAGER, SUPERVISOR, HER, MATES = "M001", "Z001", "Y001", ("Y004", "Y007")


def complaints_play() -> None:
    _solved()
    _not_solved()
    _overdue()
    _heard()
    _fresh()


def _customer(owner: str) -> str:
    found = Customer.objects.filter(owner__employee_no=owner).order_by("-created_on", "pk")
    return found.values_list("name", flat=True)[0]


def _taken(by: str, facts: ComplaintFacts, *, photo: str = "") -> Complaint:
    files = [file_read(receipt_photo(f"{photo}.jpg", amount="0.00"))] if photo else []
    return complaint_take(
        facts=facts,
        files=files,
        token=form(f"complaint {facts.subject}"),
        taken_by=person(by),
        actor=user(by),
    )


def _given(row: Complaint, handler: str, by: str) -> Complaint:
    return complaint_assign(row=row, handler=person(handler), actor=user(by))


def _noted(row: Complaint, text: str, by: str) -> None:
    complaint_note(
        row=row,
        text=text,
        on=clock.today(),
        token=form(f"note {text}"),
        by=person(by),
        actor=user(by),
    )


def _customer_says(row: Complaint, *, mark: int, solved: bool, remark: str, by: str) -> None:
    token = token_of(link_make(row=row, actor=user(by)))
    link_answer(token=token, satisfaction=mark, solved=solved, remark=remark)


def _solved() -> None:
    """Goods that came broken: exchanged, and the customer is pleased."""
    with ago(12, time(9, 40)):
        facts = ComplaintFacts(
            customer_name=_customer(HER),
            contact="王经理",
            phone="138 0000 0012",
            category="quality",
            subject="到货的投光灯有两只不亮",
            text="昨天到货二十只，通电试了，有两只不亮。外箱没有破损。",
            channel="telephone",
            goods="LED投光灯 20 只",
        )
        row = _given(_taken(KEEPER, facts, photo="外箱"), HER, MANAGER)
        _noted(row, "电话致歉，约明天上门换货。", HER)
    with ago(11, time(16, 20)):
        row = complaint_answer(row=row, answer="两只已当面换新，并多送一年质保。", actor=user(HER))
    with ago(10, time(10, 5)):
        _customer_says(row, mark=5, solved=True, remark="处理很快，谢谢。", by=HER)


def _not_solved() -> None:
    with ago(5, time(14, 10)):
        facts = ComplaintFacts(
            customer_name=_customer(MATES[0]),
            category="price",
            subject="发票金额开错",
            text="发票比合同多开了三百元，财务不肯入账。",
            channel="message",
            goods="本月增值税发票",
        )
        row = _given(_taken(FINANCE, facts), SUPERVISOR, MANAGER)
    with ago(4, time(11, 30)):
        row = complaint_answer(row=row, answer="已请财务重开，三天内寄出。", actor=user(SUPERVISOR))
    with ago(1, time(9, 15)):
        _customer_says(row, mark=2, solved=False, remark="还没有收到新发票。", by=SUPERVISOR)


def _overdue() -> None:
    with ago(14, time(15, 0)):
        facts = ComplaintFacts(
            customer_name=_customer(MATES[1]),
            category="delivery",
            subject="货晚到五天",
            text="合同写明月中到货，晚了五天，工地停工等料。",
            channel="telephone",
            goods="配电箱一批",
        )
        row = _given(_taken(PERSONNEL, facts), HER, MANAGER)
    with ago(13, time(10, 0)):
        _noted(row, "已向物流查询，等回复。", HER)


def _heard() -> None:
    """About somebody who has said their side."""
    about = MATES[0]
    with ago(1, time(13, 20)):
        facts = ComplaintFacts(
            customer_name=_customer(about),
            contact="采购部李小姐",
            category="conduct",
            subject="约好了没有来，也没有电话",
            text="上周三约好下午两点，等到四点没有来，电话也不接。",
            channel="telephone",
            about=person(about),
        )
        row = _given(_taken(KEEPER, facts), SUPERVISOR, SUPERVISOR)
        row = complaint_hear(row=row, actor=user(SUPERVISOR))
    with ago(0, time(8, 10)):
        complaint_reply(
            row=row,
            text="那天在镇海客户处处理退货，手机没电，第二天已上门道歉。",
            token=form("reply"),
            by=person(about),
            actor=user(about),
        )


def _fresh() -> None:
    with ago(0, time(8, 30)):
        facts = ComplaintFacts(
            customer_name="北仑港务工程队",
            contact="张师傅",
            phone="139 0000 0031",
            category="service",
            subject="报修三次没有人回",
            text="上月报修三次，都说会回电话，到今天没有人联系。",
            channel="person",
            about=person(MATES[1]),
        )
        _taken(FINANCE, facts)

"""Customers' files as they are worked on: who is there, who is tied to whom, what was said."""

from datetime import time

from customers.models import Contact, Customer
from customers.services import (
    SaidOfContact,
    SaidOfFile,
    comment_add,
    contact_add,
    file_edit,
    owner_change,
)
from customers.services.files import version_of
from customers.services.likeness import likeness_refresh
from customers.services.ties import End, tie_add
from salesforce.demo.played.stage import ago, form, person, user

SHE, COLLEAGUE, LEAVER, SUCCESSOR = "Y001", "Y002", "Y010", "Y013"
WORKED_ON = (SHE, COLLEAGUE, "Y003")
TRADES = ("五金批发", "机电设备", "建材", "医疗器械")
PEOPLE = (
    ("陈建国", "总经理", "decides", "13905741200", "重价格，也看交货期；喝茶不喝酒。"),
    ("周丽华", "采购主管", "influences", "13867841315", "每月十五号前报计划。"),
    ("吴敏", "仓库", "uses", "13736041422", ""),
    ("徐强", "财务", "", "", "月底对账，下月十号付款。"),
)


def customers_play() -> None:
    likeness_refresh()
    for no in WORKED_ON:
        for n, file in enumerate(_files_of(no)[:6]):
            _completed(no, file, n)
    first, second = _files_of(SHE)[:2]
    _tied(first, second)
    _talked_about(first)
    _passed_on()


def _files_of(no: str) -> list[Customer]:
    rows = Customer.objects.filter(owner__employee_no=no).order_by("customer_no")
    return list(rows.select_related("owner"))


def _completed(no: str, file: Customer, n: int) -> None:
    """The file says what it has to, and who is there."""
    said = SaidOfFile(
        name=file.name,
        address=file.address or "宁波市鄞州区中山东路88号",
        scale=file.scale or "中型",
        level="ABC"[n % 3],
        industry=TRADES[n % len(TRADES)],
        source=Customer.Source.values[n % 4],
        telephone=f"0574-8765{1200 + n}",
        tags=["老客户"] if n % 2 else ["重点", "展会"],
    )
    with ago(20 - n, time(15, 5)):
        file_edit(actor=user(no), file=file, seen=version_of(file), said=said)
        for at, (name, position, say, telephone, note) in enumerate(PEOPLE[: 4 - n % 3]):
            contact_add(
                actor=user(no),
                file=file,
                token=form(f"contact-{file.pk}-{at}"),
                said=SaidOfContact(name, position, telephone, say, note),
            )


def _tied(one: Customer, other: Customer) -> None:
    """Who works under whom, who knows whom, which firm supplies which."""
    head, buyer, store, _purse = Contact.objects.filter(customer=one).order_by("id")
    head_there = Contact.objects.filter(customer=other).order_by("id")[0]
    ties = (
        (End(one, buyer), "under", End(one, head), ""),
        (End(one, store), "under", End(one, buyer), ""),
        (End(one, head), "school", End(other, head_there), "宁大同届"),
        (End(other), "supplies", End(one), "配件"),
    )
    with ago(12, time(10, 40)):
        for n, (who, kind, whom, note) in enumerate(ties):
            tie_add(
                actor=user(SHE), one=who, other=whom, kind=kind, note=note, token=form(f"tie-{n}")
            )


def _talked_about(file: Customer) -> None:
    with ago(5, time(16, 20)):
        comment_add(
            actor=user(SHE),
            file=file,
            text="陈总下周二回宁波，想带样机过去演示，请主管一起去。",
            tell=[person("Z001")],
            token=form("comment-asked"),
        )
    with ago(4, time(9, 10)):
        comment_add(
            actor=user("Z001"),
            file=file,
            text="可以，周一晨会前把报价单和样机借条备好。",
            tell=[person(SHE)],
            token=form("comment-answered"),
        )


def _passed_on() -> None:
    """A leaver's customer has a new owner before the last day."""
    files = _files_of(LEAVER)
    if files:
        with ago(3, time(17, 0)):
            owner_change(
                actor=user("M001"),
                file=files[0],
                seen_owner=files[0].owner_id,
                to=person(SUCCESSOR),
                reason="原负责人离职，客户由同组接手，已一同上门交接。",
            )

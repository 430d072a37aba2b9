"""Two salespeople register one firm under two spellings; the conflict, the ruling (CUS-3)."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.cast import LEADER, MANAGER, MATE, SHE, STRANGER

HERS, STRANGERS = "宁波市海天塑机集团有限公司", "海天塑机"
HER_PROJECT = "注塑车间空压站"
ALIKE = "#look-alikes .look-alikes"


def quotation(folder: Path) -> Path:
    taken = folder / "报价单.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(taken)
    return taken


def fill(page: Page, name: str, customer: str) -> None:
    page.goto("/projects/new/")
    page.fill("#id_name", name)
    page.fill("#id_prefecture", "宁波")
    page.fill("#id_customer_name", customer)
    page.fill("#id_purpose", "扩产用气")


def send(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.locator(SUBMIT, has_text=label).click()


def state(page: Page) -> Locator:
    return page.locator(".page-heading .badge.state")


def test_two_spellings_one_firm(open_page: OpenPage, tmp_path: Path) -> None:
    hers = open_page(SHE, view=PHONE)
    fill(hers, HER_PROJECT, HERS)
    send(hers, "备案")
    expect(hers).to_have_url(re.compile(r"/projects/\d+/$"))
    her_project = hers.url

    # What it looks like is told while it is typed: when it was registered, and nothing else.
    strangers = open_page(STRANGER, view=PHONE)
    fill(strangers, "空压机", STRANGERS)
    expect(strangers.locator(ALIKE)).to_contain_text(re.compile(r"他人已于.*备案"))
    assert sideways(strangers) <= 0
    send(strangers, "备案")
    expect(strangers.locator(ALIKE)).to_be_visible()
    assert HER_PROJECT not in strangers.content()
    strangers.check("input[name=anyway]")
    send(strangers, "备案")
    expect(strangers.locator(".alert-warning")).to_contain_text("与另一备案有冲突")

    card(hers, "own-conflicts").locator("a", has_text=HER_PROJECT).click()
    hers.fill("#id_text", "九月起就是我在联系")
    hers.set_input_files("#id_files", quotation(tmp_path))
    send(hers, "提交")
    expect(hers.locator(".thumbnails a")).to_be_visible()
    assert sideways(hers) <= 0
    conflict = hers.url

    # The other side sees neither; nor does a third.
    strangers.goto(conflict)
    expect(strangers.locator("main")).to_contain_text("双方互不可见")
    for word in (HER_PROJECT, HERS, "九月起", "吴伟"):
        assert word not in strangers.content()
    third = open_page(MATE)
    assert third.goto(conflict).status == 404

    # The manager sees both and does not rule, until the leader has left it to them.
    manager = open_page(MANAGER)
    manager.goto(conflict)
    expect(manager.locator("main")).to_contain_text("九月起")
    assert manager.locator(SUBMIT, has_text="裁定").count() == 0
    leader = open_page(LEADER, view=PHONE)
    leader.goto("/projects/delegation/")
    leader.fill("#id_reason", "出差")
    send(leader, "授权给经理")
    card(manager, "conflicts").locator("a", has_text=HER_PROJECT).click()
    manager.locator("label", has_text="归先备案的一方").click()
    manager.fill("#rule_reason", "先备案，有报价单为证")
    send(manager, "裁定")
    expect(state(manager)).to_have_text("已裁定")

    strangers.goto(conflict)
    expect(strangers.locator("main")).to_contain_text("有报价单为证")
    strangers.locator("main dl a").click()
    expect(state(strangers)).to_have_text("裁定归他人")
    hers.goto(her_project)
    expect(state(hers)).to_have_text("需求")


def test_assigned_and_dragged(open_page: OpenPage) -> None:
    hers = open_page(SHE)
    hers.goto("/projects/")
    hers.locator("a.row-link").click()
    hers.locator("main a.btn", has_text="填写").click()
    hers.fill("#id_line-0-what", "螺杆空压机")
    hers.fill("#id_line-0-spec", "75kW")
    hers.fill("#id_line-0-quantity", "2")
    hers.check("#id_no_equipment")
    send(hers, "保存")
    expect(hers.locator("main")).to_contain_text("已填完，等待派单")

    leader = open_page(LEADER, view=PHONE)
    card(leader, "projects-assign").locator("a", has_text=HER_PROJECT).click()
    assert sideways(leader) <= 0
    send(leader, "派单")

    # With the mouse, then with the keyboard.
    hers.goto("/projects/board/")
    board_card = hers.locator(".board-card", has_text=HER_PROJECT)
    with hers.expect_navigation():
        board_card.drag_to(hers.locator("[data-stage=talks]"))
    expect(hers.locator("[data-stage=talks] .board-card")).to_contain_text(HER_PROJECT)
    board_card.locator("summary").press("Enter")
    with hers.expect_navigation():
        board_card.locator("button", has_text="合同").press("Enter")
    expect(hers.locator("[data-stage=contract] .board-card")).to_contain_text(HER_PROJECT)
    assert sideways(hers) <= 0

    # The contract is made from it, of the file that she opens: the form says what the project says.
    hers.goto("/customer/new/")
    hers.fill("#id_name", HERS)
    send(hers, "建档")
    hers.goto("/projects/board/")
    hers.locator("[data-stage=contract] .board-name", has_text=HER_PROJECT).click()
    hers.locator("main a.btn", has_text="签订合同").click()
    expect(hers.locator("#id_project option:checked")).to_contain_text(HER_PROJECT)
    expect(hers.locator("#customer-found input[type=radio]")).to_be_checked()
    expect(hers.locator("#customer-found")).to_contain_text(HERS)
    assert sideways(hers) <= 0
    hers.fill("#id_amount", "128000")
    send(hers, "提交")
    expect(hers).to_have_url(re.compile(r"/orders/[^/]+/$"))
    order_no = hers.url.rstrip("/").rpartition("/")[2]
    hers.goto("/projects/board/")
    hers.locator("[data-stage=contract] .board-name", has_text=HER_PROJECT).click()
    expect(hers.locator("#panel-orders")).to_contain_text(order_no)

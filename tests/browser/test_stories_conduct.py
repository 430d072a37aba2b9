"""Poaching by two, and again; a bonus from the proposal to the month's pay (DIS-3, REW-1)."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import card, sideways
from tests.cast import LEADER, MANAGER, MATE, PERSONNEL, SHE, STRANGER, SUPERVISOR

HER_NAME, MATES_NAME = "吴伟", "韩娜"


def send(page: Page, said: str, within: str = "main") -> None:
    with page.expect_navigation():
        page.locator(f"{within} button[type=submit]", has_text=said).first.click()


def state(page: Page, said: str) -> None:
    expect(page.locator(".page-heading .badge.state")).to_have_text(said)


def take(page: Page, key: str) -> None:
    """Opens the first thing that waits on a card of one's desk."""
    waiting = card(page, key).locator(".desk-list a").first
    with page.expect_navigation():
        waiting.click()


def report(page: Page) -> None:
    """The supervisor reports from the phone; one side alone is not enough."""
    page.goto("/conduct/cases/new/")
    page.select_option("#id_offence", "poaching")
    page.fill("#id_about", HER_NAME)
    page.fill("#id_facts", "把韩娜谈好的客户抢走签单。")
    assert sideways(page) <= 0
    send(page, "举报")
    expect(page.locator("#id_facts")).to_have_value("把韩娜谈好的客户抢走签单。")
    page.fill("#id_other", MATES_NAME)
    send(page, "举报")
    state(page, "已举报")
    assert sideways(page) <= 0


def reply(page: Page, text: str) -> None:
    """Whom it is about replies from the phone."""
    take(page, "case-reply")
    page.fill("#id_text", text)
    assert sideways(page) <= 0
    send(page, "发送")
    expect(page.locator("main")).to_contain_text(text)
    assert card(page, "case-reply").count() == 0


def decide(page: Page, name: str) -> None:
    """As prescribed: what the form says first."""
    side = page.locator("section.card", has=page.locator("h2", has_text=name))
    expect(side.locator("select[name$=sanction]")).to_have_value("forfeit")
    side.locator("textarea[name$=reason]").fill("查实。")
    with page.expect_navigation():
        side.locator("button[type=submit]", has_text="处理").click()


def a_case(open_page: OpenPage, page: Page) -> str:
    """From the report to the decision on both; its address."""
    report(open_page(SUPERVISOR, view=PHONE))
    take(page, "case-decide")
    address = page.url
    send(page, "开始听取说明")
    state(page, "听取说明中")
    reply(open_page(SHE, view=PHONE), "客户是我先谈的。")
    reply(open_page(MATE, view=PHONE), "我没有让单。")
    page.goto(address)
    return address


def test_poaching_by_two_and_again(open_page: OpenPage) -> None:
    manager = open_page(MANAGER)
    first = a_case(open_page, manager)
    for name in (HER_NAME, MATES_NAME):
        decide(manager, name)
    state(manager, "已处理")
    expect(manager.locator(".conduct-proposal")).to_have_count(0)

    # The whole company reads it; the case itself is hers alone.
    stranger = open_page(STRANGER, view=PHONE)
    stranger.goto("/board/")
    stranger.locator("a", has_text="全公司通报").first.click()
    expect(stranger.locator("main")).to_contain_text(HER_NAME)
    assert stranger.request.get(first).status == 404

    # She objects; the leader gives her right, and the notice says so.
    her = open_page(SHE, view=PHONE)
    her.goto(first)
    expect(her.locator("main")).not_to_contain_text("我没有让单")
    her.locator("summary", has_text="对决定提异议").click()
    her.fill("details[open] #id_text", "客户归属是我的。")
    send(her, "发送", "details[open]")
    leader = open_page(LEADER)
    take(leader, "case-decide")
    leader.fill("#id_objection-reply", "核对后确属她的客户。")
    with leader.expect_navigation():
        leader.locator("button[name=do][value=approve]").click()
    her.reload()
    expect(her.locator(".conduct-verdict")).to_contain_text("已撤销")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("本人异议成立")

    # Again: for her it is the first time, for her mate the second.
    a_case(open_page, manager)
    expect(manager.locator(".conduct-second")).to_have_count(1)
    for name in (HER_NAME, MATES_NAME):
        decide(manager, name)
    expect(manager.locator(".conduct-proposal")).to_have_count(1)
    expect(manager.locator(".conduct-proposal")).to_contain_text("辞退")
    take(leader, "case-decide")
    leader.fill("#id_proposal-reply", "第二次，同意。")
    with leader.expect_navigation():
        leader.locator("button[name=do][value=approve]").click()
    waiting = card(open_page(PERSONNEL), "case-carry")
    expect(waiting).to_contain_text(MATES_NAME)


def test_a_bonus_to_the_months_pay(open_page: OpenPage) -> None:
    boss = open_page(SUPERVISOR, view=PHONE)
    boss.goto("/conduct/rewards/")
    boss.locator("a.btn-primary", has_text="提请奖励").click()
    boss.fill("#id_person", HER_NAME)
    boss.select_option("#id_kind", "bonus")
    boss.fill("#id_amount", "321")
    boss.fill("#id_reason", "本月回款第一")
    assert sideways(boss) <= 0
    send(boss, "提请")
    state(boss, "待批")
    manager = open_page(MANAGER)
    card(manager, "reward-proposals").locator("a", has_text=HER_NAME).click()
    with manager.expect_navigation():
        manager.locator("button[name=do][value=approve]").click()
    state(manager, "已批准")
    her = open_page(SHE, view=PHONE)
    her.goto("/my-month/")
    expect(her.locator("main")).to_contain_text("321.00")

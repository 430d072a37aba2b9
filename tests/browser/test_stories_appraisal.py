"""A quarter's appraisal: reckoned, talked over, objected to, decided by another (KPI-1)."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.cast import LEADER, MANAGER, SHE

NAME = "吴伟"


def send(page: Page, said: str) -> None:
    with page.expect_navigation():
        page.locator(SUBMIT, has_text=said).click()


def test_a_quarter_from_the_figures_to_the_decision(open_page: OpenPage) -> None:
    boss = open_page(MANAGER)
    boss.goto("/performance/appraisals/")
    with boss.expect_navigation():
        boss.locator(SUBMIT, has_text="计算").first.click()
    hers = boss.locator("a.row-link", has_text=NAME).first
    # The page renews itself when the worker is done.
    expect(hers).to_be_visible(timeout=60_000)
    hers.click()
    expect(boss.locator(".badge.state").first).to_have_text("草稿")
    address = boss.url

    # What is behind a figure is one click away.
    boss.locator("a", has_text="按时交报告").click()
    expect(boss.locator("tbody tr").first).to_contain_text("缺交")
    boss.goto(address)
    boss.fill("#id_points", "5")
    boss.fill("#id_reason", "五月才入职")
    send(boss, "保存")
    expect(boss.locator("body")).to_contain_text("五月才入职")
    boss.fill("#id_talk", "谈了本季度的客户开发。")
    send(boss, "已谈话")
    expect(boss.locator(".badge.state").first).to_have_text("已谈话")

    her = open_page(SHE, view=PHONE)
    card(her, "appraisals").locator("a", has_text="考核").last.click()
    expect(her.locator("h1")).to_contain_text(NAME)
    assert sideways(her) <= 0
    her.locator("summary", has_text="提异议").click()
    her.fill("#id_objection", "周报是交了的。")
    send(her, "提异议")
    expect(her.locator(".badge.state").first).to_have_text("有异议")

    # Who told her does not decide.
    boss.goto(address)
    assert boss.locator("form[action$='/decision/']").count() == 0
    leader = open_page(LEADER)
    card(leader, "appraisals").locator("a", has_text="异议").first.click()
    leader.fill("#id_points", "8")
    leader.fill("#id_reply", "周报补查属实，加到八分。")
    send(leader, "处理")
    her.goto(address)
    expect(her.locator(".badge.state").first).to_have_text("异议已决定")
    expect(her.locator("body")).to_contain_text("加到八分")
    expect(her.locator(".stat-value").nth(1)).to_have_text(re.compile(r"^\s*8\s*$"))

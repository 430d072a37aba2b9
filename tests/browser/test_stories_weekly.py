"""A weekly report whose Monday is a holiday: opened filled in, kept while it is typed, handed in,
returned, handed in again and accepted; the week after, its plan is ticked (REP-1).
"""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.browser.program import set_clock
from tests.cast import MANAGER, SHE, SUPERVISOR

STORY = "2026-09-30 17:00"  # a Wednesday, the last workday before the national days
STAGE = "--visits"
ADDRESS = "/reports/weekly/mine/2026-09-28/"
SUMMARY = "拜访了八家，签了一单。\n余姚那家还在比价。"
PLAN = "去北仑回访\n给泵站送样"
WHY = "余姚的报价写一下数字"


def send(page: Page, do: str) -> None:
    with page.expect_navigation():
        page.locator(f"{SUBMIT}[name=do][value={do}]").click()


def test_she_suggests_something_and_tells_of_the_day(open_page: OpenPage) -> None:
    her = open_page(SHE, view=PHONE)
    her.goto("/reports/suggestions/new/")
    her.fill("#id_title", "样本重印")
    assert sideways(her) <= 0
    with her.expect_navigation():
        her.locator(SUBMIT).click()
    boss = open_page(SUPERVISOR, view=PHONE)
    card(boss, "oral-reports").locator("a").first.click()
    row = boss.locator(".oral", has_text="吴伟")
    row.locator("[name=note]").fill("两家")
    row.locator("button", has_text="电话汇报").click()
    expect(boss.locator(".oral", has_text="吴伟").locator(".badge")).to_contain_text("电话")
    assert sideways(boss) <= 0
    card(boss, "suggestions").locator("a", has_text="样本重印").click()
    boss.select_option("#id_state", "taken_up")
    boss.fill("#id_answer", "下月重印")
    with boss.expect_navigation():
        boss.locator(SUBMIT).click()
    expect(boss.locator(".badge.state")).to_have_text("已采纳")


def test_due_on_the_workday_after_the_holidays_and_kept_while_it_is_typed(
    open_page: OpenPage, home: Path
) -> None:
    set_clock(home, "2026-10-05 09:30")  # Monday, a holiday
    her = open_page(SHE, view=PHONE)
    card(her, "weekly-report").locator("a", has_text="提交周工作总结").click()
    expect(her.locator("main")).to_contain_text("10月8日 23:59")
    expect(her.locator(".week-fact").first).to_contain_text("拜访")
    assert sideways(her) <= 0
    her.locator("#id_summary").press_sequentially(SUMMARY)
    expect(her.locator("#weekly-saved")).to_contain_text("已自动保存")
    # On the computer it goes on from there; the telephone is told, and loses nothing.
    desk = open_page(SHE)
    desk.goto(ADDRESS)
    expect(desk.locator("#id_summary")).to_have_value(SUMMARY)
    desk.locator("#id_plan").press_sequentially(PLAN)
    expect(desk.locator("#weekly-saved")).to_contain_text("已自动保存")
    her.locator("#id_problems").press_sequentially("压价")
    expect(her.locator("#weekly-saved")).to_contain_text("已被更改")
    assert sideways(her) <= 0
    her.locator("#weekly-saved a").click()
    expect(her.locator("#id_plan")).to_have_value(PLAN)
    her.locator("#id_problems").press_sequentially("客户压价三成")
    send(her, "hand_in")
    expect(her.locator(".badge.state")).to_have_text("待批阅")
    expect(her.locator("main")).to_contain_text("客户压价三成")


def test_the_supervisor_asks_about_a_line_and_returns_it(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-10-08 10:00")
    boss = open_page(SUPERVISOR, view=PHONE)
    card(boss, "weekly-to-read").locator("a", has_text="吴伟").click()
    line = boss.locator("li", has_text="余姚那家还在比价")
    line.locator("summary").click()
    line.locator("textarea").fill("差多少？")
    with boss.expect_navigation():
        line.locator("button").click()
    expect(boss.locator("main")).to_contain_text("差多少？")
    assert sideways(boss) <= 0
    send(boss, "return")  # without a reason it stays
    expect(boss.locator(".badge.state").first).to_have_text("待批阅")
    boss.fill("#id_answer", WHY)
    send(boss, "return")
    expect(boss.locator(".badge.state").first).to_have_text("已退回")


def test_she_writes_it_again_and_it_is_accepted(open_page: OpenPage) -> None:
    her = open_page(SHE, view=PHONE)
    card(her, "weekly-report").locator("a", has_text="已退回").click()
    expect(her.locator(".alert-warning")).to_contain_text(WHY)
    expect(her.locator(".alert-warning")).to_contain_text("差多少？")
    her.fill("#id_summary", SUMMARY + "差四百元。")
    send(her, "hand_in")
    boss = open_page(SUPERVISOR)
    card(boss, "weekly-to-read").locator("a", has_text="吴伟").click()
    send(boss, "accept")
    expect(boss.locator(".badge.state").first).to_have_text("已通过")
    boss.goto("/reports/weekly/board/2026-09-28/")
    expect(boss.locator("tr", has_text="吴伟")).to_contain_text("已通过")
    expect(boss.locator("tr", has_text="韩娜")).to_contain_text("尚未交")


def test_the_manager_reads_the_digest_and_her_plan_is_ticked_a_week_later(
    open_page: OpenPage, home: Path
) -> None:
    set_clock(home, "2026-10-12 09:00")  # Monday after the holidays' week
    manager = open_page(MANAGER)
    manager.goto("/reports/weekly/digest/2026-09-28/")
    expect(manager.locator("main")).to_contain_text("差四百元")
    assert sideways(manager) <= 0
    her = open_page(SHE, view=PHONE)
    card(her, "weekly-report").locator("a", has_text="提交周工作总结").click()
    her.locator(".week-tick", has_text="去北仑回访").locator("[type=checkbox]").check()
    her.fill("#id_summary", "假期后第一周。")
    her.fill("#id_plan", "收款")
    send(her, "hand_in")
    done = her.locator("li", has_text="去北仑回访")
    expect(done).to_contain_text("已完成")
    expect(her.locator("li", has_text="给泵站送样")).to_contain_text("未做")

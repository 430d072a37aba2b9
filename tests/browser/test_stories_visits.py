"""A visit from the telephone to its point; a spot check to the fine, its reply and the reversal."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, refused, sideways
from tests.cast import MANAGER, SHE, SUPERVISOR

STAGE = "--visits"
FINE = "200.00"
HALF_A_MINUTE = 30


def recorded(page: Page, typed: str, name: str) -> None:
    """A visit of just now, to the customer that what is typed means."""
    page.goto("/visits/new/")
    page.locator("#id_customer").press_sequentially(typed)
    page.locator("[data-pick]", has_text=name).first.click()
    expect(page.locator("#id_customer")).to_have_value(re.compile(name))
    page.fill("#id_content", "谈了明年的采购")
    page.locator(".record-way", has_text="有意向").click()
    page.fill("#id_next_step", "寄样本")
    page.fill("#id_next_on", page.locator("#id_at").input_value()[:10])
    assert sideways(page) <= 0
    page.locator(SUBMIT, has_text="记录").click()
    expect(page.locator("[data-queue-said]")).to_contain_text(name)


def test_a_visit_from_the_telephone_to_its_point(open_page: OpenPage) -> None:
    page = open_page(SHE, view=PHONE)
    expect(card(page, "points")).to_contain_text("0/30")
    recorded(page, "nbjd", "宁波机电")
    expect(page.locator(".points-figure")).to_have_text("1/30")
    expect(page.locator("#id_content")).to_have_value("")
    expect(card(page, "points")).to_contain_text("1/30")

    # The next step waits on her desk until it is done.
    steps = card(page, "next-steps")
    expect(steps).to_contain_text("寄样本")
    with page.expect_navigation():
        steps.locator("button").click()
    assert card(page, "next-steps").count() == 0


class Hand:
    """Somebody's hand on the telephone: what is tapped, and what has to be typed."""

    A_TAP, A_SIGN = 1.5, 0.4  # seconds with the eye that finds the place, and by a thumb
    taps = signs = 0

    def tap(self, found: Locator) -> None:
        found.click()
        self.taps += 1

    def type(self, found: Locator, text: str) -> None:
        found.press_sequentially(text)
        self.taps, self.signs = self.taps + 1, self.signs + len(text)

    @property
    def seconds(self) -> float:
        return self.taps * self.A_TAP + self.signs * self.A_SIGN


def test_a_visit_is_told_in_less_than_half_a_minute(open_page: OpenPage) -> None:
    """From her desk until it is kept: what her hand does, and what she waits for the program."""
    page, hand = open_page(SHE, view=PHONE), Hand()
    returns = card(page, "returns")
    begun = time.monotonic()
    hand.tap(returns.locator("a", has_text="绍兴阀门"))
    hand.type(page.locator("#id_content"), "样机已试用，月底前定数量。")
    hand.tap(page.locator(SUBMIT, has_text="记录"))
    expect(page.locator("[data-queue-said]")).to_contain_text("绍兴阀门")
    waited = time.monotonic() - begun
    assert hand.taps <= 4
    assert hand.seconds + waited < HALF_A_MINUTE


def judge(page: Page, name: str, verdict: str) -> None:
    """What the supervisor finds at a customer that was drawn."""
    card(page, "checks-to-judge").locator("a", has_text=name).click()
    page.check("#id_records_read")
    page.check("#id_times_compared")
    page.check("input[name=phone][value=denied]")
    page.fill("#id_spoken_with", "前台")
    page.check(f"input[name=verdict][value={verdict}]")
    page.locator(SUBMIT, has_text="保存结论").click()


def test_a_spot_check_to_the_fine_and_its_reply(open_page: OpenPage) -> None:
    head = open_page(SUPERVISOR, view=PHONE)
    head.goto("/visits/checks/new/")
    head.select_option("#id_person", label="Y001 吴伟 销售1组")
    head.locator(SUBMIT, has_text="抽样").click()
    expect(head.locator("code")).to_have_text(re.compile("^[0-9a-f]{16}$"))
    assert sideways(head) <= 0

    # Of her visit of today there is a record: "none" is refused.
    judge(head, "宁波机电", "none")
    expect(refused(head)).to_contain_text("不能算毫无记录")
    judge(head, "宁波机电", "records")
    expect(head.locator(".badge.state").first).to_have_text("有记录")
    judge(head, "温州五金", "none")
    expect(head.locator(".badge.state").first).to_have_text("毫无记录")
    assert sideways(head) <= 0

    page = open_page(SHE, view=PHONE)
    page.goto("/my-month/")
    expect(page.locator("main")).to_contain_text(FINE)
    card(page, "check-found").locator("a", has_text="温州五金").click()
    page.fill("#id_text", "客户搬了家，我去过两次。")
    with page.expect_navigation():
        page.locator(SUBMIT, has_text="发送").click()
    expect(page.locator(".talk-decision")).to_contain_text("搬了家")
    assert sideways(page) <= 0

    assert card(head, "check-replies").count() == 0
    manager = open_page(MANAGER)
    card(manager, "check-replies").locator("a", has_text="温州五金").click()
    manager.fill("#id_reason", "客户来电证实")
    with manager.expect_navigation():
        manager.locator(SUBMIT, has_text="属实").click()
    expect(manager.locator(".badge.state").first).to_have_text("说明属实")
    page.goto("/my-month/")
    expect(page.locator("main")).not_to_contain_text(FINE)

"""A complaint from its intake by the keeper to the customer's own word by the link (COM-1)."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.cast import KEEPER, MATE, SHE, SUPERVISOR

SUBJECT = "电话不接"


def send(page: Page, said: str) -> None:
    with page.expect_navigation():
        page.locator(SUBMIT, has_text=said).click()


def test_from_intake_to_the_customers_word(
    open_page: OpenPage, browser: Browser, site: str
) -> None:
    keeper = open_page(KEEPER, view=PHONE)
    keeper.goto("/complaints/")
    keeper.locator("a.btn-primary", has_text="登记投诉").click()
    keeper.fill("#id_customer_name", "宁波大地")
    keeper.select_option("#id_category", "conduct")
    keeper.fill("#id_subject", SUBJECT)
    keeper.fill("#id_text", "打了三次，没有人接。")
    assert sideways(keeper) <= 0
    send(keeper, "登记")
    # Whose conduct is not said: what is typed stays, and the field says what is missing.
    expect(keeper.locator("#error_1_id_about, #id_about_error").first).to_contain_text("被投诉人")
    expect(keeper.locator("#id_subject")).to_have_value(SUBJECT)
    keeper.fill("#id_about", "吴伟")
    send(keeper, "登记")
    expect(keeper.locator(".badge.state")).to_have_text("待分派")
    address = keeper.url

    # Whom it is about does not know of it yet.
    her = open_page(SHE, view=PHONE)
    assert card(her, "complaints-about").count() == 0
    boss = open_page(SUPERVISOR)
    card(boss, "complaints-assign").locator("a", has_text=SUBJECT).click()
    boss.select_option("#id_handler", label="韩娜 · Y002")
    send(boss, "分派")
    expect(boss.locator(".badge.state")).to_have_text("处理中")

    mate = open_page(MATE, view=PHONE)
    card(mate, "complaints-handle").locator("a", has_text=SUBJECT).click()
    expect(mate.locator("[data-countdown]")).to_contain_text(":")
    assert sideways(mate) <= 0
    send(mate, "开始听取说明")
    card(her, "complaints-about").locator("a", has_text=SUBJECT).click()
    her.fill("#reply #id_text", "在开车，晚上已回电。")
    send(her, "发送")
    expect(her.locator(".complaint-step-reply")).to_contain_text("在开车")
    assert sideways(her) <= 0

    mate.goto(address)
    mate.fill("#id_answer", "已道歉，改由韩娜联系。")
    send(mate, "已答复")
    send(mate, "生成链接")
    link = mate.locator("#link input").input_value()
    expect(mate.locator("#link img.qr")).to_be_visible()
    assert sideways(mate) <= 0
    assert link.startswith(site)

    the_customer(browser, link)
    mate.goto(address)
    expect(mate.locator(".badge.state")).to_have_text("客户已确认")
    expect(mate.locator(".complaint-step-confirmed")).to_contain_text("5 / 5")
    assert mate.locator("#link").count() == 0


def the_customer(browser: Browser, link: str) -> None:
    """On a telephone without scripts, in whatever language; it works once."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    expect(page.locator("h1")).to_have_text("处理得怎么样？")
    expect(page.locator(".door")).to_contain_text(SUBJECT)
    expect(page.locator("body")).not_to_contain_text("吴伟")
    page.locator("label", has_text="解决了").first.click()
    page.locator("label", has_text="非常满意").first.click()
    page.fill("#id_remark", "态度好")
    page.locator("button[type=submit]").click()
    expect(page.locator("body")).to_contain_text("谢谢您")
    page.goto(link)
    expect(page.locator("body")).to_contain_text("这个链接已经失效")
    context.close()

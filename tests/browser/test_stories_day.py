"""A day of collections, by three people: handed out in the morning, collected on the road, declared
late, counted with a difference the next day, explained, settled and signed off (SLIP-1 to SLIP-4).
"""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, look_until, sideways
from tests.browser.program import set_clock
from tests.browser.stage import OWED_ORDER
from tests.cast import CASHIER, FINANCE, SHE

STORY = "2026-11-10 08:30"  # a Tuesday
STAGE = "--day"
SLIP = "S000001"


def test_finance_hands_out_what_is_due(open_page: OpenPage) -> None:
    finance = open_page(FINANCE)
    finance.goto("/slips/morning/")
    line = finance.locator("tr", has_text=OWED_ORDER)
    line.locator("input[name=row]").check()
    expect(line.locator(".sitting-amount")).to_have_value("8000.00")
    with finance.expect_navigation():
        finance.locator(".sitting-acts button[type=submit]").click()
    expect(finance.locator(".issued")).to_contain_text(SLIP)
    # Looked at anew there is nothing left to hand out on this order.
    finance.goto("/slips/morning/")
    expect(finance.locator("tr", has_text=OWED_ORDER)).to_have_count(0)


def test_she_collects_a_part_and_declares_that_she_comes_late(
    open_page: OpenPage, home: Path
) -> None:
    set_clock(home, "2026-11-10 16:40")
    her = open_page(SHE, view=PHONE)
    her.goto("/road/")
    assert sideways(her) <= 0
    record(her, "3000", "2026-11-10T11:20")
    look_until(her, "/road/", her.locator(".money-line", has_text="3,000.00"))
    # More than is still due is refused, and what was typed stays.
    record(her, "5000.01", "2026-11-10T11:25")
    expect(her.locator("[data-road]")).to_contain_text("5,000.00")
    her.goto("/road/late/")
    her.fill("textarea", "客户在余姚，赶不回来")
    with her.expect_navigation():
        her.locator(SUBMIT).last.click()
    her.goto("/road/")
    expect(her.locator("main")).to_contain_text("11月11日 18:00")
    assert sideways(her) <= 0


def record(her: Page, amount: str, at: str) -> None:
    slip = her.locator(f"[data-road-slip={SLIP}]")
    form = slip.locator("form[data-queue=payment]")
    if not form.is_visible():
        slip.locator("summary").first.click()
    form.locator("[name=amount]").fill(amount)
    form.locator("[name=at]").fill(at)
    form.locator("button[type=submit]").click()


def test_the_next_morning_she_gets_no_slip_until_it_is_handed_in(
    open_page: OpenPage, home: Path
) -> None:
    set_clock(home, "2026-11-11 08:40")
    finance = open_page(FINANCE)
    finance.goto("/slips/blocked/")
    expect(finance.locator("main")).to_contain_text("吴伟")


def test_the_cashier_counts_ten_yuan_less(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-11-11 09:15")
    cashier = open_page(CASHIER)
    cashier.goto("/counter/")
    cashier.keyboard.type(SLIP)
    with cashier.expect_navigation():
        cashier.keyboard.press("Enter")
    cashier.fill("[data-note='10000']", "29")
    cashier.fill("[data-note='5000']", "1")
    cashier.fill("[data-note='2000']", "2")
    expect(cashier.locator("[data-difference]")).to_contain_text("10.00")
    cashier.locator("input[name=seen]").check()
    with cashier.expect_navigation():
        cashier.keyboard.press("F9")
    receipt = cashier.locator("main")
    expect(receipt).to_contain_text("2,990.00")
    expect(receipt).to_contain_text(SLIP)
    expect(receipt).to_contain_text("−10.00")


def test_she_explains_and_finance_settles(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-11-11 10:00")
    her = open_page(SHE, view=PHONE)
    her.goto("/counter/differences/1/")
    assert sideways(her) <= 0
    her.fill("textarea[name=text]", "客户少给一张十元，当时没点清")
    with her.expect_navigation():
        her.locator(SUBMIT).last.click()

    finance = open_page(FINANCE)
    finance.goto("/counter/differences/1/")
    expect(finance.locator("main")).to_contain_text("客户少给一张十元")
    finance.check("input[name=way][value=recorded_wrong]")
    finance.select_option("select[name=payment]", index=1)
    finance.fill("textarea[name=note]", "与客户核对：实付2,990元")
    with finance.expect_navigation():
        finance.locator(SUBMIT).last.click()
    expect(
        finance.locator(".page-heading .difference-settled, main .difference-settled").first
    ).to_be_visible()
    # The slip says what came in, and she gets slips again.
    finance.goto(f"/slips/{SLIP}/")
    expect(finance.locator("main")).to_contain_text("5,010.00")
    finance.goto("/slips/blocked/")
    expect(finance.locator("main")).not_to_contain_text("吴伟")


def test_the_sheet_is_closed_by_one_and_signed_by_another(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-11-11 18:05")
    cashier, finance = open_page(CASHIER), open_page(FINANCE)
    cashier.goto("/counter/sheets/")
    with cashier.expect_navigation():
        cashier.locator("form[action='/counter/sheets/close/'] button").click()
    expect(cashier.locator("main form[action$='/sign/']")).to_have_count(0)
    expect(cashier.locator("main")).to_contain_text("2,990.00")
    sheet = cashier.url
    finance.goto(sheet)
    with finance.expect_navigation():
        finance.locator("main form[action$='/sign/'] button").click()
    expect(finance.locator(".difference-settled").first).to_be_visible()
    assert card(finance, "sheets").count() == 0

"""The counter without a mouse: scan, count, see the difference, hand in, and on to the next."""

import re

from playwright.sync_api import expect

from tests.cast import CASHIER, SHE

CLOSED = True


def test_an_evening_at_the_counter_by_keyboard_alone(open_page):
    page = open_page(CASHIER, language="en")
    page.goto("/counter/")
    box = page.locator("#counter-box")
    expect(box).to_be_focused()
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody found")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("https://sales.example/slips/S-COUNTER/")  # as the scanner types it
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/counter/of/{SHE}/")
    hundreds = page.locator("[data-note='10000']")
    expect(hundreds).to_be_focused()
    difference = page.locator("[data-difference]")
    expect(difference).to_have_text("cash missing 1,234.50")
    page.keyboard.type("12")
    expect(difference).to_have_text("cash missing 34.50")
    for many in ("", "1", "1", "", "4"):
        page.keyboard.press("Enter")
        page.keyboard.type(many)
    expect(difference).to_have_text("cash missing 0.50")
    page.keyboard.press("F9")  # nobody has said yes to the difference
    expect(page.locator(".counting-cash [role=alert]")).to_contain_text("0.50 is missing")
    for _note in range(6):
        page.keyboard.press("Enter")
    page.keyboard.type("1")
    expect(difference).to_have_text("none")
    expect(page.locator("[data-differs]")).to_be_hidden()
    page.keyboard.press("F9")
    page.wait_for_url(re.compile(r"/counter/handovers/\d+/"))
    expect(page.get_by_text("S-COUNTER")).to_be_visible()
    expect(page.locator(".pairs")).to_contain_text("1,234.50")
    expect(page.get_by_role("link", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.type(SHE)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing in hand")).to_be_visible()

"""A list with the keyboard, on a desk and on a phone."""

import re

from playwright.sync_api import expect

from tests.cast import MANAGER

DUE = "/due/"


def test_slash_leads_to_the_search(open_page):
    page = open_page(MANAGER)
    page.goto(DUE)
    page.keyboard.press("/")
    expect(page.locator("#id_q")).to_be_focused()
    page.keyboard.type("no such thing/")
    expect(page).to_have_url(re.compile("q=no"))
    expect(page.locator("#found .empty")).to_be_visible()
    expect(page.locator("#id_q")).to_have_value("no such thing/")


def test_a_view_is_saved_with_the_keyboard_alone(open_page):
    page = open_page(MANAGER)
    page.goto(f"{DUE}?state=escalated")
    summary = page.locator(".list-tools details.menu summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#view-name")).to_be_focused()
    page.keyboard.type("紧急")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".views [aria-current]")).to_have_text("紧急")
    expect(page).to_have_url(re.compile("view=[0-9]+&state=escalated"))


def test_on_a_desk_the_filters_stand_open(open_page):
    page = open_page(MANAGER)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(DUE)
    expect(page.locator("#id_state")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator("#id_state")).to_be_hidden()
    page.locator(".filters summary").click()
    page.select_option("#id_state", "escalated")
    expect(page).to_have_url(re.compile("state=escalated"))
    expect(page.locator("[data-filters-used]")).to_have_text("(1)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

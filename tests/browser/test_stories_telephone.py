"""From the call list to the number, the outcome with a call back, and calls that are refused."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from core import clock
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import card, refused, sideways
from tests.cast import MANAGER, SHE

STAGE = "--telephone"
NUMBER = "0574-87654321"


def press(page: Page, name: str) -> None:
    """The button of a customer on the call list."""
    page.goto("/calls/")
    expect(page.locator("main")).not_to_contain_text(NUMBER)
    assert sideways(page) <= 0
    page.locator("tr", has_text=name).locator("button", has_text="打电话").click()


def press_in_file(page: Page, number: str) -> None:
    """The button in the file of a customer who is not on the list."""
    page.goto(f"/customers/{number}/")
    page.locator("main button", has_text="打电话").click()


def kept(page: Page) -> list[str]:
    """What the phone keeps of what was typed."""
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith(("form:", "draft:"))]


def test_from_the_list_to_the_call_back(open_page: OpenPage) -> None:
    page = open_page(SHE, view=PHONE)
    page.goto("/calls/")
    # Who is not to be disturbed is not on it, nor who was called often enough today.
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, "宁波机电")
    dial = page.locator(f"a[href='tel:{NUMBER}']")
    expect(dial).to_be_visible()
    assert sideways(page) <= 0

    # What is not finished is asked for, and the next call waits for it.
    address = page.url
    expect(card(page, "call-open")).to_contain_text("宁波机电")
    press_in_file(page, "K2")
    expect(page).to_have_url(address)

    # The script is followed to its end, or why not is said.
    page.locator(".call-step", has_text="问候").click()
    page.fill("#id_note", "采购出差，明天再打")
    page.goto("/calls/")
    page.goto(address)
    expect(page.locator("#id_note")).to_have_value("采购出差，明天再打")
    expect(page.locator(".call-step input").first).to_be_checked()
    page.locator(".call-key", has_text="打通了").click()
    expect(refused(page).first).to_contain_text("没勾")
    expect(page.locator(".call-step input").first).to_be_checked()
    tomorrow = clock.local(clock.now()) + timedelta(days=1)
    page.fill("#id_back_at", f"{tomorrow:%Y-%m-%dT09:30}")
    page.locator(".call-key", has_text="约好再打").click()
    expect(page).to_have_url(re.compile("/calls/$"))
    # Told, it is kept no longer; whoever asked for tomorrow is left alone until then.
    assert kept(page) == []
    expect(page.locator("tbody tr")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("今天已打满 3 次")
    back = card(page, "call-backs")
    expect(back).to_contain_text("宁波机电")
    expect(back).to_contain_text("09:30")

    manager = open_page(MANAGER)
    manager.goto("/calls/made/")
    manager.locator("a", has_text="宁波机电").click()
    expect(manager.locator("main")).to_contain_text("采购出差")
    expect(manager.locator("main")).not_to_contain_text(NUMBER)


def test_called_often_enough_and_not_to_be_disturbed(open_page: OpenPage) -> None:
    page = open_page(SHE, view=PHONE)
    press_in_file(page, "K2")
    expect(page.locator("body")).to_contain_text("已经打过 3 次")
    expect(page.locator("body")).not_to_contain_text(NUMBER)
    # Nor by the form for visits.
    page.goto("/visits/new/?customer=K3")
    page.locator(".record-way", has_text="电话").click()
    page.fill("#id_content", "电话回访")
    page.locator("main button[type=submit]", has_text="记录").click()
    expect(page.locator("main")).to_contain_text("要求免打扰")

    # Only the manager lifts it; then she may.
    page.goto("/customers/K3/")
    expect(page.locator("main button", has_text="打电话")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("客户来电要求")
    expect(page.locator("a", has_text="取消免打扰")).to_have_count(0)
    manager = open_page(MANAGER)
    manager.goto("/customers/K3/quiet/lift/")
    manager.fill("#id_reason", "客户主动来电询价")
    manager.locator("main button[type=submit]").click()
    expect(manager.locator("main")).to_contain_text("客户主动来电询价")
    page.goto("/customers/K3/")
    page.locator("main button", has_text="打电话").click()
    expect(page.locator(f"a[href='tel:{NUMBER}']")).to_be_visible()

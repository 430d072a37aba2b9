"""Coming in as people do: with a link, with a second factor, from a phone."""

import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.people import sideways
from tests.browser.stage import PASSWORD
from tests.cast import FINANCE, MATE, PERSONNEL

SUBMIT = "main button[type=submit]"
MINE = "/me/sign-in/"


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [v["id"] for v in found if v["impact"] in ("serious", "critical")]


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def test_the_second_factor_from_setting_up_to_signing_in(open_page):
    page = open_page(FINANCE, view=PHONE)
    page.goto("/me/sign-in/second-factor/")
    picture = page.locator("img.qr")
    assert picture.evaluate("it => it.complete && it.naturalWidth > 0")
    page.click("details summary:has-text('密钥')")
    secret = page.locator("code.key").inner_text().replace(" ", "")
    assert sideways(page) <= 0
    assert serious(page) == []
    page.fill("#id_code", code_of(secret))
    page.click(SUBMIT)
    codes = page.locator(".codes code")
    expect(codes).to_have_count(10)
    kept = codes.all_inner_texts()
    assert sideways(page) <= 0
    with page.expect_download() as coming:
        page.click("a[download]")
    assert coming.value.path().read_text().split() == kept

    def at_the_code() -> Page:
        other = open_page(view=PHONE)
        other.fill("#id_username", FINANCE)
        other.fill("#id_password", PASSWORD)
        other.press("#id_password", "Enter")
        other.wait_for_url("**/login/code/")
        return other

    other = at_the_code()
    assert sideways(other) <= 0
    assert serious(other) == []
    other.fill("#id_code", "000000")
    other.press("#id_code", "Enter")
    expect(other.locator("main")).to_contain_text("验证码不对")
    other.fill("#id_code", code_of(secret, 1))
    other.press("#id_code", "Enter")
    other.wait_for_url(lambda url: "/login/" not in url)

    third = at_the_code()
    third.fill("#id_code", kept[0])
    third.click(SUBMIT)
    third.wait_for_url(lambda url: "/login/" not in url)
    third.goto(MINE)
    expect(third.locator("main")).to_contain_text("9 个恢复码")
    expect(third.locator("table tbody tr")).to_have_count(3)
    assert sideways(third) <= 0
    assert serious(third) == []


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_personnel_hands_over_a_link_and_it_opens_the_door(open_page, view):
    page = open_page(PERSONNEL, view=view)
    page.goto("/accounts/")
    assert sideways(page) <= 0
    assert serious(page) == []
    page.fill("#id_q", MATE)
    expect(page.locator("#found tbody tr")).to_have_count(1)
    page.check("#found .cell-choose input")
    page.click("#bulk button[value=links]")
    slip = page.locator(".slip")
    expect(slip).to_have_count(1)
    assert slip.locator("img.qr").evaluate("it => it.complete && it.naturalWidth > 0")
    assert sideways(page) <= 0
    assert serious(page) == []
    address = slip.locator("input").input_value()
    page.click("[data-copy]")
    expect(page.locator("[data-copy] span")).to_have_text("已复制")

    hers = open_page(view=PHONE)
    hers.goto(urlsplit(address).path)
    assert sideways(hers) <= 0
    assert serious(hers) == []
    hers.fill("#id_new_password", "autumn-leaf-77")
    hers.fill("#id_again", "autumn-leaf-77")
    hers.click(SUBMIT)
    hers.wait_for_url(lambda url: "/link/" not in url)
    hers.goto(urlsplit(address).path)
    expect(hers.locator("h1, .empty-title").first).to_have_text("链接已失效")

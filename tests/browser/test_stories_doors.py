"""At the door: a role that has to have a second factor, and whoever guesses at a password."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.people import SUBMIT, refused, sideways
from tests.browser.stage import PASSWORD
from tests.cast import FINANCE, LEADER, MATE, SHE

CLOSED = True
SET_UP = "/me/sign-in/second-factor/"
BEHIND = (
    "/",
    "/months/2026-10/",
    "/months/2026-10/statements/Y001/",
    "/months/2026-10/export/statements.csv",
    "/months/2026-10/payout/",
    "/me/",
)


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def typed(page: Page, name: str, password: str) -> None:
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")


def test_finance_sets_the_second_factor_up_before_anything_else_opens(open_page: OpenPage) -> None:
    at_work = open_page(FINANCE)  # signed in since before it was asked for
    leader = open_page(LEADER)
    leader.goto("/accounts/second-factor/")
    leader.check("main input[name=roles][value=finance]")
    with leader.expect_navigation():
        leader.click(SUBMIT)
    expect(leader.locator("main input[value=finance]")).to_be_checked()

    late = open_page(FINANCE, view=PHONE)
    late.wait_for_url(f"**{SET_UP}")
    for page in (at_work, late):
        for address in BEHIND:
            answer = page.request.get(address)
            assert answer.url.endswith(SET_UP), address
            assert "吴伟" not in answer.text()
            assert answer.headers["content-type"].startswith("text/html")
        part = page.request.get(
            "/months/2026-10/statements/?q=wu", headers={"HX-Request": "true"}, max_redirects=0
        )
        assert part.headers["hx-redirect"] == SET_UP
        assert part.text() == ""
    page = late
    page.goto("/months/2026-10/statements/")
    page.wait_for_url(f"**{SET_UP}")
    assert sideways(page) <= 0
    page.click("details summary:has-text('密钥')")
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.fill("#id_code", code_of(secret))
    page.click(SUBMIT)
    expect(page.locator(".codes code")).to_have_count(10)
    page.goto("/months/2026-10/statements/")
    expect(page.locator("tr[data-employee]")).to_have_count(3)

    # Signed in since before, without a code: asked to sign in again, with one.
    at_work.goto("/months/2026-10/")
    at_work.wait_for_url("**/login/?next=**")
    typed(at_work, FINANCE, PASSWORD)
    at_work.wait_for_url("**/login/code/**")
    for address in BEHIND:
        assert "/login/" in at_work.request.get(address).url
    at_work.goto("/login/code/")
    at_work.fill("#id_code", code_of(secret))  # used once already
    at_work.press("#id_code", "Enter")
    expect(at_work.locator("main")).to_contain_text("验证码")
    at_work.fill("#id_code", code_of(secret, 1))
    at_work.press("#id_code", "Enter")
    at_work.wait_for_url(lambda url: "/login/" not in url)
    at_work.goto("/months/2026-10/statements/")
    expect(at_work.locator("tr[data-employee]")).to_have_count(3)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_whoever_guesses_waits_and_she_comes_in_from_her_own_browser(
    open_page: OpenPage, view: dict[str, int]
) -> None:
    victim = SHE if view == PHONE else MATE
    hers = open_page(victim, view=view)
    with hers.expect_navigation():
        hers.evaluate("document.querySelector('form[action=\"/logout/\"]').submit()")

    attacker = open_page(view=view)
    waits = refused(attacker).filter(has_text=re.compile(r"请等 \d+ 分钟"))
    for guess in range(20):
        with attacker.expect_navigation():
            typed(attacker, victim, f"guess-{guess}")
        if waits.count():
            break
    assert guess < 12
    expect(waits).to_be_visible()
    assert sideways(attacker) <= 0
    # Not even the right password helps: nobody learns here that it is right.
    with attacker.expect_navigation():
        typed(attacker, victim, PASSWORD)
    expect(waits).to_be_visible()
    assert attacker.goto("/my-statement/").url.endswith("/login/?next=/my-statement/")

    hers.goto("/login/")
    typed(hers, victim, PASSWORD)
    hers.wait_for_url(lambda url: "/login/" not in url)
    hers.goto("/my-statement/")
    expect(hers.locator(".statement-total-figure")).to_be_visible()

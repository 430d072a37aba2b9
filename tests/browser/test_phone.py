"""The salesperson's phone: her own pay, each yuan one tap from its reason, nothing sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.people import sideways
from tests.cast import MANAGER, SHE

CLOSED = True
HERS = "/months/2026-10/statements/Y001/"
MATES = "/months/2026-10/statements/Y002/"

PAGES = (
    "/months/",
    "/months/2026-10/",
    "/months/2026-10/statements/",
    "/months/2026-10/final/",
    HERS,
    "/due/",
    "/due/loans/",
    "/jobs/",
    "/import/",
    "/import/loads/",
    "/lists/views/",
    "/entries/1/",
    "/no-such-page/",
)


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html']}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def test_her_statement_is_a_tap_from_her_desk_and_she_opens_a_line(open_page):
    page = open_page(SHE, view=PHONE)
    page.locator(f'.desk a[href="{HERS}"]').first.click()
    page.wait_for_url(f"**{HERS}")
    expect(page.locator(".statement-total-figure")).to_contain_text("2,910.00")
    group = page.locator("details.group").first
    group.locator("> summary").click()
    line = group.locator("details.line").first
    line.locator("> summary").click()
    expect(line.locator(".evidence li").first).to_be_visible()
    expect(line.locator("blockquote")).to_be_visible()
    assert sideways(page) <= 0
    assert serious(page) == []


def test_anothers_is_not_there(open_page):
    page = open_page(SHE, view=PHONE)
    answer = page.goto(MATES)
    assert answer is not None
    assert answer.status == 404
    assert "韩娜" not in page.content()
    answer = page.goto("/months/2026-10/")
    assert answer is not None
    assert answer.status == 403
    assert sideways(page) <= 0


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_fits_and_can_be_read_by_all(open_page, address, view):
    page = open_page(MANAGER, view=view)
    page.goto(address)
    assert sideways(page) <= 0
    assert serious(page) == []


def test_the_door(open_page):
    page = open_page(view=PHONE)
    assert sideways(page) <= 0
    assert serious(page) == []
    page.fill("#id_username", SHE)
    page.fill("#id_password", "wrong")
    page.click("main button[type=submit]")
    expect(page.locator(".card .alert-danger")).to_be_visible()
    assert serious(page) == []


def test_the_language_is_switched_and_stays(open_page):
    page = open_page(SHE, view=PHONE)
    page.goto(HERS)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "zh-hans")
    page.click(".language-button")
    expect(html).to_have_attribute("lang", "en")
    expect(page.locator(".month-nav h1")).to_have_text("October 2026")
    page.reload()
    expect(html).to_have_attribute("lang", "en")


def test_out(open_page):
    page = open_page(SHE, view=PHONE)
    page.click(".menu-button")
    page.click(".menu-body button")
    page.wait_for_url("**/login/")
    page.goto(HERS)
    page.wait_for_url("**/login/?next=**")


def test_the_back_button_shows_nothing_to_whoever_comes_after(open_page):
    """Neither what the browser kept on the disk nor the page it put aside whole."""
    page = open_page(SHE)
    page.goto(HERS)
    page.goto("/rules/")
    page.click(".menu-button")
    page.click(".menu-body button")
    page.wait_for_url("**/login/")
    for _step in range(2):
        page.go_back()
        page.wait_for_url("**/login/**")
        expect(page.locator("#id_password")).to_be_visible()
        assert page.locator(".statement-total-figure").count() == 0


def test_without_javascript_a_line_still_opens(browser, site, open_page):
    state = open_page(SHE, view=PHONE).context.storage_state()
    context = browser.new_context(java_script_enabled=False, base_url=site, storage_state=state)
    page = context.new_page()
    page.goto(HERS)
    page.locator("details.group > summary").first.click()
    page.locator("details.group details.line > summary").first.click()
    page.locator("details.group .why-link").first.click()
    expect(page.locator(".evidence li").first).to_be_visible()
    context.close()

"""Without a connection nothing typed is lost, and nothing is recorded twice or by another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.people import sideways
from tests.browser.stage import PASSWORD
from tests.cast import MATE, SHE

CLOSED = True
SLIP = "/slips/S-HERS/"


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """One phone, whoever signs in on it. What it complains of without a connection is no fault."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=site)
    yield context
    context.close()


def signed_in(phone: BrowserContext, who: str, address: str) -> Page:
    """A new tab of somebody's; whoever was signed in before is not any more."""
    phone.clear_cookies()
    page = phone.new_page()
    page.goto(f"/login/?next={address}")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def typed(page: Page, amount: str) -> Locator:
    """The form of money on her slip, filled in; gives its button."""
    fold = page.locator("details.record", has=page.locator("form[data-queue=payment]")).first
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    fold.locator("input[name=amount]").fill(amount)
    return fold.locator("button[type=submit]")


def recorded(page: Page) -> Locator:
    page.goto(SLIP)
    return page.locator(".money-list .money-line")


def test_what_is_typed_without_a_connection_is_sent_once(phone: BrowserContext) -> None:
    page = signed_in(phone, SHE, "/road/")
    assert sideways(page) <= 0
    phone.set_offline(True)
    typed(page, "120.00").dblclick()
    queue = page.locator("[data-queue-box]")
    expect(queue).to_contain_text("120.00")
    expect(queue.locator(".queue-entry")).to_have_count(1)
    assert sideways(page) <= 0
    page.close()
    phone.set_offline(False)

    # Her mate signs in on the same phone: what she typed is neither shown nor sent.
    mate = signed_in(phone, MATE, "/road/")
    expect(mate.locator("[data-queue-box]")).to_be_hidden()
    assert (
        mate.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('road:')).length") == 1
    )
    mate.close()

    page = signed_in(phone, SHE, "/road/")
    expect(page.locator("[data-queue-said]")).to_contain_text("120.00")
    expect(page.locator("[data-queue-box]")).to_be_hidden()
    expect(page.locator("[data-road-slip=S-HERS] .road-due")).to_contain_text("380.00")
    expect(recorded(page)).to_have_count(1)


def test_a_visit_without_a_connection_is_sent_once(phone: BrowserContext) -> None:
    page = signed_in(phone, SHE, "/visits/new/")
    phone.set_offline(True)
    page.fill("#id_customer", "K1")
    page.fill("#id_content", "the offer")
    page.locator("form[data-queue=visit] button[type=submit]").click()
    queue = page.locator("[data-queue-box]")
    expect(queue.locator(".queue-entry")).to_have_count(1)
    expect(queue).to_contain_text("the offer")
    expect(page.locator("#id_content")).to_have_value("")
    page.close()
    phone.set_offline(False)

    page = signed_in(phone, SHE, "/visits/new/")
    expect(page.locator("[data-queue-said]")).to_contain_text("K1")
    expect(page.locator("[data-queue-box]")).to_be_hidden()
    page.goto("/visits/")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_it_is_sent_with_its_photo_when_the_connection_is_back(
    phone: BrowserContext, tmp_path: Path
) -> None:
    taken = tmp_path / "cheque.jpg"
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(taken)
    page = signed_in(phone, SHE, "/road/")
    before = recorded(page).count()
    page.goto("/road/")
    phone.set_offline(True)
    send = typed(page, "5.00")
    page.set_input_files("form[data-queue=payment] input[name=photos]", taken)
    send.click()
    expect(page.locator(".queue-entry")).to_have_count(1)
    phone.set_offline(False)
    expect(page.locator("[data-queue-box]")).to_be_hidden()
    expect(recorded(page)).to_have_count(before + 1)
    expect(page.locator(".money-list .thumbnails img")).to_have_count(1)


def test_a_page_older_than_the_session_fetches_a_token(phone: BrowserContext) -> None:
    page = signed_in(phone, SHE, "/road/")
    signed_in(phone, SHE, "/road/").close()
    typed(page, "7.00").click()
    expect(page.locator("[data-queue-said]")).to_contain_text("7.00")
    # Somebody else has signed in since: it waits for her.
    signed_in(phone, MATE, "/road/").close()
    typed(page, "8.00").click()
    expect(page.locator("[data-queue-login]")).to_be_visible()
    expect(page.locator(".queue-entry")).to_have_count(1)
    page.close()
    page = signed_in(phone, SHE, "/road/")
    expect(page.locator("[data-queue-said]")).to_contain_text("8.00")


def test_what_is_refused_is_corrected(phone: BrowserContext) -> None:
    page = signed_in(phone, SHE, "/road/")
    before = recorded(page).count()
    page.goto("/road/")
    typed(page, "999.00").click()
    wrong = page.locator(".queue-entry .queue-wrong")
    expect(wrong).to_be_visible()
    page.locator("[data-correct]").click()
    expect(page.locator("form[data-queue=payment] input[name=amount]").first).to_have_value(
        "999.00"
    )
    typed(page, "1.00").click()
    expect(page.locator("[data-queue-box]")).to_be_hidden()
    expect(recorded(page)).to_have_count(before + 1)

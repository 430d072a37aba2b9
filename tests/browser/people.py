"""What people look at and do on the pages, for the stories."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.program import wait_until

SUBMIT = "main button[type=submit]"
APPROVE = "main button[name=do][value=approve]"


def card(page: Page, key: str) -> Locator:
    """A card of somebody's own desk, looked at afresh."""
    page.goto("/")
    expect(page.locator(".desk-head")).to_be_visible()
    return page.locator(f"#desk-{key}")


def refused(page: Page) -> Locator:
    """What somebody is told who could not do it."""
    return page.locator(".alert-danger:not(#failure-notice)")


def line_of(page: Page, text: str) -> Locator:
    """A line of a statement, opened to its reasons; a group that holds it is opened first."""
    found = page.locator("details.line", has_text=text)
    expect(found).to_have_count(1)
    group = page.locator("details.group", has=found)
    if group.count():
        group.locator("> summary").click()
    found.locator("> summary").click()
    expect(found.locator(".evidence")).to_be_visible()
    return found


def sideways(page: Page) -> int:
    """How far the page goes beyond its window; waits for the page that is on its way."""
    return page.locator("body").evaluate(
        "it => it.ownerDocument.documentElement.scrollWidth - window.innerWidth"
    )


def look_until(page: Page, address: str, there: Locator) -> None:
    """Look again until it is there once: what a worker does shows on a later look."""

    def looked() -> bool:
        page.goto(address)
        return there.count() == 1

    wait_until(looked, what=f"{address}: {there}")

"""The main ways without a mouse: where the focus is can always be seen, and it is never lost."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.cast import MANAGER, SHE

CLOSED = True
STEPS = 60  # presses of Tab until a thing has to be reached
# Where somebody is who presses Tab: it is marked, on the screen, and under nothing.
SEEN = """
() => {
  const here = document.activeElement;
  const look = getComputedStyle(here);
  const marked = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0)
    || look.boxShadow !== "none";
  const {left, right, top, bottom} = here.getBoundingClientRect();
  const inside = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  const above = document.elementFromPoint(
    Math.min(Math.max((left + right) / 2, 1), innerWidth - 1),
    Math.min(Math.max((top + bottom) / 2, 1), innerHeight - 1),
  );
  const covered = above && !here.contains(above) && !above.contains(here)
    && !above.closest("label");
  return marked && inside && !covered ? "" : `${marked} ${inside} ${!covered} ${here.outerHTML}`;
}
"""


def is_seen(page: Page) -> None:
    """Also where the page has to be moved for it, which takes a moment."""
    for _moment in range(50):
        if (amiss := page.evaluate(SEEN)) == "":
            return
        page.wait_for_timeout(50)
    raise AssertionError(amiss)


def tab_to(page: Page, to: Locator) -> None:
    """Press Tab until it is reached; every stop on the way is seen."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        is_seen(page)
        if to.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {to}")


def test_past_the_menu_to_the_content(open_page):
    page = open_page(SHE)
    page.goto("/rules/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_and_what_is_behind_more(open_page):
    page = open_page(MANAGER)
    page.goto("/rules/")
    more = page.locator(".topbar-nav .more-button")
    tab_to(page, more)
    page.keyboard.press("Enter")
    item = page.locator(".topbar-nav .menu-item").first
    tab_to(page, item)
    page.keyboard.press("Escape")
    expect(item).to_be_hidden()
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, item)
    leads_to = item.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{leads_to}")


def test_whoever_is_looked_for(open_page):
    page = open_page(MANAGER)
    page.goto("/rules/POL-1/")
    page.keyboard.press("/")
    expect(page.locator("#search-all")).to_be_focused()
    page.keyboard.type(SHE)
    expect(page.locator("#search-drop a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-drop a").first).to_be_focused()
    is_seen(page)
    page.keyboard.press("Escape")
    expect(page.locator("#search-drop")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SHE}**")


def test_a_list_is_searched_filtered_and_sorted(open_page):
    page = open_page(MANAGER)
    page.goto("/months/2026-10/statements/")
    sort = page.locator("a.sort").first
    tab_to(page, sort)
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    expect(page).to_have_url(re.compile("sort="))
    # The list has been put in anew: who sorted it is still where they were.
    expect(page.locator("a.sort").first).to_be_focused()
    first = page.locator("tbody .row-link").first.text_content()
    page.keyboard.press("Enter")
    expect(page.locator("tbody .row-link").first).not_to_have_text(first or "")
    page.keyboard.press("/")
    page.keyboard.type(SHE)
    expect(page.locator("tbody tr")).to_have_count(1)
    tab_to(page, page.locator("tbody .row-link").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/statements/{SHE}/")


def test_a_line_of_the_statement_and_its_reason(open_page):
    page = open_page(SHE)
    page.goto("/my-statement/")
    group = page.locator("details.group").first
    tab_to(page, group.locator("> summary"))
    page.keyboard.press("Enter")
    line = group.locator("details.line").first
    tab_to(page, line.locator("> summary"))
    page.keyboard.press("Space")
    expect(line.locator(".evidence li").first).to_be_visible()
    expect(line.locator("> summary")).to_be_focused()
    tab_to(page, line.locator(".why a").first)


def test_a_form_is_filled_in_and_sent(open_page):
    page = open_page(SHE)
    page.goto("/notices/settings/")
    rhythm = page.locator("main input[name=rhythm]").first
    tab_to(page, page.locator("main input[name=rhythm]:checked"))
    page.keyboard.press("ArrowDown")
    expect(rhythm).not_to_be_checked()
    tab_to(page, page.locator("main button[type=submit]").last)
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_be_visible()
    expect(page.locator("main input[name=rhythm]").first).not_to_be_checked()


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page):
    page = open_page(MANAGER)
    page.goto("/months/2026-10/")
    asks = page.locator("[hx-target='#final-dialog']")
    tab_to(page, asks)
    page.keyboard.press("Enter")
    dialog = page.locator("#final-dialog")
    expect(dialog).to_be_visible()
    for _step in range(12):
        page.keyboard.press("Tab")
        # Of the browser itself it may be, between the last and the first; of the page behind never.
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.querySelector('#final-dialog').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(asks).to_be_focused()

"""A policy changed in the middle of a month: drafted, simulated, in force; both rates are seen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.people import SUBMIT, line_of, refused, sideways
from tests.browser.program import set_clock
from tests.cast import FINANCE, LEADER, MANAGER, SHE

STORY = "2026-11-03 10:00"
NAME = "迟到加罚"
SIXTEENTH = re.compile("2026-11-16|11月16日")
HERS = "/months/2026-11/statements/Y001/"


@pytest.fixture(scope="module")
def draft(site: str) -> dict[str, str]:
    """What a chapter of the story leaves to the next."""
    return {}


def address_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def test_finance_drafts_eight_yuan_from_the_sixteenth(
    open_page: OpenPage, draft: dict[str, str]
) -> None:
    page = open_page(FINANCE)
    page.goto("/policy/drafts/new/")
    page.fill("#id_name", NAME)
    page.fill("#id_effective_on", "2026-11-16")
    with page.expect_navigation():
        page.click(SUBMIT)
    page.fill("#id_late_fine", "8")
    with page.expect_navigation():
        page.locator(SUBMIT).last.click()
    expect(page).to_have_url(re.compile(r"/policy/drafts/\d+/$"))
    draft["page"] = address_of(page)
    expect(page.locator("main")).to_contain_text("8.00")
    # Whoever drafts does not put in force.
    expect(page.locator(f'a[href="{draft["page"]}in-force/"]')).to_have_count(0)
    answer = page.goto(f"{draft['page']}in-force/")
    assert answer is not None
    assert answer.status == 403


def simulated(page: Page, draft: dict[str, str], since: str) -> None:
    page.goto(draft["page"])
    page.select_option("#id_simulate_month", "2026-10")
    page.select_option("#id_simulate_since", since)
    with page.expect_navigation():
        page.click(".simulate button")
    # The progress renews the page by itself.
    expect(page.locator(".stats")).to_be_visible(timeout=60_000)


def test_the_manager_sees_what_october_would_have_been_for_each(
    open_page: OpenPage, draft: dict[str, str]
) -> None:
    page = open_page(MANAGER)
    simulated(page, draft, "whole")
    rows = page.locator("tr[data-employee]")
    expect(rows).to_have_count(3)
    # Three yuan more from her, and to the pool, which is her mate's; nothing from the third.
    for no, before, after, difference in (
        ("Y001", "3,445.00", "3,442.00", "−3.00"),
        ("Y002", "3,455.00", "3,458.00", "3.00"),
        ("Y003", "2,910.00", "2,910.00", "0.00"),
    ):
        row = page.locator(f"tr[data-employee={no}]")
        for figure in (before, after, difference):
            expect(row).to_contain_text(figure)
    page.click("tr[data-employee=Y001] a")
    differing = page.locator(".things li")
    expect(differing).to_have_count(1)
    expect(differing).to_contain_text("−5.00")
    expect(differing).to_contain_text("−8.00")

    # From its own day on, nothing of October differs; and nothing was posted by either.
    simulated(page, draft, "own")
    expect(page.locator(".stats")).to_contain_text("0 / 3")
    page.goto("/months/2026-10/statements/Y001/")
    expect(page.locator(".statement-total-figure")).to_contain_text("3,445.00")


def test_the_leader_puts_it_in_force_once(open_page: OpenPage, draft: dict[str, str]) -> None:
    page, late = open_page(LEADER), open_page(MANAGER, view=PHONE)
    for each in (page, late):
        each.goto(f"{draft['page']}in-force/")
        expect(each.locator("main")).to_contain_text("8.00")
        assert sideways(each) <= 0
    with page.expect_navigation():
        page.click("main .form-foot button")
    expect(page.locator(".alert-success")).to_be_visible()
    with late.expect_navigation():
        late.click("main .form-foot button")
    expect(refused(late)).to_contain_text("已")
    page.goto("/policy/")
    expect(page.locator("main")).to_contain_text(SIXTEENTH)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_novembers_statement_shows_both_rates(
    open_page: OpenPage, home: Path, view: dict[str, int]
) -> None:
    set_clock(home, "2026-12-01 09:30")
    manager = open_page(MANAGER)
    manager.goto("/months/2026-11/")
    if manager.locator('.page-heading a[href="/months/2026-11/statements/"]').count() == 0:
        manager.click('form[action="/months/2026-11/close/"] button')
        expect(
            manager.locator('.page-heading a[href="/months/2026-11/statements/"]')
        ).to_be_visible(timeout=60_000)

    page = open_page(SHE, view=view)
    page.goto(HERS)
    before = line_of(page, "−5.00")
    expect(before.locator(".evidence")).to_contain_text("2026-11-10：09:07")
    after = page.locator("details.line", has_text="−8.00")
    after.locator("> summary").click()
    expect(after.locator(".evidence")).to_contain_text("2026-11-17：09:08")
    # Each says which version it was reckoned by.
    expect(before.locator(".why")).not_to_contain_text(SIXTEENTH)
    expect(after.locator(".why")).to_contain_text(SIXTEENTH)
    expect(page.locator(".statement-total-figure")).to_contain_text("3,437.00")
    assert sideways(page) <= 0

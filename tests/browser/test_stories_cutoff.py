"""A month's end around the 28th, 16:00: reminded, handed in or not, closed by the program itself,
and what it came to, looked at by those whom it concerns (CUT-1 to CUT-3).
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import look_until, sideways
from tests.browser.program import set_clock
from tests.browser.stage import OWED_ORDER
from tests.browser.test_stories_day import SLIP, record
from tests.cast import FINANCE, MANAGER, SHE

STORY = "2026-11-26 09:00"
STAGE = "--day"
CUTOFF = "/due/cutoff/2026-11/"


def test_money_comes_in_before_the_cutoff_and_stays_out(
    open_page: OpenPage, home: Path, tick: Callable[[], None]
) -> None:
    finance = open_page(FINANCE)
    finance.goto("/slips/morning/")
    finance.locator("tr", has_text=OWED_ORDER).locator("input[name=row]").check()
    with finance.expect_navigation():
        finance.locator(".sitting-acts button[type=submit]").click()
    set_clock(home, "2026-11-26 15:00")
    her = open_page(SHE, view=PHONE)
    her.goto("/road/")
    record(her, "3000", "2026-11-26T11:20")
    look_until(her, "/road/", her.locator(".money-line", has_text="3,000.00"))
    # The page counts down by the browser's clock, and names her.
    finance.clock.set_fixed_time("2026-11-26T15:00:00+08:00")
    finance.goto(CUTOFF)
    expect(finance.locator("[data-countdown]")).to_contain_text("天")
    expect(finance.locator("#cutoff-board")).to_contain_text("吴伟")
    expect(finance.locator("#cutoff-board")).to_contain_text("3,000.00")


def test_she_is_reminded_a_day_and_an_hour_before(
    open_page: OpenPage, home: Path, tick: Callable[[], None]
) -> None:
    her = open_page(SHE, view=PHONE)
    for when in ("2026-11-27 16:05", "2026-11-28 15:05"):
        set_clock(home, when)
        tick()
    second = her.get_by_text("您手中还有货款").nth(1)
    look_until(her, "/notices/", second)


def test_the_program_closes_it_by_itself(
    open_page: OpenPage, home: Path, tick: Callable[[], None]
) -> None:
    set_clock(home, "2026-11-28 16:01")
    tick()
    finance = open_page(FINANCE)
    look_until(finance, CUTOFF, finance.locator("tbody tr", has_text="Y001").first)
    row = finance.locator("tr", has_text="Y001").first
    expect(row).to_contain_text("3,000.00")
    # Still in hand, whatever excuses her or not: carried over, with the payment as evidence.
    over = finance.locator(".card", has_text=f"{SLIP}-1")
    expect(over.locator(".due-escalated")).to_be_visible()


def test_she_sees_why_and_the_manager_the_same(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-11-28 16:10")
    for who, view in ((SHE, PHONE), (MANAGER, None)):
        page = open_page(who, view=view)
        page.goto(CUTOFF)
        assert sideways(page) <= 0
        with page.expect_navigation():
            page.locator("main a[href*='/entries/']").first.click()
        expect(page.locator("main")).to_contain_text("500.00")
        expect(page.locator("main")).to_contain_text(f"{SLIP}-1")

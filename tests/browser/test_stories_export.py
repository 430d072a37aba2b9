"""Files of customers leave by a right of its own, and leave a trace; a stranger gets nothing."""

import csv
import io
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, sideways
from tests.cast import LEADER, SHE, STRANGER

STAGE = "--visits"
LIST, RIGHTS, TRACE = "/customers/", "/customer/export-rights/", "/audit/openings/"
HERS, FILE = "宁波机电", "/customers/K1/"
NAME = "吴伟"
FAR_AWAY = "2099-12-31"


def taken(page: Page) -> list[list[str]]:
    """The file that is saved from the list, row by row."""
    page.locator("summary", has_text="导出").click()
    with page.expect_download() as coming:
        page.locator("a[href*='export=csv']").click()
    said = Path(coming.value.path()).read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(said)))


def test_without_the_right_nothing_leaves(open_page: OpenPage) -> None:
    page = open_page(SHE, view=PHONE)
    page.goto(LIST)
    expect(page.locator("main")).to_contain_text(HERS)
    assert page.locator("a[href*='export=']").count() == 0
    assert page.request.get(f"{LIST}?export=csv").status == 403


def test_the_leader_gives_it_and_every_row_says_who_took_it(open_page: OpenPage) -> None:
    leader = open_page(LEADER)
    leader.goto(RIGHTS)
    leader.fill("#id_person", SHE)
    leader.fill("#id_until_on", FAR_AWAY)
    leader.fill("#id_reason", "展会要用")
    leader.locator(SUBMIT, has_text="授权").click()
    expect(leader.locator("main")).to_contain_text("展会要用")
    leader.goto(TRACE)
    assert leader.locator("main tbody tr", has_text=NAME).count() == 0

    page = open_page(SHE, view=PHONE)
    page.goto(LIST)
    assert sideways(page) <= 0
    rows = taken(page)
    assert any(HERS in row for row in rows)
    assert all(SHE in row[-1] for row in rows[1:])

    leader.goto(TRACE)
    trace = leader.locator("main tbody tr", has_text=NAME)
    expect(trace).to_have_count(1)
    expect(trace).to_contain_text("导出")


def test_a_stranger_gets_nothing(open_page: OpenPage) -> None:
    page = open_page(STRANGER, view=PHONE)
    # A search says again what was typed: the whole name is looked for where it was not.
    for address, hers in (
        (LIST, (FILE, HERS)),
        (f"{LIST}?q=nbjd", (FILE, HERS)),
        (f"/search/?q={quote(HERS)}", (FILE,)),
        ("/search/?q=nbjd", (FILE, HERS)),
    ):
        answer = page.request.get(address)
        assert answer.ok, address
        assert [each for each in hers if each in answer.text()] == [], address
    assert page.request.get(f"{LIST}?export=csv").status == 403
    assert page.request.get(FILE).status == 404
    refused = open_page(STRANGER)
    refused.goto(TRACE)
    assert HERS not in refused.content()

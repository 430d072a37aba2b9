"""Travel claimed on the telephone with a photo, approved, and there in the month so far (EXP-1)."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.cast import KEEPER, SHE, SUPERVISOR

CLOSED = True


def receipt(folder: Path) -> Path:
    taken = folder / "车票.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(taken)
    return taken


def test_from_before_spending_to_the_month_so_far(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(SHE, view=PHONE)
    page.goto("/expenses/")
    page.locator(".empty-action a").click()
    page.locator("a.row-link", has_text="O1").click()
    travel = page.locator(".standing", has_text="差旅费")
    expect(travel.locator(".standing-left")).to_contain_text("1,000.00")
    assert sideways(page) <= 0
    travel.locator("a", has_text="报销").click()

    # What it pays is told while it is typed, and what was wrong next to its field.
    page.fill("#id_amount", "100")
    expect(page.locator("#pays")).to_contain_text("80.00")
    page.fill("#id_amount", "2000")
    expect(page.locator("#pays")).to_contain_text("1,000.00")
    page.fill("#id_amount", "123.45")
    expect(page.locator("#pays")).to_contain_text("98.76")
    page.set_input_files("#id_files", receipt(tmp_path))
    assert sideways(page) <= 0
    with page.expect_navigation():
        page.locator(SUBMIT, has_text="提交").click()
    expect(page).to_have_url(re.compile(r"/expenses/\d+/$"))
    expect(page.locator(".badge.state")).to_have_text("待审批")
    assert sideways(page) <= 0
    expect(card(page, "own-claims")).to_contain_text("123.45")

    assert card(open_page(KEEPER), "claims").count() == 0
    decider = open_page(SUPERVISOR, view=PHONE)
    card(decider, "claims").locator("a", has_text="吴伟").click()
    expect(decider.locator(".pays-figure")).to_contain_text("98.76")
    expect(decider.locator(".thumbnails img")).to_be_visible()
    assert sideways(decider) <= 0
    with decider.expect_navigation():
        decider.locator(SUBMIT, has_text="批准").click()
    expect(decider.locator(".badge.state")).to_have_text("已批准")

    page.goto("/my-month/")
    expect(page.locator(".lines").first).to_contain_text("98.76")
    assert sideways(page) <= 0

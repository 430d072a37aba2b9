"""A charge contested: she finds it, objects with a photo; granted, the five yuan come back."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.people import SUBMIT, card, line_of, look_until, refused, sideways
from tests.browser.stage import DEPUTY, DEPUTY_NAME
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, SUPERVISOR

STORY = "2026-11-03 10:00"
HERS = "/months/2026-10/statements/Y001/"
HER_WORDS = "那天早上地铁停运，照片为证。"
FINE = "−5.00"
GPS, PLACE = 0x8825, 0x1D  # of EXIF: where a photo was taken, and on which day
TAKEN_ON = "2026:10:20"


def photo(folder: Path) -> Path:
    """A photo as a phone takes it: with the place where it was taken."""
    picture = Image.effect_noise((640, 480), 60).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(GPS).update(
        {1: "N", 2: (29.0, 52.0, 6.0), 3: "E", 4: (121.0, 33.0, 0.0), PLACE: TAKEN_ON}
    )
    taken = folder / "地铁.jpg"
    picture.save(taken, exif=exif)
    return taken


def tells_the_place(content: bytes) -> bool:
    found = Image.open(io.BytesIO(content)).getexif()
    return bool(found.get_ifd(GPS)) or TAKEN_ON.encode() in content


@pytest.fixture(scope="module")
def appeal(site: str) -> dict[str, str]:
    """What a chapter of the story leaves to the next."""
    return {}


def test_she_finds_why_and_objects_with_a_photo(
    open_page: OpenPage, tmp_path: Path, appeal: dict[str, str]
) -> None:
    page = open_page(SHE, view=PHONE)
    # On her desk waits her draft, and no appeal yet; nor on any other desk.
    card(page, "own-draft").locator("a", has_text="2026").first.click()
    expect(page).to_have_url(re.compile(HERS))
    expect(page.locator(".statement-total-figure")).to_contain_text("3,445.00")
    assert card(page, "own-appeals").count() == 0
    for other in (MANAGER, SUPERVISOR, FINANCE):
        assert card(open_page(other), "appeals").count() == 0

    page.goto(HERS)
    line = line_of(page, FINE)
    expect(line.locator(".evidence")).to_contain_text("09:10")
    expect(line.locator("blockquote")).to_contain_text("迟到")
    expect(line.locator(".sum")).to_contain_text("5.00")
    assert sideways(page) <= 0
    line.locator("a", has_text="提出异议").click()
    expect(page.locator("#id_text")).to_be_visible()
    assert sideways(page) <= 0

    taken = photo(tmp_path)
    assert tells_the_place(taken.read_bytes())
    page.fill("#id_text", HER_WORDS)
    page.set_input_files("#id_files", taken)
    with page.expect_navigation():
        page.locator(SUBMIT, has_text="提交").click()
    expect(page).to_have_url(re.compile(r"/appeals/\d+/$"))
    expect(page.locator(".talk")).to_contain_text(HER_WORDS)
    appeal["page"] = "/" + page.url.split("/", 3)[3]
    served = page.locator(".thumbnails a").get_attribute("href")
    appeal["photo"] = str(served)
    assert sideways(page) <= 0

    # A statement with an open objection is not acknowledged yet.
    page.goto(HERS)
    expect(page.locator(".review button", has_text="确认")).to_have_count(0)
    expect(card(page, "own-appeals")).to_contain_text("处理")


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_it_waits_on_the_desks_it_is_for_and_on_no_other(
    open_page: OpenPage, appeal: dict[str, str], view: Any
) -> None:
    for decider in (MANAGER, DEPUTY):
        waiting = card(open_page(decider, view=view), "appeals")
        expect(waiting).to_contain_text("吴伟")
        expect(waiting.locator(f'a[href="{appeal["page"]}"]')).to_have_count(1)
    for other in (SUPERVISOR, FINANCE, LEADER, MATE):
        page = open_page(other, view=view)
        assert card(page, "appeals").count() == 0
        assert card(page, "own-appeals").count() == 0
        expect(page.locator("main")).not_to_contain_text(HER_WORDS)
    # Her supervisor may read it and not decide; finance and her mate find nothing there.
    page = open_page(SUPERVISOR, view=view)
    page.goto(appeal["page"])
    expect(page.locator(".talk")).to_contain_text(HER_WORDS)
    expect(page.locator("#id_reply")).to_have_count(0)
    for other in (FINANCE, MATE):
        page = open_page(other, view=view)
        for address in appeal.values():
            assert status(page, address) == 404
            assert HER_WORDS not in page.content()


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def test_what_is_served_of_the_photo_does_not_say_where_it_was_taken(
    open_page: OpenPage, appeal: dict[str, str]
) -> None:
    page = open_page(MANAGER)
    card(page, "appeals").locator(f'a[href="{appeal["page"]}"]').click()
    shown = page.locator(".thumbnails img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("it => it.naturalWidth") > 0
    page.click(".thumbnails a")
    page.wait_for_url(f"**{appeal['photo']}")
    assert page.evaluate("document.images[0].naturalWidth") == 640
    for address in (appeal["photo"], f"{appeal['photo']}thumbnail/"):
        answer = page.request.get(address)
        assert answer.ok
        assert not tells_the_place(answer.body())


def test_two_decide_at_once_and_one_is_told_of_the_other(
    open_page: OpenPage, appeal: dict[str, str]
) -> None:
    first, second = open_page(MANAGER), open_page(DEPUTY, view=PHONE)
    for page in (first, second):
        page.goto(appeal["page"])
    second.fill("#id_reply", "照片可信，免罚。")
    with second.expect_navigation():
        second.click("button[name=do][value=grant]")
    expect(second.locator(".alert-success")).to_be_visible()
    assert sideways(second) <= 0

    first.fill("#id_reply", "迟到就是迟到。")
    with first.expect_navigation():
        first.click("button[name=do][value=refuse]")
    told = refused(first)
    expect(told).to_contain_text(DEPUTY_NAME)
    expect(told).to_contain_text("准许")
    expect(first.locator(".talk-decision")).to_contain_text("照片可信，免罚。")
    expect(first.locator(".talk-decision")).not_to_contain_text("迟到就是迟到。")


def test_the_five_yuan_come_back_and_the_desks_are_clear(
    open_page: OpenPage, appeal: dict[str, str]
) -> None:
    page = open_page(SHE, view=PHONE)
    back = page.locator(".statement-total-figure", has_text="3,450.00")
    look_until(page, HERS, back)
    expect(page.locator("details.line", has_text=FINE)).to_have_count(0)
    page.goto("/notices/")
    expect(page.locator("main")).to_contain_text("申诉")
    page.goto(appeal["page"])
    expect(page.locator(".talk-decision")).to_contain_text("照片可信，免罚。")

    # Her mate's share of the pool went with the fine.
    mate = open_page(MATE, view=PHONE)
    mate.goto("/months/2026-10/statements/Y002/")
    expect(mate.locator(".statement-total-figure")).to_contain_text("3,450.00")

    for decider in (MANAGER, DEPUTY):
        assert card(open_page(decider), "appeals").count() == 0
    assert card(page, "own-appeals").count() == 0
    # Now she acknowledges, and her draft does not wait any longer.
    card(page, "own-draft").locator("a", has_text="2026").first.click()
    with page.expect_navigation():
        page.locator(".review button[type=submit]").click()
    expect(page.locator(".review")).to_contain_text("已")
    assert card(page, "own-draft").count() == 0
    finance = open_page(FINANCE)
    finance.goto("/months/2026-10/objections/")
    assert sideways(finance) <= 0
    expect(finance.locator("main .pairs").first).to_contain_text("1")

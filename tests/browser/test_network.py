"""The network of a customer with a hundred people: drawn, larger and smaller, by keys and pointer,
and as a list beside it (CUS-1)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.cast import SHE

STAGE = "--network"
FILE = "/customers/K100/"
WIDTH = "Number(document.querySelector('.network svg').getAttribute('width'))"
# How far the company in the middle is from the middle of the box, in pixels.
OFF = """() => {
  const box = document.querySelector(".network").getBoundingClientRect();
  const middle = document.querySelector(".node-middle").getBoundingClientRect();
  return Math.max(Math.abs(box.x + box.width / 2 - middle.x - middle.width / 2),
                  Math.abs(box.y + box.height / 2 - middle.y - middle.height / 2));
}"""
SHOWN = """() => {
  const box = document.querySelector(".network").getBoundingClientRect();
  return [...document.querySelectorAll(".network .node")].filter((node) => {
    const at = node.getBoundingClientRect();
    return at.left >= box.left && at.right <= box.right
      && at.top >= box.top && at.bottom <= box.bottom;
  }).length;
}"""


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request, open_page) -> Page:
    opened: Page = open_page(SHE, view=request.param)
    opened.goto(FILE)
    expect(opened.locator("[data-network-acts]")).to_be_visible()
    opened.locator(".network").scroll_into_view_if_needed()
    return opened


def test_a_hundred_people_are_drawn_from_the_middle_on(page):
    assert page.locator(".network .node").count() == 101
    assert page.evaluate(OFF) < 3
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # Who is there and who is tied to whom stands as a list as well.
    expect(page.get_by_text("王甲一").first).to_be_attached()
    assert page.locator(".network ~ ul .line").count() == 33


def test_larger_smaller_whole_by_the_keys(page):
    box = page.locator(".network")
    box.focus()
    drawn = page.evaluate(WIDTH)
    page.keyboard.press("+")
    assert page.evaluate(WIDTH) == pytest.approx(drawn * 1.25, abs=2)
    assert page.evaluate(OFF) < 5
    page.keyboard.press("-")
    assert page.evaluate(WIDTH) == pytest.approx(drawn, abs=2)
    at = box.evaluate("box => box.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("at => document.querySelector('.network').scrollLeft > at", arg=at)
    assert page.evaluate(SHOWN) < 101
    page.keyboard.press("0")
    assert page.evaluate(SHOWN) == 101


def test_by_the_pointer(page):
    box = page.locator(".network")
    drawn = page.evaluate(WIDTH)
    page.locator("[data-zoom=in]").click()
    assert page.evaluate(WIDTH) > drawn
    page.locator("[data-zoom=whole]").click()
    assert page.evaluate(SHOWN) == 101
    for _n in range(12):
        page.locator("[data-zoom=in]").click()
    at = box.evaluate("box => box.scrollLeft")
    edges = box.bounding_box()
    middle = (edges["x"] + edges["width"] / 2, edges["y"] + edges["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 80, middle[1] - 40, steps=4)
    page.mouse.up()
    assert box.evaluate("box => box.scrollLeft") == pytest.approx(at + 80, abs=3)
    assert page.url.endswith(FILE)  # a drag opens nobody's file

"""Take the pictures of docs/images anew, from the made-up company at an address.

    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8000

Needs playwright (requirements/dev.txt) and a Chromium. Pictures are few-coloured PNG, small enough
for a page that shows eight of them.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "ningbo-demo"  # noqa: S105  # the made-up company's, printed by `make run`
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE, DESKTOP = (390, 800), (1280, 800)
LARGEST = 120 * 1024


@dataclass(frozen=True)
class Shot:
    """One picture: whose, how large, and how to get there from the desk."""

    name: str
    who: str
    size: tuple[int, int]
    go: Callable[[Page], object] = lambda page: None


def open_first(selector: str) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        href = page.locator(selector).first.get_attribute("href") or "/"
        page.goto(href)

    return go


def own_statement(page: Page) -> None:
    """One's own draft, a line opened to its clause and arithmetic."""
    open_first("#desk-own-draft .desk-thing a")(page)
    line = page.locator("details.line").first
    line.locator("summary").click()
    page.wait_for_selector("details.line[open] .why-slot > *")
    line.evaluate("line => window.scrollTo(0, line.getBoundingClientRect().top - 80)")


def month(page: Page) -> None:
    open_first("#desk-months .desk-thing a")(page)


def at(address: str) -> Callable[[Page], object]:
    """An address; {month} is the calendar month, {last} the one before."""
    first = date.today().replace(day=1)  # noqa: DTZ011  # of the made-up company, on this machine
    months = {"month": f"{first:%Y-%m}", "last": f"{first - timedelta(days=1):%Y-%m}"}
    return lambda page: page.goto(address.format(**months))


def first_of(address: str) -> Callable[[Page], object]:
    """What the first row of a list leads to."""

    def go(page: Page) -> None:
        page.goto(address)
        open_first("tbody tr a")(page)

    return go


SHOTS = (
    Shot("salesperson", "Y001", PHONE),
    Shot("supervisor", "Z001", DESKTOP),
    Shot("manager", "M001", DESKTOP),
    Shot("finance", "C001", DESKTOP),
    Shot("cashier", "C002", DESKTOP),
    Shot("keeper", "K001", DESKTOP),
    Shot("personnel", "H001", DESKTOP),
    Shot("leader", "L001", DESKTOP),
    Shot("month", "C001", DESKTOP, month),
    Shot("statement", "Y001", PHONE, own_statement),
    Shot("appeal", "M001", DESKTOP, open_first("#desk-appeals .desk-thing a")),
    Shot("handover", "H001", DESKTOP, open_first("#desk-leavers .desk-thing a")),
    Shot("attendance", "Y001", PHONE, at("/attendance/{last}/Y001/")),
    Shot("customer", "M001", DESKTOP, at("/customers/K00014/")),
    Shot("weekly", "Y001", PHONE, open_first("#desk-weekly-report .desk-thing a")),
    Shot("appraisal", "M001", DESKTOP, first_of("/performance/appraisals/?state=acknowledged")),
    Shot("department", "L001", DESKTOP, at("/performance/department/{month}/")),
)


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for shot in SHOTS:
            written = FOLDER / f"{shot.name}.png"
            written.write_bytes(_small(_taken(browser, address, shot)))
            print(f"{written.stat().st_size // 1024:>4} KB  {written.name}")
        browser.close()


def _taken(browser: Browser, address: str, shot: Shot) -> bytes:
    width, height = shot.size
    context = browser.new_context(
        base_url=address, locale="zh-CN", viewport={"width": width, "height": height}
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("input[type=text], input[name=login], input[name=username]", shot.who)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".desk")
    shot.go(page)
    page.wait_for_load_state("networkidle")
    taken = page.screenshot()
    context.close()
    return taken


def _small(taken: bytes) -> bytes:
    """As many colours as fit the size."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    for colours in (256, 128, 64, 32):
        written = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")

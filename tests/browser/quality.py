"""Every page, in a real browser, on a phone and on a desk: it fits, everybody can read it and hit
what is to be hit, it is light, nothing jumps, nothing comes from elsewhere.

The longest of all: each of the two sizes has a file, and with it a worker, of its own. Pages are
the same on either database: `make test` walks them on one (scripts/test.sh).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests import migrated
from tests.browser import databases
from tests.browser.conftest import PHONE
from tests.browser.program import ROOT, environment, running
from tests.browser.stage import PASSWORD
from tests.cast import CASHIER, FINANCE, KEEPER, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

LAYOUT_SHIFT = 0.05  # half of what is called good; fonts may come a breath late on a busy machine
# Who looks at a page: she, where she may, and the first of these who may.
LOOKERS = (MANAGER, FINANCE, PERSONNEL, KEEPER, CASHIER, LEADER, SUPERVISOR)
SHIFTS = """
() => new Promise(done => {
  let shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shifted += entry.hadRecentInput ? 0 : entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(shifted)));
})
"""
# What a thumb cannot hit: smaller than 24 × 24 (WCAG 2.5.8). A link within a sentence may be; the
# label of a tick is hit as well; the link of a row is as large as the row.
SMALL = """
() => [...document.querySelectorAll("a, button, input, select, textarea, summary, [role=button]")]
  .filter(each => each.checkVisibility({checkVisibilityCSS: true, contentVisibilityAuto: true}))
  .filter(each => !each.matches(".visually-hidden, .visually-hidden-focusable, .row-link"))
  .filter(each => !(each.matches("[type=checkbox], [type=radio]") && each.labels.length))
  .filter(each => !(getComputedStyle(each).display === "inline"
    && each.parentElement.textContent.trim() !== each.textContent.trim()))
  .filter(each => {
    const {width, height} = each.getBoundingClientRect();
    return width && height && (width < 23.5 || height < 23.5);
  })
  .map(each => each.outerHTML.slice(0, 150))
"""
# Only what is said to be serious counts, and that is among these.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The program with the matrix's world, and the addresses of its pages."""
    folder = tmp_path_factory.mktemp("quality")
    with databases.copy_of(migrated.template(), folder) as database:
        env = environment(folder, database)
        told = subprocess.run(
            [sys.executable, "-m", "tests.access.stage"],
            cwd=ROOT,
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        with running(folder, env) as url:
            yield url, json.loads(told.stdout)


def signed_in(browser: Browser, url: str, actor: str, view: Any) -> Page:
    page = browser.new_context(viewport=view, locale="zh-CN", base_url=url).new_page()
    page.goto("/login/")
    page.locator("main input:not([type=hidden]):not([type=password])").first.fill(actor)
    page.fill("main input[type=password]", PASSWORD)
    page.press("main input[type=password]", "Enter")
    page.wait_for_url(lambda at: "/login/" not in at)
    return page


def walk_through(browser: Browser, program: tuple[str, Any], actor: str, view: Any) -> None:
    """Every page that somebody looks at here, in a window of that size.

    Axe takes longer than all else: it reads hers on the phone and everybody else's at the desk.
    """
    url, pages = program
    by_axe = (view == PHONE) == (actor == SHE)
    page = signed_in(browser, url, actor, view)
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: r.url.startswith((url, "data:")) or wrong.append(r.url))
    for name, told in pages.items():
        if name == "home" or actor in _lookers(told["actors"]):
            answer = page.goto(told["address"])
            expect(page.locator(".htmx-request")).to_have_count(0)
            wrong += [f"{name}: {what}" for what in _wrong_with(page, answer, by_axe)]
    page.context.close()
    assert not wrong, "\n".join(wrong)


def _lookers(allowed: list[str]) -> list[str]:
    return [SHE] * (SHE in allowed) + [who for who in LOOKERS if who in allowed][:1]


def _wrong_with(page: Page, answer: Response | None, by_axe: bool) -> Iterator[str]:
    assert answer is not None
    if answer.status >= 400:
        yield f"answers {answer.status}"
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield "goes sideways"
    if small := page.evaluate(SMALL):
        yield f"too small to hit: {small[:3]}"
    if page.evaluate(
        'document.querySelectorAll(\'[tabindex]:not([tabindex="-1"]):not([tabindex="0"])\').length'
    ):
        yield "changes the order of the keyboard"
    # A chart's canvas is given its size by the script that draws it.
    if page.evaluate(
        "document.querySelectorAll('[style]:not(canvas), style, script:not([src])').length"
    ):
        yield "has an inline style or script"
    found = Axe().run(page, options=AXE).response["violations"] if by_axe else []
    for each in found:
        if each["impact"] in ("serious", "critical"):
            yield f"{each['id']}: {each['nodes'][0]['html'][:200]}"
    # Last, when all that comes late has come.
    if (shifted := page.evaluate(SHIFTS)) > LAYOUT_SHIFT:
        yield f"jumps by {shifted:.3f}"

"""A real Chromium against the real program, on a fresh database for each module.

The steps of a story follow each other: a file stays with one worker (scripts/test.sh).
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import migrated
from tests.browser import databases
from tests.browser.program import ROOT, environment, manage, running, set_clock
from tests.browser.stage import PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _chromium() -> str | None:
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not (found := _chromium()) and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The address of a database with the cast, made once for each stage (`""`: the cast alone)."""
    if not (ROOT / "static" / "staticfiles.json").exists():
        pytest.fail("the pages are not built: make setup")
    made: dict[str, tuple[Any, str]] = {}

    def of(stage: str) -> str:
        if stage not in made:
            folder = tmp_path_factory.mktemp("template")
            keeping = databases.copy_of(migrated.template(), folder)
            url = keeping.__enter__()
            manage(environment(folder, url), "-m", "tests.browser.stage", *filter(None, [stage]))
            made[stage] = (keeping, url)
        return made[stage][1]

    yield of
    for keeping, _url in made.values():
        keeping.__exit__(None, None, None)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a module's program keeps its data."""
    return tmp_path_factory.mktemp("program")


@pytest.fixture(scope="module")
def program(
    request: pytest.FixtureRequest, template: Any, home: Path
) -> Iterator[tuple[str, dict[str, str]]]:
    """The program's address and its environment. A module says `CLOSED = True` to begin with a
    closed October, or `STORY = "2026-11-03 10:00"` to begin with the story's October, on a clock
    of its own; `STAGE = "--day"` is another beginning of a story.
    """
    story = getattr(request.module, "STORY", "")
    closed = "--closed" if getattr(request.module, "CLOSED", False) else ""
    stage = getattr(request.module, "STAGE", "--story" if story else closed)
    settings = "tests.browser.settings" if story else "salesforce.settings"
    if story:
        set_clock(home, story)
    with databases.copy_of(template(stage), home) as database:
        env = environment(home, database, settings)
        with running(home, env) as url:
            yield url, env


@pytest.fixture(scope="module")
def site(program: tuple[str, dict[str, str]]) -> str:
    """The program's address."""
    return program[0]


@pytest.fixture
def tick(program: tuple[str, dict[str, str]]) -> Callable[[], None]:
    """What beat says once a minute: what is due by the program's clock is done by the worker."""
    return lambda: manage(program[1], "-m", "celery", "-A", "salesforce", "call", "core.tasks.tick")


def _watch(page: Page, complaints: list[str]) -> None:
    """What the browser complains of: violations of the CSP, errors of scripts, broken parts."""

    def heard(message: Any) -> None:
        # A page that is refused is reported as well; tests look for those on purpose.
        expected = re.search(r"^Failed to load resource.* 4\d\d\b", message.text)
        # A picture opened by itself: the style that is refused is the browser's own.
        expected = expected or (
            "/files/" in page.url and message.text.startswith("Applying inline style")
        )
        if message.type in ("error", "warning") and not expected:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens a browser of somebody's own, signed in where a number is given."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        employee_no: str | None = None, *, view: Any = None, language: str = "zh-CN"
    ) -> Page:
        context = browser.new_context(
            viewport=view or DESK, locale=language, base_url=site, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        _watch(page, complaints)
        page.goto("/login/")
        if employee_no:
            page.fill("#id_username", employee_no)
            page.fill("#id_password", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []

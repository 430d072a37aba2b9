"""Every page on a phone (tests/browser/quality.py), and what it fetches the first time."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE
from tests.browser.quality import LOOKERS, signed_in, walk_through
from tests.browser.quality import program as program  # the fixture
from tests.cast import MANAGER, SHE

FIRST_PAGE_BYTES = 200 * 1024


@pytest.mark.parametrize("actor", [SHE, *LOOKERS])
def test_every_page_of_somebody(browser: Browser, program: Any, actor: str) -> None:
    walk_through(browser, program, actor, PHONE)


@pytest.mark.parametrize("actor", [SHE, MANAGER])
def test_the_first_page_is_light(browser: Browser, program: Any, actor: str) -> None:
    """Everything that a phone which was never here fetches until it shows the desk."""
    url, _pages = program
    page = signed_in(browser, url, actor, PHONE)
    signed = page.context.storage_state()
    page.context.close()
    fresh = browser.new_context(viewport=PHONE, base_url=url, storage_state=signed).new_page()
    fetched: list[int] = []
    fresh.on(
        "requestfinished",
        lambda request: fetched.append(
            request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        ),
    )
    fresh.goto("/", wait_until="networkidle")
    fresh.context.close()
    assert sum(fetched) < FIRST_PAGE_BYTES

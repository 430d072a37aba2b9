"""Every page on a desk (tests/browser/quality.py)."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESK
from tests.browser.quality import LOOKERS, walk_through
from tests.browser.quality import program as program  # the fixture
from tests.cast import SHE


@pytest.mark.parametrize("actor", [SHE, *LOOKERS])
def test_every_page_of_somebody(browser: Browser, program: Any, actor: str) -> None:
    walk_through(browser, program, actor, DESK)

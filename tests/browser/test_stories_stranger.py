"""A stranger types the addresses of what is hers, one of every kind, and finds nothing there."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import migrated
from tests.browser import databases
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.program import ROOT, environment, running
from tests.cast import FINANCE, LEADER, MANAGER, PERSONNEL, SHE, STRANGER

# Whole pages for somebody's role, with no object of hers in the address: a refusal with its reason.
WITH_REASON = frozenset(
    {
        "statements",
        "month",
        "month as a file",
        "shadow",
        "objections",
        "payout",
        "payout batch",
        "payout file",
        "simulation",
        "simulation as a file",
        "simulation of her",
        "draft",
        "job",
        "import",
        "import's wrong rows",
        "trail",
        "openings",
        "login",
        "payment",
        "job again",
    }
)
NONE_THERE = "import's wrong rows"  # the import has none that are wrong


@pytest.fixture(scope="module")
def told(home: Path, site: str) -> dict[str, Any]:
    """The addresses, and her words."""
    return json.loads((home / "told.json").read_text())


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    """The program with the matrix's world and one of everything."""
    with databases.copy_of(migrated.template(), home) as database:
        env = environment(home, database)
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.stranger"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        (home / "told.json").write_text(done.stdout)
        with running(home, env) as url:
            yield url


def said(page: Page, words: list[str]) -> list[str]:
    return [word for word in words if word in page.content()]


def test_what_is_typed_at_random_exists(open_page: OpenPage, told: dict[str, Any]) -> None:
    """Control: whose it is, or whoever may do everything with it, does open it."""
    lookers = [open_page(one) for one in (SHE, MANAGER, FINANCE, PERSONNEL, LEADER)]
    for kind, address in told["addresses"]["get"].items():
        opens = any(one.request.get(address).ok for one in lookers)
        assert opens or kind == NONE_THERE, kind


def test_the_stranger_gets_no_byte_of_it(open_page: OpenPage, told: dict[str, Any]) -> None:
    page = open_page(STRANGER, view=PHONE)
    # Her own is there, and none of these words stands on her own desk.
    own = page.goto("/months/2026-10/statements/Y003/")
    assert own is not None
    assert own.ok
    page.goto("/")
    assert said(page, told["words"]) == []
    wrong = {}
    for kind, address in told["addresses"]["get"].items():
        answer = page.request.get(address)
        wanted = 403 if kind in WITH_REASON else 404
        # What was typed is known already.
        words = [word for word in told["words"] if word not in address]
        found = [word for word in words if word.encode() in answer.body()]
        if answer.status != wanted or found:
            wrong[kind] = (answer.status, found)
    assert wrong == {}
    # As she sees it: a page that says so, in her language, and leads back.
    page.goto(told["addresses"]["get"]["statement"])
    assert page.locator("main a, main button").count() >= 1
    assert said(page, told["words"]) == []


def test_the_stranger_changes_nothing_of_it(open_page: OpenPage, told: dict[str, Any]) -> None:
    page = open_page(STRANGER)
    page.goto("/notices/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    wrong = {}
    for kind, address in told["addresses"]["post"].items():
        form = {"csrfmiddlewaretoken": token, "do": "grant", "reply": "x", "version": "0"}
        answer = page.request.post(address, form=form, headers={"Referer": page.url})
        wanted = 403 if kind in WITH_REASON else 404
        if answer.status != wanted or any(word.encode() in answer.body() for word in told["words"]):
            wrong[kind] = answer.status
    assert wrong == {}
    # It is all as it was: her appeal undecided, her view named as she named it.
    her = open_page(SHE)
    appeal = her.request.get(told["addresses"]["get"]["appeal"])
    assert "W-CANARY-7391" in appeal.text()
    assert "withdraw" in appeal.text()


def test_a_guess_of_what_does_not_exist_looks_the_same(
    open_page: OpenPage, told: dict[str, Any]
) -> None:
    """Whether something is there is not told by how the refusal looks."""
    page = open_page(STRANGER)
    get = told["addresses"]["get"]
    guesses = {
        "statement": "/months/2026-10/statements/Y909/",
        "order": "/orders/D-NOBODY-1/",
        "slip": "/slips/S-NOBODY-1/",
        "person": "/people/Y909/",
        "entry": "/entries/99999999/",
        "appeal": "/appeals/99999999/",
        "notice": "/notices/99999999/",
        "board notice": "/board/99999999/",
        "file": "/files/00000000-0000-4000-8000-000000000000/",
    }
    for kind, guess in guesses.items():
        there, not_there = page.request.get(get[kind]), page.request.get(guess)
        assert (there.status, not_there.status) == (404, 404), kind
        page.goto(get[kind])
        before = page.locator("main").inner_text()
        page.goto(guess)
        assert page.locator("main").inner_text() == before, kind

"""A month to its end: asked for and confirmed by two, paid out by the bank's file, printed."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.people import SUBMIT, card, sideways
from tests.browser.stage import ACCOUNTS
from tests.cast import CASHIER, FINANCE, MANAGER, SHE, STRANGER

STORY = "2026-11-10 09:30"  # the days to object are over
MONTH = "/months/2026-10/"
HERS = f"{MONTH}statements/Y001/"
A4 = {"width": 794 - 2 * 57, "height": 1123}  # what 15 mm of margin leave of it, at 96 to the inch


def yuan_in(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("¥", "").strip())


def pair(page: Page, label: str) -> Decimal:
    """A figure in yuan beside its name."""
    return yuan_in(page.locator(f"dt:text-is('{label}') + dd").first.inner_text())


def test_finance_asks_and_the_manager_confirms(open_page: OpenPage) -> None:
    finance, manager = open_page(FINANCE), open_page(MANAGER, view=PHONE)
    assert card(manager, "finals").count() == 0
    finance.goto(f"{MONTH}final/")
    with finance.expect_navigation():
        finance.locator(SUBMIT, has_text="申请定稿").click()
    expect(finance.locator(".page-heading .state-final")).to_have_count(0)
    # Who asked does not confirm, on whatever way she comes to it.
    finance.goto(f"{MONTH}final/")
    expect(
        finance.locator(SUBMIT, has_text="定稿").and_(finance.locator(":not([name])"))
    ).to_have_count(0)
    assert card(finance, "finals").count() == 0
    finance.goto(f"{MONTH}payout/")
    expect(finance.locator("main .empty")).to_be_visible()

    waiting = card(manager, "finals").locator("a").first
    with manager.expect_navigation():
        waiting.click()
    assert sideways(manager) <= 0
    with manager.expect_navigation():
        manager.locator("main button[type=submit]:not([name])", has_text="定稿").click()
    expect(manager.locator(".page-heading .state-final")).to_be_visible()
    assert sideways(manager) <= 0
    # Final on every page, and for her as well: nothing more to object to.
    her = open_page(SHE, view=PHONE)
    her.goto(HERS)
    expect(her.locator(".state-final")).to_be_visible()
    expect(her.locator(".review form")).to_have_count(0)


def test_the_banks_file_pays_what_the_page_says(open_page: OpenPage) -> None:
    page = open_page(FINANCE)
    page.goto(f"{MONTH}payout/")
    owed = {
        row.locator(".cell-no").inner_text(): yuan_in(row.locator("td").last.inner_text())
        for row in page.locator("tbody tr").all()
    }
    assert set(owed) == {"Y001", "Y002", "Y003"}
    with page.expect_navigation():
        page.click(f'form[action="{MONTH}payout/batch/"] button')
    # Who has no account yet stays behind, and is said to.
    in_batch = page.locator("main tbody .cell-no").all_inner_texts()
    assert sorted(in_batch) == sorted(ACCOUNTS)
    assert STRANGER not in in_batch
    total = pair(page, "合计")
    assert total == sum(owed[no] for no in ACCOUNTS)
    # Whole account numbers are for the bank: the page shows none.
    assert all(number not in page.content() for number in ACCOUNTS.values())

    batch = page.url
    text = download(page, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(Decimal(row["金额"]) for row in rows) == total
    assert {row["收款账号"].strip("\t'\"=") for row in rows} == set(ACCOUNTS.values())
    page.goto(batch)
    book = openpyxl.load_workbook(io.BytesIO(download(page, "xlsx"))).active
    head, *lines = book.iter_rows(values_only=True)
    place = head.index("金额")
    assert sum(Decimal(str(line[place])) for line in lines) == total
    page.goto(batch)
    expect(page.locator("[role=status]").first).to_contain_text("2")

    # The cashier sees the list and takes no file; a salesperson sees neither.
    cashier, her = open_page(CASHIER), open_page(SHE)
    file = page.locator("a[download]").first.get_attribute("href")
    assert cashier.request.get(batch).ok
    for other in (cashier, her):
        answer = other.request.get(str(file))
        assert answer.status == 403
        assert all(number not in answer.text() for number in ACCOUNTS.values())
    assert her.request.get(batch).status == 403


def download(page: Page, ending: str) -> bytes:
    with page.expect_download() as coming:
        page.click(f'main a[download][href$=".{ending}"]')
    return Path(coming.value.path()).read_bytes()


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_a_printed_statement_is_whole_and_can_be_signed(
    open_page: OpenPage, view: dict[str, int]
) -> None:
    page = open_page(SHE, view=view)
    page.goto(HERS)
    expect(page.locator(".signatures")).to_be_hidden()
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    signatures = page.locator(".signatures")
    expect(signatures).to_be_visible()
    for who in ("业务员", "财务", "日期"):
        expect(signatures).to_contain_text(who)
    assert sideways(page) <= 0
    # Every line is on the paper, whole, with its amount; what only a screen needs is not.
    lines = page.locator(".line-head")
    assert lines.count() >= 3
    for line in lines.all():
        expect(line).to_be_visible()
        assert line.locator(".line-amount").evaluate(
            "it => it.scrollWidth <= it.clientWidth + 1 && it.getBoundingClientRect().right"
            " <= document.documentElement.clientWidth + 1"
        )
    # The amounts stand under each other.
    edges = page.locator(".lines > details > summary .line-amount, .group-lines .line-amount")
    rights = edges.evaluate_all("all => all.map(it => it.getBoundingClientRect().right)")
    assert max(rights) - min(rights) <= 2
    assert page.locator("details.fold:not([open])").count() == 0
    for gone in (".topbar", ".tabbar", "button", ".page-back"):
        assert not any(it.is_visible() for it in page.locator(gone).all()), gone
    assert len(page.pdf(format="A4")) > 5_000

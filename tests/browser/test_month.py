"""A month as the manager works through it: facts, close, statements, evidence, final, files."""

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.cast import FINANCE, MANAGER

MONTH = "/months/2026-10/"
WRONG = "employee_no,at\nY001,2026-10-12T08:58:00\nY999,yesterday\n"


def punches() -> str:
    """Y001 was there every workday, once ten minutes late; the others never."""
    days = (
        "09",
        "10",
        *map(str, range(12, 17)),
        *map(str, range(19, 24)),
        *map(str, range(26, 31)),
    )
    lines = ["employee_no,at", "Y001,2026-10-08T09:10:00", "Y001,2026-10-08T18:05:00"]
    for day in days:
        lines += [f"Y001,2026-10-{day}T08:55:00", f"Y001,2026-10-{day}T18:05:00"]
    return "\n".join(lines)


def load(page: Page, folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    page.goto(MONTH)
    page.set_input_files("input[type=file]", file)
    with page.expect_navigation():
        page.click("form.load button")
    expect(page).to_have_url(re.compile("/import/[0-9]+/$"))


def close(page: Page) -> None:
    page.click(f'form[action="{MONTH}close/"] button')
    # The progress renews the page by itself: the link to the statements is there when it is done.
    expect(page.locator(f'.page-heading a[href="{MONTH}statements/"]')).to_be_visible(
        timeout=60_000
    )
    expect(page.locator("#close-progress")).to_have_count(0)


def test_the_whole_way(open_page, tmp_path):
    page = open_page(MANAGER)
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.goto("/months/")
    page.click(f'a[href="{MONTH}"]') if page.locator(f'a[href="{MONTH}"]').count() else page.goto(
        MONTH
    )

    load(page, tmp_path, "punches.csv", WRONG)
    expect(page.locator(".wrong .reasons li")).to_have_count(2)
    expect(page.locator(".wrong")).to_contain_text("Y999")
    expect(page.locator(".wrong")).to_contain_text("3")

    load(page, tmp_path, "打卡.csv", punches())
    expect(page.locator(".wrong")).to_have_count(0)
    page.click('form[action$="/load/"] button')
    expect(page).to_have_url(re.compile(f"{MONTH}$"))
    expect(page.locator(".alert-success")).to_be_visible()

    close(page)
    page.click(f'.page-heading a[href="{MONTH}statements/"]')
    expect(page.locator("tr[data-employee]")).to_have_count(3)
    page.fill("#id_q", "wuwei")
    expect(page.locator("tr[data-employee]")).to_have_count(1)
    page.click("tr[data-employee=Y001] a")

    fine = page.locator("details.line", has_text="5.00").filter(has_text="−5.00")
    fine.locator("summary").click()
    expect(fine.locator(".sum")).to_contain_text("5.00")
    expect(fine.locator("blockquote")).to_contain_text("5")
    expect(fine.locator(".evidence")).to_contain_text("09:10")

    page.goto(MONTH)
    page.click(f'a[href="{MONTH}final/"]')
    dialog = page.locator("dialog[open]")
    dialog.locator("[data-dialog-close]").click()
    expect(dialog).to_have_count(0)
    page.click(f'a[href="{MONTH}final/"]')
    dialog.locator("#id_early_reason").fill("大家都看过了")
    with page.expect_navigation():
        dialog.locator("button[type=submit]").click()
    # The manager asks, finance confirms.
    other = open_page(FINANCE)
    other.goto(f"{MONTH}final/")
    expect(other.locator("main")).to_contain_text("大家都看过了")
    with other.expect_navigation():
        other.locator("button[type=submit]:not([name])", has_text="定稿").click()
    expect(other.locator(".page-heading .state-final")).to_be_visible()
    page.goto(MONTH)
    expect(page.locator(".page-heading .state-final")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)

    assert (b"Y001", b"TOTAL") in rows_of_csv(download(page, "statements.csv"))
    book = openpyxl.load_workbook(io.BytesIO(download(page, "statements.xlsx")))
    assert {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)} == {
        "Y001",
        "Y002",
        "Y003",
    }


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.click(f'a[href="{MONTH}export/{name}"]')
    return Path(coming.value.path()).read_bytes()


def rows_of_csv(content: bytes) -> set[tuple[bytes, bytes]]:
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.splitlines()[1:]
    return {(line.split(b",")[0], line.split(b",")[1]) for line in lines}


def test_a_second_tap_sends_nothing_twice(open_page):
    page = open_page(MANAGER)
    page.goto("/months/2026-11/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator('form[action="/months/2026-11/close/"] button').dblclick(no_wait_after=True)
    expect(page.locator('.page-heading a[href="/months/2026-11/statements/"]')).to_be_visible(
        timeout=60_000
    )
    assert sent.count("POST") == 1

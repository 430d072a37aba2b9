"""October of a team: late and excused, a Saturday that is made free afterwards, half a day of leave
and days past its limit; each shows on every page that speaks of it (ATT-1, ATT-2, TIME-4, LEA-1).
"""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import APPROVE, SUBMIT, card, line_of, look_until, sideways
from tests.browser.program import set_clock
from tests.cast import MANAGER, MATE, PERSONNEL, SHE, SUPERVISOR

STORY = "2026-10-12 08:30"  # a Monday; the Saturday before it was a workday
STAGE = "--team"
MONTH = "/attendance/2026-10/"
HERS = "/months/2026-10/statements/Y001/"
FINE, ABSENT, HALF_ABSENT = "−5.00", "−30.00", "−15.00"
SHE_CAME = re.compile(r"09:1\d")
WORDS = "早上高架追尾，堵了二十分钟，照片为证。"


def line(page: Page, amount: str) -> Locator:
    """The lines of a page of pay with this amount."""
    return page.locator("details.line", has_text=amount)


def my_month(page: Page) -> Page:
    page.goto("/my-month/")
    expect(page.locator(".statement-head")).to_be_visible()
    assert sideways(page) <= 0
    return page


def day_of(page: Page, employee_no: str, day: int) -> Locator:
    """What the month of attendance says of a day, once it is tapped."""
    page.goto(f"{MONTH}{employee_no}/")
    page.locator(f'a[href="{MONTH}{employee_no}/{day}/"]').click()
    opened = page.locator("#day .at-words")
    expect(opened).to_be_visible()
    return opened


def punched(page: Page) -> None:
    page.goto("/punch/")
    page.click(".punch-button")
    expect(page.locator("#punch [role=status].alert-success")).to_contain_text("已打卡")


# Late, and excused.


def test_she_punches_late_on_the_phone(open_page: OpenPage, home: Path) -> None:
    her = open_page(SHE, view=PHONE)
    her.goto("/punch/")
    # Without a connection nothing is punched, and she is told so.
    offline = her.locator("[data-punch-offline]")
    her.context.set_offline(True)
    expect(offline).to_be_visible()
    her.context.set_offline(False)
    expect(offline).to_be_hidden()
    set_clock(home, "2026-10-12 09:10")
    punched(her)
    expect(her.locator(".punch-words")).to_contain_text(SHE_CAME)
    expect(her.locator(".punch-words")).to_contain_text("09:00")
    assert sideways(her) <= 0
    board = open_page(SUPERVISOR)
    board.goto("/attendance/today/")
    expect(board.locator(".at-place-late")).to_contain_text("吴伟")
    # Nothing is charged before the day is over.
    expect(line(my_month(her), FINE)).to_have_count(0)
    set_clock(home, "2026-10-12 18:04")
    punched(her)
    expect(her.locator(".punch-missing")).to_contain_text("打齐")


def test_the_next_day_the_fine_is_there_and_she_explains_with_a_photo(
    open_page: OpenPage, home: Path, tmp_path: Path
) -> None:
    set_clock(home, "2026-10-13 09:30")
    her = open_page(SHE, view=PHONE)
    fine = line_of(my_month(her), FINE)
    expect(fine.locator(".evidence")).to_contain_text(SHE_CAME)
    expect(fine.locator("blockquote")).to_contain_text("迟到")
    manager = open_page(MANAGER)
    manager.goto("/fines/")
    expect(manager.locator("main")).to_contain_text("吴伟")

    her.goto("/days/")
    her.locator(".things a", has_text="说明").click()
    expect(her.locator("#id_date")).to_have_value("2026-10-12")
    photo = tmp_path / "高架.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(photo)
    her.fill("#id_reason", WORDS)
    her.set_input_files("#id_files", photo)
    assert sideways(her) <= 0
    with her.expect_navigation():
        her.locator(SUBMIT).last.click()
    expect(her.locator(".badge.state").first).to_have_class(re.compile("asked-asked"))
    expect(card(her, "own-days")).to_contain_text("待批")
    expect(line(my_month(her), FINE)).to_have_count(1)


def test_the_supervisor_accepts_and_the_fine_is_gone(open_page: OpenPage) -> None:
    assert card(open_page(MATE), "decide-explanations").count() == 0
    decider = open_page(SUPERVISOR)
    card(decider, "decide-explanations").locator("a", has_text="吴伟").click()
    expect(decider.locator("main")).to_contain_text(WORDS)
    shown = decider.locator(".thumbnails img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("it => it.naturalWidth") > 0
    with decider.expect_navigation():
        decider.click(APPROVE)
    expect(decider.locator(".badge.asked-approved")).to_be_visible()
    assert card(decider, "decide-explanations").count() == 0

    her = open_page(SHE, view=PHONE)
    expect(line(my_month(her), FINE)).to_have_count(0)
    # She is still seen to have come late; it costs nothing.
    expect(day_of(her, SHE, 12)).to_contain_text("已说明")
    her.goto("/days/")
    expect(her.locator(".things .asked-approved")).to_be_visible()
    manager = open_page(MANAGER)
    manager.goto("/fines/")
    expect(manager.locator("main")).not_to_contain_text("吴伟")


# A make-up Saturday, and a day off that is declared after it.


def test_the_make_up_saturday_is_a_workday_until_it_is_declared_a_day_off(
    open_page: OpenPage,
) -> None:
    her, mate, manager = open_page(SHE, view=PHONE), open_page(MATE, view=PHONE), open_page(MANAGER)
    for page in (her, mate):
        absent = line_of(my_month(page), ABSENT)
        expect(absent.locator(".evidence")).to_contain_text("2026-10-10")
    expect(saturday(manager)).not_to_have_class(re.compile("go"))

    personnel = open_page(PERSONNEL)
    personnel.goto("/calendar/days/2026-10-10/")
    expect(personnel.locator("main .pairs")).to_contain_text("调休上班")
    personnel.check("input[name=is_workday][value=no]")
    personnel.fill("#id_note", "台风停工")
    personnel.click(".form-foot .btn-primary")
    # What has passed is changed with a reason alone.
    assert personnel.locator("#id_reason").evaluate("it => it.validity.valueMissing")
    personnel.fill("#id_reason", "市里十日发布停工令")
    with personnel.expect_navigation():
        personnel.click(".form-foot .btn-primary")
    expect(personnel.locator(".alert-success")).to_be_visible()
    expect(personnel.locator('.day-own-off a[href$="/2026-10-10/"]')).to_be_visible()

    for page in (her, mate):
        expect(line(my_month(page), ABSENT)).to_have_count(0)
    expect(saturday(manager)).to_have_class(re.compile("go"))


def saturday(page: Page) -> Locator:
    """The head of the tenth in the team's month."""
    page.goto(MONTH)
    return page.locator(".at-grid thead th").nth(10)


# Leave.


def asked(page: Page, first: tuple[str, str], last: tuple[str, str]) -> Locator:
    """The form of leave filled in; gives what it says the leave costs."""
    page.goto("/leave/new/")
    for end, (day, half) in (("start", first), ("end", last)):
        page.fill(f"#id_{end}_on", day)
        page.select_option(f"#id_{end}_half", half)
    return page.locator("#leave-cost")


def sent(page: Page, reason: str) -> str:
    page.fill("#id_reason", reason)
    assert sideways(page) <= 0
    with page.expect_navigation():
        page.click(".card-footer button[type=submit]")
    expect(page.locator(".badge.leave-pending")).to_be_visible()
    return "/" + page.url.split("/", 3)[3]


def approved(page: Page, address: str) -> None:
    """From the desk, where it waits, to the word."""
    card(page, "leaves").locator(f'a[href="{address}"]').click()
    with page.expect_navigation():
        page.click(APPROVE)
    expect(page.locator(".alert-success")).to_be_visible()


def test_half_a_day_costs_nothing_and_says_so_before_it_is_sent(open_page: OpenPage) -> None:
    her = open_page(SHE, view=PHONE)
    cost = asked(her, ("2026-10-14", "am"), ("2026-10-14", "am"))
    expect(cost).to_contain_text("0.5 天")
    expect(cost).to_contain_text("不扣款")
    address = sent(her, "去医院陪护")
    decider = open_page(SUPERVISOR)
    approved(decider, address)
    expect(decider.locator(".badge.leave-approved")).to_be_visible()


def test_the_calendar_and_the_board_show_half_a_day(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-10-14 10:00")
    mate, decider = open_page(MATE, view=PHONE), open_page(SUPERVISOR)
    # A colleague sees that she is away, and not on what leave.
    mate.goto("/leave/away/2026-10/")
    away = mate.locator(".away-day", has_text="10月14日")
    expect(away).to_contain_text("吴伟")
    expect(away).to_contain_text("上午")
    expect(away).not_to_contain_text("事假")
    assert sideways(mate) <= 0
    decider.goto("/leave/away/2026-10/")
    expect(decider.locator(".away-sheet .away-leave")).to_have_count(1)
    expect(decider.locator(".away-sheet .away-leave")).to_have_attribute("title", "事假")
    decider.goto("/attendance/today/")
    expect(decider.locator(".at-place-leave")).to_contain_text("吴伟")
    expect(decider.locator(".at-place-in")).to_contain_text("韩娜")

    set_clock(home, "2026-10-15 09:30")
    her = open_page(SHE, view=PHONE)
    expect(day_of(her, SHE, 14)).to_contain_text("请假：上午")
    assert sideways(her) <= 0
    expect(line(my_month(her), "10月14日")).to_have_count(0)


@pytest.fixture(scope="module")
def leave(site: str) -> dict[str, Any]:
    """What a chapter of the story leaves to the next."""
    return {}


def test_what_is_past_the_limit_is_told_before_it_is_sent(
    open_page: OpenPage, leave: dict[str, Any]
) -> None:
    her = open_page(SHE, view=PHONE)
    cost = asked(her, ("2026-10-20", "am"), ("2026-10-23", "pm"))
    expect(cost).to_contain_text("此前剩 2.5，上限 3 天")
    expect(cost).to_contain_text("超出 1.5 天：按旷工算，扣 45.00 元")
    expect(cost.locator(".leave-warning")).to_be_visible()
    # A page that was left comes back as it was typed, and with what it costs.
    her.goto("/")
    her.goto("/leave/new/")
    expect(her.locator("#id_end_on")).to_have_value("2026-10-23")
    expect(cost).to_contain_text("扣 45.00 元")
    leave["page"] = sent(her, "老家拆迁，须本人到场签字")

    # So many days go on to the manager, who does not see them before the supervisor's word.
    first, second = open_page(SUPERVISOR), open_page(MANAGER)
    assert card(second, "leaves").count() == 0
    approved(first, leave["page"])
    expect(first.locator(".badge.leave-pending")).to_be_visible()
    approved(second, leave["page"])
    expect(second.locator(".badge.leave-approved")).to_be_visible()
    expect(second.locator(".leave-cost")).to_contain_text("45.00")


def test_the_close_charges_it(open_page: OpenPage, home: Path) -> None:
    set_clock(home, "2026-11-02 09:30")
    manager = open_page(MANAGER)
    manager.goto("/months/2026-10/")
    manager.click('form[action="/months/2026-10/close/"] button')
    done = manager.locator('.page-heading a[href="/months/2026-10/statements/"]')
    expect(done).to_be_visible(timeout=60_000)
    her = open_page(SHE, view=PHONE)
    her.goto(HERS)
    # Base salary less the reserve, and a day and a half.
    expect(her.locator(".statement-total-figure")).to_contain_text("3,405.00")
    half = line_of(her, HALF_ABSENT)
    expect(half.locator("> summary")).to_contain_text("10月22日")
    expect(half.locator(".evidence")).to_contain_text("2026-10-22")
    expect(line(her, ABSENT).locator("> summary")).to_contain_text("10月23日")
    assert sideways(her) <= 0


def test_as_a_special_case_it_costs_nothing(open_page: OpenPage, leave: dict[str, Any]) -> None:
    special = 'form[action$="/special/"]'
    her, decider = open_page(SHE, view=PHONE), open_page(SUPERVISOR)
    her.goto(leave["page"])
    expect(her.locator(special)).to_have_count(0)
    decider.goto(leave["page"])
    decider.locator("summary", has_text="特殊情况").click()
    decider.fill(f"{special} textarea", "拆迁办证明已交，情况属实")
    with decider.expect_navigation():
        decider.click(f"{special} button[type=submit]")
    expect(decider.locator(".badge.leave-special")).to_be_visible()

    whole = her.locator(".statement-total-figure", has_text="3,450.00")
    look_until(her, HERS, whole)
    for amount in (ABSENT, HALF_ABSENT):
        expect(line(her, amount)).to_have_count(0)
    her.goto(leave["page"])
    expect(her.locator(".badge.leave-special")).to_be_visible()
    expect(her.locator(".talk-decision").last).to_contain_text("拆迁办证明已交")
    assert sideways(her) <= 0

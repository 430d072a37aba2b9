"""A trip of three days with a report that never came, and the morning meeting after it, whose
agenda fills itself; nothing typed is lost on the way (TRIP-1, TRIP-2, MEET-1).
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from core.qr import as_image
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import APPROVE, SUBMIT, card, sideways
from tests.browser.program import ROOT, set_clock
from tests.browser.stage import CUSTOMER, ON_TRIP, PASSWORD
from tests.cast import MATE, SHE, SUPERVISOR

STORY = "2026-11-02 09:30"  # a Monday; she leaves on the next day
STAGE = "--team"
REPORT = "余姚三家都见到了，泵站那家要两份报价。"
LAST_REPORT = "签了意向书，客户下周来厂里看货。"
SAID = "老板同意先发一台样机"
PROBLEM = "客户嫌我们的样本太旧，怎么答？"
PLAN = "上午回访泵站，下午写合同"
RECORD = "样本重印；样机下周一发出。"
DECISION = "联系印刷厂重印样本"


@pytest.fixture(scope="module")
def told(site: str) -> dict[str, str]:
    """What a chapter of the story leaves to the next."""
    return {}


def address_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def lost(page: Page, button: Locator) -> None:
    """Sends a form without a connection: the page is gone, and nothing has arrived."""
    page.context.set_offline(True)
    with (
        pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"),
        page.expect_navigation(),
    ):
        button.click()
    page.context.set_offline(False)


def drafts(page: Page) -> list[str]:
    """The names of what the browser keeps of what was typed."""
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((key) => /^(draft|form):/.test(key))"
    )
    return found


# The trip.


def test_she_applies_with_a_plan_for_each_day(open_page: OpenPage, told: dict[str, str]) -> None:
    her = open_page(SHE, view=PHONE)
    her.goto("/trips/new/")
    her.fill("#id_start_on", ON_TRIP[0])
    her.fill("#id_end_on", ON_TRIP[-1])
    expect(her.locator("section[data-trip-day]")).to_have_count(len(ON_TRIP))
    her.fill("#id_purpose", "余姚老客户回访")
    for day in ON_TRIP[:-1]:
        her.fill(f"[name='{day}-plan']", f"{day} 走访余姚")
    her.fill(f"[name='{ON_TRIP[0]}-customer_0']", CUSTOMER)
    her.check(f"[name='{ON_TRIP[0]}-phoned_0']")
    assert sideways(her) <= 0
    # The last day has no plan yet: it is asked for, and nothing is sent.
    her.click(".card-footer button[type=submit]")
    last = her.locator(f"[name='{ON_TRIP[-1]}-plan']")
    assert last.evaluate("it => it.validity.valueMissing")
    last.fill("收尾，返程")
    her.fill(f"[name='{ON_TRIP[-1]}-customer_0']", CUSTOMER)
    lost(her, her.locator(".card-footer button[type=submit]"))
    her.goto("/trips/new/")
    expect(last).to_have_value("收尾，返程")
    expect(her.locator(f"[name='{ON_TRIP[1]}-plan']")).to_have_value(f"{ON_TRIP[1]} 走访余姚")
    expect(her.locator(f"[name='{ON_TRIP[0]}-phoned_0']")).to_be_checked()
    with her.expect_navigation():
        her.click(".card-footer button[type=submit]")
    expect(her.locator(".badge.trip-pending")).to_be_visible()
    assert drafts(her) == []
    assert sideways(her) <= 0
    told["trip"] = address_of(her)


def test_it_is_approved_before_she_leaves(open_page: OpenPage, told: dict[str, str]) -> None:
    decider = open_page(SUPERVISOR)
    card(decider, "trips").locator(f'a[href="{told["trip"]}"]').click()
    expect(decider.locator("main")).to_contain_text("收尾，返程")
    expect(decider.locator("main")).to_contain_text(CUSTOMER)
    with decider.expect_navigation():
        decider.click(APPROVE)
    expect(decider.locator(".badge.trip-approved")).to_be_visible()
    assert card(decider, "trips").count() == 0


def test_what_she_types_outlasts_a_left_page_and_a_lost_connection(
    open_page: OpenPage, home: Path
) -> None:
    set_clock(home, f"{ON_TRIP[0]} 20:10")
    her = open_page(SHE, view=PHONE)
    with her.expect_navigation():
        card(her, "trip-report").locator(".desk-list a").first.click()
    day = address_of(her)
    assert ON_TRIP[0] in day
    text = her.locator("form[action$='/report/'] textarea")
    send = her.locator("form[action$='/report/'] button[type=submit]")
    text.fill(REPORT)
    her.goto("/")
    her.goto(day)
    expect(text).to_have_value(REPORT)
    lost(her, send)
    her.goto(day)
    expect(text).to_have_value(REPORT)
    with her.expect_navigation():
        send.click()
    expect(her.locator(".badge.report-in_time")).to_be_visible()
    expect(her.locator("main")).to_contain_text(REPORT)
    # Received, it is kept no longer.
    assert drafts(her) == []
    assert sideways(her) <= 0


def test_the_report_that_never_came_is_counted_and_costs_nothing(
    open_page: OpenPage, home: Path, told: dict[str, str]
) -> None:
    set_clock(home, f"{ON_TRIP[1]} 20:59")
    decider = open_page(SUPERVISOR)
    assert card(decider, "trips-missing").count() == 0
    set_clock(home, f"{ON_TRIP[2]} 16:00")
    missing = card(decider, "trips-missing").locator("a", has_text="吴伟")
    expect(missing).to_have_attribute("href", f"{told['trip']}{ON_TRIP[1]}/")
    decider.goto("/trips/board/")
    away = decider.locator("main tr", has_text="吴伟")
    expect(away).to_contain_text(CUSTOMER)
    expect(away.locator(".report-due")).to_be_visible()
    decider.goto("/trips/counts/2026-11/")
    counts = decider.locator("main tbody tr", has_text="吴伟").locator("td")
    # Due, in time, late, missing.
    assert [each.inner_text().strip() for each in counts.all()[-4:]] == ["2", "1", "0", "1"]
    # The regulation takes no money for it, and the days of the trip are days she was at work.
    her = open_page(SHE, view=PHONE)
    her.goto("/my-month/")
    expect(her.locator(".statement-head")).to_be_visible()
    expect(her.locator("details.line", has_text="−30.00")).to_have_count(0)
    for day in ("11月3日", "11月4日"):
        expect(her.locator("details.line", has_text=day)).to_have_count(0)


def test_the_supervisor_ticks_what_was_read(open_page: OpenPage, told: dict[str, str]) -> None:
    decider, her = open_page(SUPERVISOR), open_page(SHE, view=PHONE)
    her.goto(told["trip"])
    expect(her.locator("main")).to_contain_text("未读")
    card(decider, "trips-read").locator("a", has_text="吴伟").click()
    expect(decider.locator("main")).to_contain_text(REPORT)
    with decider.expect_navigation():
        decider.click("form[action$='/read/'] button")
    assert card(decider, "trips-read").count() == 0
    her.goto(told["trip"])
    expect(her.locator("main")).to_contain_text("施静军 已阅")


def test_on_the_last_day_she_records_whom_she_saw(
    open_page: OpenPage, told: dict[str, str]
) -> None:
    her = open_page(SHE, view=PHONE)
    her.goto(f"{told['trip']}{ON_TRIP[2]}/")
    visit = her.locator("form[action$='/visit/']")
    her.locator("details.clause", has=visit).locator("> summary").click()
    visit.locator("[name=customer]").fill(CUSTOMER)
    visit.locator("[name=at]").fill("14:20")
    visit.locator("[name=content]").fill(SAID)
    with her.expect_navigation():
        visit.locator("button[type=submit]").click()
    expect(her.locator(".trip-seen")).to_be_visible()
    her.fill("form[action$='/report/'] textarea", LAST_REPORT)
    with her.expect_navigation():
        her.click("form[action$='/report/'] button[type=submit]")
    expect(her.locator(".badge.report-in_time")).to_be_visible()
    assert drafts(her) == []


# The morning meeting.


def test_the_supervisor_plans_it_and_the_team_says_what_it_is_about(
    open_page: OpenPage, home: Path, told: dict[str, str]
) -> None:
    chair = open_page(SUPERVISOR)
    chair.goto("/meetings/new/")
    chair.select_option("#id_kind", "morning")
    chair.fill("#id_title", "周五早会")
    chair.fill("#id_on", "2026-11-06")
    chair.fill("#id_starts", "09:00")
    with chair.expect_navigation():
        chair.locator(SUBMIT).last.click()
    told["meeting"] = address_of(chair)

    set_clock(home, "2026-11-06 08:50")
    her, mate = open_page(SHE, view=PHONE), open_page(MATE, view=PHONE)
    her.goto("/meetings/day/")
    her.locator("form.card textarea").first.fill(PLAN)
    with her.expect_navigation():
        her.locator(SUBMIT).first.click()
    mate.goto("/meetings/day/")
    problem = mate.locator("form[action$='/problems/new/']")
    problem.locator("textarea").fill(PROBLEM)
    with mate.expect_navigation():
        problem.locator("button[type=submit]").click()
    expect(mate.locator("main")).to_contain_text(PROBLEM)
    assert sideways(mate) <= 0


def test_its_agenda_fills_itself(open_page: OpenPage, told: dict[str, str]) -> None:
    chair, mate = open_page(SUPERVISOR), open_page(MATE, view=PHONE)
    chair.goto(told["meeting"])
    for label, text in (
        ("昨日拜访", SAID),
        ("出差汇报", LAST_REPORT),
        ("学习日志问题", PROBLEM),
        ("今日计划", PLAN),
    ):
        expect(chair.locator("section.card", has_text=label).first).to_contain_text(text)
    # What was told two days ago is no news, and what is hers is not for her mate's eyes.
    expect(chair.locator("main")).not_to_contain_text(REPORT)
    card(mate, "meetings").locator(f'a[href="{told["meeting"]}"]').click()
    expect(mate.locator("main")).to_contain_text(PROBLEM)
    for text in (SAID, LAST_REPORT, PLAN):
        expect(mate.locator("main")).not_to_contain_text(text)
    assert sideways(mate) <= 0


def door_of(env: dict[str, str]) -> str:
    """Where the code of the one meeting leads."""
    code = "from reports.models import Meeting; print(Meeting.objects.get().door)"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return f"/meetings/door/{done.stdout.strip()}/"


def test_they_scan_the_code_or_are_ticked(
    open_page: OpenPage,
    home: Path,
    program: tuple[str, dict[str, str]],
    told: dict[str, str],
) -> None:
    site, env = program
    chair, door = open_page(SUPERVISOR), door_of(env)
    chair.goto(f"{told['meeting']}presence/")
    shown = chair.locator(".door-code img")
    expect(shown).to_have_attribute("src", as_image(site + door))
    # Whoever scans is asked who they are, and led on to the door.
    mate = open_page(view=PHONE)
    mate.goto(door)
    mate.fill("#id_username", MATE)
    mate.fill("#id_password", PASSWORD)
    with mate.expect_navigation():
        mate.locator(SUBMIT).first.click()
    expect(mate).to_have_url(re.compile(f"{door}$"))
    expect(mate.locator("main")).to_contain_text("周五早会")
    assert sideways(mate) <= 0
    come_in(mate, "出席")
    # Five minutes after it began one is late.
    set_clock(home, "2026-11-06 09:06")
    her = open_page(SHE, view=PHONE)
    her.goto(door)
    come_in(her, "迟到")

    # The chair's page looks by itself who came meanwhile.
    here = chair.locator("#here li")
    expect(here.filter(has_text="吴伟")).to_contain_text("迟到", timeout=20_000)
    expect(here.filter(has_text="韩娜")).to_contain_text("出席")
    expect(chair.locator("#here .total-figure")).to_contain_text("应到 3 人，已到 2 人")
    chair.locator("details.clause > summary", has_text="点名").click()
    chair.get_by_label("施静军", exact=True).select_option("present")
    with chair.expect_navigation():
        chair.locator("details.clause button[type=submit]").click()
    expect(chair.locator("#here .total-figure")).to_contain_text("应到 3 人，已到 3 人")


def come_in(page: Page, state: str) -> None:
    with page.expect_navigation():
        page.locator(SUBMIT, has_text="我到了").click()
    expect(page.locator("main .badge.state")).to_have_text(state)
    expect(page.locator(SUBMIT, has_text="我到了")).to_have_count(0)


def test_minutes_outlast_a_lost_connection(open_page: OpenPage, told: dict[str, str]) -> None:
    chair = open_page(SUPERVISOR)
    minutes = f"{told['meeting']}minutes/"
    text = chair.locator("#id_record")
    save = chair.locator("form", has=text).locator("button[type=submit]")
    chair.goto(minutes)
    text.fill(RECORD)
    chair.goto("/")
    chair.goto(minutes)
    expect(text).to_have_value(RECORD)
    lost(chair, save)
    chair.goto(minutes)
    expect(text).to_have_value(RECORD)
    with chair.expect_navigation():
        save.click()
    expect(text).to_have_value(RECORD)
    assert drafts(chair) == []


def test_what_is_decided_stands_on_her_desk_until_she_has_done_it(
    open_page: OpenPage, told: dict[str, str]
) -> None:
    chair, her = open_page(SUPERVISOR), open_page(SHE, view=PHONE)
    minutes = f"{told['meeting']}minutes/"
    chair.goto(minutes)
    new = chair.locator("form[action$='/decisions/']")
    chair.locator("details.clause", has=new).locator("> summary").click()
    new.locator("textarea").fill(DECISION)
    new.locator("select[name=owner]").select_option(label="Y001 吴伟")
    new.locator("[name=due_on]").fill("2026-11-09")
    with chair.expect_navigation():
        new.locator("button[type=submit]").click()
    with chair.expect_navigation():
        chair.click("form[action$='/close/'] button")
    expect(chair.locator(".badge.meet-held")).to_be_visible()

    assert card(open_page(MATE), "decisions").count() == 0
    todo = card(her, "decisions")
    expect(todo).to_contain_text("周五早会")
    todo.locator("a", has_text=DECISION).click()
    her.fill("#id_note", "已下单，周四送到")
    assert sideways(her) <= 0
    with her.expect_navigation():
        her.locator(SUBMIT, has_text="完成").click()
    expect(her.locator(".badge.meet-done")).to_be_visible()
    assert card(her, "decisions").count() == 0

    chair.goto(minutes)
    expect(chair.locator("main")).to_contain_text("已下单，周四送到")
    # Held, the meeting stands as it was, with what it talked about.
    her.goto(told["meeting"])
    expect(her.locator("main")).to_contain_text(LAST_REPORT)

"""The weekly report: opens filled in, is kept, handed in, returned and accepted (REP-1)."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from customers.models import Customer, Visit
from notices.models import Notice
from policy.models import CalendarDay
from reports.models import WeeklyComment, WeeklyPlanLine, WeeklyReport
from reports.reads.weekly import on_time_counts
from reports.reads.weekly_facts import facts_of
from reports.reminders import weekly_due
from reports.services import (
    ChangedMeanwhile,
    ReportsRefused,
    Ticked,
    WeeklyText,
    weekly_accept,
    weekly_comment,
    weekly_hand_in,
    weekly_return,
    weekly_save,
)
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
WEEK = date(2026, 10, 26)  # people stand on Monday, 2 November 2026, 09:00
NEXT = date(2026, 11, 2)
WRITE = reverse("weekly_write", args=[WEEK])
DRAFT = reverse("weekly_draft", args=[WEEK])
SAID = WeeklyText(summary="拜访八家\n签了一单", problems="压价", plan="去北仑\n见陈总")
PAGE = UUID(int=1)


def save(text: WeeklyText = SAID, *, seen: int = -1, page: UUID = PAGE, week: date = WEEK):
    return weekly_save(person=user(SHE).person, monday=week, text=text, seen=seen, token=page)


def hand_in(
    text: WeeklyText = SAID, *, who: str = SHE, seen: int = -1, page: UUID = PAGE, week: date = WEEK
) -> WeeklyReport:
    person = user(who).person
    said = {"person": person, "monday": week, "text": text, "seen": seen, "token": page}
    return weekly_hand_in(**said, actor=user(who))


def counts(first: date = date(2026, 11, 1), last: date = date(2026, 11, 30)):
    found = on_time_counts(first=first, last=last, people=Person.objects.all())
    return {Person.objects.get(pk=pk).employee_no: pair for pk, pair in found.items()}


def typed(**said) -> dict[str, object]:
    usual = {
        "version": -1,
        "token": str(PAGE),
        "summary": "拜访八家",
        "problems": "",
        "plan": "去北仑",
    }
    return usual | said


def test_a_draft_is_kept_for_its_page_and_told_to_another(people):
    assert save().version == 1
    assert save(WeeklyText(summary="更多"), page=PAGE).summary == "更多"  # same page, older version
    with pytest.raises(ChangedMeanwhile):
        save(WeeklyText(summary="另一页"), page=uuid4())
    assert save(WeeklyText(summary="另一页"), seen=2, page=uuid4()).version == 3
    assert WeeklyReport.objects.get().handed_in_at is None


@pytest.mark.parametrize("week", [date(2026, 10, 27), date(2026, 11, 9), date(2023, 12, 18)])
def test_there_is_no_report_on_what_is_no_week_of_theirs(people, week):
    with pytest.raises(ReportsRefused):
        save(week=week)
    assert client_of(SHE).get(reverse("weekly_write", args=[week])).status_code == 404


def test_the_lines_of_the_plan_keep_their_ticks(people):
    hand_in()
    line = WeeklyPlanLine.objects.get(text="见陈总")
    ticks = {line.pk: Ticked(True, "谈成")}
    save(WeeklyText(summary="本周", ticks=ticks), week=NEXT)
    report = weekly_return(
        report=WeeklyReport.objects.get(monday=WEEK), reason="补充", actor=user(SUPERVISOR)
    )
    hand_in(WeeklyText("总结", "", "见陈总\n回款"), seen=report.version, page=uuid4())
    lines = list(WeeklyPlanLine.objects.filter(report__monday=WEEK))
    assert [(each.text, each.done, each.note) for each in lines] == [
        ("见陈总", True, "谈成"),
        ("回款", False, ""),
    ]


def test_nobody_ticks_anothers_plan(people):
    hand_in(who=MATE)
    line = WeeklyPlanLine.objects.first()
    save(WeeklyText(summary="x", ticks={line.pk: Ticked(True)}), week=NEXT)
    assert not WeeklyPlanLine.objects.filter(done=True).exists()


def test_handed_in_once_with_its_figures_and_the_first_hour_counts(people):
    first = hand_in()
    assert first.state == "handed_in"
    assert first.handed_in_at == clock.now()
    assert {fact["key"] for fact in first.facts} >= {"visits", "money", "slips", "complaints"}
    assert hand_in().pk == first.pk  # the same page sent twice
    assert WeeklyReport.objects.get().version == first.version
    with pytest.raises(ReportsRefused):
        save(seen=first.version)
    returned = weekly_return(report=first, reason="写得太少", actor=user(SUPERVISOR))
    with clock.set_to(at("2026-11-04 09:00")):
        again = hand_in(seen=returned.version, page=uuid4())
        assert again.handed_in_at == first.handed_in_at
        assert weekly_accept(report=again, answer="好", actor=user(SUPERVISOR)).state == "accepted"
    assert counts()[SHE] == (5, 1)


def told(no: str) -> list[tuple[str, dict[str, str]]]:
    rows = Notice.objects.filter(person__employee_no=no, url__contains="/weekly/")
    return list(rows.order_by("pk").values_list("text", "values"))


def test_whoever_decides_hears_of_each_hand_in_once_and_nothing_of_what_it_says(people):
    waits = ("A weekly report waits to be read", {})
    first = hand_in()
    hand_in()  # the same page sent twice
    assert told(SUPERVISOR) == [waits]
    assert told(MANAGER) == told(SHE) == []
    returned = weekly_return(report=first, reason="写得太少", actor=user(SUPERVISOR))
    hand_in(seen=returned.version, page=uuid4())
    assert told(SUPERVISOR) == [waits, waits]


def test_where_nobody_leads_them_the_manager_hears_of_it(people):
    Person.objects.filter(employee_no=SHE).update(supervisor=None)
    hand_in()
    assert told(MANAGER) == [("A weekly report waits to be read", {})]
    assert told(SUPERVISOR) == []


@pytest.mark.parametrize("text", [WeeklyText(plan="x"), WeeklyText(summary="x", plan=" - \n")])
def test_summary_and_plan_are_needed(people, text):
    with pytest.raises(ReportsRefused):
        hand_in(text)
    assert not WeeklyReport.objects.exists()


def test_a_week_is_handed_in_from_its_last_workday_on(people):
    with pytest.raises(ReportsRefused):
        hand_in(week=NEXT)
    with clock.set_to(at("2026-11-06 08:00")):
        assert hand_in(week=NEXT).state == "handed_in"


def test_only_who_leads_decides_and_never_on_their_own(people):
    report = hand_in()
    address = reverse("weekly_decide", args=[report.pk])
    said = {"version": report.version, "answer": "好", "do": "accept"}
    assert client_of(SHE).post(address, said).status_code == 403
    assert client_of(MATE).post(address, said).status_code == 404
    stale = client_of(SUPERVISOR).post(address, {**said, "version": 0}, follow=True)
    assert "changed meanwhile" in stale.text
    client_of(SUPERVISOR).post(address, {**said, "answer": "", "do": "return"})
    assert WeeklyReport.objects.get().state == "handed_in"  # no reason, not returned
    assert client_of(MANAGER).post(address, said).status_code == 302
    assert WeeklyReport.objects.get().state == "accepted"
    assert client_of(SUPERVISOR).post(address, said).status_code == 403  # it is decided
    assert Notice.objects.filter(person__employee_no=SHE, key__startswith="weekly/").count() == 1


def test_comments_by_line_go_to_both_sides(people):
    report = hand_in()
    token = uuid4()
    for _n in range(2):
        weekly_comment(
            report=report,
            part="summary",
            line="签了一单",
            text="哪一单？",
            token=token,
            actor=user(SUPERVISOR),
        )
    with pytest.raises(ChangedMeanwhile):
        weekly_comment(
            report=report,
            part="summary",
            line="没有",
            text="x",
            token=uuid4(),
            actor=user(SUPERVISOR),
        )
    page = client_of(SHE).get(reverse("weekly_report", args=[report.pk])).text
    assert page.count('<p class="talk-text">哪一单？</p>') == 1
    sent = {"token": str(uuid4()), "part": "facts", "line": "visits", "text": "上门的"}
    new = reverse("weekly_comment_new", args=[report.pk])
    assert client_of(SHE).post(new, sent).status_code == 302
    assert client_of(STRANGER).post(new, sent).status_code == 404
    assert WeeklyComment.objects.count() == 2
    told = Notice.objects.filter(key__contains="/comment/").values_list("person__employee_no")
    assert sorted(no for (no,) in told) == [SHE, SUPERVISOR]


@pytest.mark.parametrize(
    ("who", "sees"),
    [(SHE, True), (SUPERVISOR, True), (MANAGER, True), (LEADER, True), (MATE, False)],
)
def test_a_draft_is_ones_own_and_a_report_for_those_above(people, who, sees):
    save()
    mine = who == SHE
    browser = client_of(who)
    address = reverse("weekly_report", args=[WeeklyReport.objects.get().pk])
    assert browser.get(address).status_code == (302 if mine else 404)
    assert ("签了一单" in browser.get(WRITE).text) is mine
    hand_in()
    assert browser.get(address).status_code == (200 if sees else 404)
    assert ("拜访八家" in browser.get(reverse("weekly_reports")).text) is sees
    assert client_of(FINANCE).get(reverse("weekly_reports")).status_code == 403


def test_the_page_opens_filled_in_and_saves_itself(people):
    her = people[SHE]
    customer = Customer.objects.create(
        customer_no="K9", name="宏远", owner=her, created_on=date(2026, 10, 27)
    )
    Visit.objects.create(person=her, customer=customer, at=at("2026-10-27 10:00"), kind="first")
    Visit.objects.create(person=her, customer=customer, at=at("2026-10-28 10:00"), kind="telephone")
    browser = client_of(SHE)
    assert browser.get(reverse("weekly_mine")).headers["Location"] == WRITE
    page = browser.get(WRITE).text
    assert "1 of them by telephone" in page
    assert reverse("customer", args=["K9"]) in page
    assert "kept at" in browser.post(DRAFT, typed(), headers={"HX-Request": "true"}).text
    other = typed(token=str(uuid4()), summary="另一页")
    told = browser.post(DRAFT, other, headers={"HX-Request": "true"}).text
    assert "changed meanwhile" in told
    assert "拜访八家" in told  # what stands
    stale = browser.post(WRITE, other | {"do": "hand_in"})
    assert stale.status_code == 400
    assert "另一页" in stale.text
    version = WeeklyReport.objects.get().version
    sent = browser.post(WRITE, other | {"version": version, "do": "hand_in"})
    assert sent.status_code == 302
    report = WeeklyReport.objects.get()
    assert (report.summary, report.state) == ("另一页", "handed_in")
    Visit.objects.all().delete()
    after = browser.get(reverse("weekly_report", args=[report.pk])).text
    assert "1 of them by telephone" in after  # what was known when it was handed in
    assert f'data-kept-sent="{report.token}"' in after


def test_facts_are_read_in_a_constant_number_of_queries(people, django_assert_max_num_queries):
    her = people[SHE]

    def visit(n: int) -> None:
        customer = Customer.objects.create(
            customer_no=f"K{n}", name="客户", owner=her, created_on=WEEK
        )
        Visit.objects.create(person=her, customer=customer, at=at("2026-10-27 10:00"), kind="first")

    for n in range(30):
        visit(n)
    with django_assert_max_num_queries(14):
        facts = {fact.key: fact.value for fact in facts_of(her, WEEK)}
    assert (facts["visits"], facts["points"], facts["customers"]) == ("30", "30", "30")


def late_at(when: str, who: str, week: date = WEEK) -> None:
    with clock.set_to(at(when)):
        hand_in(who=who, week=week, page=uuid4())


def test_on_time_counts_by_the_due_day_and_the_calendar(people, django_assert_num_queries):
    hand_in()
    late_at("2026-11-03 00:00", MATE)  # 24:00 sharp is in time
    late_at("2026-11-03 00:01", STRANGER)
    day = date(2026, 11, 2)
    with django_assert_num_queries(3):
        on_time_counts(first=day, last=day, people=Person.objects.all())
    assert counts(day, day) == {SHE: (1, 1), MATE: (1, 1), STRANGER: (1, 0)}
    assert counts(date(2026, 10, 26), date(2026, 11, 1))[SHE] == (1, 0)  # due the week before
    Person.objects.filter(employee_no=MATE).update(left_on=date(2026, 10, 31))
    Person.objects.filter(employee_no=SHE).update(hired_on=date(2026, 10, 27))
    assert counts(day, day) == {STRANGER: (1, 0)}


def test_a_day_freed_since_helps_and_one_taken_back_harms_nobody(people):
    late_at("2026-11-03 10:00", SHE)
    day = date(2026, 11, 2)
    assert counts(day, day)[SHE] == (1, 0)
    CalendarDay.objects.create(date=day, is_workday=False, note="台风")
    assert counts(date(2026, 11, 3), date(2026, 11, 3))[SHE] == (1, 1)


def test_the_board_says_who_is_late_who_missing_and_the_digest_what_they_wrote(people):
    hand_in()
    late_at("2026-11-03 11:30", MATE)
    board = reverse("weekly_board_of", args=[WEEK])
    with clock.set_to(at("2026-11-05 09:00")):
        page = client_of(MANAGER).get(board).text
        assert "11 hours" in page
        assert "2 days" in page  # STRANGER has not handed in
        hers = client_of(SUPERVISOR).get(board).text
        assert people[STRANGER].name not in hers
        late = client_of(MANAGER).get(board + "?standing=late").text
        assert people[MATE].name in late
        assert people[SHE].name not in late
        file = client_of(MANAGER).get(board + "?export=csv")
        assert people[SHE].name in b"".join(file).decode("utf-8-sig")
        digest = client_of(MANAGER).get(reverse("weekly_digest_of", args=[WEEK])).text
        assert "2 of 2 handed in, 1 of them late" in digest
        assert "0 of 1 handed in" in digest
        assert "压价" in digest
    assert client_of(SHE).get(board).status_code == 403


def test_waiting_before_it_is_due_and_missing_after(people):
    board = reverse("weekly_board_of", args=[WEEK])
    assert "not yet handed in" in client_of(MANAGER).get(board).text
    with clock.set_to(at("2026-11-03 00:00:01")):
        assert "not yet handed in" not in client_of(MANAGER).get(board).text


def said_at(when: str) -> list[tuple[str, str]]:
    now: datetime = at(when)
    with clock.set_to(now):
        due = [each for each in weekly_due(now) if each.is_to_be_said(now)]
    return sorted((each.person.employee_no, each.key[-2:]) for each in due)


def test_reminded_in_the_morning_and_in_the_evening_of_the_day(people):
    hand_in(who=MATE)
    assert said_at("2026-11-02 08:59") == []
    assert said_at("2026-11-02 09:00") == [(SHE, "09"), (STRANGER, "09")]
    assert said_at("2026-11-02 17:30") == [(SHE, "17"), (STRANGER, "17")]
    assert said_at("2026-11-03 09:00") == []


def test_on_the_desks_of_who_writes_and_of_who_reads(people):
    assert "Hand in the weekly report" in client_of(SHE).get("/").text
    report = hand_in()
    assert "Hand in the weekly report" not in client_of(SHE).get("/").text
    assert "Weekly reports to read" in client_of(SUPERVISOR).get("/").text
    weekly_return(report=report, reason="补充", actor=user(SUPERVISOR))
    assert "Returned: write it again" in client_of(SHE).get("/").text
    assert "Weekly reports to read" not in client_of(SUPERVISOR).get("/").text


def test_found_in_the_search_box_by_whoever_may_read_it(people):
    hand_in()
    assert "拜访" not in client_of(MATE).get("/search/?q=签了一单").text.replace("签了一单", "")
    assert "吴伟 · " in client_of(SUPERVISOR).get("/search/?q=签了一单").text


@pytest.mark.parametrize("field", ["summary", "problems", "plan"])
@pytest.mark.parametrize("text", ["\0", "长" * 8001])
def test_bad_input_is_told_and_keeps_nothing(people, field, text):
    browser = client_of(SHE)
    assert browser.post(WRITE, typed(**{field: text})).status_code == 400
    assert browser.post(DRAFT, typed(**{field: text})).status_code == 200
    assert browser.post(WRITE, typed(token="x")).status_code == 400
    assert not WeeklyReport.objects.exists()


def test_too_many_lines_are_refused(people):
    with pytest.raises(ReportsRefused):
        save(WeeklyText(summary="x", plan="\n".join(str(n) for n in range(41))))


def test_weeks_that_are_none_are_not_there(people):
    for name in ("weekly_board_of", "weekly_digest_of"):
        for day in (WEEK + timedelta(days=1), date(2026, 11, 9)):
            assert client_of(MANAGER).get(reverse(name, args=[day])).status_code == 404

"""A meeting from its plan to its minutes: agenda, who came, what was decided (MEET-1, MEET-2)."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import Leave, Outing, TripReport
from core import clock
from core.models import AuditRow
from notices.models import Notice
from reports.models import AgendaItem, DayPlan, Learning, Meeting, MeetingDecision, Presence
from reports.reads.agenda import agenda_of
from reports.reminders import decisions_due, decisions_overdue
from reports.services import (
    ChangedMeanwhile,
    ReportsRefused,
    decision_add,
    decision_change,
    decision_done,
    meeting_call_off,
    meeting_change,
    meeting_close,
    meeting_plan,
    minutes_write,
    point_add,
    praise_give,
    praise_take_back,
    presence_scan,
    presences_tick,
)
from reports.tests.conftest import OTHER_TEAM, meeting_facts, user
from tests.builders import at, customer, visit
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 6)


def told(no: str, about: str) -> int:
    return Notice.objects.filter(person__employee_no=no, key__startswith=about).count()


def scan(meeting, no: str) -> Presence:
    who = user(no)
    return presence_scan(meeting=meeting, person=who.person, actor=who)


def states(meeting) -> dict[str, str]:
    rows = meeting.presences.select_related("person")
    return {row.person.employee_no: row.state for row in rows}


def seen_by(meeting, no: str) -> dict[str, list[str]]:
    """The agenda as somebody reads it: by sort, the sources."""
    found: dict[str, list[str]] = {}
    for _label, items in agenda_of(meeting, user(no)):
        for item in items:
            found.setdefault(item.sort, []).append(item.name)
    return found


def decide(meeting, owner, **said) -> MeetingDecision:
    usual = {"text": "拜访海曙区客户", "due_on": DUE, "token": uuid4(), "actor": user(SUPERVISOR)}
    return decision_add(meeting=meeting, owner=owner, **usual | said)


# Planned, changed, called off.


def test_planned_once_and_its_people_are_told(people):
    token = uuid4()
    for _n in range(2):
        meeting_plan(facts=meeting_facts(), token=token, actor=user(MANAGER))
    (row,) = Meeting.objects.all()
    assert row.on == date(2026, 11, 2)
    assert [told(no, "meeting/") for no in (SHE, MATE, SUPERVISOR, STRANGER, FINANCE)] == [
        1, 1, 1, 0, 0,
    ]  # fmt: skip


def test_a_meeting_of_all_calls_the_department(meeting):
    meeting(team="")
    called = [told(no, "meeting/") for no in (SHE, STRANGER, SUPERVISOR, FINANCE, PERSONNEL)]
    assert called == [1, 1, 1, 0, 0]


def test_changed_as_it_was_seen_and_called_off_with_the_reason(meeting):
    row = meeting()
    moved = meeting_facts("2026-11-03 10:00", title="季度会")
    changed = meeting_change(meeting=row, facts=moved, actor=user(MANAGER))
    assert (changed.on, changed.title, changed.version) == (date(2026, 11, 3), "季度会", 1)
    assert told(SHE, "meeting/") == 2
    with pytest.raises(ChangedMeanwhile):
        meeting_change(meeting=row, facts=moved, actor=user(MANAGER))
    with pytest.raises(ReportsRefused):
        meeting_call_off(meeting=changed, reason=" ", actor=user(MANAGER))
    gone = meeting_call_off(meeting=changed, reason="都去展会", actor=user(MANAGER))
    assert gone.state == "called_off"
    with pytest.raises(ChangedMeanwhile):
        meeting_call_off(meeting=gone, reason="再来", actor=user(MANAGER))
    with pytest.raises(ReportsRefused):
        scan(gone, SHE)


def test_one_of_a_series_stays_on_its_day(series):
    series()
    row = Meeting.objects.order_by("on")[0]
    with pytest.raises(ReportsRefused):
        meeting_change(meeting=row, facts=meeting_facts("2026-11-04 10:00"), actor=None)
    meeting_change(meeting=row, facts=meeting_facts("2026-11-03 10:00"), actor=None)
    assert Meeting.objects.get(pk=row.pk).starts_at == at("2026-11-03 10:00")


def test_nothing_is_planned_for_an_hour_that_has_passed(people):
    with pytest.raises(ReportsRefused):
        meeting_plan(facts=meeting_facts("2026-11-02 08:59"), token=uuid4(), actor=None)


# Who came.


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("2026-11-02 08:54:59", None),
        ("2026-11-02 08:55", "present"),
        ("2026-11-02 09:15", "present"),
        ("2026-11-02 09:15:01", "late"),
        ("2026-11-02 23:59", "late"),
        ("2026-11-03 00:00", None),
    ],
)
def test_by_code_from_a_quarter_before_until_its_day_is_over(meeting, when, state):
    row = meeting()
    with clock.set_to(at(when)):
        if state is None:
            with pytest.raises(ReportsRefused):
                scan(row, SHE)
        else:
            assert scan(row, SHE).state == state


def test_a_second_scan_does_no_harm_nor_does_one_after_the_end(meeting):
    row = meeting()
    first = scan(row, SHE)
    with clock.set_to(at("2026-11-02 09:40")):
        assert scan(row, SHE).at == first.at
        meeting_close(meeting=row, actor=user(SUPERVISOR))
        assert scan(row, SHE).state == "present"
        with pytest.raises(ReportsRefused):
            scan(row, STRANGER)
    assert Presence.objects.filter(person__employee_no=SHE).count() == 1


def test_who_is_away_is_excused_by_itself_and_who_is_missing_is_absent(meeting, people):
    row = meeting(team="")
    day = {"start_on": row.on, "end_on": row.on, "status": "approved"}
    Leave.objects.create(
        person=people[MATE], type="personal", start_half="am", end_half="pm", **day
    )
    Outing.objects.create(
        person=people[STRANGER],
        start_at=at("2026-11-02 08:30"),
        end_at=at("2026-11-02 12:00"),
        status="approved",
    )
    # One begins as the meeting ends, at half past nine.
    Outing.objects.create(
        person=people[OTHER_SUPERVISOR],
        start_at=at("2026-11-02 09:30"),
        end_at=at("2026-11-02 12:00"),
        status="approved",
    )
    scan(row, SHE)
    page = client_of(SUPERVISOR).get(reverse("meeting_presence", args=[row.pk])).text
    assert "on leave" in page
    assert "at a customer" in page
    meeting_close(meeting=row, actor=user(MANAGER))
    assert states(row) == {
        SHE: "present", MATE: "excused", STRANGER: "excused", SUPERVISOR: "absent",
        OTHER_SUPERVISOR: "absent", MANAGER: "absent",
    }  # fmt: skip


def test_ticked_by_hand_with_an_audit_row(meeting, people):
    row = meeting()
    ticked = {people[SHE].pk: "late", people[MATE].pk: ""}
    assert presences_tick(meeting=row, states=ticked, actor=user(SUPERVISOR)) == 1
    assert presences_tick(meeting=row, states=ticked, actor=user(SUPERVISOR)) == 0
    assert AuditRow.objects.get(action="presence ticked").changes == {SHE: [None, "late"]}
    with clock.set_to(at("2026-11-02 08:00")), pytest.raises(ReportsRefused):
        presences_tick(meeting=row, states=ticked, actor=user(SUPERVISOR))


def test_who_scans_while_somebody_ticks_is_not_ticked_back(meeting, people):
    row = meeting()
    absent = {people[SHE].pk: "absent"}
    presences_tick(meeting=row, states=absent, actor=user(SUPERVISOR))
    client, address = client_of(SUPERVISOR), reverse("meeting_presence", args=[row.pk])
    shown = re.findall(
        r'<(?:input|select)[^>]* name="((?:initial-)?who_\d+)"', client.get(address).text
    )
    of_hers, of_mates = (f"who_{people[no].pk}" for no in (SHE, MATE))
    assert {of_hers, f"initial-{of_hers}"} <= set(shown)
    scan(row, SHE)
    # As the page was before she came in: she is absent there still.
    form = {of_hers: "absent", f"initial-{of_hers}": "absent", of_mates: "present"}
    assert client.post(address, form).status_code == 302
    assert states(row) == {SHE: "present", MATE: "present"}
    # Seen, she can be ticked otherwise.
    client.post(address, {of_hers: "late", f"initial-{of_hers}": "present"})
    assert states(row) == {SHE: "late", MATE: "present"}


def test_the_door_opens_for_the_team_and_no_stranger(meeting):
    row = meeting()
    address = reverse("meeting_door", args=[row.door])
    page = client_of(SHE).get(address)
    assert "I am here" in page.text
    assert states(row) == {}
    for _n in range(2):
        assert "present" in client_of(SHE).post(address).text
    assert client_of(STRANGER).post(address).status_code == 404
    assert client_of(FINANCE).post(address).status_code == 404
    assert states(row) == {SHE: "present"}
    with clock.set_to(at("2026-11-03 09:00")):
        assert "over" in client_of(MATE).post(address).text


def test_the_code_stands_on_the_chairs_screen_alone(meeting):
    row = meeting()
    address = reverse("meeting_presence", args=[row.pk])
    assert "data:image/svg" in client_of(SUPERVISOR).get(address).text
    assert "data:image/svg" not in client_of(SHE).get(address).text
    fragment = client_of(SUPERVISOR).get(address, headers={"hx-request": "true"}).text
    assert "0 of 3 are here" in fragment
    assert "<html" not in fragment


# The agenda.


@pytest.fixture
def facts(people, meeting):
    """What happened since the morning meeting of the day before."""
    place = customer("K1")
    visit(people[SHE], place, "2026-10-30 14:00")
    visit(people[SHE], place, "2026-10-29 14:00")  # before the workday before
    visit(people[STRANGER], place, "2026-10-30 15:00")
    TripReport.objects.create(
        person=people[MATE],
        date=date(2026, 10, 30),
        reported_at=at("2026-10-30 20:00"),
        text="谈成",
    )
    Learning.objects.create(person=people[SHE], text="客户压价")
    Learning.objects.create(person=people[STRANGER], text="别组的问题")
    DayPlan.objects.create(person=people[MATE], date=date(2026, 11, 2), text="去北仑")
    DayPlan.objects.create(person=people[MATE], date=date(2026, 11, 1), text="昨天的")
    return meeting()


HERS, MATES = "吴伟", "韩娜"
ALL = {"visit": [HERS], "trip": [MATES], "problem": [HERS], "plan": [MATES]}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (SUPERVISOR, ALL),
        (MANAGER, ALL),
        (LEADER, ALL),
        (SHE, {"visit": [HERS], "problem": [HERS]}),
        (MATE, {"trip": [MATES], "plan": [MATES]}),
        (PERSONNEL, {}),
    ],
)
def test_it_fills_itself_for_each_reader_with_what_they_may_see(facts, who, sees):
    assert seen_by(facts, who) == sees
    meeting_close(meeting=facts, actor=user(SUPERVISOR))
    assert seen_by(Meeting.objects.get(), who) == sees


def test_once_closed_it_stands_as_it_was(facts, people):
    meeting_close(meeting=facts, actor=user(SUPERVISOR))
    assert AgendaItem.objects.count() == 4
    assert {row.source.partition("/")[0] for row in AgendaItem.objects.all()} == set(ALL)
    visit(people[SHE], customer("K2"), "2026-10-30 16:00")
    Learning.objects.update(text="改了")
    kept = Meeting.objects.get()
    assert seen_by(kept, MANAGER) == ALL
    assert "客户压价" in client_of(SUPERVISOR).get(reverse("meeting", args=[kept.pk])).text
    with pytest.raises(ChangedMeanwhile):
        meeting_close(meeting=facts, actor=user(SUPERVISOR))
    assert AgendaItem.objects.count() == 4


def test_it_looks_back_to_the_last_meeting_that_was_not_called_off(people, meeting):
    visit(people[SHE], customer("K1"), "2026-10-28 14:00")
    with clock.set_to(at("2026-10-28 08:00")):
        meeting("2026-10-28 08:30")
        off = meeting("2026-10-30 08:30")
    assert "visit" not in seen_by(meeting(), MANAGER)
    meeting_call_off(meeting=off, reason="展会", actor=user(MANAGER))
    assert seen_by(Meeting.objects.get(on=date(2026, 11, 2)), MANAGER)["visit"] == [HERS]


def test_open_decisions_come_back_until_they_are_done(people, meeting):
    first = meeting()
    made = decide(first, people[SHE])
    with clock.set_to(at("2026-11-03 08:30")):
        nxt = meeting("2026-11-03 09:00")
        assert seen_by(nxt, MATE) == {"decision": [HERS]}
        decision_done(decision=made, note="去了", actor=user(SHE))
        assert seen_by(nxt, MATE) == {}


def test_a_point_by_hand_once_while_it_is_planned(meeting):
    row, token = meeting(), uuid4()
    for _n in range(2):
        point_add(meeting=row, text="新样机", token=token, actor=user(SUPERVISOR))
    assert AgendaItem.objects.count() == 1
    assert "新样机" in client_of(SHE).get(reverse("meeting", args=[row.pk])).text
    meeting_close(meeting=row, actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile):
        point_add(meeting=row, text="晚了", token=uuid4(), actor=user(SUPERVISOR))


# Minutes and decisions.


def test_minutes_are_written_as_they_were_seen(meeting):
    row = meeting()
    written = minutes_write(meeting=row, record="讨论价格", actor=user(SUPERVISOR))
    assert (written.record, written.version) == ("讨论价格", 1)
    with pytest.raises(ChangedMeanwhile):
        minutes_write(meeting=row, record="覆盖", actor=user(MANAGER))
    with clock.set_to(at("2026-11-02 08:00")), pytest.raises(ReportsRefused):
        minutes_write(meeting=written, record="太早", actor=user(MANAGER))


def test_who_saves_second_keeps_what_was_typed(meeting):
    row = meeting()
    address = reverse("meeting_minutes", args=[row.pk])
    assert 'data-draft="minutes-' in client_of(SUPERVISOR).get(address).text
    client_of(SUPERVISOR).post(address, {"version": 0, "record": "第一稿"})
    second = client_of(MANAGER).post(address, {"version": 0, "record": "第二稿"})
    assert second.status_code == 400
    assert "第二稿" in second.text
    assert Meeting.objects.get().record == "第一稿"
    done = client_of(SUPERVISOR).get(address).text
    assert f'data-draft-done="minutes-{row.pk}-0"' in done


def test_a_held_meeting_is_corrected_by_the_manager_alone_with_an_audit_row(meeting):
    row = meeting()
    meeting_close(meeting=row, actor=user(SUPERVISOR))
    address = reverse("meeting_minutes", args=[row.pk])
    sent = {"version": 1, "record": "更正"}
    assert client_of(SUPERVISOR).post(address, sent).status_code == 403
    assert client_of(LEADER).post(address, sent).status_code == 403
    assert client_of(MANAGER).post(address, sent).status_code == 302
    trail = AuditRow.objects.get(action="minutes written")
    assert trail.changes["record"] == ["", "更正"]
    ticked = {f"who_{user(SHE).person_id}": "present"}
    door = reverse("meeting_presence", args=[row.pk])
    assert client_of(SUPERVISOR).post(door, ticked).status_code == 403
    assert client_of(MANAGER).post(door, ticked).status_code == 302
    assert states(row)[SHE] == "present"


def test_a_decision_is_told_done_with_a_note_and_told_to_the_chair(meeting, people):
    row = meeting(chair=people[SUPERVISOR])
    made = decide(row, people[SHE])
    assert told(SHE, "decision/") == 1
    assert "拜访海曙区客户" in client_of(SHE).get("/").text
    assert "拜访海曙区客户" not in client_of(MATE).get("/").text
    with pytest.raises(ReportsRefused):
        decision_done(decision=made, note=" ", actor=user(SHE))
    address = reverse("decision", args=[made.pk])
    assert client_of(MATE).post(address, {"version": 0, "note": "我"}).status_code == 403
    assert client_of(STRANGER).get(address).status_code == 404
    assert client_of(SHE).post(address, {"version": 0, "note": "签了"}).status_code == 302
    assert MeetingDecision.objects.get().done_note == "签了"
    assert told(SUPERVISOR, "decision/") == 1
    with pytest.raises(ChangedMeanwhile):
        decision_done(decision=made, note="再做", actor=user(SHE))


def test_another_owner_is_told_too(meeting, people):
    made = decide(meeting(), people[SHE])
    decision_change(
        decision=made, text=made.text, owner=people[MATE], due_on=DUE, actor=user(MANAGER)
    )
    assert told(MATE, "decision/") == 1


def test_reminded_on_the_morning_and_the_chair_when_it_is_overdue(meeting, people):
    decide(meeting(chair=people[SUPERVISOR]), people[SHE])
    decide(meeting("2026-11-02 09:15"), people[MATE])
    said = {}
    for when in ("2026-11-05 09:00", "2026-11-06 07:59", "2026-11-06 08:00", "2026-11-07 08:00"):
        now = at(when)
        with clock.set_to(now):
            due = [r.person.employee_no for r in decisions_due(now) if r.is_to_be_said(now)]
            late = [r.person.employee_no for r in decisions_overdue(now) if r.is_to_be_said(now)]
        said[when[5:]] = (due, late)
    assert said == {
        "11-05 09:00": ([], []),
        "11-06 07:59": ([], []),
        "11-06 08:00": ([SHE, MATE], []),
        "11-07 08:00": ([], [SUPERVISOR, MANAGER]),
    }


# Praise.


def test_praise_stands_on_everybodys_desk_for_a_week_once_the_summary_is_held(people, meeting):
    with clock.set_to(at("2026-11-06 12:00")):
        row = meeting("2026-11-07 16:00", kind="saturday", team="")
    with clock.set_to(at("2026-11-07 16:10")):
        give = {"meeting": row, "person": people[SHE], "actor": user(LEADER)}
        praise_give(reason="三天拜访十二家", **give)
        praise = praise_give(reason="拜访十二家客户", **give)
        assert row.praises.count() == 1
        assert told(SHE, "praise/") == 1
        assert "拜访十二家客户" not in client_of(FINANCE).get("/").text
        meeting_close(meeting=row, actor=user(MANAGER))
        for who in (FINANCE, STRANGER, SHE):
            assert "拜访十二家客户" in client_of(who).get("/").text
    with clock.set_to(at("2026-11-14 09:00")):
        assert "拜访十二家客户" not in client_of(FINANCE).get("/").text
    praise_take_back(praise=praise, actor=user(MANAGER))
    assert not row.praises.exists()
    assert AuditRow.objects.filter(action="praise taken back").count() == 1


def test_nobody_is_praised_in_a_morning_meeting(people, meeting):
    with pytest.raises(ReportsRefused):
        praise_give(meeting=meeting(), person=people[SHE], reason="好", actor=user(LEADER))


# Pages.


@pytest.mark.parametrize(
    ("who", "status"), [(SHE, 200), (MANAGER, 200), (STRANGER, 404), (FINANCE, 404)]
)
@pytest.mark.parametrize("page", ["meeting", "meeting_presence", "meeting_minutes"])
def test_ones_teams_meetings_and_everybodys(meeting, who, status, page):
    own, everybodys = meeting(), meeting("2026-11-02 10:00", team="")
    browser = client_of(who)
    assert browser.get(reverse(page, args=[own.pk])).status_code == status
    assert browser.get(reverse(page, args=[everybodys.pk])).status_code == 200


def test_a_supervisor_plans_for_the_own_team(people):
    sent = {
        "token": str(uuid4()), "version": 0, "kind": "other", "title": "碰头会", "team": OTHER_TEAM,
        "on": "2026-11-03", "starts": "10:00", "minutes": 30, "place": "", "chair": "",
    }  # fmt: skip
    browser = client_of(SUPERVISOR)
    assert browser.post(reverse("meeting_new"), sent).status_code == 403
    own = {**sent, "team": "销售1组"}
    assert browser.post(reverse("meeting_new"), own).status_code == 302
    assert Meeting.objects.get().starts_at == at("2026-11-03 10:00")
    assert client_of(SHE).post(reverse("meeting_new"), own).status_code == 403


def test_the_list_finds_by_title_chair_kind_and_day(meeting, people):
    meeting(title="早会甲", chair=people[SUPERVISOR])
    meeting("2026-11-09 10:00", title="例会乙", kind="weekly")
    browser = client_of(SHE)
    for asked, there, gone in (
        ({"q": "早会"}, "早会甲", "例会乙"),
        ({"q": "shi"}, "早会甲", "例会乙"),
        ({"kind": "weekly"}, "例会乙", "早会甲"),
        ({"first": "2026-11-05"}, "例会乙", "早会甲"),
    ):
        page = browser.get(reverse("meetings"), asked).text
        assert there in page, asked
        assert gone not in page, asked


def test_the_chair_of_another_team_leads_and_sees(meeting, people):
    row = meeting(chair=people[STRANGER])
    browser = client_of(STRANGER)
    assert browser.get(reverse("meeting", args=[row.pk])).status_code == 200
    sent = {"version": 0, "record": "客座主持"}
    assert browser.post(reverse("meeting_minutes", args=[row.pk]), sent).status_code == 302
    # The team's own supervisor leads it no more.
    again = {"version": 1, "record": "x"}
    who = client_of(SUPERVISOR)
    assert who.post(reverse("meeting_minutes", args=[row.pk]), again).status_code == 403


def test_search_finds_ones_own_meetings(meeting):
    meeting(title="季度复盘会")
    for who, finds in ((SHE, True), (STRANGER, False)):
        page = client_of(who).get(reverse("search"), {"q": "季度复盘"}).text
        assert ("季度复盘会" in page) is finds


def test_todays_meetings_stand_on_the_desk(meeting):
    meeting(title="碰头会甲")
    meeting("2026-11-03 09:00", title="明天的会")
    page = client_of(SHE).get("/").text
    assert "碰头会甲" in page
    assert "明天的会" not in page
    assert "碰头会甲" not in client_of(STRANGER).get("/").text


def test_a_meeting_is_closed_once_it_has_begun(meeting):
    row = meeting()
    with clock.set_to(row.opens_at - timedelta(seconds=1)), pytest.raises(ReportsRefused):
        meeting_close(meeting=row, actor=user(SUPERVISOR))

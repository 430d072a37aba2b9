"""A day explained from the telephone to the fine, and what does not come of it (ATT-1, ATT-6)."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, User
from attendance.charges.days import attendance
from attendance.incidents import day_shown, judged, sides_of, standing
from attendance.models import Excuse, MakeUpPunch, Outage, Outing, Punch
from attendance.reminders.explaining import asked_waiting
from attendance.services.asked import (
    asked_approve,
    asked_refuse,
    asked_undo,
    asked_withdraw,
)
from attendance.services.excuses import excuse_ask
from attendance.services.make_ups import make_up_ask
from attendance.services.outages import Failure, outage_decide, outage_take_back
from attendance.services.outings import Going, outing_ask
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.files.models import StoredFile
from core.files.reading import file_read
from core.models import AuditRow, JobRun
from core.months import Month
from customers.models import Customer
from notices.models import Notice
from payroll.assessment import context_of
from payroll.models import PayMonth
from payroll.services import month_close
from tests.builders import at, day
from tests.cast import (
    FINANCE,
    KEEPER,
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
NOVEMBER = Month(2026, 11)
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def punch(person: Person, *texts: str) -> None:
    Punch.objects.bulk_create(Punch(person=person, at=at(text)) for text in texts)


@pytest.fixture
def her(people) -> Person:
    """On Monday she came at half past nine; it is Tuesday, ten o'clock."""
    punch(people[SHE], f"{MONDAY} 09:30", f"{MONDAY} 18:00")
    with clock.set_to(at(f"{TUESDAY} 10:00")):
        yield people[SHE]


def explain(her: Person, *, on: str = MONDAY, side: str = "in", **said) -> Excuse:
    return excuse_ask(
        person=her,
        day=day(on),
        side=side,
        **{"reason": "the metro stood still", "token": uuid4(), "actor": user(SHE), **said},
    )


def fines(as_of: str = "2026-11-04 00:00") -> list[str]:
    found = attendance(context_of(month=NOVEMBER, as_of=at(as_of)))
    return sorted(c.key for c in found.charges if c.rule in ("ATT-2", "ATT-4") and SHE in c.key)


# Explanations.


def test_accepted_it_excuses_the_fine_and_taken_back_it_does_not(her):
    late = f"ATT-2/{SHE}/{MONDAY}/in"
    row = explain(her)
    assert late in fines()
    asked_approve(row=row, actor=user(SUPERVISOR))
    assert late not in fines()
    asked_undo(row=Excuse.objects.get(), reply="no metro there", actor=user(SUPERVISOR))
    assert late in fines()
    assert Excuse.objects.get().status == "rejected"


def test_who_decides_is_told_and_so_is_who_asked(her):
    row = explain(her)
    (notice,) = Notice.objects.filter(person__employee_no=SUPERVISOR)
    assert notice.url == reverse("asked", args=["explanations", row.pk])
    asked_refuse(row=row, reply="again", actor=user(SUPERVISOR))
    (notice,) = Notice.objects.filter(person=her)
    assert notice.values["reason"] == "again"


def test_a_refusal_needs_its_reason(her):
    with pytest.raises(AttendanceRefused):
        asked_refuse(row=explain(her), reply=" ", actor=user(SUPERVISOR))
    assert Excuse.objects.get().status == "pending"


def test_who_comes_second_is_told_who_was_first(her):
    row = explain(her)
    asked_approve(row=Excuse.objects.select_related("person").get(), actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile, match="施静军"):
        asked_refuse(row=row, reply="no", actor=user(MANAGER))
    assert Excuse.objects.get().status == "accepted"


def test_one_form_twice_asks_once(her):
    token = uuid4()
    first, second = explain(her, token=token), explain(her, token=token)
    assert first.pk == second.pk
    assert Excuse.objects.get().version == 0
    assert AuditRow.objects.filter(action="day asked").count() == 1


def test_asked_again_after_a_refusal_it_is_the_same_row(her):
    asked_refuse(row=explain(her), reply="more", actor=user(SUPERVISOR))
    again = explain(her, reason="here is the ticket")
    row = Excuse.objects.get()
    assert (again.pk, row.status, row.reply, row.decided_by) == (row.pk, "pending", "", None)
    assert row.version == 2
    asked_approve(row=row, actor=user(SUPERVISOR))
    with pytest.raises(AttendanceRefused, match="accepted"):
        explain(her)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on": "2026-11-04"}, "future"),
        ({"reason": "  "}, "what happened"),
        ({"on": "2023-12-31"}, "not employed"),
    ],
)
def test_what_cannot_be_explained(her, said, words):
    with pytest.raises(AttendanceRefused, match=words):
        explain(her, **said)
    assert not Excuse.objects.exists()


def test_a_final_month_takes_no_more(her):
    row = explain(her)
    asked_approve(row=row, actor=user(SUPERVISOR))
    PayMonth.objects.create(
        month=NOVEMBER, state=PayMonth.State.FINAL, closed_at=clock.now(), final_at=clock.now()
    )
    for does in (
        lambda: explain(her, side="out"),
        lambda: asked_undo(
            row=Excuse.objects.select_related("person").get(), reply="x", actor=user(MANAGER)
        ),
    ):
        with pytest.raises(AttendanceRefused, match="final"):
            does()


def test_a_closed_month_follows(her):
    month_close(month=NOVEMBER, as_of=clock.now())
    row = explain(her)
    assert not JobRun.objects.filter(kind="close").exists()
    asked_approve(row=row, actor=user(SUPERVISOR))
    assert JobRun.objects.filter(kind="close", subject="2026-11").count() == 1


# Make-up punches.


def make_up(her: Person, when: str = f"{MONDAY} 08:55", **said) -> MakeUpPunch:
    asked = {"reason": "the hands were full", "token": uuid4(), "actor": user(SHE), **said}
    return make_up_ask(person=her, at=at(when), **asked)


def test_approved_it_is_a_punch_and_taken_back_it_is_none(her):
    late = f"ATT-2/{SHE}/{MONDAY}/in"
    asked_approve(row=make_up(her), actor=user(SUPERVISOR))
    assert Punch.objects.get(source="make_up").at == at(f"{MONDAY} 08:55")
    assert late not in fines()
    row = MakeUpPunch.objects.select_related("person").get()
    asked_undo(row=row, reply="the camera says otherwise", actor=user(SUPERVISOR))
    assert not Punch.objects.filter(source="make_up").exists()
    assert late in fines()
    # And asked for once more, it is another row at the same time.
    assert make_up(her).pk != row.pk


def test_a_punch_that_came_from_the_machine_meanwhile_stays(her):
    row = make_up(her)
    punch(her, f"{MONDAY} 08:55")
    asked_approve(row=row, actor=user(SUPERVISOR))
    again = MakeUpPunch.objects.select_related("person").get()
    asked_undo(row=again, reply="x", actor=user(SUPERVISOR))
    assert Punch.objects.filter(at=at(f"{MONDAY} 08:55"), source="file").count() == 1


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (f"{TUESDAY} 10:01", "future"),
        (f"{MONDAY} 09:30", "already"),
        ("2023-12-31 09:00", "employed"),
    ],
)
def test_a_make_up_punch_that_is_none(her, when, words):
    with pytest.raises(AttendanceRefused, match=words):
        make_up(her, when)


def test_the_same_time_waits_once(her):
    make_up(her)
    with pytest.raises(AttendanceRefused, match="already"):
        make_up(her)
    asked_withdraw(row=MakeUpPunch.objects.get(), actor=user(SHE))
    make_up(her)


# Outings.


def go(her: Person, start: str = "13:00", end: str = "18:00", *, on: str = TUESDAY, **said):
    going = {"whom": "王医生", **said}
    token = going.pop("token", uuid4())
    return outing_ask(
        person=her,
        going=Going(at(f"{on} {start}"), at(f"{on} {end}"), **going),
        token=token,
        actor=user(SHE),
    )


def test_an_outing_said_beforehand_counts_as_worked(her):
    punch(her, f"{TUESDAY} 08:55")
    row = go(her)
    missing = f"ATT-2/{SHE}/{TUESDAY}/out"
    assert missing in fines()
    asked_approve(row=row, actor=user(SUPERVISOR))
    assert missing not in fines()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"start": "10:00"}, "before it begins"),
        ({"start": "09:00"}, "before it begins"),
        ({"start": "14:00", "end": "14:00"}, "ends before"),
        ({"whom": " "}, "whom"),
    ],
)
def test_an_outing_that_cannot_be_said(her, said, words):
    with pytest.raises(AttendanceRefused, match=words):
        go(her, **said)


def test_outings_do_not_overlap_and_withdrawn_ones_are_said_again(her):
    row = go(her)
    with pytest.raises(AttendanceRefused, match="overlaps"):
        go(her, "17:00", "19:00")
    go(her, "18:00", "19:00")
    asked_withdraw(row=row, actor=user(SHE))
    again = go(her, "13:00", "17:00")
    assert (again.pk, again.status) == (row.pk, "pending")


# Outages.


def outage(start: str, end: str, team: str = "") -> Outage:
    failure = Failure(at(f"{MONDAY} {start}"), at(f"{MONDAY} {end}"), "the router", team)
    return outage_decide(failure=failure, token=uuid4(), actor=user(PERSONNEL))


def test_an_outage_excuses_and_taken_back_it_does_not(her):
    late = f"ATT-2/{SHE}/{MONDAY}/in"
    decided = outage("08:30", "09:10")
    assert late not in fines()
    outage_take_back(outage=decided, reason="it was Sunday", actor=user(MANAGER))
    assert late in fines()
    with pytest.raises(ChangedMeanwhile):
        outage_take_back(outage=decided, reason="again", actor=user(MANAGER))


def test_an_outage_is_said_once_it_is_over_and_with_its_reason(her):
    for start, end, reason in (
        (f"{TUESDAY} 09:00", f"{TUESDAY} 10:01", "x"),
        (f"{MONDAY} 09:00", f"{MONDAY} 09:00", "x"),
        (f"{MONDAY} 09:00", f"{MONDAY} 10:00", " "),
        ("2026-09-01 09:00", f"{MONDAY} 10:00", "x"),
    ):
        with pytest.raises(AttendanceRefused):
            outage_decide(failure=Failure(at(start), at(end), reason), token=uuid4())
    assert not Outage.objects.exists()


def test_whom_it_touches_is_shown_before_it_is_decided(her, people):
    browser = client_of(PERSONNEL)
    form = {
        "token": str(uuid4()),
        "start_on": MONDAY,
        "start": "08:30",
        "end_on": MONDAY,
        "end": "09:10",
        "team": "",
        "reason": "the router",
    }
    page = browser.post(reverse("outage_new"), {**form, "do": "look"}).content.decode()
    assert "1 person" in page
    assert her.name in page
    # The others were not there at all: one side alone explains nothing of theirs.
    assert people[MATE].name not in page
    assert not Outage.objects.exists()
    for _twice in range(2):
        assert browser.post(reverse("outage_new"), {**form, "do": "decide"}).status_code == 302
    made = Outage.objects.get()
    page = browser.post(reverse("outage_new"), {**form, "do": "look"}).content.decode()
    assert "0 people" in page
    browser.post(reverse("outage_undo", args=[made.pk]), {"reason": ""})
    assert Outage.objects.get().taken_back_at is None
    browser.post(reverse("outage_undo", args=[made.pk]), {"reason": "another day"})
    assert Outage.objects.get().taken_back_why == "another day"


@pytest.mark.parametrize(("team", "touches"), [("销售1组", True), ("销售2组", False)])
def test_whom_an_outage_of_a_team_touches(her, team, touches):
    form = {
        "token": str(uuid4()),
        "start_on": MONDAY,
        "start": "08:30",
        "end_on": MONDAY,
        "end": "09:10",
        "team": team,
        "reason": "the router",
        "do": "look",
    }
    page = client_of(MANAGER).post(reverse("outage_new"), form).content.decode()
    assert (her.name in page) == touches


# Pages.


def send(browser, name: str, *args, **data):
    return browser.post(reverse(name, args=args), data)


def test_with_one_tap_from_the_month_to_the_decision(her, photo):
    browser = client_of(SHE)
    page = browser.get(reverse("explain")).content.decode()
    assert "late: 09:30:00 instead of 09:00" in page
    assert f"?date={MONDAY}&amp;side=in" in page
    page = browser.get(reverse("explain_new"), {"date": MONDAY, "side": "in"}).content.decode()
    assert f'value="{MONDAY}"' in page
    form = {"token": str(uuid4()), "date": MONDAY, "side": "in", "reason": "metro"}
    answer = send(browser, "explain_new", **form, files=photo())
    row = Excuse.objects.get()
    assert answer.url == reverse("asked", args=["explanations", row.pk])
    assert "pending" in browser.get(reverse("explain")).content.decode()
    boss = client_of(SUPERVISOR)
    page = boss.get(answer.url).content.decode()
    assert "09:30:00, 18:00:00" in page
    assert "09:00 – 18:00" in page
    assert "late: 09:30:00 instead of 09:00" in page
    send(boss, "asked_decision", "explanations", row.pk, do="approve", version=0, reply="")
    assert Excuse.objects.get().status == "accepted"
    # What was wrong still stands on the page of the day, for it was.
    assert "late: 09:30:00" in boss.get(answer.url).content.decode()
    send(boss, "asked_undo", "explanations", row.pk, version=1, reply="wrong day")
    assert Excuse.objects.get().status == "rejected"
    page = browser.get(answer.url).content.decode()
    assert "wrong day" in page
    assert "Ask again" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (SHE, 200),
        (SUPERVISOR, 200),
        (MANAGER, 200),
        (LEADER, 200),
        (PERSONNEL, 200),
        (MATE, 404),
        (STRANGER, 404),
        (OTHER_SUPERVISOR, 404),
        (FINANCE, 404),
        (KEEPER, 404),
    ],
)
def test_who_sees_it_and_its_photo(her, photo, who, status):
    row = explain(her, files=[file_read(photo())])
    address = reverse("asked", args=["explanations", row.pk])
    assert client_of(who).get(address).status_code == status
    file = reverse("file", args=[StoredFile.objects.get().pk])
    assert client_of(who).get(file).status_code == status


def test_nobody_decides_on_their_own(her):
    row = explain(her)
    answer = send(client_of(SHE), "asked_decision", "explanations", row.pk, do="approve", version=0)
    assert answer.status_code == 403
    assert Excuse.objects.get().status == "pending"


def test_several_are_approved_at_once_but_those_that_are_theirs_alone(her, people):
    mine = explain(her)
    other = explain(people[STRANGER])
    Excuse.objects.filter(pk=other.pk).update(version=0)
    answer = client_of(SUPERVISOR).post(
        reverse("asked_to_decide", args=["explanations"]),
        {"do": "approve", "row": [mine.pk, other.pk]},
    )
    assert answer.status_code == 302
    assert Excuse.objects.get(pk=mine.pk).status == "accepted"
    assert Excuse.objects.get(pk=other.pk).status == "pending"


@pytest.mark.parametrize("kind", ["explanations", "make-up-punches", "outings"])
def test_lists_show_what_one_may_see(her, kind):
    {"explanations": explain, "make-up-punches": make_up, "outings": go}[kind](her)
    for who, there in ((SHE, True), (MATE, False), (SUPERVISOR, True), (OTHER_SUPERVISOR, False)):
        page = client_of(who).get(reverse("asked_list", args=[kind])).content.decode()
        assert ("row-link" in page) == there, who
        if who in (SUPERVISOR, OTHER_SUPERVISOR):
            waits = client_of(who).get(reverse("asked_to_decide", args=[kind])).content.decode()
            assert ("row-link" in waits) == there


def test_there_is_no_other_kind(her):
    for name in ("asked_list", "asked_to_decide"):
        assert client_of(MANAGER).get(reverse(name, args=["loans"])).status_code == 404
    assert client_of(MANAGER).get(reverse("asked", args=["loans", 1])).status_code == 404


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("explain_new", "date", "\0"),
        ("explain_new", "date", "0001-01-01"),
        ("explain_new", "side", "up"),
        ("explain_new", "reason", "\0"),
        ("explain_new", "reason", "x" * 1001),
        ("explain_new", "token", "x"),
        ("make_up_new", "time", "25:00"),
        ("make_up_new", "time", "\0"),
        ("make_up_new", "date", "9999-12-31"),
        ("outing_new", "end", "09:00"),
        ("outing_new", "customer", "999999"),
        ("outing_new", "whom", ""),
        ("outing_new", "whom", "a\tb"),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(her, name, field, value):
    typed = {
        "token": str(uuid4()),
        "date": TUESDAY,
        "side": "in",
        "reason": "x",
        "time": "08:55",
        "start": "13:00",
        "end": "15:00",
        "customer": "",
        "whom": "王医生",
        "purpose": "",
    }
    answer = send(client_of(SHE), name, **{**typed, field: value})
    assert answer.status_code == 400
    assert not Excuse.objects.exists()
    assert not MakeUpPunch.objects.exists()
    assert not Outing.objects.exists()


def test_an_outing_goes_to_a_customer_of_ones_own_alone(her, people):
    hers, others = (
        Customer.objects.create(
            customer_no=no, name=no, owner=people[who], created_on=date(2026, 1, 1)
        )
        for no, who in (("宁波一厂", SHE), ("宁波二厂", STRANGER))
    )
    page = client_of(SHE).get(reverse("outing_new")).content.decode()
    assert "宁波一厂" in page
    assert "宁波二厂" not in page
    form = {"date": TUESDAY, "start": "13:00", "end": "15:00", "whom": "", "purpose": ""}
    answer = send(client_of(SHE), "outing_new", **form, token=str(uuid4()), customer=others.pk)
    assert answer.status_code == 400
    send(client_of(SHE), "outing_new", **form, token=str(uuid4()), customer=hers.pk)
    assert Outing.objects.get().customer == hers


def test_withdrawn_by_whoever_asked_as_it_was_seen(her):
    row = make_up(her)
    browser = client_of(SHE)
    send(browser, "asked_take_back", "make-up-punches", row.pk, version=7)
    assert MakeUpPunch.objects.get().status == "pending"
    answer = send(client_of(SUPERVISOR), "asked_take_back", "make-up-punches", row.pk, version=0)
    assert answer.status_code == 403
    send(browser, "asked_take_back", "make-up-punches", row.pk, version=0)
    assert MakeUpPunch.objects.get().status == "cancelled"


def test_an_explanation_withdrawn_excuses_nothing_and_can_be_said_anew(her):
    late = f"ATT-2/{SHE}/{MONDAY}/in"
    row, browser = explain(her), client_of(SHE)
    answer = send(client_of(SUPERVISOR), "asked_take_back", "explanations", row.pk, version=0)
    assert answer.status_code == 403
    send(browser, "asked_take_back", "explanations", row.pk, version=0)
    assert Excuse.objects.values_list("status", "version").get() == ("withdrawn", 1)
    assert late in fines()
    with pytest.raises(ChangedMeanwhile, match="withdrawn"):
        asked_approve(row=row, actor=user(SUPERVISOR))
    assert "Ask again" in browser.get(reverse("asked", args=["explanations", row.pk])).text
    assert f"?date={MONDAY}&amp;side=in" in browser.get(reverse("explain")).text
    assert "Explanations to decide" not in client_of(SUPERVISOR).get("/").text
    again = explain(her, reason="the bus, not the metro")
    assert (again.pk, again.status) == (row.pk, "pending")
    asked_approve(row=Excuse.objects.select_related("person").get(), actor=user(SUPERVISOR))
    assert late not in fines()


def test_what_was_decided_is_not_withdrawn(her):
    row = explain(her)
    asked_refuse(row=row, reply="no", actor=user(SUPERVISOR))
    answer = send(client_of(SHE), "asked_take_back", "explanations", row.pk, version=1)
    assert answer.status_code == 403
    with pytest.raises(ChangedMeanwhile, match="施静军"):
        asked_withdraw(row=row, actor=user(SHE))
    assert Excuse.objects.get().status == "rejected"


def test_the_desk_says_what_waits_and_what_was_refused(her):
    explain(her)
    make_up(her)
    asked_refuse(row=go(her), reply="stay here", actor=user(SUPERVISOR))
    page = client_of(SHE).get("/").content.decode()
    assert "stay here" in page
    page = client_of(SUPERVISOR).get("/").content.decode()
    assert "Explanations to decide" in page
    assert "Make-up punches to decide" in page
    assert "Outings to decide" not in page


def test_after_two_days_who_decides_is_reminded_once_for_each(her):
    explain(her)
    assert list(asked_waiting(at("2026-11-05 09:59"))) == []
    (reminder,) = asked_waiting(at("2026-11-05 10:00"))
    assert reminder.person.employee_no == SUPERVISOR


def test_today_who_came_late_is_late_and_nothing_else_is_said(her, people):
    punch(her, f"{TUESDAY} 09:20")
    punch(people[MATE], f"{TUESDAY} 08:50", f"{TUESDAY} 09:59")
    rows = standing(judged(NOVEMBER, [her, people[MATE]]))
    today = [(row.employee_no, row.side) for row in rows if row.day == day(TUESDAY)]
    assert today == [(SHE, "in")]
    assert [(each.day, each.incident.side) for each in sides_of(her, NOVEMBER)] == [
        (day(TUESDAY), "in"),
        (day(MONDAY), "in"),
    ]


def test_a_day_of_nothing_due(her):
    shown = day_shown(her, day("2026-11-01"))
    assert (shown.due, list(shown.incidents), list(shown.absent)) == (None, [], [])

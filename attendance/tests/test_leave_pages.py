"""The pages of leave: from the telephone to the desk of whoever decides; what nobody else reads."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from attendance.models import Leave, LeaveType, RewardGrant, Trip
from attendance.services.leave_deciding import leave_approve
from attendance.tests.test_leave_asking import ask, user
from core.files.models import StoredFile
from core.files.reading import file_read
from core.models import Opening
from tests.builders import day
from tests.cast import (
    CASHIER,
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


@pytest.fixture
def her(people) -> Person:
    return Person.objects.select_related("supervisor").get(pk=people[SHE].pk)


def typed(**instead) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "type": "personal",
        "start_on": "2026-11-09",
        "start_half": "am",
        "end_on": "2026-11-10",
        "end_half": "pm",
        "reason": "a wedding",
        **instead,
    }


def send(who: str, name: str, /, *args, **data):
    return client_of(who).post(reverse(name, args=args), data)


def page(who: str, name: str, *args, **query) -> str:
    answer = client_of(who).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_from_the_telephone_to_the_decision(her):
    answer = send(SHE, "leave_new", **typed())
    leave = Leave.objects.get()
    assert answer.url == reverse("leave_one", args=[leave.pk])
    assert her.name in page(SUPERVISOR, "leaves_to_decide")
    assert "Leave to decide" in page(SUPERVISOR, "home")
    assert "waits for a decision" in page(SHE, "home")
    send(SUPERVISOR, "leave_decision", leave.pk, do="approve", version=0, step=1, reply="")
    assert Leave.objects.get().status == "approved"
    assert her.name not in page(SUPERVISOR, "leaves_to_decide")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"start_on": "2026-13-01"}, "valid date"),
        ({"start_on": "\0"}, ""),
        ({"end_on": "2026-11-08"}, "ends before it starts"),
        ({"end_on": "2026-11-09", "start_half": "pm", "end_half": "am"}, "ends before it starts"),
        ({"start_on": "1999-01-01", "end_on": "1999-01-02"}, "too far"),
        ({"end_on": "9999-12-31"}, "too far"),
        ({"start_half": "night"}, ""),
        ({"type": "nosuch"}, ""),
        ({"type": "\0"}, ""),
        ({"reason": ""}, "required"),
        ({"reason": "x" * 2000}, ""),
        ({"token": "1"}, ""),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(her, wrong, said):
    answer = send(SHE, "leave_new", **typed(**wrong))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Leave.objects.exists()


def test_what_is_no_record_is_refused_and_what_was_typed_kept(her, photo):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sham = SimpleUploadedFile("x.jpg", b"no picture", content_type="image/jpeg")
    answer = send(SHE, "leave_new", **typed(files=sham, reason="my own words"))
    assert answer.status_code == 400
    assert "my own words" in answer.content.decode()
    assert not Leave.objects.exists()


def cost(**instead) -> str:
    query = {k: v for k, v in typed(**instead).items() if k not in ("token", "reason")}
    return page(SHE, "leave_cost", **query)


def test_what_it_costs_is_shown_before_it_is_sent(her):
    assert "costs nothing" in cost()
    ask(her, "11-03am..11-03pm")
    said = cost(end_on="2026-11-11")
    assert "3 days of leave; 2 of 3 days left before it." in said
    assert "1 day past the limit: counts as absence, 30.00 yuan." in said
    assert "special case" in said


def test_days_that_do_not_count_are_named(her):
    from policy.models import CalendarDay

    CalendarDay.objects.create(date=day("2026-11-14"), is_workday=True)
    said = cost(end_on="2026-11-15")
    assert "6 days of leave" in said
    assert "Nov. 15, 2026: weekend, does not count" in said
    assert "Nov. 14, 2026: the company&#x27;s workday, counts" in said


def test_an_overlap_is_named(her):
    other = ask(her, "11-10pm..11-11am")
    said = cost()
    assert "overlap another request" in said
    assert reverse("leave_one", args=[other.pk]) in said


def test_below_full_pay_says_what_is_lost(her):
    LeaveType.objects.create(code="care", name="陪护假", pay_rate=Decimal("0.5"))
    # 3600 over 21 workdays, half of it, two days.
    assert "Not paid in full: 171.43 yuan less." in cost(type="care")


def test_a_balance_that_is_short_is_told(her):
    RewardGrant.objects.create(
        person=her, days=1, granted_on=day("2026-11-02"), use_by=day("2026-11-30"), reason="x"
    )
    said = cost(type="reward")
    assert "Reward leave is short by 1 day on these days" in said
    assert "1 day of 1 day, to be used by Nov. 30, 2026" in said


@pytest.mark.parametrize("wrong", [{"start_on": ""}, {"start_on": "\0"}, {"type": "x"}, {}])
def test_the_fragment_takes_anything(her, wrong):
    answer = client_of(SHE).get(reverse("leave_cost"), {**typed(), **wrong} if wrong else {})
    assert answer.status_code == 200


def sick(her: Person, photo) -> Leave:
    said = {"reason": "FEVER", "files": [file_read(photo())]}
    return ask(her, "11-09am..11-09pm", "sick", **said)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (SHE, 200),
        (SUPERVISOR, 200),
        (PERSONNEL, 200),
        (MANAGER, 404),
        (LEADER, 404),
        (MATE, 404),
        (OTHER_SUPERVISOR, 404),
        (STRANGER, 404),
        (FINANCE, 404),
        (CASHIER, 404),
    ],
)
def test_a_medical_record_is_opened_by_few_and_each_is_written_down(her, photo, who, status):
    leave = sick(her, photo)
    file = StoredFile.objects.get(kind="leave")
    assert client_of(who).get(reverse("file", args=[file.pk])).status_code == status
    assert client_of(who).get(reverse("file_thumbnail", args=[file.pk])).status_code == 404
    openings = list(Opening.objects.values_list("actor__username", "kind", "subject", "about"))
    expected = [(who, "leave", f"leave {leave.pk}", SHE)] if status == 200 else []
    assert openings == expected


def test_the_manager_reads_why_only_where_it_is_theirs_to_decide(her, photo):
    leave = sick(her, photo)
    seen = page(MANAGER, "leave_one", leave.pk)
    assert "FEVER" not in seen
    assert "white.jpg" not in seen
    assert "Why is for personnel" in seen
    assert "FEVER" in page(SUPERVISOR, "leave_one", leave.pk)
    Leave.objects.filter(pk=leave.pk).update(steps_needed=2)
    assert "FEVER" in page(MANAGER, "leave_one", leave.pk)
    assert "FEVER" not in page(MANAGER, "leaves") + page(SUPERVISOR, "leaves_to_decide")


def test_several_are_approved_at_once_but_those_that_need_a_look(her, people):
    mate = Person.objects.select_related("supervisor").get(pk=people[MATE].pk)
    plain, ill = ask(mate, "11-09am..11-09pm"), ask(mate, "11-10am..11-10pm", "sick")
    # Those asked for at the same time count together: none of them is plain.
    ask(her, "11-16am..11-17pm")
    over = ask(her, "11-23am..11-24pm")
    rows = [each.pk for each in (plain, ill, over)]
    send(SUPERVISOR, "leaves_to_decide", do="approve", row=rows)
    states = dict(Leave.objects.values_list("pk", "status"))
    assert [states[pk] for pk in rows] == ["approved", "pending", "pending"]


def test_who_comes_second_is_told(her):
    leave = ask(her, "11-09am..11-09pm")
    said = {"version": 0, "step": 1, "reply": "no room"}
    send(SUPERVISOR, "leave_decision", leave.pk, do="refuse", **said)
    answer = client_of(SUPERVISOR).post(
        reverse("leave_decision", args=[leave.pk]), {"do": "approve", **said}, follow=True
    )
    assert "no room" in answer.content.decode()
    assert Leave.objects.get().status == "rejected"


def test_a_refusal_without_a_reason_comes_back(her):
    leave = ask(her, "11-09am..11-09pm")
    answer = send(SUPERVISOR, "leave_decision", leave.pk, do="refuse", version=0, step=1, reply=" ")
    assert answer.status_code == 400
    assert Leave.objects.get().status == "pending"


@pytest.mark.parametrize("name", ["leave_take_back", "leave_hand_in"])
def test_a_form_without_what_it_needs_changes_nothing(her, name):
    leave = ask(her, "11-09am..11-09pm")
    assert send(SHE, name, leave.pk).status_code == 302
    assert Leave.objects.get().version == leave.version


def test_colleagues_see_that_somebody_is_away_and_no_more(her):
    leave = ask(her, "11-09am..11-09am", "sick", reason="FEVER")
    assert her.name not in page(MATE, "leave_calendar")
    assert "sick leave · pending" in page(SUPERVISOR, "leave_calendar")
    Leave.objects.filter(pk=leave.pk).update(evidence="record.pdf")
    leave_approve(leave=leave, step=1, actor=user(SUPERVISOR))
    seen = page(MATE, "leave_calendar")
    assert her.name in seen
    assert "sick" not in seen
    assert "FEVER" not in seen
    assert "sick leave" in page(MANAGER, "leave_calendar")
    assert her.name not in page(STRANGER, "leave_calendar")
    assert her.name not in page(MATE, "leave_calendar_month", "2026-12")


def test_trips_are_among_them(her):
    Trip.objects.create(
        person=her, start_on=day("2026-11-03"), end_on=day("2026-11-04"), status="approved"
    )
    assert "on a trip" in page(SHE, "leave_calendar")
    assert "away-away" in page(MATE, "leave_calendar")


@pytest.mark.parametrize("month", ["2020-01", "2199-12", "1900-01"])
def test_a_month_far_away_is_not_there(her, month):
    assert client_of(SHE).get(reverse("leave_calendar_month", args=[month])).status_code == 404


def test_a_heads_calendar_by_team(her):
    leave = ask(her, "11-09am..11-09pm")
    leave_approve(leave=leave, step=1, actor=user(SUPERVISOR))
    assert her.name in page(MANAGER, "leave_calendar", team=her.team)
    assert her.name not in page(MANAGER, "leave_calendar", team="销售2组")
    # Whoever chooses no team sees their own whatever the address says.
    assert her.name in page(MATE, "leave_calendar", team="销售2组")


def type_of(**instead) -> dict[str, object]:
    return {
        "code": "annual",
        "name": "年假",
        "percent": "50",
        "monthly_cap_days": "2.5",
        "past_cap": "refused",
        "evidence_needed": "on",
        **instead,
    }


def test_personnel_defines_changes_and_retires_a_type(her):
    send(PERSONNEL, "leave_type_new", **type_of())
    kind = LeaveType.objects.get()
    assert (kind.pay_rate, kind.monthly_cap_days, kind.past_cap) == (
        Decimal("0.5"),
        Decimal("2.5"),
        "refused",
    )
    assert "年假" in page(SHE, "leave_new")
    send(PERSONNEL, "leave_type_edit", "annual", **type_of(version=0, percent="60"))
    assert LeaveType.objects.get().pay_rate == Decimal("0.6")
    stale = send(PERSONNEL, "leave_type_edit", "annual", **type_of(version=0, percent="70"))
    assert stale.status_code == 400
    send(PERSONNEL, "leave_type_retire", "annual", version=1)
    assert "年假" not in page(SHE, "leave_new")
    send(PERSONNEL, "leave_type_retire", "annual", version=2)
    assert LeaveType.objects.get().retired_on is None


def test_what_a_close_reckons_with_stays_once_it_was_used(her):
    kind = LeaveType.objects.create(code="annual", name="年假", pay_rate=Decimal("0.5"))
    leave_approve(leave=ask(her, "11-09am..11-09pm", "annual"), step=1, actor=user(SUPERVISOR))
    answer = send(PERSONNEL, "leave_type_edit", "annual", **type_of(version=0, percent="40"))
    assert answer.status_code == 400
    assert "pay rate and limit stay" in answer.content.decode()
    renamed = type_of(version=0, percent="50", monthly_cap_days="", name="带薪年假")
    assert send(PERSONNEL, "leave_type_edit", "annual", **renamed).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.pay_rate) == ("带薪年假", Decimal("0.5"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "a b"},
        {"code": ""},
        {"name": ""},
        {"percent": "101"},
        {"percent": "-1"},
        {"percent": "NaN"},
        {"percent": "1e999"},
        {"monthly_cap_days": "0.3"},
        {"monthly_cap_days": "99"},
        {"past_cap": "x"},
    ],
)
def test_a_type_that_is_none(her, wrong):
    assert send(PERSONNEL, "leave_type_new", **type_of(**wrong)).status_code == 400
    assert not LeaveType.objects.exists()


def test_reward_leave_is_given_and_shown(her):
    said = {"person": her.pk, "days": "1.5", "use_by": "2026-12-31", "reason": "best of October"}
    send(MANAGER, "reward_new", token=str(uuid4()), **said)
    grant = RewardGrant.objects.get()
    seen = page(SHE, "rewards")
    assert "1.5 days of 1.5 days, to be used by Dec. 31, 2026" in seen
    assert "best of October" in page(SHE, "reward", grant.pk)
    assert client_of(MATE).get(reverse("reward", args=[grant.pk])).status_code == 404
    send(MANAGER, "reward_back", grant.pk, why="a wrong name")
    assert RewardGrant.objects.get().taken_back_at is not None
    for days in ("0.3", "0", "NaN", "40"):
        again = {**said, "days": days, "token": str(uuid4())}
        assert send(MANAGER, "reward_new", **again).status_code == 400
    assert RewardGrant.objects.count() == 1


def test_the_balance_stands_on_the_persons_page(her):
    ask(her, "11-03am..11-03pm")
    seen = page(SUPERVISOR, "person_panel", SHE, "leave-balances")
    assert "2 of 3 days left" in seen
    assert client_of(FINANCE).get(
        reverse("person_panel", args=[SHE, "leave-balances"])
    ).status_code in (403, 404)

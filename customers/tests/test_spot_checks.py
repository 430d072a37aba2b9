"""A spot check from the draw to the fine, its reply and the reversal (VIS-3)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.models import Opening
from customers.charges.visits import visits as visit_charges
from customers.models import Call, Contact, Customer, SpotCheck, SpotCheckDraw, Visit
from customers.permissions.spot_checks import can_answer_check, can_judge
from customers.rules.spot_checks import drawn
from customers.services import (
    ChangedMeanwhile,
    Findings,
    VisitRefused,
    check_answer,
    check_draw,
    check_judge,
    check_reply,
    quiet_lift,
    quiet_mark,
)
from customers.tests.calling import NUMBER, called, firm
from customers.tests.conftest import user
from notices.models import Notice
from payroll.models import Entry
from payroll.services import month_close
from tests import cast
from tests.builders import at, context, customer, visit
from tests.cast import LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

EARLY = at("2026-11-02 08:55")
SPOKE = {"spoken_with": "the door", "spoken_at": EARLY}
WHOLE = Findings(records_read=True, times_compared=True, phone="denied", **SPOKE)
NOVEMBER = "2026-11"


@pytest.fixture
def draw(people, hers) -> SpotCheckDraw:
    for n in range(2, 8):
        customer(f"K{n}", people[SHE])
    customer("THEIRS", people[MATE])
    return check_draw(person=people[SHE], size=2, actor=user(SUPERVISOR))


def now(check: SpotCheck) -> SpotCheck:
    rows = SpotCheck.objects.select_related("person", "customer", "draw")
    return rows.get(pk=check.pk)


def first(draw: SpotCheckDraw) -> SpotCheck:
    return now(draw.checks.order_by("customer__customer_no")[0])


def judge(check: SpotCheck, verdict: str = "none", findings: Findings = WHOLE) -> SpotCheck:
    return check_judge(check=now(check), verdict=verdict, findings=findings, actor=user(SUPERVISOR))


def fines() -> list[Decimal]:
    found = visit_charges(context(NOVEMBER, "2026-12-31 00:00")).charges
    return [each.amount for each in found]


def test_what_was_drawn_can_be_drawn_again(draw):
    assert draw.among == [f"K{n}" for n in range(1, 8)]
    checks = draw.checks.values_list("customer__customer_no", flat=True)
    assert set(checks) == set(drawn(draw.seed, draw.among, 2))
    assert draw.judge_by == date(2026, 11, 9)


def test_there_is_no_second_draw_of_a_day(draw, people):
    again = check_draw(person=people[SHE], size=5, actor=user(MANAGER))
    assert again == draw
    assert SpotCheck.objects.count() == 2
    with clock.set_to(at("2026-11-03 09:00")):
        assert check_draw(person=people[SHE], size=5, actor=user(MANAGER)) != draw


def test_nobody_to_draw(people):
    fresh = customer("NEW", people[SHE])
    fresh.created_on = date(2026, 10, 4)
    fresh.save()
    with pytest.raises(VisitRefused, match="due"):
        check_draw(person=people[SHE], size=2, actor=user(SUPERVISOR))
    assert not SpotCheckDraw.objects.exists()


def test_from_no_record_to_the_fine_and_back(draw):
    one, other = draw.checks.all()
    judge(one)
    judge(other)
    assert fines() == [Decimal("200.00")]
    judged = now(one)
    assert (judged.checked_by.username, judged.reply_until) == (SUPERVISOR, date(2026, 11, 9))
    check_reply(check=judged, text="I called on them", actor=user(SHE))
    check_answer(check=now(one), accept=True, reason="they say so", actor=user(MANAGER))
    assert fines() == [Decimal("200.00")]  # of the other customer, that very day
    check_reply(check=now(other), text="and on them", actor=user(SHE))
    check_answer(check=now(other), accept=True, reason="so they do", actor=user(MANAGER))
    assert fines() == []
    told = Notice.objects.filter(person__employee_no=SHE, key__startswith="spotcheck/")
    assert told.count() == 4
    assert Notice.objects.filter(person__employee_no=MANAGER).count() == 2


def test_a_posted_fine_is_reversed_by_the_next_close(draw):
    judge(first(draw))
    month_close(month=cast.MONTH.next(), as_of=at("2026-12-01 00:30"))
    posted = Entry.objects.get(rule="VIS-3")
    assert posted.amount == Decimal("200.00")
    page = client_of(SHE).get(reverse("spot_check", args=[first(draw).pk])).content.decode()
    assert reverse("entry_why", args=[posted.pk]) in page
    check_reply(check=first(draw), text="I called on them", actor=user(SHE))
    check_answer(check=first(draw), accept=True, reason="they say so", actor=user(MANAGER))
    month_close(month=cast.MONTH.next(), as_of=at("2026-12-01 00:30"))
    assert not Entry.objects.standing().filter(rule="VIS-3").exists()


def test_a_rejected_reply_leaves_the_fine(draw):
    judge(first(draw))
    check_reply(check=first(draw), text="I called on them", actor=user(SHE))
    check_answer(check=first(draw), accept=False, reason="they deny it", actor=user(MANAGER))
    assert fines() == [Decimal("200.00")]


def test_none_is_refused_where_a_genuine_record_lies_within_the_interval(draw, people):
    check = first(draw)
    seen = visit(people[MATE], check.customer, "2026-10-03 09:00", kind="telephone")
    with pytest.raises(VisitRefused, match="within 30 days"):
        judge(check)
    assert now(check).verdict == ""
    seen.void = True
    seen.save()
    judge(check)
    assert now(check).verdict == "none"


@pytest.mark.parametrize(
    "findings",
    [
        Findings(records_read=False, times_compared=True, phone="denied", **SPOKE),
        Findings(records_read=True, times_compared=False, phone="denied", **SPOKE),
        Findings(records_read=True, times_compared=True, phone=""),
    ],
)
def test_no_verdict_before_the_whole_checklist(draw, findings):
    with pytest.raises(VisitRefused):
        judge(first(draw), findings=findings)
    assert now(first(draw)).verdict == ""


def test_what_is_not_judged_in_time_lapses(draw):
    with clock.set_to(at("2026-11-09 23:59")):
        judge(first(draw), "records")
    with clock.set_to(at("2026-11-10 00:00")), pytest.raises(VisitRefused, match="lapses"):
        judge(draw.checks.order_by("-customer__customer_no")[0])


def test_a_verdict_is_corrected_until_somebody_replies(draw):
    judge(first(draw))
    judge(first(draw), "records")
    assert fines() == []
    judge(first(draw))
    check_reply(check=first(draw), text="I called on them", actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        judge(first(draw), "records")
    with pytest.raises(ChangedMeanwhile):
        check_reply(check=first(draw), text="really", actor=user(SHE))


def test_a_reply_comes_in_time(draw):
    judge(first(draw))
    with clock.set_to(at("2026-11-10 00:00")), pytest.raises(VisitRefused, match="over"):
        check_reply(check=first(draw), text="I called on them", actor=user(SHE))


def test_who_judges_and_who_decides(draw):
    check = first(draw)
    for no, may in ((SHE, False), (MATE, False), (SUPERVISOR, True), (MANAGER, True)):
        assert bool(can_judge(user(no), check)) is may
    with clock.set_to(clock.end_of(draw.judge_by)):
        assert not can_judge(user(SUPERVISOR), check)
    judge(check)
    check_reply(check=first(draw), text="I called on them", actor=user(SHE))
    for no, may in ((SHE, False), (SUPERVISOR, False), (MANAGER, True), (LEADER, True)):
        assert bool(can_answer_check(user(no), first(draw))) is may
    SpotCheck.objects.update(checked_by=user(MANAGER))
    assert not can_answer_check(user(MANAGER), first(draw))


def test_what_is_only_drawn_is_not_told_beforehand(draw):
    check = first(draw)
    address = reverse("spot_check", args=[check.pk])
    assert client_of(SHE).get(address).status_code == 404
    assert check.customer.name not in client_of(SHE).get(reverse("spot_checks")).content.decode()
    judge(check)
    assert client_of(SHE).get(address).status_code == 200


def test_through_the_pages(people, hers):
    supervisor = client_of(SUPERVISOR)
    page = supervisor.get(reverse("spot_check_new")).content.decode()
    assert "吴伟" in page
    assert "金敏" not in page
    stranger = Person.objects.get(employee_no=STRANGER)
    refused = supervisor.post(reverse("spot_check_new"), {"person": stranger.pk, "size": 1})
    assert refused.status_code == 400
    answer = supervisor.post(reverse("spot_check_new"), {"person": people[SHE].pk, "size": 3})
    draw = SpotCheckDraw.objects.get()
    assert draw.seed in supervisor.get(answer.url).content.decode()
    check = draw.checks.get()
    assert "K1" in supervisor.get("/").content.decode()
    visit(people[SHE], hers, "2026-10-20 09:00")
    said = {"version": 0, "records_read": "on", "times_compared": "on", "phone": "denied"}
    said |= {"spoken_with": "the door", "spoken_at": "2026-11-02T08:55"}
    address = reverse("spot_check_judge", args=[check.pk])
    refused = supervisor.post(address, {**said, "verdict": "none"})
    assert refused.status_code == 400
    assert "lies within 30 days" in refused.content.decode()
    supervisor.post(address, {**said, "verdict": "records"})
    check.refresh_from_db()
    assert check.verdict == "records"


def by(channel: str) -> None:
    Person.objects.filter(employee_no=SHE).update(channel=channel)


def marked(check_or_no: str, since: str, until: str | None = None) -> None:
    found = Customer.objects.get(customer_no=check_or_no)
    with clock.set_to(at(since)):
        quiet_mark(customer=found, reason="asked for it", actor=user())
    if until:
        with clock.set_to(at(until)):
            quiet_lift(customer=found, reason="rang us", actor=user(MANAGER))


@pytest.mark.parametrize(
    ("channel", "among"), [("telephone", ["K2"]), ("field", ["K1", "K2"]), ("", ["K1", "K2"])]
)
def test_whom_nobody_may_call_is_drawn_of_no_telephone_seller(people, hers, channel, among):
    """Who sells in the field gets out of no check by marking."""
    customer("K2", people[SHE])
    marked("K1", "2026-10-31 09:00")
    by(channel)
    made = check_draw(person=Person.objects.get(employee_no=SHE), size=5, actor=user(SUPERVISOR))
    assert made.among == among


def test_where_all_are_marked_there_is_nobody_to_draw(people, hers):
    marked("K1", "2026-10-31 09:00")
    by("telephone")
    with pytest.raises(VisitRefused, match="due"):
        check_draw(person=Person.objects.get(employee_no=SHE), size=2, actor=user(SUPERVISOR))


@pytest.mark.parametrize(
    ("channel", "since", "until", "refused"),
    [
        pytest.param("telephone", "2026-10-03 23:59", None, True, id="throughout"),
        pytest.param("telephone", "2026-10-04 00:00", None, False, id="a day too late"),
        pytest.param("telephone", "2026-09-01 09:00", "2026-11-02 00:00", True, id="until then"),
        pytest.param("telephone", "2026-09-01 09:00", "2026-11-01 23:59", False, id="until before"),
        pytest.param("field", "2026-09-01 09:00", None, False, id="in the field"),
    ],
)
def test_none_is_refused_where_every_call_was_forbidden(
    people, hers, channel, since, until, refused
):
    """Drawn while she sold in the field, or before the mark counted."""
    marked("K1", since, until)
    check_draw(person=people[SHE], size=1, actor=user(SUPERVISOR))
    by(channel)
    check = SpotCheck.objects.get()
    uncalled = replace(WHOLE, phone="not_called")
    if refused:
        with pytest.raises(VisitRefused, match="forbidden"):
            judge(check, findings=uncalled)
    else:
        judge(check, findings=uncalled)
    assert now(check).verdict == ("" if refused else "none")
    assert fines() == ([] if refused else [Decimal("200.00")])


# The telephone verification.


@pytest.fixture
def reachable(draw) -> SpotCheck:
    """A check of a customer with a number of the firm's and two people, one of whom has gone."""
    check = first(draw)
    firm(check.customer.customer_no, check.person)
    people_there = (("王总", "13800000001", False), ("陈工", "13900000002", True))
    for name, telephone, gone in people_there:
        Contact.objects.create(
            customer=check.customer, name=name, telephone=telephone, gone=gone, token=uuid4()
        )
    return now(check)


def page_of(check: SpotCheck, by: str = SUPERVISOR) -> str:
    answer = client_of(by).get(reverse("spot_check", args=[check.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def file_link(check: SpotCheck) -> str:
    return f'href="{reverse("customer", args=[check.customer.customer_no])}"'


def test_whoever_judges_has_the_numbers_and_the_file(reachable):
    page = page_of(reachable)
    assert 'href="tel:13800000001"' in page
    assert f'href="tel:{NUMBER}"' in page
    assert "13900000002" not in page
    assert '<option value="王总">' in page
    assert file_link(reachable) in page
    # The numbers are of the file: whoever reads them has opened it (CUS-2), once a look.
    page_of(reachable)
    [opening] = Opening.objects.filter(kind="customer")
    assert (opening.actor, opening.subject) == (
        user(SUPERVISOR),
        f"customer {reachable.customer}",
    )


def test_the_page_of_whoever_judges_asks_few_queries(reachable):
    browser, address = client_of(SUPERVISOR), reverse("spot_check", args=[reachable.pk])
    browser.get(address)  # what is asked once for all stays known
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) <= 12


def test_a_refused_verdict_shows_numbers_to_nobody_unseen(reachable):
    answer = client_of(SUPERVISOR).post(reverse("spot_check_judge", args=[reachable.pk]), {})
    assert (answer.status_code, NUMBER in answer.content.decode()) == (400, True)
    assert Opening.objects.filter(kind="customer").count() == 1


def test_whoever_was_checked_reads_with_whom_and_when_and_no_number(reachable):
    judge(reachable, findings=replace(WHOLE, spoken_with=" 王总 "))
    kept = now(reachable)
    assert (kept.spoken_with, kept.spoken_at) == ("王总", EARLY)
    page = page_of(reachable, SHE)
    assert "王总" in page
    assert "08:55" in page
    assert NUMBER not in page
    assert "13800000001" not in page


def test_a_verification_is_no_sales_call(reachable, people):
    """It asks for no call of the day and takes none away, and makes no record of a visit."""
    called(people[SHE], reachable.customer, times=3)
    judge(reachable)
    assert now(reachable).verdict == "none"
    assert Call.objects.count() == 3
    assert not Visit.objects.exists()
    Call.objects.all().delete()
    called(people[SHE], reachable.customer, times=3)


def test_whoever_does_not_want_to_be_disturbed_is_not_called(reachable):
    quiet_mark(customer=reachable.customer, reason="no calls", actor=user(SHE))
    page = page_of(reachable)
    assert "tel:" not in page
    assert NUMBER not in page
    assert "does not want to be disturbed" in page
    for phone in ("unreached", "denied"):
        late = replace(WHOLE, phone=phone, spoken_at=at("2026-11-02 09:20"))
        with clock.set_to(at("2026-11-02 09:30")), pytest.raises(VisitRefused, match="disturbed"):
            judge(reachable, findings=late)
    assert now(reachable).verdict == ""
    # Who answered before they were marked did answer.
    judge(reachable)
    judge(reachable, findings=replace(WHOLE, phone="not_called"))
    kept = now(reachable)
    assert (kept.phone, kept.spoken_with, kept.spoken_at) == ("not_called", "", None)


def test_a_verdict_is_corrected_although_they_were_marked_since(reachable):
    judge(reachable, findings=replace(WHOLE, phone="unreached"))
    quiet_mark(customer=reachable.customer, reason="no calls", actor=user(SHE))
    judge(reachable, "records", findings=replace(WHOLE, phone="unreached"))
    assert now(reachable).verdict == "records"


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"spoken_with": " "}, "whom you spoke with"),
        ({"spoken_at": None}, "whom you spoke with"),
        ({"spoken_at": at("2026-11-02 09:01")}, "lies ahead"),
        ({"spoken_at": at("2026-11-01 23:59")}, "before the day"),
        ({"phone": "not_called"}, "number to call"),
    ],
)
def test_what_is_not_told_of_the_call_is_asked_for(reachable, said, match):
    with pytest.raises(VisitRefused, match=match):
        judge(reachable, findings=replace(WHOLE, **said))
    assert now(reachable).verdict == ""


def test_nobody_answered_and_nothing_is_kept_of_it(reachable):
    judge(reachable, findings=replace(WHOLE, phone="unreached"))
    assert (now(reachable).spoken_with, now(reachable).spoken_at) == ("", None)


def test_a_file_that_went_to_another_team_shows_the_checker_nothing(reachable, people):
    Customer.objects.filter(pk=reachable.customer_id).update(owner=people[STRANGER])
    page = page_of(reachable)
    assert "tel:" not in page
    assert "王总" not in page
    assert file_link(reachable) not in page
    assert not Opening.objects.filter(kind="customer").exists()
    judge(reachable, findings=replace(WHOLE, phone="not_called"))
    # Who sees it, sees its numbers.
    assert "tel:" in page_of(reachable, MANAGER)

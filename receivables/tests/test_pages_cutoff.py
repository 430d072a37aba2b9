"""The month's page of collections: countdown and checklist before its cutoff, then what stood."""

from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.models import AuditRow, JobRun
from core.months import Month
from notices.models import Notice
from notices.services.reminding import reminders_send
from payroll.models import Entry
from payroll.services import month_close, month_final
from receivables.models import Discrepancy, Handover, Payment
from tests import builders
from tests.builders import at, yuan
from tests.cast import CASHIER, FINANCE, KEEPER, MATE, SHE, STRANGER, SUPERVISOR, client_of
from tests.cast import people_make as make

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
URL = "/due/cutoff/2026-10/"
BEFORE, AFTER = at("2026-10-27 14:00"), at("2026-10-28 20:00")


@pytest.fixture
def people():
    return make()


@pytest.fixture
def in_hand(people) -> Payment:
    order = builders.order(people[SHE], delivered={"2026-10-05": "9000.00"})
    slip = builders.slip(order, due="9000.00")
    return builders.payment(slip, amount="4321.00", received="2026-10-26 10:00")


@pytest.fixture
def hers(in_hand):
    with clock.set_to(BEFORE):
        yield client_of(SHE)


def text_of(client, url=URL):
    return client.get(url).content.decode()


def test_the_page_of_now_is_the_month_that_runs(people):
    with clock.set_to(at("2026-10-28 16:00")):
        assert client_of(SHE).get("/due/cutoff/")["Location"] == URL
    with clock.set_to(at("2026-10-28 16:01")):
        assert client_of(SHE).get("/due/cutoff/")["Location"] == "/due/cutoff/2026-11/"


def test_before_it_the_page_counts_down_and_says_what_is_outside(hers, in_hand):
    Discrepancy.objects.create(
        handover=Handover.objects.create(
            person=in_hand.slip.person, counted_at=BEFORE, recorded=yuan("10.00"),
            cash=yuan("9.00"), cheques=yuan("0.00"), token=uuid4(),
        ),
        amount=yuan("-1.00"),
    )  # fmt: skip
    page = text_of(hers)
    assert 'data-countdown="2026-10-28T16:00:00+08:00"' in page
    assert "4,321.00" in page  # in hand
    assert "9,000.00" in page  # to collect: nothing of the slip is counted
    builders.late_handover(in_hand.slip.person, "2026-10-27", "2026-10-27 13:00")
    assert "declared for today" in text_of(hers)


@pytest.mark.parametrize(("who", "sees"), [(SUPERVISOR, True), (CASHIER, True), (STRANGER, False)])
def test_of_whom_one_may_see(in_hand, who, sees):
    for now in (BEFORE, AFTER):
        with clock.set_to(now):
            assert ("4,321.00" in text_of(client_of(who))) is sees


def test_the_keeper_has_no_business_there(people):
    assert client_of(KEEPER).get(URL).status_code == 403


def test_a_part_of_the_page_comes_alone(hers):
    part = hers.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "4,321.00" in part
    assert "<html" not in part


def test_nothing_outside_is_said(people):
    with clock.set_to(BEFORE):
        assert "Nothing is outside" in text_of(client_of(MATE))


def test_after_it_what_stood_and_what_was_carried_over(in_hand, people):
    with clock.set_to(AFTER):
        client = client_of(FINANCE)
        assert "not closed yet" in text_of(client)
        month_close(month=OCTOBER, as_of=AFTER)
        page = text_of(client)
    assert "carried over" in page
    entry = Entry.objects.get(rule="CUT-2")
    assert reverse("entry_why", args=[entry.pk]) in page
    assert "500.00" in page


def test_what_excuses_is_said(in_hand, people):
    builders.late_handover(people[SHE], "2026-10-26", "2026-10-26 17:00")
    Payment.objects.update(handed_in_at=at("2026-10-27 17:59"))
    with clock.set_to(AFTER):
        assert "In hand when it passed" in text_of(client_of(FINANCE))
        assert "excused" not in text_of(client_of(FINANCE))  # it was in time
        Payment.objects.update(
            received_at=at("2026-10-28 15:00"), handed_in_at=at("2026-10-28 17:59")
        )
        assert "excused" in text_of(client_of(FINANCE))


def test_a_receipt_corrected_after_final_is_fined_in_the_open_month(in_hand, people):
    """CUT-3: what is found out later is assessed then, in the pay month still open."""
    Payment.objects.update(received_at=at("2026-10-29 10:00"), handed_in_at=at("2026-10-30 10:00"))
    month_close(month=OCTOBER, as_of=at("2026-11-02 09:00"))
    with clock.set_to(at("2026-11-12 09:00")):
        month_final(month=OCTOBER, early_reason="本月提前")
        finance, url = client_of(FINANCE), "/payments/P1/receipt/"
        seen = Payment.objects.get().received_at.isoformat()
        data = {"seen": seen, "received_at": "2026-10-27T10:00", "reason": "收据日期看错"}
        page = finance.post(url, data).content.decode()
        assert "500.00" in page  # shown before it is confirmed
        assert Payment.objects.get().received_at == at("2026-10-29 10:00")
        confirm = f"{seen}/2026-10-27 10:00:00+08:00"
        assert finance.post(url, {**data, "confirm": confirm}).status_code == 302
        assert Payment.objects.get().received_at == at("2026-10-27 10:00")
        assert AuditRow.objects.get(action="correct").changes["reason"] == [None, "收据日期看错"]
        again = finance.post(url, {**data, "confirm": confirm})
        assert again.status_code == 400
    month_close(month=OCTOBER, as_of=at("2026-11-12 10:00"))
    late = Entry.objects.get(rule="CUT-2")
    assert (late.for_month, late.pay_month, late.on_pay) == (OCTOBER, NOVEMBER, yuan("-500.00"))
    with clock.set_to(at("2026-11-12 11:00")):
        assert "found out later" in text_of(client_of(FINANCE))


CUTOFF_AT = at("2026-10-28 16:00")
POLLS = {"HX-Request": "true"}


def close_run(kind="cutoff", due=CUTOFF_AT, **values) -> JobRun:
    return JobRun.objects.create(kind=kind, subject="2026-10", due_at=due, **values)


@pytest.mark.parametrize(("kind", "due"), [("cutoff", CUTOFF_AT), ("close", AFTER)])
def test_the_close_shows_how_far_it_is_whoever_asked_for_it(people, kind, due):
    close_run(kind, due, state="running", steps=11, done=3, now_doing="reserve")
    with clock.set_to(AFTER):
        for address, headers in ((URL, {}), (f"{URL}close/", POLLS)):
            page = client_of(FINANCE).get(address, headers=headers).content.decode()
            assert "3 / 11" in page
            assert f'hx-get="{URL}close/" hx-trigger="every 2s"' in page


def test_a_close_that_has_yet_to_begin_is_awaited(people):
    close_run("close", at("2026-10-20 09:00"), state="done")  # before the cutoff: another matter
    with clock.set_to(AFTER):
        page = text_of(client_of(FINANCE))
    assert "The close has not begun yet." in page
    assert "every 2s" in page


def test_the_page_is_renewed_once_the_close_is_done_and_says_what_came_of_it(in_hand):
    month_close(month=OCTOBER, as_of=AFTER)
    run = close_run(state="running", steps=11, done=3)
    with clock.set_to(AFTER):
        client, part = client_of(FINANCE), f"{URL}close/"
        assert "HX-Refresh" not in client.get(part, headers=POLLS).headers
        done = {"posted": 7, "reversed": 2, "set_aside": {}}
        JobRun.objects.filter(pk=run.pk).update(state="done", outcome=done, finished_at=AFTER)
        assert client.get(part, headers=POLLS).headers["HX-Refresh"] == "true"
        page = text_of(client)
    assert "7 posted, 2 reversed" in page
    assert "every 2s" not in page


def test_a_close_that_failed_says_why_until_another_did_it(people):
    run = close_run(state="failed", error="no salesperson on file")
    with clock.set_to(AFTER):
        page = text_of(client_of(FINANCE))
        assert "The close did not come to its end." in page
        assert "no salesperson on file" in page
        assert reverse("job", args=[run.pk]) in page
        assert "every 2s" not in page
        month_close(month=OCTOBER, as_of=AFTER)
        assert "no salesperson on file" not in text_of(client_of(FINANCE))


def test_who_does_not_see_jobs_sees_nothing_of_the_close(people):
    close_run(state="failed", error="no salesperson on file")
    with clock.set_to(AFTER):
        for who in (SHE, SUPERVISOR, CASHIER):
            assert "cutoff-close" not in text_of(client_of(who))


def test_the_page_is_renewed_when_the_cutoff_passes(people):
    with clock.set_to(at("2026-10-28 16:01")):
        polled = {**POLLS, "HX-Target": "cutoff-board"}
        assert client_of(SHE).get(URL, headers=polled).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "bad",
    [
        {"received_at": "2026-11-13T10:00"}, {"received_at": "x"}, {"received_at": ""},
        {"received_at": "2026-10-28T10:00"}, {"reason": " "}, {"seen": "x"},
        {"received_at": "2025-12-31T10:00"}, {"reason": "\0"}, {"received_at": "9" * 40},
    ],
)  # fmt: skip
def test_a_wrong_correction_changes_nothing(in_hand, people, bad):
    Payment.objects.update(handed_in_at=at("2026-10-27 10:00"))
    seen = in_hand.received_at
    data = {
        "seen": seen.isoformat(), "received_at": "2026-10-26T09:00", "reason": "记错", **bad,
    }  # fmt: skip
    with clock.set_to(at("2026-11-12 09:00")):
        confirm = f"{seen.isoformat()}/{bad.get('received_at', '')}"
        answer = client_of(FINANCE).post("/payments/P1/receipt/", {**data, "confirm": confirm})
    assert answer.status_code == 400
    assert Payment.objects.get().received_at == seen


def notices_at(when: str) -> list[str]:
    with clock.set_to(at(when)):
        reminders_send()
    return list(Notice.objects.filter(key__startswith="cutoff/").values_list("key", flat=True))


def test_who_has_money_in_hand_is_reminded_three_times(in_hand):
    assert notices_at("2026-10-27 15:59") == []
    assert notices_at("2026-10-27 16:00") == ["cutoff/2026-10/24h"]
    assert notices_at("2026-10-27 16:30") == ["cutoff/2026-10/24h"]
    assert len(notices_at("2026-10-28 12:00")) == 2
    assert len(notices_at("2026-10-28 15:00")) == 3
    assert {notice.person.employee_no for notice in Notice.objects.all()} == {SHE}


def test_a_late_reminder_says_what_counts_now(in_hand):
    assert notices_at("2026-10-28 15:30") == ["cutoff/2026-10/1h"]


def test_who_has_handed_in_is_not_reminded(in_hand):
    Payment.objects.update(handed_in_at=at("2026-10-27 10:00"))
    assert notices_at("2026-10-28 15:30") == []

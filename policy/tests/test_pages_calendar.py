"""The company's calendar: seen by everybody, kept by personnel and the manager (TIME-4)."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from core.models import AuditRow
from policy.models import CalendarDay, PolicyFreeze
from policy.querysets import workdays
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    PERSONNEL,
    SHE,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.usefixtures("people")

EVERYBODY = (MANAGER, PERSONNEL, FINANCE, LEADER, CASHIER, SUPERVISOR, KEEPER, SHE)
KEEP = (MANAGER, PERSONNEL)
COMING = date(2026, 11, 20)
PAST = date(2026, 10, 20)


def day_page(day: date) -> str:
    return reverse("calendar_day", args=[day])


def say(day: date = COMING, who: str = PERSONNEL, **told: str):
    data = {"is_workday": "no", "note": "outing", "seen_word": "", "seen_note": "", **told}
    return client_of(who).post(day_page(day), data)


def text(answer) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_and_who_keeps(who):
    client = client_of(who)
    year = client.get(reverse("calendar_year", args=[2026]))
    assert year.status_code == 200
    assert (f'href="{day_page(COMING)}"' in text(year)) is (who in KEEP)
    assert client.get(day_page(COMING)).status_code == (200 if who in KEEP else 403)
    assert say(who=who).status_code == (302 if who in KEEP else 403)
    assert CalendarDay.objects.exists() is (who in KEEP)


def test_every_day_of_the_year_says_what_it_is():
    CalendarDay.objects.create(date=COMING, is_workday=False, note="outing")
    shown = text(client_of(SHE).get(reverse("calendar_year", args=[2026])))
    assert shown.count('class="day day-') == 365
    assert "Oct. 1, 2026 Thursday: public holiday · National Day" in shown
    assert "Oct. 10, 2026 Saturday: make-up workday" in shown
    assert "Nov. 20, 2026 Friday: the company's day off · outing" in shown


def test_a_year_without_make_up_workdays_is_provisional():
    client = client_of(PERSONNEL)
    assert "provisional" not in text(client.get(reverse("calendar_year", args=[2026])))
    assert "2027 is provisional" in text(client.get(reverse("calendar_year", args=[2027])))
    assert client.get(reverse("calendar_year", args=[2029])).status_code == 404
    assert client.get("/calendar/0/").status_code == 404
    assert client.get("/calendar/99999999999999999999/").status_code == 404
    assert client.get("/calendar/days/2026-02-30/").status_code == 404


def test_a_word_is_said_changed_and_taken_back_and_all_of_it_is_on_record():
    assert say().status_code == 302
    assert COMING not in workdays()
    seen = {"seen_word": "no", "seen_note": "outing"}
    assert say(is_workday="yes", note="", **seen).status_code == 302
    assert COMING in workdays()
    assert say(forget="yes", seen_word="yes").status_code == 302
    assert not CalendarDay.objects.exists()
    told = [row.changes["is_workday"] for row in AuditRow.objects.filter(action="calendar")]
    assert told == [["", "no"], ["no", "yes"], ["yes", ""]]


def test_who_saw_another_word_is_told():
    say()
    for told in ({}, {"seen_word": "yes"}, {"seen_word": "no", "seen_note": "x"}):
        assert "changed meanwhile" in text(say(is_workday="yes", **told))
    assert CalendarDay.objects.get().note == "outing"
    assert "changed meanwhile" in text(say(forget="yes", seen_word="yes"))
    assert CalendarDay.objects.count() == 1


def test_sent_twice_it_is_said_once():
    say()
    say()
    assert AuditRow.objects.filter(action="calendar").count() == 1


def test_a_day_that_has_passed_takes_a_reason():
    assert say(PAST).status_code == 200
    assert not CalendarDay.objects.exists()
    assert say(PAST, reason="power cut").status_code == 302
    assert AuditRow.objects.get(action="calendar").changes["reason"] == ["", "power cut"]


def test_a_day_of_a_final_month_stays():
    PolicyFreeze.objects.create(through=date(2026, 10, 31))
    assert "is final" in text(say(PAST, reason="late"))
    assert not CalendarDay.objects.exists()
    year = text(client_of(PERSONNEL).get(reverse("calendar_year", args=[2026])))
    assert f'href="{day_page(PAST)}"' not in year
    assert f'href="{day_page(COMING)}"' in year
    assert "is final" in text(client_of(PERSONNEL).get(day_page(PAST)))


@pytest.mark.parametrize(
    "told",
    [
        {"is_workday": "perhaps"},
        {"is_workday": ""},
        {"note": "x" * 201},
        {"note": "\x00"},
        {"seen_word": "\x00"},
    ],
)
def test_what_cannot_be_taken_is_told(told):
    assert say(**told).status_code == 200
    assert not CalendarDay.objects.exists()


def test_pages_ask_little(django_assert_max_num_queries):
    for n in range(1, 29):
        CalendarDay.objects.create(date=date(2026, 11, n), is_workday=False, note=str(n))
    client = client_of(MANAGER)
    for address in (reverse("calendar_year", args=[2026]), day_page(COMING)):
        with django_assert_max_num_queries(7):
            client.get(address)

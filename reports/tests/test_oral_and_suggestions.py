"""The daily oral report is ticked by who heard it (REP-2); suggestions get an answer (REP-4)."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from notices.models import Notice
from reports.models import OralReport, Suggestion
from reports.reads.suggestions import suggestion_counts
from reports.services import (
    ChangedMeanwhile,
    ReportsRefused,
    oral_tick,
    oral_untick,
    suggestion_answer,
    suggestion_make,
)
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
DAY = reverse("oral_day", args=[TODAY])
TICK = reverse("oral_ticked", args=[TODAY, SHE])


def tick(*, on: date = TODAY, note: str = "", seen: int = -1, who: str = SUPERVISOR) -> OralReport:
    said = {"on": on, "way": "telephone", "note": note, "seen": seen}
    return oral_tick(person=user(SHE).person, actor=user(who), **said)


def test_ticked_once_and_corrected_as_it_was_seen(people):
    assert tick(note="两家").version == 0
    assert tick(note="两家").version == 0
    with pytest.raises(ChangedMeanwhile):
        tick(note="三家", who=MANAGER)
    assert tick(note="三家", seen=0, who=MANAGER).heard_by == user(MANAGER)
    with pytest.raises(ChangedMeanwhile):
        tick(note="四家", seen=0)


@pytest.mark.parametrize("on", [date(2026, 11, 1), date(2026, 11, 3), date(2026, 10, 23)])
def test_not_for_free_days_days_to_come_or_long_ago(people, on):
    with pytest.raises(ReportsRefused):
        tick(on=on)


def test_a_tick_is_taken_back_on_its_own_day_alone(people):
    report = tick()
    with clock.set_to(at("2026-11-03 09:00")), pytest.raises(ReportsRefused):
        oral_untick(report=report, actor=user(SUPERVISOR))
    oral_untick(report=report, actor=user(SUPERVISOR))
    assert not OralReport.objects.exists()


def test_ticked_from_the_phone_by_those_who_lead(people):
    said = {"version": -1, "way": "in_person", "note": "两家"}
    for who in (SHE, MATE, FINANCE):
        assert client_of(who).get(DAY).status_code == 403
        assert client_of(who).post(TICK, said).status_code == 404
    page = client_of(SUPERVISOR).get(DAY).text
    assert people[STRANGER].name not in page
    row = client_of(LEADER).post(TICK, said, headers={"HX-Request": "true"}).text
    assert "两家" in row
    assert "in person" in row
    told = client_of(SUPERVISOR).post(TICK, said | {"note": "别的"}, follow=True).text
    assert "ticked meanwhile" in told
    assert "1 of 2 have reported" in client_of(SUPERVISOR).get("/").text
    assert "两家" in client_of(SHE).get(reverse("oral_reports")).text
    assert "两家" not in client_of(MATE).get(reverse("oral_reports")).text
    assert 'name="note"' in client_of(SUPERVISOR).get(DAY).text  # the mate is to be heard yet
    long_ago = reverse("oral_day", args=[date(2026, 10, 1)])
    assert 'name="note"' not in client_of(SUPERVISOR).get(long_ago).text
    to_come = reverse("oral_day", args=[date(2026, 11, 3)])
    assert client_of(SUPERVISOR).get(to_come).status_code == 404


@pytest.mark.parametrize("said", [{"way": "x"}, {"note": "\0"}, {"version": "x"}])
def test_bad_ticks_are_told(people, said):
    sent = {"version": -1, "way": "in_person", "note": ""} | said
    answer = client_of(SUPERVISOR).post(TICK, sent, headers={"HX-Request": "true"})
    assert "week-late" in answer.text
    assert not OralReport.objects.exists()


def make(who: str = SHE, title: str = "样本重印") -> Suggestion:
    return suggestion_make(
        person=user(who).person, title=title, text="太旧", token=uuid4(), actor=user(who)
    )


def test_anyone_suggests_once_and_gets_an_answer(people):
    browser = client_of(FINANCE)
    sent = {"token": str(uuid4()), "title": "发票抬头先核对", "text": ""}
    for _n in range(2):
        browser.post(reverse("suggestion_new"), sent)
    row = Suggestion.objects.get()
    address = reverse("suggestion", args=[row.pk])
    said = {"version": 0, "state": "taken_up", "answer": "下月起"}
    assert browser.post(address, said).status_code == 403  # never one's own
    assert client_of(SHE).get(address).status_code == 404
    assert "发票抬头先核对" in client_of(MANAGER).get("/").text
    assert client_of(MANAGER).post(address, said | {"answer": ""}).status_code == 400
    assert client_of(MANAGER).post(address, said).status_code == 302
    assert client_of(MANAGER).post(address, said).status_code == 400  # as it was seen
    assert "下月起" in browser.get(address).text
    assert Notice.objects.filter(person__employee_no=FINANCE, key__startswith="sugg").count() == 1
    assert "Suggestions to answer" not in client_of(MANAGER).get("/").text


@pytest.mark.parametrize(("who", "answers"), [(MANAGER, LEADER), (LEADER, PERSONNEL)])
def test_the_heads_are_answered_by_those_over_them(people, who, answers):
    address = reverse("suggestion", args=[make(who).pk])
    said = {"version": 0, "state": "kept", "answer": "再议"}
    assert client_of(who).post(address, said).status_code == 403
    assert "Suggestions to answer" in client_of(answers).get("/").text
    assert client_of(answers).post(address, said).status_code == 302


def test_an_answer_can_be_given_anew_but_not_taken_away(people):
    row = make()
    first = suggestion_answer(suggestion=row, state="kept", answer="再议", actor=user(SUPERVISOR))
    again = suggestion_answer(suggestion=first, state="taken_up", answer="印", actor=user(MANAGER))
    assert (again.state, again.version) == ("taken_up", 2)
    with pytest.raises(ReportsRefused):
        suggestion_answer(suggestion=again, state="open", answer="x", actor=user(MANAGER))


def test_suggestions_are_counted_by_the_day_they_were_made(people, django_assert_num_queries):
    with clock.set_to(at("2026-10-31 23:59")):
        make()
    with clock.set_to(at("2026-11-01 00:00")):
        make()
        make(MATE)
    with django_assert_num_queries(1):
        found = suggestion_counts(first=date(2026, 11, 1), last=TODAY, people=Person.objects.all())
    assert found == {people[SHE].pk: 1, people[MATE].pk: 1}
    october = suggestion_counts(
        first=date(2026, 10, 1), last=date(2026, 10, 31), people=Person.objects.all()
    )
    assert october == {people[SHE].pk: 1}


def test_found_by_their_words_by_whoever_may_read_them(people):
    address, search = reverse("suggestion", args=[make().pk]), "/search/?q=样本重印"
    assert address in client_of(SUPERVISOR).get(search).text
    assert address not in client_of(MATE).get(search).text

"""Today's plan and the learning log, from the telephone to the meeting's answer (S4.8)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from notices.models import Notice
from reports.models import DayPlan, Learning
from reports.services import ChangedMeanwhile, plan_write, problem_answer, problem_write
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import FINANCE, MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
MY_DAY = reverse("my_day")


def write(text: str, seen: int = -1) -> DayPlan:
    return plan_write(person=user(SHE).person, text=text, seen=seen, actor=user(SHE))


def test_a_plan_a_day_as_it_was_seen(people):
    assert write("去北仑").version == 0
    assert write("去北仑").version == 0
    with pytest.raises(ChangedMeanwhile):
        write("另一窗口")
    assert write("去镇海", 0).version == 1
    with pytest.raises(ChangedMeanwhile):
        write("晚了", 0)
    with clock.set_to(at("2026-11-03 08:00")):
        with pytest.raises(ChangedMeanwhile):
            write("昨天的页面", 1)
        write("新的一天")
    assert DayPlan.objects.count() == 2


def test_on_the_desk_until_it_is_written_and_not_on_a_free_day(people):
    assert "Write today&#x27;s plan" in client_of(SHE).get("/").text
    assert client_of(SHE).post(MY_DAY, {"version": -1, "text": "去北仑"}).status_code == 302
    assert "Write today&#x27;s plan" not in client_of(SHE).get("/").text
    with clock.set_to(at("2026-11-07 09:00")):
        assert "Write today&#x27;s plan" not in client_of(SHE).get("/").text


def test_what_is_typed_is_kept_until_the_server_has_it(people):
    page = client_of(SHE).get(MY_DAY).text
    draft = f"plan-{user(SHE).pk}-2026-11-02-"
    assert f'data-draft="{draft}-1"' in page
    client_of(SHE).post(MY_DAY, {"version": -1, "text": "去北仑"})
    after = client_of(SHE).get(MY_DAY).text
    assert f'data-draft-done="{draft}-1"' in after
    assert f'data-draft="{draft}0"' in after
    stale = client_of(SHE).post(MY_DAY, {"version": -1, "text": "别的"})
    assert stale.status_code == 400
    assert "别的" in stale.text


def test_a_problem_once_and_changed_until_a_meeting_answers(people, meeting):
    sent = {"token": str(uuid4()), "text": "客户压价"}
    for _n in range(2):
        client_of(SHE).post(reverse("problem_new"), sent)
    row = Learning.objects.get()
    address = reverse("problem", args=[row.pk])
    assert client_of(SHE).post(address, {"version": 0, "text": "客户压价三成"}).status_code == 302
    assert client_of(SHE).post(address, {"version": 0, "text": "x"}).status_code == 400
    assert client_of(SUPERVISOR).post(address, {"version": 1, "text": "x"}).status_code == 403
    assert client_of(MATE).get(address).status_code == 404
    held = meeting()
    answer = reverse("problem_answer", args=[held.pk, row.pk])
    assert client_of(SHE).get(answer).status_code == 403
    said = {"version": 1, "answer": "送配件，不降价"}
    assert client_of(SUPERVISOR).post(answer, said).status_code == 302
    assert Notice.objects.filter(person__employee_no=SHE, key__startswith="problem/").count() == 1
    assert "送配件，不降价" in client_of(SHE).get(MY_DAY).text
    assert client_of(SHE).post(address, {"version": 2, "text": "x"}).status_code == 403
    assert "送配件，不降价" in client_of(SUPERVISOR).get(reverse("meeting", args=[held.pk])).text


def test_another_meeting_answers_nothing_twice_and_no_other_teams(people, meeting):
    row = problem_write(person=people[SHE], text="压价", token=uuid4())
    others = problem_write(person=people[STRANGER], text="别组", token=uuid4())
    first, second = meeting(), meeting("2026-11-02 09:15")
    problem_answer(problem=row, meeting=first, answer="不降", actor=user(SUPERVISOR))
    answered = Learning.objects.get(pk=row.pk)
    with pytest.raises(ChangedMeanwhile):
        problem_answer(problem=answered, meeting=second, answer="降", actor=user(MANAGER))
    address = reverse("problem_answer", args=[first.pk, others.pk])
    assert client_of(SUPERVISOR).get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"), [(SHE, True), (SUPERVISOR, True), (MANAGER, True), (MATE, False)]
)
def test_the_lists_are_for_who_wrote_and_those_above(people, who, sees):
    write("去北仑")
    problem_write(person=people[SHE], text="客户压价", token=uuid4())
    browser = client_of(who)
    assert ("去北仑" in browser.get(reverse("day_plans")).text) is sees
    assert ("客户压价" in browser.get(reverse("problems")).text) is sees
    assert client_of(FINANCE).get(reverse("problems")).status_code == 403


@pytest.mark.parametrize("text", ["", " ", "\0", "长" * 2001])
def test_bad_input_is_told_and_keeps_nothing(people, text):
    browser = client_of(SHE)
    assert browser.post(MY_DAY, {"version": -1, "text": text}).status_code == 400
    sent = {"token": str(uuid4()), "text": text}
    assert browser.post(reverse("problem_new"), sent).status_code == 400
    assert not DayPlan.objects.exists()
    assert not Learning.objects.exists()

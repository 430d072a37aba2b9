"""The page of a month: what it shows, the close that is asked for, final."""

import pytest
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.models import JobRun, TableLoad
from core.months import Month
from payroll.models import Duty, Entry, FinalRequest, PayMonth
from payroll.services import month_final
from tests.builders import at
from tests.cast import FINANCE, LEADER, MANAGER, MONTH, SHE, STRANGER, SUPERVISOR, client_of

PAGE = reverse("month", args=[MONTH])


def page(client=None) -> str:
    return (client or client_of(MANAGER)).get(PAGE).content.decode()


@pytest.mark.usefixtures("people")
def test_an_open_month_offers_the_close():
    shown = page()
    assert "Close the month" in shown
    assert "Make final" not in shown.split("<dialog")[0]
    assert "Nothing has been reckoned yet" in shown


@pytest.mark.usefixtures("closed")
def test_a_draft_shows_what_it_comes_to():
    shown = page()
    assert "draft" in shown
    assert "8,730.00" in shown  # 3 × (3600 − 18 × 30 − 150)
    assert "days absent" in shown


@pytest.mark.usefixtures("closed")
def test_a_supervisor_sees_the_sums_of_her_people():
    assert "5,820.00" in page(client_of(SUPERVISOR))


@pytest.mark.usefixtures("people")
def test_asking_twice_for_a_close_is_asking_once():
    for _time in range(2):
        answer = client_of(MANAGER).post(reverse("month_close", args=[MONTH]))
        assert answer.headers["Location"] == PAGE
    run = JobRun.objects.get()
    assert (run.kind, run.subject, run.requested_by.username) == ("close", "2026-10", MANAGER)


@pytest.mark.usefixtures("people")
def test_a_month_that_has_not_begun_is_not_closed():
    answer = client_of(MANAGER).post(reverse("month_close", args=["2026-12"]))
    assert answer.status_code == 403
    assert "not begun" in answer.content.decode()
    assert not JobRun.objects.exists()


@pytest.mark.usefixtures("people")
def test_progress_polls_while_under_way_and_then_renews_the_page():
    run = JobRun.objects.create(kind="close", subject="2026-10", state="running", steps=11, done=3)
    address = reverse("month_progress", args=[MONTH])
    answer = client_of(MANAGER).get(address)
    assert "every 1s" in answer.content.decode()
    assert "3 / 11" in answer.content.decode()
    assert "HX-Trigger" not in answer.headers
    JobRun.objects.filter(pk=run.pk).update(state="done")
    answer = client_of(MANAGER).get(address)
    assert "every 1s" not in answer.content.decode()
    assert answer.headers["HX-Trigger"] == "month-changed"


@pytest.mark.usefixtures("people")
def test_a_close_that_failed_says_so():
    JobRun.objects.create(kind="close", subject="2026-10", state="failed", error="no disk")
    assert "no disk" in page()
    assert "no disk" not in page(client_of(SUPERVISOR))


@pytest.mark.usefixtures("closed")
def test_final_asks_first():
    shown = client_of(FINANCE).get(reverse("month_final", args=[MONTH])).content.decode()
    assert "Make October 2026 final?" in shown
    assert "Paid out to 3 people" in shown
    assert PayMonth.objects.get().state == "closed"


@pytest.mark.usefixtures("closed")
def test_final_asks_in_a_dialog_where_there_is_one():
    client = client_of(FINANCE)
    shown = client.get(reverse("month_final", args=[MONTH]), headers={"HX-Request": "true"})
    assert "<html" not in shown.content.decode()


@pytest.mark.usefixtures("closed")
def test_final_twice_is_final_once():
    address = reverse("month_final", args=[MONTH])
    client_of(FINANCE).post(address, {"early_reason": "all have seen it"})
    client, asked = client_of(MANAGER), {"asked": FinalRequest.objects.get().pk}
    first = client.post(address, asked, follow=True).content.decode()
    assert "October 2026 is final" in first
    entries = Entry.objects.count()
    second = client.post(address, asked, follow=True).content.decode()
    assert "changed meanwhile" in second
    assert "final already" in client.post(address, follow=True).content.decode()
    assert Entry.objects.count() == entries
    assert "Close again" not in second


@pytest.mark.usefixtures("people")
def test_what_was_never_closed_cannot_be_final():
    client = client_of(FINANCE)
    assert client.get(reverse("month_final", args=[MONTH])).headers["Location"] == PAGE
    shown = client.post(reverse("month_final", args=[MONTH]), follow=True).content.decode()
    assert "has not been closed" in shown
    assert not PayMonth.objects.exists()


@pytest.mark.usefixtures("closed")
def test_a_final_month_takes_no_files():
    month_final(month=MONTH, early_reason="a test")
    assert 'type="file"' not in page()


@pytest.mark.usefixtures("closed")
def test_the_list_of_months():
    shown = client_of(MANAGER).get(reverse("months")).content.decode()
    assert "October 2026" in shown
    assert "November 2026" in shown
    assert "8,730.00" in shown


@pytest.mark.usefixtures("people")
def test_going_to_another_month():
    client = client_of(MANAGER)
    answer = client.get(reverse("months"), {"month": "2026-08"})
    assert answer.headers["Location"] == "/months/2026-08/"
    for wrong in ("", "August", "2026-13", "2026-1\x00", "1899-01", "9999-12", "２０２６-08"):
        assert client.get(reverse("months"), {"month": wrong}).status_code == 400


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "9999-12", "0001-01", "20261", "1950-05"])
@pytest.mark.usefixtures("people")
def test_a_month_that_is_none_or_far_away_has_no_page(month):
    assert client_of(MANAGER).get(f"/months/{month}/").status_code == 404


@pytest.mark.usefixtures("closed")
def test_queries_of_a_month_and_of_the_list(django_assert_num_queries):
    for who, of_month, of_list in ((MANAGER, 10, 5), (SUPERVISOR, 10, 6)):
        client = client_of(who)
        with django_assert_num_queries(of_month):
            client.get(PAGE)
        with django_assert_num_queries(of_list):
            client.get(reverse("months"))


@pytest.mark.usefixtures("closed")
def test_whoever_did_something_is_named_for_one_query_more(django_assert_num_queries):
    finance = User.objects.get(username=FINANCE)
    JobRun.objects.create(kind="close", subject="2026-10", state="done", requested_by=finance)
    for table in ("punches", "slips"):
        TableLoad.objects.create(
            table=table, file=f"{table}.csv", wrong=1, reasons=["no"], actor_id=finance.pk
        )
    month_final(month=MONTH, actor=User.objects.get(username=LEADER), early_reason="a test")
    client = client_of(MANAGER)
    with django_assert_num_queries(11):
        shown = client.get(PAGE).content.decode()
    assert shown.count("韩秀平") == 3
    assert shown.count("吕桂建") == 2  # beside the state, and in the history


@pytest.mark.usefixtures("closed")
def test_duties_and_findings_are_of_the_people_one_sees():
    for number, no in enumerate((SHE, SHE, STRANGER)):
        person = Person.objects.get(employee_no=no)
        Duty.objects.create(key=f"{number}", month=MONTH, person=person, rule="VIS-2", points=1)
    for who, seen in ((MANAGER, 3), (SUPERVISOR, 2)):
        shown = page(client_of(who))
        # Each of them has one from the close besides.
        assert shown.partition("Duties</dt>")[2].split()[1] == str(2 * seen)
        assert shown.count("days absent") == seen
        assert ("金敏" in shown) == (who == MANAGER)


@pytest.mark.usefixtures("people")
def test_a_draft_of_a_month_not_over_is_not_offered_as_final():
    with clock.set_to(at("2026-10-20 12:00")):
        PayMonth.objects.create(
            month=Month.parse("2026-10"),
            state="closed",
            closed_at=clock.now(),
            closed_as_of=clock.now(),
        )
        shown = page()
    assert "the month is not over" in shown
    assert reverse("month_final", args=[MONTH]) not in shown

"""All that happened with a customer, part by part, and in as many queries however much it is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from customers.models import (
    Agency,
    Call,
    Comment,
    Complaint,
    Contact,
    Prefecture,
    Project,
    QuietMark,
    SpotCheck,
    SpotCheckDraw,
    SupportRequest,
    Visit,
)
from customers.services import (
    SaidOfContact,
    contact_add,
    files_merge,
    owner_change,
    quiet_lift,
    quiet_mark,
)
from customers.tests.conftest import user
from customers.tests.projects import registered
from customers.timeline import AT_A_TIME, timeline_of
from tests.builders import at, customer, order, visit
from tests.cast import MANAGER, MATE, SHE, client_of

pytestmark = pytest.mark.django_db


def said(file, count, **more):
    now = clock.now()
    Comment.objects.bulk_create(
        Comment(customer=file, by=user(), text=f"{n}", at=now - timedelta(minutes=n), token=uuid4())
        for n in range(count)
    )


def test_every_happening_once_over_all_parts(hers):
    said(hers, 3 * AT_A_TIME + 5)
    # Many at the very instant at which a part ends.
    Comment.objects.filter(text__in=[str(n) for n in range(AT_A_TIME - 2, AT_A_TIME + 3)]).update(
        at=clock.now() - timedelta(minutes=AT_A_TIME)
    )
    told, before = [], None
    while True:
        part = timeline_of(user(), hers, before)
        told += [each.text for each in part.happened]
        before = part.further
        if before is None:
            break
    assert sorted(told, key=int) == [str(n) for n in range(3 * AT_A_TIME + 5)]


def test_what_apps_know_stands_in_the_order_of_time(hers, people):
    Visit.objects.create(
        person=people[SHE], customer=hers, at=clock.now() - timedelta(hours=2), content="the offer"
    )
    bought = order(people[SHE], "D1", signed="2026-10-01")
    type(bought).objects.filter(pk=bought.pk).update(customer=hers)
    contact_add(actor=user(), file=hers, token=uuid4(), said=SaidOfContact("王总"))
    happened = timeline_of(user(), hers).happened
    assert [each.icon for each in happened] == ["pencil", "map-pin", "file-text"]
    assert happened[1].text == "the offer"
    assert (happened[2].url, happened[2].is_day) == ("/orders/D1/", True)


def test_as_many_queries_for_many_contacts(hers):
    counts = []
    for more in (1, 40):
        Contact.objects.bulk_create(
            Contact(customer=hers, name="x", token=uuid4()) for _n in range(more)
        )
        said(hers, more)
        with CaptureQueriesContext(connection) as asked:
            timeline_of(user(), hers)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def matters(hers, people):
    """A project, a complaint and a request for support about her customer, in this order."""
    now = clock.now()
    made = registered(people[SHE], name="CANARY-HALL")
    Project.objects.filter(pk=made.pk).update(customer=hers, registered_at=now - timedelta(hours=3))
    Complaint.objects.create(
        customer=hers, customer_name="x", subject="CANARY-LINE", category="other",
        channel="person", text="x", taken_by=people[SHE], opened_at=now - timedelta(hours=2),
        opened_on=now.date(), due_on=now.date(),
    )  # fmt: skip
    SupportRequest.objects.create(
        request_no="Q1", person=people[SHE], kind="car", customer=hers, text="CANARY-CAR",
        wanted_on=now.date(), asked_at=now - timedelta(hours=1), token=uuid4(),
    )  # fmt: skip
    return hers


def canaries(who, file, before=None):
    return [each.title for each in timeline_of(user(who), file, before).happened
            if "CANARY" in str(each.title)]  # fmt: skip


def test_projects_complaints_and_support_are_there(matters):
    assert canaries(SHE, matters) == [
        "Support asked for: CANARY-CAR",
        "Complaint: CANARY-LINE",
        "Project registered: CANARY-HALL",
    ]
    happened = timeline_of(user(SHE), matters).happened
    assert [each.text for each in happened] == ["waiting", "to assign", "need"]
    assert [client_of(SHE).get(each.url).status_code for each in happened] == [200] * 3
    earlier = clock.now() - timedelta(hours=2)
    assert canaries(SHE, matters, earlier) == ["Project registered: CANARY-HALL"]


def test_of_these_each_reader_has_what_they_may_see(matters, people):
    # Another owns the file now: what was another's before stays theirs.
    type(matters).objects.filter(pk=matters.pk).update(owner=people[MATE])
    assert canaries(MATE, matters) == []
    assert len(canaries(MANAGER, matters)) == 3
    Complaint.objects.update(about=people[MANAGER])
    assert len(canaries(MANAGER, matters)) == 2


def test_merged_files_owners_comments_and_visits_are_there(hers, people):
    gone = customer("K-GONE", people[SHE])
    visit(people[SHE], gone, "2026-10-12 10:00")
    said(hers, 1)
    files_merge(actor=user(MANAGER), keep=hers, other=gone, reason="one firm")
    owner_change(actor=user(MANAGER), file=hers, seen_owner=hers.owner_id, to=people[MATE],
                 reason="moved")  # fmt: skip
    icons = [each.icon for each in timeline_of(user(MATE), hers).happened]
    assert sorted(icons) == ["arrow-right-left", "map-pin", "message-square", "pencil"]


@pytest.fixture
def more(hers, people):
    """A spot check, an agency from the talks to its end, a mark set and lifted."""
    check = {"person": people[SHE], "customer": hers}
    SpotCheck.objects.create(**check, checked_on=date(2026, 10, 5), verdict="records")
    SpotCheck.objects.create(**check, checked_on=date(2026, 10, 6), verdict="")
    place = Prefecture.objects.create(province="浙江", name="CANARY-WENZHOU")
    Agency.objects.create(
        prefecture=place,
        customer=hers,
        talks_on=date(2026, 10, 7),
        agent_on=date(2026, 10, 8),
        ended_on=date(2026, 10, 9),
        ended_reason="sells another's goods",
    )
    QuietMark.objects.create(
        customer=hers,
        reason="no calls",
        marked_by=user(SHE),
        marked_at=at("2026-10-10 10:00"),
        lifted_by=user(MANAGER),
        lifted_at=at("2026-10-11 10:00"),
        lift_reason="they rang us",
    )
    return hers


MORE = [
    ("Spot check", "2026-10-05 00:00", "records found"),
    ("In talks about being the agent of CANARY-WENZHOU", "2026-10-07 00:00", ""),
    ("Agent of CANARY-WENZHOU", "2026-10-08 00:00", ""),
    ("No longer agent of CANARY-WENZHOU", "2026-10-09 00:00", "sells another's goods"),
    ("Marked as not to be disturbed", "2026-10-10 10:00", "no calls"),
    ("Do-not-disturb mark lifted", "2026-10-11 10:00", "they rang us"),
]


def test_checks_agencies_and_marks_are_there(more):
    happened = timeline_of(user(SHE), more).happened
    found = [(each.title, each.at, each.text) for each in reversed(happened)]
    assert found == [(title, at(moment), text) for title, moment, text in MORE]
    for each in happened:
        assert not each.url or client_of(SHE).get(each.url).status_code == 200, each.title
    assert [bool(each.url) for each in reversed(happened)] == [True] * 4 + [False] * 2


def test_before_a_day_began_nothing_of_it_had_happened(more):
    for n, (title, moment, _text) in enumerate(MORE):
        before = [each.title for each in timeline_of(user(SHE), more, at(moment)).happened]
        assert before[::-1] == [each[0] for each in MORE[:n]], title


def test_whom_a_check_is_about_is_told_to_nobody_who_may_not_see_it(more, people):
    type(more).objects.filter(pk=more.pk).update(owner=people[MATE])
    assert "Spot check" not in [each.title for each in timeline_of(user(MATE), more).happened]
    # Whoever draws sees what is only drawn on its own page: here it has not happened.
    told = [each.title for each in timeline_of(user(MANAGER), more).happened]
    assert told.count("Spot check") == 1


def test_a_mark_is_told_once_with_its_reason(hers):
    quiet_mark(customer=hers, reason="no calls", actor=user(SHE))
    quiet_lift(customer=hers, reason="they rang us", actor=user(MANAGER))
    found = [(each.title, each.text) for each in timeline_of(user(SHE), hers).happened]
    assert sorted(found) == sorted([(MORE[4][0], "no calls"), (MORE[5][0], "they rang us")])


def test_visits_and_calls_lead_to_their_pages_for_whoever_may_see_them(hers, people):
    visit(people[SHE], hers, "2026-10-12 10:00")
    Call.objects.create(
        person=people[SHE],
        customer=hers,
        on=date(2026, 10, 13),
        started_at=at("2026-10-13 10:00"),
        ended_at=at("2026-10-13 10:01"),
        outcome="not_reached",
    )
    urls = [each.url for each in timeline_of(user(SHE), hers).happened]
    assert len(urls) == 2
    assert [client_of(SHE).get(url).status_code for url in urls] == [200, 200]
    # The file is another's now: what was hers is told, and its page stays hers.
    type(hers).objects.filter(pk=hers.pk).update(owner=people[MATE])
    assert [each.url for each in timeline_of(user(MATE), hers).happened] == ["", ""]
    assert [each.url for each in timeline_of(user(MANAGER), hers).happened] == urls


def test_what_stayed_with_a_merged_file_is_told_of_the_one_that_stands(hers, people):
    gone = customer("K-GONE", people[SHE])
    place = Prefecture.objects.create(province="浙江", name="CANARY-WENZHOU")
    draw = SpotCheckDraw.objects.create(
        person=people[SHE], on=date(2026, 10, 6), seed="ab", among=[], size=2,
        judge_by=date(2026, 10, 9), drawn_by=user(MANAGER),
    )  # fmt: skip
    for file, day in ((hers, 7), (gone, 8)):
        Agency.objects.create(prefecture=place, customer=file, talks_on=date(2026, 10, day))
        SpotCheck.objects.create(
            draw=draw, person=people[SHE], customer=file, checked_on=date(2026, 10, 6),
            verdict="records",
        )  # fmt: skip
    files_merge(actor=user(MANAGER), keep=hers, other=gone, reason="one firm")
    assert Agency.objects.filter(customer=gone).exists()
    assert SpotCheck.objects.filter(customer=gone).exists()
    titles = [each.title for each in timeline_of(user(SHE), hers).happened]
    assert titles.count(MORE[1][0]) == titles.count("Spot check") == 2

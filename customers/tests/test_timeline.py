"""All that happened with a customer, part by part, and in as many queries however much it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from customers.models import Comment, Complaint, Contact, Project, SupportRequest, Visit
from customers.services import SaidOfContact, contact_add, files_merge, owner_change
from customers.tests.conftest import user
from customers.tests.projects import registered
from customers.timeline import AT_A_TIME, timeline_of
from tests.builders import customer, order, visit
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

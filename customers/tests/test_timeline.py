"""All that happened with a customer, part by part, and in as many queries however much it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from customers.models import Comment, Contact, Visit
from customers.services import SaidOfContact, contact_add
from customers.tests.conftest import user
from customers.timeline import AT_A_TIME, timeline_of
from tests.builders import order
from tests.cast import SHE

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

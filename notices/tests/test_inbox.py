"""Telling people: each once, whoever tells and however often."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core import clock
from notices.models import GroupChannel, Notice, Outgoing, Preference
from notices.services import notice_archive, notice_read, notice_send, notices_read_all
from tests.cast import SHE

pytestmark = pytest.mark.django_db
TEXT = "%(count)s things wait"


def tell(people, key="a", **extra):
    given = {"text": TEXT, "values": {"count": 3}, "url": "/notices/"}
    return notice_send(people=people, key=key, **{**given, **extra})


def test_the_same_thing_is_told_once(people):
    assert tell(people.values()) == len(people)
    assert tell(people.values()) == 0
    assert tell([people[SHE], people[SHE]], key="b") == 1
    assert Notice.objects.count() == len(people) + 1


def test_who_came_later_is_told_too_and_nobody_twice(people):
    tell([people[SHE]])
    assert tell(people.values()) == len(people) - 1


def test_what_is_rolled_back_was_not_told(people):
    with transaction.atomic():
        tell([people[SHE]])
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example", "/\\else", ""]
)
def test_a_notice_leads_nowhere_else(people, url):
    with pytest.raises(ValueError, match="address of the program"):
        tell([people[SHE]], url=url)


def test_a_text_that_does_not_fit_its_values_is_shown_without_them(people):
    tell([people[SHE]], values={"other": 1})
    assert Notice.objects.get().said == TEXT


def test_reading_and_putting_away(people):
    for key in "abc":
        tell([people[SHE]], key=key)
    first = Notice.objects.get(key="a")
    assert notice_read(notice=first)
    assert not notice_read(notice=first)
    assert notice_archive(notice=Notice.objects.get(key="b"))
    assert Notice.objects.get(key="b").read_at
    assert notices_read_all(person=people[SHE]) == 1


def test_telling_many_takes_as_many_statements_as_telling_ten(people, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_LEAVES", True)
    many = Person.objects.bulk_create(
        Person(employee_no=f"N{n}", name="n", roles="salesperson", hired_on="2024-01-01")
        for n in range(90)
    )
    GroupChannel.objects.create(name="g", audience="department", kind="hook", address="https://x")
    statements = []
    for key, some in (("ten", many[:10]), ("all", many)):
        with CaptureQueriesContext(connection) as context:
            assert tell(some, key=key) == len(some)
        statements.append(len(context))
    assert statements[0] == statements[1] <= 10


def test_groups_and_mails_wait_once_each(people, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_LEAVES", True)
    team = GroupChannel.objects.create(
        name="1", audience="team", team="销售1组", kind="hook", address="https://x"
    )
    GroupChannel.objects.create(
        name="2", audience="team", team="销售2组", kind="hook", address="https://y"
    )
    people["Y001"].user.email = "y001@example.com"
    people["Y001"].user.save()
    tell([people["Y001"], people["Y002"]])
    tell([people["Y001"], people["Y002"]])
    told = set(Outgoing.objects.values_list("channel", "person__employee_no"))
    assert told == {(team.pk, None), (None, "Y001")}


def test_a_digest_waits_for_the_morning(people, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_LEAVES", True)
    people["Y001"].user.email = "y001@example.com"
    people["Y001"].user.save()
    Preference.objects.create(person=people["Y001"], rhythm="daily")
    tell([people["Y001"]])
    at = clock.local(Outgoing.objects.get().next_try_at)
    assert (at.hour, at.minute) == (8, 30)
    assert timedelta(0) <= at - clock.now() <= timedelta(days=1)

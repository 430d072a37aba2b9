"""Two workers tell, and send, at once: each person is told once, each group hears once."""

from ipaddress import ip_network
from threading import Barrier
from typing import Any

from accounts.models import Person
from notices.models import GroupChannel, Notice, Outgoing
from notices.services import notice_send, outgoing_send
from notices.services import outgoing as room
from notices.tests.receiver import receiving
from tests.races.at_once import PATIENCE, at_once

ROUNDS = 6


def tell(key: str) -> Any:
    return lambda: notice_send(
        people=Person.objects.all(), key=key, text="x", values={}, url="/notices/"
    )


def test_told_twice_at_once_each_hears_once(books):
    people = Person.objects.count()
    GroupChannel.objects.create(name="g", audience="department", kind="hook", address="https://x")
    for round_ in range(ROUNDS):
        results = at_once(books, tell(f"k{round_}"), tell(f"k{round_}"), tell(f"k{round_}"))
        assert not [found for found in results if isinstance(found, Exception)], results
        assert sum(results) == people
        assert Notice.objects.filter(key=f"k{round_}").count() == people
        assert Outgoing.objects.filter(key=f"k{round_}").count() == 1


def test_sent_twice_at_once_each_group_hears_once(books, settings):
    settings.HOOKS_ALLOW = [ip_network("127.0.0.0/8")]
    GroupChannel.objects.update(on=False)  # those of the tests before
    with receiving() as receiver:
        for n in range(3):
            GroupChannel.objects.create(
                name=f"g{n}", audience="department", kind="hook", address=f"{receiver.url}/{n}"
            )
        for round_ in range(ROUNDS):
            tell(f"k{round_}")()
            results = at_once(books, outgoing_send, outgoing_send, outgoing_send)
            assert not [found for found in results if isinstance(found, Exception)], results
            assert sum(found.sent for found in results) == 3
            assert len(receiver.got) == 3 * (round_ + 1)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}


def test_control_without_reserving_a_group_hears_twice(books, settings, monkeypatch):
    settings.HOOKS_ALLOW = [ip_network("127.0.0.0/8")]
    meet = Barrier(2)

    def look_only(reserved: Any, **of: Any) -> int:
        reserved.count = Outgoing.objects.filter(state="queued", **of).count()
        meet.wait(PATIENCE)
        return int(reserved.count)

    with receiving() as receiver:
        GroupChannel.objects.create(
            name="g", audience="department", kind="hook", address=f"{receiver.url}/"
        )
        tell("k")()
        monkeypatch.setattr(room._Reserved, "take", look_only)
        at_once(books, outgoing_send, outgoing_send)
        assert len(receiver.got) == 2

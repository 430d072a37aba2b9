"""A policy that two put in force at once: it counts once, and says what one of them saw."""

from datetime import date

import pytest
from django.db import transaction

from accounts.models import User
from core.models import AuditRow
from policy.models import PolicyDraft, PolicyParameter
from policy.services import PolicyRefused, day_say, draft_change, draft_make, draft_put
from policy.services import drafts as drafting
from tests.races.at_once import at_once

ROUNDS = 4
FAR = date(2099, 1, 16)


def leader() -> User:
    user, _new = User.objects.get_or_create(username="races-leader")
    return user


def drafted(name: str = "winter", **changes: str) -> PolicyDraft:
    draft = draft_make(actor=leader(), name=name, effective_on=FAR)
    draft_change(
        actor=leader(),
        draft=draft,
        seen_version=draft.version,
        name=name,
        effective_on=FAR,
        changes=changes,
    )
    draft.refresh_from_db()
    return draft


def put(draft: PolicyDraft) -> None:
    # Each has its own copy, as two browsers would.
    own = PolicyDraft.objects.get(pk=draft.pk)
    draft_put(actor=leader(), draft=own, seen_version=draft.version)


def coming() -> list[tuple[str, str]]:
    return list(
        PolicyParameter.objects.filter(effective_on=FAR)
        .order_by("parameter")
        .values_list("parameter", "value")
    )


def put_by_two(url: str) -> list[object]:
    draft = drafted(late_fine="8.00", absence_fine_per_day="40.00")
    return at_once(url, lambda: put(draft), lambda: put(draft))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_put_in_force_by_two_at_once_it_is_put_once(books, turn):
    leader()
    came_of_it = put_by_two(books)
    assert sorted(type(one).__name__ for one in came_of_it) == ["ChangedMeanwhile", "NoneType"]
    assert coming() == [("absence_fine_per_day", "40.00"), ("late_fine", "8.00")]
    assert AuditRow.objects.filter(action="put in force").count() == 1


def test_control_without_the_conditional_change_both_put_it(books, monkeypatch):
    leader()
    monkeypatch.setattr(drafting, "_decide", lambda *_all: None)
    assert put_by_two(books) == [None, None]
    assert AuditRow.objects.filter(action="put in force").count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_changed_and_put_at_once_what_counts_is_what_was_seen(books, turn):
    leader()
    draft = drafted(late_fine="8.00")

    def change() -> None:
        draft_change(
            actor=leader(),
            draft=draft,
            seen_version=draft.version,
            name=draft.name,
            effective_on=FAR,
            changes={"late_fine": "99.00"},
        )

    changed, was_put = at_once(books, change, lambda: put(draft))
    assert (changed is None) is not (was_put is None)
    assert coming() == ([] if changed is None else [("late_fine", "8.00")])


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_drafts_of_one_day_follow_each_other(books, turn):
    leader()
    one = drafted("one", late_fine="8.00")
    other = drafted("other", late_fine="9.00", meal_rate="0.5")
    came_of_it = at_once(books, lambda: put(one), lambda: put(other))
    assert came_of_it == [None, None]
    assert coming() in (
        [("late_fine", "8.00"), ("meal_rate", "0.5")],
        [("late_fine", "9.00"), ("meal_rate", "0.5")],
    )


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_day_two_speak_of_at_once_has_one_word(books, turn):
    leader()

    def say(note: str) -> None:
        with transaction.atomic():
            day_say(actor=leader(), day=FAR, is_workday=False, note=note, seen=None)

    came_of_it = at_once(books, lambda: say("one"), lambda: say("other"))
    assert sum(one is None for one in came_of_it) == 1
    assert sum(isinstance(one, PolicyRefused) for one in came_of_it) == 1

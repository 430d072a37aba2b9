"""Drafts: written by some, put in force by others, once, and only for what is to come (POL-1)."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from core import clock
from core.models import AuditRow
from core.services import audit_subject
from policy.models import PolicyDraft, PolicyFreeze, PolicyParameter
from policy.querysets import policy_book
from policy.services import (
    ChangedMeanwhile,
    PolicyRefused,
    draft_change,
    draft_discard,
    draft_make,
    draft_put,
)
from tests.cast import FINANCE, LEADER, MANAGER

pytestmark = pytest.mark.usefixtures("people")

MID = date(2026, 11, 16)
TODAY = date(2026, 11, 2)
FAR = date(2099, 1, 16)


def user(employee_no: str) -> User:
    return User.objects.get(username=employee_no)


def drafted(effective_on: date = MID, name: str = "winter", **changes: str) -> PolicyDraft:
    draft = draft_make(actor=user(FINANCE), name=name, effective_on=effective_on)
    if changes:
        change(draft, **changes)
        draft.refresh_from_db()
    return draft


def change(draft: PolicyDraft, *, seen: int | None = None, **changes: str) -> None:
    draft_change(
        actor=user(FINANCE),
        draft=draft,
        seen_version=seen or draft.version,
        name=draft.name,
        effective_on=draft.effective_on,
        changes=changes,
    )


def put(draft: PolicyDraft, seen: int | None = None) -> None:
    draft_put(actor=user(LEADER), draft=draft, seen_version=seen or draft.version)


def rows() -> list[tuple[date, str, str]]:
    return list(PolicyParameter.objects.values_list("effective_on", "parameter", "value"))


def test_put_in_force_it_counts_from_its_day_in_the_middle_of_a_month():
    put(drafted(late_fine="8.50", reserve_on="no"))
    book = policy_book()
    assert book.on(MID - timedelta(days=1)).late_fine == 5
    assert book.on(MID).late_fine == pytest.approx(8.5)
    assert book.on(MID).reserve_on is False
    kept = PolicyDraft.objects.get()
    assert (kept.state, kept.decided_by) == (PolicyDraft.State.PUT, user(LEADER))
    last = AuditRow.objects.get(action="put in force")
    assert (last.subject, last.changes["late_fine"]) == (audit_subject(kept), ["", "8.50"])


def test_put_in_force_twice_it_counts_once():
    draft = drafted(late_fine="8")
    put(draft)
    with pytest.raises(ChangedMeanwhile, match=r"已|already"):
        put(draft)
    assert len(rows()) == 1
    assert AuditRow.objects.filter(action="put in force").count() == 1


def test_who_saw_another_draft_is_told():
    draft = drafted(late_fine="8")
    with pytest.raises(ChangedMeanwhile):
        put(draft, seen=draft.version - 1)
    with pytest.raises(ChangedMeanwhile):
        change(draft, seen=draft.version - 1, late_fine="9")
    assert (rows(), PolicyDraft.objects.get().changes) == ([], {"late_fine": "8"})


@pytest.mark.parametrize("state", ["put", "discarded"])
def test_what_was_decided_on_stays_as_it_was(state):
    draft = drafted(late_fine="8")
    if state == "put":
        put(draft)
    else:
        draft_discard(actor=user(MANAGER), draft=draft, seen_version=draft.version)
    now = PolicyDraft.objects.get()
    for again in (put, lambda d: change(d, late_fine="9")):
        with pytest.raises(ChangedMeanwhile):
            again(now)
    with pytest.raises(ChangedMeanwhile):
        draft_discard(actor=user(MANAGER), draft=now, seen_version=now.version)
    assert PolicyDraft.objects.get().changes == {"late_fine": "8"}


def test_no_version_begins_in_the_past():
    with pytest.raises(PolicyRefused):
        drafted(TODAY - timedelta(days=1))
    draft = drafted(late_fine="8")
    with clock.set_to(clock.end_of(MID)), pytest.raises(PolicyRefused):
        put(draft)
    assert PolicyDraft.objects.get().state == PolicyDraft.State.DRAFT
    assert rows() == []


def test_one_may_begin_today_but_what_counts_today_is_not_edited():
    put(drafted(TODAY, late_fine="8"))
    with pytest.raises(PolicyRefused):
        put(drafted(TODAY, name="again", late_fine="9"))
    assert rows() == [(TODAY, "late_fine", "8")]
    put(drafted(TODAY, name="another", absence_fine_per_day="40"))
    assert policy_book().on(TODAY).absence_fine_per_day == 40


def test_what_is_to_come_can_still_be_put_right_and_it_is_on_record():
    # The database goes by its own clock when it guards what is in force.
    put(drafted(FAR, late_fine="8"))
    put(drafted(FAR, name="right", late_fine="9"))
    assert rows() == [(FAR, "late_fine", "9")]
    assert AuditRow.objects.get(action="replace").changes == {"value": ["8", "9"]}


def test_none_is_slipped_under_a_final_month():
    draft = drafted(late_fine="8")
    PolicyFreeze.objects.create(through=MID)
    with pytest.raises(PolicyRefused):
        put(draft)
    assert rows() == []


def test_a_draft_that_changes_nothing_or_no_working_day_is_refused():
    with pytest.raises(PolicyRefused):
        put(drafted())
    with pytest.raises(PolicyRefused):
        put(drafted(name="night", work_end="08:00"))
    assert rows() == []


def test_a_value_that_cannot_be_read_is_refused():
    draft = drafted()
    for name, text in (("late_fine", "８"), ("nonsense", "1"), ("travel_rate", "1.5")):
        with pytest.raises(PolicyRefused):
            change(draft, **{name: text})
    assert PolicyDraft.objects.get().changes == {}


def test_sent_twice_a_draft_is_made_once_and_a_name_is_taken_once():
    first, second = drafted(), drafted()
    assert first == second
    with pytest.raises(PolicyRefused):
        draft_make(actor=user(MANAGER), name="winter", effective_on=MID)
    put_later = drafted(name="summer")
    with pytest.raises(PolicyRefused):
        draft_change(
            actor=user(FINANCE),
            draft=put_later,
            seen_version=put_later.version,
            name="winter",
            effective_on=MID,
            changes={},
        )
    assert PolicyDraft.objects.count() == 2

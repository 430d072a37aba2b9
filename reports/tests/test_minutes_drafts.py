"""Minutes keep themselves while they are typed; two who write at once lose nothing (MEET-1)."""

import pytest
from django.urls import reverse

from core import clock
from core.models import AuditRow
from reports.models import Meeting, MinutesDraft
from reports.services import meeting_close, minutes_keep, minutes_write
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import MANAGER, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(meeting) -> Meeting:
    return meeting()


def keep(row: Meeting, record: str, *, who: str = SUPERVISOR, version: int | None = None):
    seen = row.version if version is None else version
    address = reverse("meeting_draft", args=[row.pk])
    return client_of(who).post(address, {"version": seen, "record": record})


def page(row: Meeting, who: str = SUPERVISOR) -> str:
    return client_of(who).get(reverse("meeting_minutes", args=[row.pk])).text


def test_what_is_typed_is_kept_and_said_and_there_again(held):
    with clock.set_to(at("2026-11-02 10:31")):
        assert "kept at 10:31" in keep(held, "先说客户").text
    keep(held, "先说客户，再说回款")
    draft = MinutesDraft.objects.get()
    assert (draft.text, draft.by) == ("先说客户，再说回款", user(SUPERVISOR))
    assert "先说客户，再说回款</textarea>" in page(held)
    # The minutes are as they were, and nothing was audited.
    held.refresh_from_db()
    assert (held.record, held.version) == ("", 0)
    assert not AuditRow.objects.filter(action="minutes written").exists()
    assert "先说客户" not in page(held, SHE)


def test_saved_the_draft_is_gone(held):
    keep(held, "typed")
    minutes_write(meeting=held, record="typed, and more", actor=user(SUPERVISOR))
    assert not MinutesDraft.objects.exists()
    # What was on its way when it was saved comes late, and is no draft.
    keep(held, "typed, and more", version=0)
    assert not MinutesDraft.objects.exists()


def test_two_who_write_at_once_are_told_and_lose_nothing(held):
    keep(held, "mine")
    told = keep(held, "the other's", who=MANAGER).text
    assert user(SUPERVISOR).get_full_name() in told
    assert "mine" in told
    minutes_write(meeting=held, record="the other's", actor=user(MANAGER))
    told = keep(held, "mine, longer", version=0).text
    assert "was changed since you began" in told
    assert "the other&#x27;s" in told
    assert MinutesDraft.objects.get().text == "mine, longer"
    mine = page(held)
    assert "mine, longer</textarea>" in mine
    assert "was changed since you began" in mine
    # Sent as it was first seen it is refused; what was typed comes back, and then it counts.
    browser = client_of(SUPERVISOR)
    address = reverse("meeting_minutes", args=[held.pk])
    answer = browser.post(address, {"version": 0, "record": "mine, longer"})
    assert answer.status_code == 400
    assert "mine, longer" in answer.text
    assert browser.post(address, {"version": 1, "record": "both"}).status_code == 302
    assert Meeting.objects.get().record == "both"


def test_who_closes_closes_with_what_they_typed(held):
    keep(held, "typed to the end")
    keep(held, "the other's", who=MANAGER)
    meeting_close(meeting=held, actor=user(SUPERVISOR))
    closed = Meeting.objects.get()
    assert (closed.state, closed.record) == ("held", "typed to the end")
    # The manager's is still there, for who corrects.
    assert MinutesDraft.objects.get().by == user(MANAGER)
    assert "the other&#x27;s</textarea>" in page(held, MANAGER)


def test_a_draft_begun_before_somebody_saved_does_not_overwrite_at_the_close(held):
    keep(held, "older")
    minutes_write(meeting=held, record="newer", actor=user(MANAGER))
    meeting_close(meeting=held, actor=user(SUPERVISOR))
    assert Meeting.objects.get().record == "newer"
    assert "older" in page(held)


@pytest.mark.parametrize(
    ("data", "words"),
    [({"record": "x" * 20_001}, "20000"), ({"record": "a\0b"}, "Null"), ({"version": "x"}, "")],
)
def test_what_cannot_be_kept_is_told(held, data, words):
    sent = {"version": 0, "record": "x", **data}
    answer = client_of(SUPERVISOR).post(reverse("meeting_draft", args=[held.pk]), sent)
    assert answer.status_code == 200
    assert "text-danger" in answer.text
    assert words in answer.text
    assert not MinutesDraft.objects.exists()


def test_before_it_begins_there_is_nothing_to_keep(meeting):
    row = meeting("2026-11-02 15:00")
    assert "when the meeting begins" in keep(row, "x").text
    assert not MinutesDraft.objects.exists()


@pytest.mark.parametrize(("who", "status"), [(SHE, 403), (STRANGER, 404), (MANAGER, 200)])
def test_who_keeps_a_draft(held, who, status):
    assert keep(held, "x", who=who).status_code == status
    assert MinutesDraft.objects.exists() == (status == 200)


def test_kept_by_the_service_it_is_the_same(held):
    assert minutes_keep(meeting=held, text="", actor=user(MANAGER)) is None
    assert minutes_keep(meeting=held, text="x", actor=user(MANAGER)) is not None

"""What is typed of a meeting's minutes, kept until it is saved (MEET-1)."""

from typing import Any

from django.db import transaction

from core import clock
from reports.models import Meeting, MinutesDraft
from reports.services.meetings import minutes_must_be_open


@transaction.atomic
def minutes_keep(*, meeting: Meeting, text: str, actor: Any) -> MinutesDraft | None:
    """Keep what somebody has typed, of the meeting as they saw it; None where it is what stands.

    Each has a draft of their own, so that two who write at once lose nothing. No audit row: the
    minutes are as they were. Raises `ReportsRefused` where there are none to write.
    """
    now = Meeting.objects.get(pk=meeting.pk)
    minutes_must_be_open(now)
    if text.strip() == now.record:
        MinutesDraft.objects.filter(meeting=now, by=actor).delete()
        return None
    said = {"text": text, "of_version": meeting.version, "saved_at": clock.now()}
    kept, _new = MinutesDraft.objects.update_or_create(meeting=now, by=actor, defaults=said)
    return kept
